# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One declaration by either road, in this process: a module's own end, or the controller's."""

from __future__ import annotations

import contextlib
import io
import json
import types
import typing as t

from ansible.module_utils import basic
from ansible_collections.rpaops.orchestrator.plugins.action.mail_settings import ActionModule
from ansible_collections.rpaops.orchestrator.plugins.module_utils._output.module import QuietModule
from ansible_collections.rpaops.orchestrator.plugins.modules import mail_settings

Options = t.Mapping[str, t.Any]
Result = t.Mapping[str, t.Any]


class Told(QuietModule):
    """The module; in this process Ansible would show each warning once, on the terminal."""

    warnings: t.ClassVar[list[str]] = []

    def warn(self, warning: str, **more: t.Any) -> None:
        self.warnings.append(warning)


def as_module(options: Options, check_mode: bool) -> Result:
    """What the module prints."""
    given = {**options, "_ansible_check_mode": check_mode}
    basic._ANSIBLE_ARGS = json.dumps({"ANSIBLE_MODULE_ARGS": given}).encode()
    basic._ANSIBLE_PROFILE = "legacy"
    Told.warnings.clear()
    mail_settings.QuietModule = Told
    with contextlib.redirect_stdout(io.StringIO()) as said, contextlib.suppress(SystemExit):
        mail_settings.main()
    return _result({**json.loads(said.getvalue().splitlines()[-1]), "warnings": Told.warnings})


def in_controller(options: Options, check_mode: bool) -> Result:
    """What the action returns that does the work itself."""
    action = ActionModule.__new__(ActionModule)
    action._task = types.SimpleNamespace(args=dict(options), check_mode=check_mode, action="x")
    action._loader = types.SimpleNamespace(get_basedir=lambda: ".")
    found = action._here({})
    assert found is not None, "the arguments are not those of the module"
    return _result(found)


def _result(found: dict[str, t.Any]) -> Result:
    found.pop("invocation", None)
    return {**found, "warnings": sorted(map(str, found.get("warnings", ())))}


ROADS: t.Mapping[str, t.Callable[[Options, bool], Result]] = {
    "module": as_module,
    "controller": in_controller,
}
