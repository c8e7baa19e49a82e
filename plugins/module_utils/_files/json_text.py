# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""JSON as .NET reads it: comments, trailing commas, flat dotted keys.

Pure.

Reading and judging is left to ``json``: comments and trailing commas become white space of the same
length first, so every position in the plain text is one in the text itself.
"""

from __future__ import annotations

import json
import re
import typing as t
from dataclasses import dataclass, field

from .base import (
    OTHER_LETTERS,
    Changes,
    Scalar,
    Span,
    indentation,
    line_end,
    refused,
    replaced,
    same_in_other_letters,
    whole_lines,
)
from .json_plain import after_space, parsed

#: What may follow a member on its line and goes with it.
_REST = re.compile(r"[ \t]*(?://[^\r\n]*)?")


@dataclass
class _Object:
    """An object: where it opens, its members in the order of the text, where their keys are."""

    start: int
    members: dict[str, Span] = field(default_factory=dict)
    key_starts: dict[str, int] = field(default_factory=dict)
    last_end: int | None = None


class JsonText:
    """A JSON text; the keys are looked for below ``section``, or where they are found.

    Raises ``Failure`` for a text that is no JSON, for a key that stands twice in one object, and
    for a section that is missing.
    """

    def __init__(self, text: str, keys: t.Collection[str], section: str | None) -> None:
        self._text = text
        start = after_space(text, 0)
        if text[start : start + 1] != "{":
            raise refused(text, start, "the file must hold one JSON object")
        self._plain, top = parsed(text)
        self._section = section if section is not None else _section_with(self._plain, top, keys)
        self._keys = keys
        self.values = self._values_in(top)

    def edited(self, changes: Changes) -> str:
        home = self._home()
        spans = [
            (found.start, found.end, _as_found(self.values[key], changes[key]))
            for key, found in home.members.items()
            if key in changes
        ]
        new = [
            f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}"
            for key, value in changes.items()
            if key not in home.members
        ]
        return replaced(self._text, spans + self._inserted(home, new))

    def removed(self, keys: t.Collection[str]) -> str:
        """The text without the members ``keys``, each with its line where it has one."""
        text = self._text
        for key in keys:
            home = JsonText(text, self._keys, self._section)._home()
            text = _without(text, home, key)
        return text

    def _values_in(self, top: t.Mapping[str, t.Any]) -> dict[str, Scalar]:
        home = top if self._section is None else top.get(self._section)
        if not isinstance(home, dict):
            start = after_space(self._text, 0)
            raise refused(self._text, start, f"there is no object {self._section!r}; check section")
        if (other := same_in_other_letters(home, self._keys)) is not None:
            at = self._home().key_starts[other]
            raise refused(self._text, at, OTHER_LETTERS.format(other))
        values = {key: home[key] for key in self._keys if key in home}
        odd = next((key for key, value in values.items() if isinstance(value, (dict, list))), None)
        if odd is not None:
            at = self._home().members[odd].start
            raise refused(self._text, at, f"the value of {odd!r} is not a text, number or boolean")
        return values

    def _home(self) -> _Object:
        home = _object(self._plain, after_space(self._plain, 0))
        if self._section is not None:
            home = _object(self._plain, home.members[self._section].start)
        return home

    def _inserted(self, home: _Object, members: t.Sequence[str]) -> list[tuple[int, int, str]]:
        if not members:
            return []
        text, end = self._text, line_end(self._text)
        if home.last_end is None:
            outer = indentation(text, home.start)
            body = f",{end}".join(f"{outer}  {member}" for member in members)
            return [(home.start + 1, home.start + 1, f"{end}{body}{end}{outer}")]
        first_key = min(home.key_starts.values())
        inner = indentation(text, first_key)
        on_own_lines = "\n" in text[home.start : first_key]
        gap = f"{end}{inner}" if on_own_lines else " "
        comma = after_space(text, home.last_end)
        if text[comma : comma + 1] == ",":
            at = comma + 1
            return [(at, at, ",".join(gap + member for member in members) + ",")]
        return [(home.last_end, home.last_end, "".join(f",{gap}{member}" for member in members))]


def _section_with(plain: str, top: t.Mapping[str, t.Any], keys: t.Collection[str]) -> str | None:
    """The section that holds some of ``keys``; None for the top, also where nothing holds any."""
    at_top = [None] if any(key in top for key in keys) else []
    below = [
        name
        for name, value in top.items()
        if isinstance(value, dict) and any(key in value for key in keys)
    ]
    holding: list[str | None] = [*at_top, *below]
    if len(holding) > 1:
        second = _object(plain, after_space(plain, 0)).members[str(holding[1])]
        raise refused(plain, second.start, "the keys stand in several places; name the section")
    return holding[0] if holding else None


def _object(plain: str, start: int) -> _Object:
    """The members of the object that opens at ``start``; the text is known to be right."""
    decoder = json.JSONDecoder()
    found = _Object(start)
    index = after_space(plain, start + 1)
    while plain[index] != "}":
        key_start = index
        key, index = decoder.raw_decode(plain, index)
        found.key_starts[key] = key_start
        value_start = after_space(plain, after_space(plain, index) + 1)
        value, found.last_end = decoder.raw_decode(plain, value_start)
        found.members[key] = Span(value, value_start, found.last_end)
        index = after_space(plain, found.last_end)
        index = after_space(plain, index + 1) if plain[index] == "," else index
    return found


def _without(text: str, home: _Object, key: str) -> str:
    """The text without one member; of the commas around it, one goes."""
    member = home.members[key]
    start, end = home.key_starts[key], member.end
    comma = after_space(text, end)
    if text[comma : comma + 1] == ",":
        end = comma + 1
    before = [other.end for other in home.members.values() if other.end < start]
    spans = [whole_lines(text, start, end, _REST)]
    if before and end == member.end:
        left = after_space(text, before[-1])
        spans.append((left, left + 1))
    return replaced(text, [(*span, "") for span in spans])


def _as_found(old: Scalar, new: str) -> str:
    """``new`` in the type of ``old``: a number stays a number, a boolean a boolean."""
    if isinstance(old, bool) and new in ("true", "false"):
        return new
    if isinstance(old, (int, float)) and not isinstance(old, bool) and new.isdigit():
        return new
    return json.dumps(new, ensure_ascii=False)
