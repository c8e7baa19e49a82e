# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Is a preset of the user's own a sensible row of the provider table?

Pure.
"""

from __future__ import annotations

import datetime
import re
import typing as t

from .._errors import Failure, invalid

Row = t.Mapping[str, t.Any]
TRUE_OR_FALSE = "is true or false"


def checked(row: Row | None, known: t.Sequence[str]) -> dict[str, t.Any]:
    """``row`` with typed values; raises ``Failure`` that names the key and what it has to be."""
    if not row:
        raise _wrong("preset: custom needs it, at least with the key host")
    unknown = sorted(set(map(str, row)) - set(known))
    if unknown:
        keys = ", ".join(known)
        raise _wrong(f"{', '.join(unknown)} is not a key of it. Known are {keys}")
    return {key: _value(key, value) for key, value in row.items() if value is not None}


def _value(key: str, value: t.Any) -> t.Any:
    read, demand = _KINDS.get(key, _TEXT)
    try:
        return read(value)
    except (ValueError, TypeError, KeyError, re.error):
        raise _wrong(f"{key} {demand}, not {value!r}") from None


def _wrong(reason: str) -> Failure:
    return invalid("custom_preset", reason)


def _must(held: bool) -> None:
    if not held:
        raise ValueError


def _text(value: t.Any) -> str:
    _must(isinstance(value, str) and value.isprintable())
    return str(value)


def _port(value: t.Any) -> int:
    _must(not isinstance(value, bool) and 1 <= int(value) <= 65535)
    return int(value)


def _bool(value: t.Any) -> bool:
    words = {"true": True, "yes": True, "false": False, "no": False}
    return words[str(value).lower()]


def _pattern(value: t.Any) -> str:
    re.compile(_text(value))
    return str(value)


def _date(value: t.Any) -> str:
    return datetime.date(*map(int, str(value).split("-"))).isoformat()


def _one_of(*words: str) -> tuple[t.Callable[[t.Any], t.Any], str]:
    def read(value: t.Any) -> str:
        _must(value in words)
        return str(value)

    return read, f"is one of {', '.join(words)}"


def _texts(value: t.Any) -> tuple[str, ...]:
    _must(isinstance(value, (list, tuple)))
    return tuple(_text(item) for item in value)


def _rows(value: t.Any) -> tuple[dict[str, t.Any], ...]:
    _must(isinstance(value, (list, tuple)))
    return tuple(dict(item) for item in value)


def _caveats(value: t.Any) -> tuple[dict[str, str], ...]:
    return tuple(
        {**row, "text": _text(row["text"]), **{k: _date(row[k]) for k in _DATES if k in row}}
        for row in _rows(value)
    )


_DATES = ("since", "until")
_BOOL = (_bool, TRUE_OR_FALSE)
_TEXT = (_text, "is a text of one line")
_PATTERN = (_pattern, "is a regular expression")
_LIST = (_rows, "is a list of dictionaries")
_KINDS: t.Mapping[str, tuple[t.Callable[[t.Any], t.Any], str]] = {
    "port": (_port, "is a number from 1 to 65535"),
    "tls": _one_of("starttls", "implicit"),
    "username": _one_of("email", "literal", "token", "credential"),
    "from_rule": _one_of(
        "equals_username", "owned_address", "verified_sender", "verified_domain", "any"
    ),
    "preset_from_rule": _one_of("equals_username"),
    "from_on_mismatch": _one_of("reject", "rewrite", "undeliverable"),
    "auth_login": _one_of("known", "probe", "oauth_only", "not_needed"),
    "username_optional": _BOOL,
    "password_strip_spaces": _BOOL,
    "password_equals_username": _BOOL,
    "usable": _BOOL,
    "host_pattern": _PATTERN,
    "region_pattern": _PATTERN,
    "password_looks_like": _PATTERN,
    "review_by": (_date, "is a date such as 2027-05-01"),
    "caveats": (_caveats, "is a list of dictionaries with text and perhaps since or until (dates)"),
    "prerequisites": (_texts, "is a list of texts"),
    "other_ports": _LIST,
    "sources": _LIST,
    "limits": (dict, "is a dictionary"),
    "preferred_by_vendor": (dict, "is a dictionary"),
}
