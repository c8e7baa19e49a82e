# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tasks of a play registered, host by host, without templating a variable.

Reading ``hostvars`` costs milliseconds a host, as it merges and templates all variables; what was
registered lies in the memory of the controller.
"""

from __future__ import annotations

import functools
import typing as t
from collections.abc import Mapping
from dataclasses import dataclass

Variables = t.Mapping[str, t.Any]
#: What a failed task leaves behind in a block with ``rescue``.
RESCUED = "ansible_failed_result"
LOST = {"failed": True, "msg": "the host failed, or was lost, in another task of this play"}


@dataclass(frozen=True)
class Registered:
    """What hosts have registered.

    ``hosts`` are those of this play, ``alive`` those among them that are still taking part.
    """

    hostvars: t.Any
    hosts: tuple[str, ...]
    alive: frozenset[str]

    @functools.cached_property
    def _members(self) -> frozenset[str]:
        return frozenset(self.hosts)

    @classmethod
    def of(cls, task_vars: Variables) -> Registered:
        """From the variables that Ansible hands to an action."""
        hosts = tuple(task_vars.get("ansible_play_hosts_all") or ())
        alive = frozenset(task_vars.get("ansible_play_hosts") or ())
        return cls(task_vars["hostvars"], hosts, alive)

    def variables(self, host: str) -> Variables:
        """All variables of a host, not templated; empty when it is not in the inventory."""
        found = self.hostvars.raw_get(host)
        return found if isinstance(found, Mapping) else {}

    def result(self, host: str, name: str) -> t.Any:
        """What ``host`` registered as ``name``.

        A host that was rescued before it came to that has the result that made it fail.  One that
        is no longer in the play although its result is fine was lost later, or has a result of an
        earlier play.
        """
        known = self.known(host)
        found = known.get(name)
        if found is None:
            found = known.get(RESCUED)
        bad = isinstance(found, Mapping) and (found.get("failed") or found.get("unreachable"))
        lost = host in self._members and host not in self.alive
        return LOST if lost and not bad else found

    def known(self, host: str) -> Variables:
        """Everything that tasks have left behind for ``host`` in this run."""
        manager = getattr(self.hostvars, "_variable_manager", None)
        facts = getattr(manager, "_nonpersistent_fact_cache", None)
        if isinstance(facts, Mapping):
            return t.cast(Variables, facts.get(host) or {})
        return self.variables(host)
