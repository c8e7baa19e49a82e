# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Pages of the documentation whose marked parts are written by a program.

A part called ``name`` is what stands between ``.. begin name`` and ``.. end name``, which are
comments in reStructuredText. A page without exactly one such place is a ``ValueError``.
"""

from __future__ import annotations

import re
import typing as t
from pathlib import Path


def places(page: Path) -> list[str]:
    """Return the names of all parts, in their order."""
    return re.findall(r"^\.\. begin (\S+)$", page.read_text(encoding="utf-8"), re.MULTILINE)


def require(page: Path, names: t.Iterable[str]) -> None:
    """Refuse a page that lacks a place for one of ``names``: ask before long work, not after."""
    for name in names:
        part(page, name)


def part(page: Path, name: str) -> str:
    """Return what a part holds, without the blank lines around it."""
    return _cut(page, name)[1].strip("\n")


def fill(page: Path, name: str, text: str) -> None:
    """Put ``text`` in the place of what a part holds; the rest of the page stays."""
    before, _old, after = _cut(page, name)
    middle = text.strip("\n")
    page.write_text(f"{before}\n{middle}\n\n{after}", encoding="utf-8")


def table(rows: t.Iterable[t.Sequence[str]]) -> str:
    """Return a table in reStructuredText; the first row is its head."""
    lines = [".. list-table::", "   :header-rows: 1", ""]
    for row in rows:
        lines += [f"   {'  -' if number else '* -'} {cell}" for number, cell in enumerate(row)]
    return "\n".join(lines)


def rows(text: str) -> list[list[str]]:
    """Return the rows of a ``table`` without its head; none for a text that is no table."""
    found: list[list[str]] = []
    for line in text.splitlines():
        mark, cell = line[:7], line[7:]
        if mark == "   * - ":
            found.append([cell])
        elif mark == "     - ":
            found[-1].append(cell)
    return found[1:]


def _cut(page: Path, name: str) -> tuple[str, str, str]:
    """Return the page up to the first mark, what is between, and from the second mark on."""
    begin, end = (rf"^\.\. {mark} {re.escape(name)}\n" for mark in ("begin", "end"))
    pieces = re.split(f"(?m)({begin})|({end})", page.read_text(encoding="utf-8"))
    marks = [bool(first) for first in pieces[1::3]]
    if marks != [True, False]:
        raise ValueError(f"{page.name} needs one '.. begin {name}' and one '.. end {name}' below")
    return pieces[0] + pieces[1], pieces[3], pieces[5] + pieces[6]
