# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A preset of the user's own: a dictionary whose keys are the fields of ``provider.Provider``.

Pure.
"""

from __future__ import annotations

import datetime
import re
import typing as t

from .._errors import Failure, invalid
from .._phrase import hints, say
from . import provider

Facts = t.Mapping[str, t.Any]
Reader = t.Callable[[t.Any], t.Any]
#: What the user leaves out, where it differs from the defaults of the table.
UNSAID: Facts = {"name": "custom preset", "is_service": False}


def read(row: Facts | None, name: str) -> provider.Provider:
    """``row`` as the provider ``name``; raises ``Failure`` with the key and what it has to be."""
    if not row:
        raise _wrong(say("preset: custom needs it, at least with the key host"))
    return provider.Provider(id=name, **{**UNSAID, **_facts(provider.Provider, row, "")})


def _facts(kind: type[t.Any], row: Facts, place: str) -> dict[str, t.Any]:
    """``row`` as fields of ``kind``; a null counts as left out where the field cannot be null."""
    words = {key: hint.__forward_arg__ for key, hint in kind.__annotations__.items() if key != "id"}
    unknown = sorted(set(map(str, row)) - set(words))
    if unknown:
        raise _wrong(
            say(
                "{place} has no key {unknown}. {hint}Known are {known}",
                place=place or "it",
                unknown=", ".join(unknown),
                hint=hints(unknown, words),
                known=", ".join(words),
            )
        )
    given = {key: row[key] for key in row if row[key] is not None or words[key].endswith("None")}
    missing = [key for key in words if key not in kind._field_defaults and key not in given]
    if missing:
        raise _wrong(
            say("{place} needs the key {missing}", place=place, missing=", ".join(missing))
        )
    dot = f"{place}." if place else ""
    return {key: _value(words[key], value, f"{dot}{key}") for key, value in given.items()}


def _value(annotation: str, value: t.Any, place: str) -> t.Any:
    """``value`` as the type that ``annotation`` names; ``place`` is where it stands."""
    if value is None and annotation.endswith("None"):
        return None
    listed = _LISTED.fullmatch(annotation)
    if listed:
        items = _read(_list, "is a list", value, place)
        return tuple(_value(listed[1], item, f"{place}[{n}]") for n, item in enumerate(items))
    word = annotation.partition(" |")[0]
    if word in _RECORDS:
        row = _read(_row, "is a dictionary", value, place)
        return _RECORDS[word](**_facts(_RECORDS[word], row, place))
    return _read(*_KINDS[word], value, place)


def _read(reader: Reader, demand: str, value: t.Any, place: str) -> t.Any:
    try:
        return reader(value)
    except (ValueError, TypeError, KeyError, OverflowError, re.error):
        raise _wrong(
            say("{place} {demand}, not {value!r}", place=place, demand=demand, value=value)
        ) from None


def _wrong(reason: str) -> Failure:
    return invalid("custom_preset", reason)


def _must(held: bool) -> None:
    if not held:
        raise ValueError


def _list(value: t.Any) -> list[t.Any]:
    _must(isinstance(value, (list, tuple)))
    return list(value)


def _row(value: t.Any) -> Facts:
    _must(isinstance(value, t.Mapping))
    return dict(value)


def _text(value: t.Any) -> str:
    _must(isinstance(value, str) and value.isprintable())
    return str(value)


def _number(value: t.Any) -> int:
    return int(str(value))


def _port(value: t.Any) -> int:
    _must(1 <= _number(value) <= 65535)
    return _number(value)


def _bool(value: t.Any) -> bool:
    words = {"true": True, "yes": True, "false": False, "no": False}
    return words[str(value).lower()]


def _pattern(value: t.Any) -> str:
    re.compile(_text(value))
    return str(value)


def _date(value: t.Any) -> str:
    return datetime.date(*map(int, str(value).split("-"))).isoformat()


def _one_of(literal: t.Any) -> tuple[Reader, str]:
    words = t.get_args(literal)

    def read_word(value: t.Any) -> str:
        _must(value in words)
        return str(value)

    return read_word, f"is one of {', '.join(words)}"


_LISTED = re.compile(r"tuple\[(\w+), \.\.\.\]")
_RECORDS: t.Mapping[str, type[t.Any]] = {
    "Port": provider.Port,
    "RegionHost": provider.RegionHost,
    "Limits": provider.Limits,
    "Caveat": provider.Caveat,
    "Source": provider.Source,
}
#: How each word of an annotation is read, and what the value has to be.
_KINDS: t.Mapping[str, tuple[Reader, str]] = {
    "str": (_text, "is a text of one line"),
    "int": (_number, "is a number"),
    "bool": (_bool, "is true or false"),
    "PortNumber": (_port, "is a number from 1 to 65535"),
    "Pattern": (_pattern, "is a regular expression"),
    "Date": (_date, "is a date such as 2027-05-01"),
    "Tls": _one_of(provider.Tls),
    "Username": _one_of(provider.Username),
    "AuthLogin": _one_of(provider.AuthLogin),
    "FromRule": _one_of(provider.FromRule),
    "OnMismatch": _one_of(provider.OnMismatch),
    "PresetFromRule": _one_of(provider.PresetFromRule),
    "Evidence": _one_of(provider.Evidence),
}
