# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A task on either road, in this process: a module's own end, or the controller's.

Thousands of tasks can be run like this.  Only what Ansible itself does in between is left out: no
program is built of the module, and where the controller would start it, it is called.
"""

from __future__ import annotations

import contextlib
import importlib
import io
import json
import sys
import types
import typing as t
from unittest import mock

from ansible.errors import AnsibleActionFail
from ansible.module_utils import basic
from ansible.parsing.dataloader import DataLoader
from ansible.playbook.play_context import PlayContext
from ansible.plugins.action.normal import ActionModule as ModuleRoad
from ansible.plugins.loader import connection_loader
from ansible.template import Templar

PLUGINS = "ansible_collections.rpaops.orchestrator.plugins"
OWN = {"ansible_python_interpreter": sys.executable, "ansible_playbook_python": sys.executable}
Result = t.Mapping[str, t.Any]


def as_module(name: str, options: t.Mapping[str, t.Any], check_mode: bool = False) -> Result:
    """What the module ``name`` prints."""
    given = {**options, "_ansible_check_mode": check_mode}
    basic._ANSIBLE_ARGS = json.dumps({"ANSIBLE_MODULE_ARGS": given}).encode()
    basic._ANSIBLE_PROFILE = "legacy"
    module = importlib.import_module(f"{PLUGINS}.modules.{name}")
    with contextlib.redirect_stdout(io.StringIO()) as said, contextlib.suppress(SystemExit):
        module.main()
    result: dict[str, t.Any] = json.loads(said.getvalue().splitlines()[-1])
    # For the controller alone, which takes it out (from ansible-core 2.22 on).
    result.pop("_ansible_new_secrets", None)
    return result


def by_action(
    name: str,
    options: t.Mapping[str, t.Any],
    check_mode: bool = False,
    left: t.Callable[[], Result] | None = None,
) -> Result:
    """What the action ``name`` returns on this machine, which may leave it to the module.

    ``left`` is what the module says, where that is known.
    """
    plugin = importlib.import_module(f"{PLUGINS}.action.{name}").ActionModule
    task = types.SimpleNamespace(
        action=name,
        args=dict(options),
        async_val=0,
        become=False,
        check_mode=check_mode,
        delegate_to=None,
        environment=None,
        no_log=False,
    )
    action = plugin(task, CONNECTION, CONTEXT, LOADER, Templar(LOADER), None)

    def run(self: t.Any, tmp: t.Any = None, task_vars: t.Any = None) -> Result:
        return left() if left else as_module(name, options, check_mode)

    with mock.patch.object(ModuleRoad, "run", run):
        try:
            found: Result = action.run(task_vars={**OWN, "hostvars": HOSTVARS})
        except AnsibleActionFail as exc:
            # As Ansible ends a task whose arguments it refuses itself.
            found = {"failed": True, "msg": str(exc)}
    return found


LOADER = DataLoader()
#: No host has a variable.
HOSTVARS = types.SimpleNamespace(raw_get=lambda host: {})
CONTEXT = PlayContext()
CONNECTION = connection_loader.get("ansible.builtin.local", CONTEXT, None)
