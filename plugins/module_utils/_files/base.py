# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the editors of all formats share.

Pure.

An editor finds the places of values in a text, and puts other values there; everything else stays
to the letter.  A dot is part of a key, never a path.
"""

from __future__ import annotations

import contextlib
import gc
import json
import re
import typing as t

from .._errors import Failure, Refused
from .._phrase import Phrase
from .._settings import Value, wire_text

Scalar = t.Union[str, int, float, bool, None]
#: Key to value; the type of a value says which literals may stand for it.
Changes = t.Mapping[str, Value]
#: A span of a text, from its first character to behind its last, and what is put in its place.
Edit = tuple[int, int, str]


def refused(text: str, index: int, reason: Phrase) -> Failure:
    """A text that must not be touched, with line and column of the place."""
    line = text.count("\n", 0, index) + 1
    column = index - (text.rfind("\n", 0, index) + 1) + 1
    return left_alone(reason, line=line, column=column)


def left_alone(
    reason: Phrase, stage: str = "read", *, line: int | None = None, column: int = 1
) -> Failure:
    """A file that must not be touched, with the place in it where there is one."""
    place = "" if line is None else f", line {line}, column {column}"
    return Refused("file_refused", place=place, reason=reason, stage=stage)


def replaced(text: str, edits: t.Iterable[Edit]) -> str:
    """``text`` with every edit made; spans do not overlap, those of one place keep their order."""
    pieces: list[str] = []
    kept = 0
    for start, end, new in sorted(edits, key=lambda edit: edit[:2]):
        pieces += (text[kept:start], new)
        kept = end
    return "".join(pieces) + text[kept:]


BLANK = re.compile(r"[ \t]*")


def is_line_end(text: str, index: int) -> bool:
    """Whether nothing more stands on the line."""
    return index >= len(text) or text[index] in "\r\n"


def rest_of_line(text: str, index: int, rest: re.Pattern[str] = BLANK) -> int | None:
    """The end of the line if it holds nothing else but ``rest``; else None."""
    end = t.cast("re.Match[str]", rest.match(text, index)).end()
    return end if is_line_end(text, end) else None


def whole_lines(text: str, start: int, end: int, rest: re.Pattern[str] = BLANK) -> tuple[int, int]:
    """The span, and the rest of its lines where they hold nothing else but ``rest``."""
    line = text.rfind("\n", 0, start) + 1
    after = rest_of_line(text, end, rest)
    if text[line:start].strip(" \t") or after is None:
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
    return line[: len(line) - len(line.lstrip(" \t"))]


def starts_line(text: str, index: int) -> bool:
    """Whether only white space stands before ``index`` on its line."""
    return not text[text.rfind("\n", 0, index) + 1 : index].strip(" \t")


_INDENTED = re.compile(r"^([ \t]+)[^\s*]", re.MULTILINE)


def step(text: str) -> str:
    """What the text indents by, told from its first indented line; two spaces where none is."""
    first = _INDENTED.search(text)
    if first is None:
        return "  "
    return "\t" if first[1].startswith("\t") else first[1][:8]


# What no parser reads as it stands, or what YAML takes for the end of a line.
_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def quoted(text: str) -> str:
    """``text`` in double quotes, as JSON and YAML both read it."""
    escaped = json.dumps(text, ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", escaped)


def literal(old: Scalar, new: Value) -> str:
    """``new`` as a number or boolean where it is one and ``old`` was one, else as quoted text."""
    if isinstance(new, bool):
        fits = isinstance(old, bool)
    else:
        fits = isinstance(new, int) and isinstance(old, (int, float)) and not isinstance(old, bool)
    return json.dumps(new) if fits else quoted(wire_text(new))


def fold(name: t.Any) -> str:
    """A name as .NET compares it: the case of letters does not count (``OrdinalIgnoreCase``)."""
    return str(name).upper()


@contextlib.contextmanager
def without_collection() -> t.Iterator[None]:
    """What is done within makes many objects and no circles."""
    # Looking for circles again and again takes a third of the time of a large file.
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
