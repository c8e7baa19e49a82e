# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the members of a JSON object stand in the text, and how to put in or take out some.

Pure.
"""

from __future__ import annotations

import itertools
import json
import re
import typing as t
from dataclasses import dataclass, field

from .base import (
    Edit,
    indentation,
    is_line_end,
    line_end,
    quoted,
    rest_of_line,
    starts_line,
    step,
    whole_lines,
)
from .json_plain import after_space

#: What may follow a member on its line, and stays with it.
REST = re.compile(r"[ \t]*(?:/\*[^\r\n]*?\*/[ \t]*)*(?://[^\r\n]*)?")
# Numbers are only stepped over, however many digits they have.
_DECODER = json.JSONDecoder(parse_int=str, parse_float=str)


@dataclass(frozen=True)
class Member:
    """A name, where it begins, and the span of its value."""

    name: str
    key_start: int
    start: int
    end: int


@dataclass
class Object:
    """An object: where it opens and closes, and its members in the order of the text."""

    start: int
    end: int = 0
    members: list[Member] = field(default_factory=list)

    def all(self, name: str) -> list[Member]:
        """The members of that name; a parser takes the last one."""
        return [member for member in self.members if member.name == name]


def object_at(plain: str, start: int) -> Object:
    """The object that opens at ``start`` of a strict text that is known to be right."""
    found = Object(start)
    index = after_space(plain, start + 1)
    while plain[index] != "}":
        key_start = index
        name, index = _DECODER.raw_decode(plain, index)
        value_start = after_space(plain, after_space(plain, index) + 1)
        _value, end = _DECODER.raw_decode(plain, value_start)
        found.members.append(Member(name, key_start, value_start, end))
        index = after_space(plain, end)
        index = after_space(plain, index + 1) if plain[index] == "," else index
    found.end = index
    return found


def inserted(text: str, home: Object, members: t.Sequence[str]) -> list[Edit]:
    """How to put members, given as text, behind those that are there."""
    if not members:
        return []
    return _behind(text, home, members) if home.members else _first(text, home, members)


def _behind(text: str, home: Object, members: t.Sequence[str]) -> list[Edit]:
    last, first = home.members[-1], home.members[0]
    comma = after_space(text, last.end)
    has_comma = text[comma : comma + 1] == ","
    tail = comma + 1 if has_comma else last.end
    at = rest_of_line(text, tail, REST)
    if starts_line(text, first.key_start) or (at is not None and at > tail):
        inner = indentation(text, first.key_start)
        if not starts_line(text, first.key_start):
            inner += step(text)
        gap = line_end(text) + inner
    else:
        gap, at = " ", None
    at = tail if at is None else at
    body = ",".join(gap + member for member in members)
    if has_comma:
        return [(at, at, body + ",")]
    return [(at, at, "," + body)] if at == tail else [(tail, tail, ","), (at, at, body)]


def _first(text: str, home: Object, members: t.Sequence[str]) -> list[Edit]:
    """Into an object without members: behind its comments, on lines of their own."""
    end, outer = line_end(text), indentation(text, home.start)
    inner = outer + step(text)
    body = ",".join(f"{end}{inner}{member}" for member in members)
    within = text[home.start + 1 : home.end]
    at = home.start + 1 + len(within.rstrip())
    has_line = "\n" in text[at : home.end]
    if is_line_end(text, at) and has_line:
        return [(at, at, body)]
    return [(at, home.end, f"{body}{end}{outer}")]


def written_object(text: str, start: int, name: str | None, members: t.Sequence[str]) -> str:
    """An object with ``members``, as a value or with its name, for the line of ``start``."""
    end, outer = line_end(text), indentation(text, start)
    if name is not None and not starts_line(text, start):
        outer += step(text)
    body = ",".join(f"{end}{outer}{step(text)}{member}" for member in members)
    head = "" if name is None else f"{quoted(name)}: "
    return f"{head}{{{body}{end}{outer}}}"


def without(text: str, home: Object, names: t.Collection[str]) -> list[Edit]:
    """How to take members out; the commas between those that stay are the ones that stay."""
    edits: list[Edit] = []
    kept: Member | None = None
    for goes, run in itertools.groupby(home.members, lambda member: member.name in names):
        members = list(run)
        if not goes:
            kept = members[-1]
            continue
        for first, last in _by_line(text, members):
            end = after_comma(text, last.end)
            edits.append((*whole_lines(text, first.key_start, end, REST), ""))
        if kept is not None and end == members[-1].end:
            # The last one has no comma behind it, so the one before it goes.
            left = after_space(text, kept.end)
            edits.append((left, left + 1, ""))
    return edits


def _by_line(text: str, members: t.Sequence[Member]) -> list[tuple[Member, Member]]:
    """The first and last of those that stand on one line."""
    found = [(members[0], members[0])]
    for member in members[1:]:
        first, last = found[-1]
        if "\n" in text[last.end : member.key_start]:
            found.append((member, member))
        else:
            found[-1] = (first, member)
    return found


def after_comma(text: str, index: int) -> int:
    """Behind the comma that follows; ``index`` itself where none does."""
    comma = after_space(text, index)
    return comma + 1 if text[comma : comma + 1] == "," else index
