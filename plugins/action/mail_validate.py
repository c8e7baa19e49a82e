# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""``mail_validate``: the declarations of all hosts of a play, judged in one task."""

from __future__ import annotations

import typing as t

from ansible.plugins.action import ActionBase

from ..module_utils._output.redact import clean
from ..plugin_utils._registered import Registered
from ..plugin_utils._reports.text import listed
from ..plugin_utils._role.alike import Verdicts

Variables = t.Mapping[str, t.Any]
#: How many hosts a warning names.
NAMED = 3
#: What is about the play and not about a host, so that every host sees the same.
OF_THE_PLAY = ("hostvars", "ansible_play_hosts", "ansible_play_hosts_all", "playbook_dir")


class ActionModule(ActionBase):
    """Says which hosts would be refused; why is for a task of theirs to say.

    A host counts as usable only on a positive sign.  Anything else, an exception included, sends
    it to the task that judges one host, whose messages know how to hide a secret.
    """

    _requires_connection = False
    # A process per host would cost many times the judgement.
    BYPASS_HOST_LOOP = True

    def run(self, tmp: t.Any = None, task_vars: dict[str, t.Any] | None = None) -> dict[str, t.Any]:
        done = super().run(tmp, task_vars)
        self.validate_argument_spec({})
        given = task_vars or {}
        registered = Registered.of(given)
        shared = {name: given[name] for name in OF_THE_PLAY if name in given}
        # One that failed before has its own message already.
        hosts = [host for host in registered.hosts if host in registered.alive]
        verdicts = Verdicts(self._loader)
        refused = [h for h in hosts if not _usable(verdicts, {**registered.variables(h), **shared})]
        usable = len(hosts) - len(refused)
        warnings = [_warning(*one) for one in verdicts.warned.items()]
        said = f"{usable} of {len(registered.hosts)} declarations can be used. Nobody was asked."
        return {**done, "changed": False, "refused": refused, "msg": said, "warnings": warnings}


def _warning(text: str, hosts: t.Sequence[str]) -> str:
    """A warning with the hosts that it is about: the first of them, when there are many."""
    return f"{listed([clean(host) for host in hosts], NAMED)}: {text}"


def _usable(verdicts: Verdicts, variables: Variables) -> bool:
    try:
        here = "mail_server" in variables or variables.get("ansible_connection") == "local"
        return verdicts.usable(variables, here=here)
    except Exception:  # noqa: BLE001 - whatever it is, the task of the host says it
        return False
