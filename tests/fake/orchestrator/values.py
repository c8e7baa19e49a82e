# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How a stored value looks when it is read: masks, spellings of booleans and ports."""

from __future__ import annotations

import hashlib
import typing as t

from . import keys
from .refusals import say

ABSENT: t.Any = object()

_MASKS: dict[str, t.Callable[[str], t.Any]] = {
    "bullets": lambda password: "\u2022" * 12,
    "stars": lambda password: "*" * 8,
    "empty": lambda password: "",
    "null": lambda password: None,
    "absent": lambda password: ABSENT,
    "constant": lambda password: "$encrypted$",
    "blob": lambda password: hashlib.sha256(password.encode()).hexdigest(),
    "clear": lambda password: password,
}
_BOOLEANS: dict[str, t.Callable[[bool], t.Any]] = {
    "True": str,
    "json": bool,
    "1": lambda value: str(int(value)),
}
_PORTS: dict[str, t.Callable[[str], t.Any]] = {
    "number": int,
    "space": lambda value: f" {value} ",
}


def is_a(value: t.Any, kind: type) -> bool:
    """Whether a JSON value is of a kind; a truth value is no number."""
    return isinstance(value, kind) and isinstance(value, bool) == (kind is bool)


def masked(form: str, password: str | None) -> t.Any:
    """The stand-in for a password; one that is not set shows as it is."""
    return _MASKS[form](password) if password else password


def shown(key: str, value: str, boolean: str, port: str) -> t.Any:
    """A value that is no secret, in the spelling the switches ask for."""
    if key in keys.BOOLEANS and boolean in _BOOLEANS and value.lower() in ("true", "false"):
        return _BOOLEANS[boolean](value.lower() == "true")
    if key in keys.PORTS and port in _PORTS and value.isdigit():
        return _PORTS[port](value)
    return value


def is_mask(value: str | None, form: str) -> bool:
    """Whether a posted password is one of the usual masks, or what this server itself shows."""
    if not value:
        return False
    return set(value) in ({"\u2022"}, {"*"}) or value == _MASKS[form](value) == "$encrypted$"


def complaint(key: str, value: str | None) -> str | None:
    """Why the server does not take the value, or None: numbers and booleans are checked."""
    if key in keys.PORTS and value and not (value.isdigit() and 0 < int(value) < 65536):
        return say("bad_port", key=key)
    if key in keys.BOOLEANS and value and value.lower() not in ("true", "false"):
        return say("bad_boolean", key=key)
    return None
