# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""JSON as .NET reads it: comments, trailing commas, flat dotted keys.

Private to this collection; may change at any time.  Pure.
"""

from __future__ import annotations

import json
import re
import typing as t
from dataclasses import dataclass, field

from .base import Changes, Found, Scalar, indentation, line_end, refused, replaced

_SPACE = re.compile(r"(?:[ \t\r\n\ufeff]+|//[^\r\n]*|/\*.*?\*/)*", re.DOTALL)
_STRING = re.compile(r'"(?:[^"\\\x00-\x1f]|\\.)*"')
_PLAIN = re.compile(r"-?\d[\d.eE+-]*|true|false|null")
DEEPEST = 200


@dataclass
class _Object:
    """An object: where it opens, its members, and the end of the last one."""

    start: int
    members: dict[str, Found] = field(default_factory=dict)
    objects: dict[str, _Object] = field(default_factory=dict)
    last_end: int | None = None
    first_key: int | None = None
    comma_after_last: bool = False


class JsonText:
    """A JSON text; the keys are looked for below ``section``, or where they are found.

    Raises C(Failure) for a text that is no JSON, for a key that stands twice in one object, and
    for a section that is missing.
    """

    def __init__(self, text: str, keys: t.Collection[str], section: str | None) -> None:
        self._text = text
        start = _after_space(text, 0)
        if text[start : start + 1] != "{":
            raise refused(text, start, "the file must hold one JSON object")
        top, end = _object(text, start, 0)
        if _after_space(text, end) != len(text):
            raise refused(text, _after_space(text, end), "text after the end of the JSON object")
        self._home = _home(text, top, keys, section)
        self.found = {key: self._home.members[key] for key in keys if key in self._home.members}

    def edited(self, changes: Changes) -> str:
        spans = [
            (self.found[key].start, self.found[key].end, _as_found(self.found[key].value, new))
            for key, new in changes.items()
            if key in self.found
        ]
        new = [
            f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}"
            for key, value in changes.items()
            if key not in self.found
        ]
        return replaced(self._text, spans + self._inserted(new))

    def _inserted(self, members: t.Sequence[str]) -> list[tuple[int, int, str]]:
        if not members:
            return []
        home, text = self._home, self._text
        end = line_end(text)
        if home.last_end is None or home.first_key is None:
            outer = indentation(text, home.start)
            body = f",{end}".join(f"{outer}  {member}" for member in members)
            return [(home.start + 1, home.start + 1, f"{end}{body}{end}{outer}")]
        inner = indentation(text, home.first_key)
        on_own_lines = "\n" in text[home.start : home.first_key]
        gap = f"{end}{inner}" if on_own_lines else " "
        if home.comma_after_last:
            at = text.index(",", _after_space(text, home.last_end)) + 1
            return [(at, at, ",".join(gap + member for member in members) + ",")]
        return [(home.last_end, home.last_end, "".join(f",{gap}{member}" for member in members))]


def _home(text: str, top: _Object, keys: t.Collection[str], section: str | None) -> _Object:
    if section is not None:
        if section not in top.objects:
            raise refused(text, top.start, f"there is no object {section!r}; check section")
        return top.objects[section]
    holding = [o for o in (top, *top.objects.values()) if any(k in o.members for k in keys)]
    if len(holding) > 1:
        raise refused(text, holding[1].start, "the keys stand in several places; name the section")
    return holding[0] if holding else top


def _after_space(text: str, index: int) -> int:
    return t.cast("re.Match[str]", _SPACE.match(text, index)).end()


def _object(text: str, start: int, depth: int) -> tuple[_Object, int]:
    if depth > DEEPEST:
        raise refused(text, start, f"objects are nested more than {DEEPEST} deep")
    found = _Object(start)
    index = _after_space(text, start + 1)
    while text[index : index + 1] != "}":
        index = _member(text, index, depth, found)
        found.comma_after_last = text[index : index + 1] == ","
        if found.comma_after_last:
            index = _after_space(text, index + 1)
        elif text[index : index + 1] != "}":
            raise refused(text, index, "a comma or the end of the object is missing")
    return found, index + 1


def _member(text: str, index: int, depth: int, into: _Object) -> int:
    match = _STRING.match(text, index)
    if match is None:
        raise refused(text, index, "a key in double quotes is missing")
    key = json.loads(match.group())
    if key in into.members or key in into.objects:
        raise refused(text, index, f"the key {key!r} stands there twice")
    into.first_key = index if into.first_key is None else into.first_key
    colon = _after_space(text, match.end())
    if text[colon : colon + 1] != ":":
        raise refused(text, colon, "a colon is missing")
    start = _after_space(text, colon + 1)
    value, into.last_end = _value(text, start, depth)
    if isinstance(value, _Object):
        into.objects[key] = value
    else:
        into.members[key] = Found(value, start, into.last_end)
    return _after_space(text, into.last_end)


def _value(text: str, start: int, depth: int) -> tuple[Scalar | _Object, int]:
    opening = text[start : start + 1]
    if opening == "{":
        return _object(text, start, depth + 1)
    if opening == "[":
        return None, _array(text, start, depth)
    match = _STRING.match(text, start) or _PLAIN.match(text, start)
    try:
        if match is not None:
            return json.loads(match.group()), match.end()
    except ValueError:
        pass
    raise refused(text, start, "a value is missing or malformed")


def _array(text: str, start: int, depth: int) -> int:
    if depth > DEEPEST:
        raise refused(text, start, f"arrays are nested more than {DEEPEST} deep")
    index = _after_space(text, start + 1)
    while text[index : index + 1] != "]":
        _item, index = _value(text, index, depth + 1)
        index = _after_space(text, index)
        if text[index : index + 1] == ",":
            index = _after_space(text, index + 1)
        elif text[index : index + 1] != "]":
            raise refused(text, index, "a comma or the end of the array is missing")
    return index + 1


def _as_found(old: Scalar, new: str) -> str:
    """``new`` in the type of ``old``: a number stays a number, a boolean a boolean."""
    if isinstance(old, bool) and new in ("true", "false"):
        return new
    if isinstance(old, (int, float)) and not isinstance(old, bool) and new.isdigit():
        return new
    return json.dumps(new, ensure_ascii=False)
