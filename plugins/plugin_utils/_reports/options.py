# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The options of ``mail_report``; its documentation says the same."""

from __future__ import annotations

import typing as t

from ...module_utils._errors import invalid
from ...module_utils._phrase import say
from .model import AUDIENCE, OUTCOMES
from .text import visible
from .verdict import DEFAULT_FAIL_ON, KINDS
from .writers import WRITERS


def spec() -> dict[str, t.Any]:
    """The specification that Ansible holds the arguments against."""
    outcomes = [outcome.name for outcome in OUTCOMES]
    texts = {"type": "list", "elements": "str"}
    folder = {
        "directory": {"type": "str"},
        "name": {"type": "str"},
        "formats": {**texts, "default": list(WRITERS), "choices": list(WRITERS)},
    }
    needed = {"type": "str", "required": True}
    dicts = {"type": "list", "elements": "dict"}
    return {
        "kind": {"type": "str", "default": "drift", "choices": list(KINDS)},
        "hosts": dict(texts),
        "register": {"type": "str", "default": "mail_result"},
        "proof": {"type": "str"},
        "audience": {"type": "str"},
        "results": {**dicts, "options": {"host": needed, "result": {"type": "dict"}}},
        "merge": dict(texts),
        **folder,
        "also": {**dicts, "options": {**folder, "directory": needed}},
        "revision": {"type": "str"},
        "fail_on": {**texts, "default": list(DEFAULT_FAIL_ON), "choices": [*outcomes, AUDIENCE]},
        "declared_in": {"type": "dict", "default": {}},
    }


RELATIONS: t.Mapping[str, t.Any] = {"mutually_exclusive": [("hosts", "results", "merge")]}


def file_name(options: t.Mapping[str, t.Any]) -> str:
    """The name that all files of the report begin with."""
    name = options["name"]
    if name is None:
        return f"mail-{options['kind']}"
    if not name.isprintable() or name in ("", ".", "..") or "/" in name:
        reason = say(
            "{name!r} is not the name of a file; the folder belongs in directory",
            name=visible(name),
        )
        raise invalid("name", reason)
    return str(name)
