# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the editors of all formats share.

Pure.

An editor finds the places of values in a text, and puts other values there; everything else stays
to the letter.  A dot is part of a key, never a path.
"""

from __future__ import annotations

import re
import typing as t
from dataclasses import dataclass

from .._errors import Failure, Refused

Scalar = t.Union[str, int, float, bool, None]
OTHER_LETTERS = (
    "the key {!r} differs from ours only in upper and lower case; write it as in the documentation"
)
Changes = t.Mapping[str, str]


@dataclass(frozen=True)
class Span:
    """A value and the span of its text; ``value`` keeps the type that the format gives it."""

    value: Scalar
    start: int
    end: int


class Format(t.Protocol):
    """A text taken apart: the values of the wanted keys, and how to put others there.

    An implementation must

    * refuse a malformed text, two places for one key, and a value of ours that is not a scalar,
      with line and column (``refused``), when it is made;
    * give the values as the format's own parser reads them;
    * leave every character outside the places of the changed values as it is.

    It may

    * lay out new keys as the file does it: indentation, quotes, order of its neighbours.

    It must not

    * touch the disk, or keep anything beyond the text;
    * quote anything of the text in a refusal: it may hold secrets.
    """

    @property
    def values(self) -> t.Mapping[str, Scalar]:
        """The wanted keys that are there, in the types that the format gives their values."""

    def edited(self, changes: Changes) -> str:
        """The text with ``changes`` (key to text); new keys stand where a person would put them."""

    def removed(self, keys: t.Collection[str]) -> str:
        """The text without ``keys`` and their values; they are all there."""


def refused(text: str, index: int, reason: str) -> Failure:
    """A text that must not be touched, with line and column of the place."""
    line = text.count("\n", 0, index) + 1
    column = index - (text.rfind("\n", 0, index) + 1) + 1
    return left_alone(reason, line=line, column=column)


def left_alone(
    reason: str, stage: str = "read", *, line: int | None = None, column: int = 1
) -> Failure:
    """A file that must not be touched, with the place in it where there is one."""
    place = "" if line is None else f", line {line}, column {column}"
    return Refused("file_refused", place=place, reason=reason, stage=stage)


def same_in_other_letters(names: t.Iterable[t.Any], keys: t.Collection[str]) -> str | None:
    """A name that differs from a wanted key only in the case of letters, if there is one.

    .NET takes both for one key, so the wanted one must not be put beside it.
    """
    wanted = {key.lower(): key for key in keys}
    return next((n for n in names if wanted.get(str(n).lower(), n) != n), None)


def replaced(text: str, spans: t.Iterable[tuple[int, int, str]]) -> str:
    """``text`` with every span replaced; spans do not overlap."""
    for start, end, new in sorted(spans, reverse=True):
        text = text[:start] + new + text[end:]
    return text


BLANK = re.compile(r"[ \t]*")


def whole_lines(text: str, start: int, end: int, rest: re.Pattern[str] = BLANK) -> tuple[int, int]:
    """The span, and the rest of its lines where they hold nothing else but ``rest``."""
    line = text.rfind("\n", 0, start) + 1
    after = t.cast("re.Match[str]", rest.match(text, end)).end()
    is_end = after == len(text) or text[after] in "\r\n"
    if text[line:start].strip(" \t") or not is_end:
        return start, end
    newline = text.find("\n", after)
    return line, len(text) if newline < 0 else newline + 1


def line_end(text: str) -> str:
    """The line end that the text uses, by its first line."""
    first = text.find("\n")
    return "\r\n" if first > 0 and text[first - 1] == "\r" else "\n"


def indentation(text: str, index: int) -> str:
    """The white space at the start of the line that ``index`` is in."""
    line = text[text.rfind("\n", 0, index) + 1 : index]
    return line[: len(line) - len(line.lstrip())]
