# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The options of ``mail_probe``; its documentation says the same."""

from __future__ import annotations

import typing as t

from ...module_utils import _argspec
from ...module_utils._errors import invalid
from ...module_utils._phrase import say

Options = t.Mapping[str, t.Any]


def spec() -> dict[str, t.Any]:
    """The specification that Ansible holds the arguments against."""
    return {
        "server": {**_argspec.server(), "required": True},
        "write": {"type": "bool", "default": False},
        "smtp_password": _argspec.settings()["smtp_password"],
        "directory": {"type": "str", "default": "."},
    }


def refuse_place(options: Options) -> None:
    """Refuse to write where more than a throw-away tenant or organization would feel it."""
    server = options["server"]
    if not options["write"]:
        return
    if server["level"] == "host":
        reason = say(
            "at server.level: host every tenant would feel it; name a throw-away tenant, or leave "
            "write out to read alone"
        )
        raise invalid("write", reason, "guard")
    if server["level"] != "organization" and not server.get("tenant"):
        reason = say("name the throw-away tenant that {option} is for", option="write: true")
        raise invalid("server.tenant", reason, "guard")
