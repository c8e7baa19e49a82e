# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The hosts of a run: the pattern for a play, or a ``Failure`` when it matches nothing."""

from __future__ import annotations

import typing as t

from ansible import constants
from ansible.inventory.manager import InventoryManager

from ...module_utils._errors import Failure
from ...module_utils._output.redact import clean

TaskVars = t.Mapping[str, t.Any]
ALL, THIS_MACHINE = "all", "localhost"


def choice(pattern: t.Any, task_vars: TaskVars, loader: t.Any) -> str:
    """The pattern for ``hosts``, given that of ``mail_hosts`` (text or list; empty for all).

    Raises ``Failure`` when no host would be worked on.
    """
    wanted = ",".join(pattern) if isinstance(pattern, (list, tuple)) else str(pattern or ALL)
    if wanted == ALL and not task_vars["groups"].get(ALL) and not _is_inventory_given(task_vars):
        return THIS_MACHINE
    if not _matches(wanted, task_vars, loader):
        sources = ", ".join(clean(source) for source in _sources(task_vars))
        raise Failure("no_hosts", pattern=clean(wanted), sources=sources or "none")
    return wanted


def demand_match(pattern: t.Any, task_vars: TaskVars, loader: t.Any) -> None:
    """Raise the ``Failure`` that ``mail_hosts`` could not raise, on the machine that stands in."""
    if task_vars.get("inventory_hostname") == THIS_MACHINE:
        choice(pattern, task_vars, loader)


def _matches(pattern: str, task_vars: TaskVars, loader: t.Any) -> bool:
    limit = task_vars.get("ansible_limit")
    if pattern == ALL and not limit:
        return bool(task_vars["groups"].get(ALL))
    manager = InventoryManager(loader, parse=False)
    for group, hosts in task_vars["groups"].items():
        manager.add_group(group)
        for host in hosts:
            manager.add_host(host, group=group)
    if limit:
        manager.subset(limit)
    return bool(manager.get_hosts(pattern))


def _sources(task_vars: TaskVars) -> list[str]:
    return [str(source) for source in task_vars.get("ansible_inventory_sources") or ()]


def _is_inventory_given(task_vars: TaskVars) -> bool:
    """Whether somebody named an inventory; Ansible's own default counts only when it is there."""
    usual = constants.config.get_config_value_and_origin("DEFAULT_HOST_LIST")
    return usual[1] != "default" or _sources(task_vars) != [str(path) for path in usual[0]]
