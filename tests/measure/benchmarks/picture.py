# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The goals as a picture (SVG): one bar a goal, and one line that no bar should cross."""

from __future__ import annotations

import typing as t
from xml.sax.saxutils import escape

from .goals import MET

WIDTH, ROW, TOP = 1000, 44, 48
#: Pixels up to the goal, and how much more than the goal a bar may show before it is cut.
GOAL, MOST = 480, 1.7
COLOURS = {True: "#2e7d4f", False: "#b4532a"}
STYLE = (
    "text{font:13px sans-serif;fill:#333}.small,.middle{font-size:12px;fill:#666}"
    ".middle{text-anchor:middle}"
)


def picture(rows: t.Sequence[t.Sequence[str]]) -> str:
    """Draw the rows of ``goals.Goal.row``; the length of a bar is measured ÷ allowed."""
    height = TOP + ROW * len(rows) + 8
    size = f'width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img">',
        "<title>Measured time or memory as a share of each goal</title>",
        f"<style>{STYLE}</style>",
        f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>',
        _text(8, 20, "Measured, as a share of what the goal allows: shorter is better", "head"),
        _text(GOAL, TOP - 10, "the goal", "middle"),
    ]
    for number, row in enumerate(rows):
        parts += _bar(TOP + ROW * number, row)
    line = f'<path d="M{GOAL} {TOP - 4}V{height - 4}" stroke="#888" stroke-dasharray="4 3"/>'
    return "\n".join([*parts, line, "</svg>", ""])


def _bar(top: int, row: t.Sequence[str]) -> list[str]:
    work, rule, allowed, measured, verdict = row
    share = _number(measured) / _number(allowed)
    length, colour = round(GOAL * min(share, MOST)), COLOURS[verdict == MET]
    return [
        _text(8, top + 12, f"{work}: at most {rule}", "small"),
        f'<rect x="0" y="{top + 18}" width="{length}" height="16" fill="{colour}"/>',
        _text(length + 8, top + 31, f"{measured}, {share:.2f} × the goal, {verdict}", "figure"),
    ]


def _text(x: int, y: int, words: str, kind: str) -> str:
    return f'<text class="{kind}" x="{x}" y="{y}">{escape(words)}</text>'


def _number(text: str) -> float:
    return float(text.split()[0])
