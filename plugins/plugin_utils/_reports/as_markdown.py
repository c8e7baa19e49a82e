# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The report as Markdown: a comment on a merge request.

Pure: no I/O, standard library only.

Text from outside stands in code spans, where nothing has a meaning: no markup, no address becomes a
link, nobody is mentioned.  What would end a span or a cell is written in character references
inside of ``<code>``, which all forges take.
"""

from __future__ import annotations

import html
import typing as t

from .model import AS_DECLARED, FORMAT, Report, Row, Setting
from .text import many, value_words, visible
from .verdict import KINDS, Kind, headline, outcome_words
from .words import facts, notes, reason

#: GitHub refuses comments of more than 65,536 characters, and the others take longer ones.
MOST_CHARACTERS = 60_000
#: For what is left out, in words.
RESERVED = 500
CELL = 300
LONG = 2000
#: What a code span in a table cannot hold everywhere.
AWKWARD = frozenset("`|\\")
MARKS = {True: "\u2705", False: "\u274c"}
TABLE = "| Host | Tenant | Outcome | Why |\n| --- | --- | --- | --- |\n"
SETTINGS = "| Setting | Before | Declared | Declared in |\n| --- | --- | --- | --- |\n"


def as_markdown(report: Report) -> str:
    """The whole comment, with a line end; what makes it too long is counted instead."""
    rows = report.worst_first
    off, kind = report.off, KINDS[report.kind]
    fine = [code(row.name) for row in rows if row.outcome == AS_DECLARED]
    top, foot = _top(report), _foot(report)
    room = MOST_CHARACTERS - RESERVED - len(top) - len(foot)
    # The table may take half of the room, so that some of it is also explained.
    lines = _Fitting((_line(row, kind) for row in off), room // 2)
    explained = filter(None, (_details(row, kind) for row in rows))
    details = _Fitting(explained, room - lines.size)
    names = _Fitting((f"{name}, " for name in fine), room - lines.size - details.size)
    return "".join(
        (
            top,
            f"{TABLE}{lines.text}\n" if off else "",
            lines.rest("row"),
            details.text,
            details.rest("explanation"),
            _folded(f"{len(fine)} {kind.good}", names.text.rstrip(", ")) if fine else "",
            names.rest("name"),
            foot,
        )
    )


class _Fitting:
    """As many of ``parts`` as have room, and how many have none."""

    def __init__(self, parts: t.Iterable[str], room: int) -> None:
        kept: list[str] = []
        self.size = self.left_out = 0
        for part in parts:
            if self.left_out or self.size + len(part) > room:
                self.left_out += 1
                continue
            kept.append(part)
            self.size += len(part)
        self.text = "".join(kept)

    def rest(self, noun: str) -> str:
        if not self.left_out:
            return ""
        return (
            f"_{many(self.left_out, f'more {noun}')} left out here; the JSON report has all._\n\n"
        )


def code(text: str, most: int = CELL) -> str:
    """Text from outside as code, in one line."""
    shown = visible(text)
    if len(shown) > most:
        shown = shown[: most - 1] + "\u2026"
    if not shown.strip():
        return ""
    if AWKWARD.isdisjoint(shown):
        return f"`{shown}`"
    return f"<code>{''.join(map(_reference, shown))}</code>"


def _reference(character: str) -> str:
    plain = character.isalnum() or character == " " or not character.isascii()
    return character if plain else f"&#{ord(character)};"


def _top(report: Report) -> str:
    title = f"{MARKS[not report.failed_on]} {KINDS[report.kind].title}"
    # The first line lets a pipeline find the comment that it made before.
    return f"<!-- {FORMAT} {report.kind} -->\n### {title}\n\n**{headline(report)}**\n\n"


def _foot(report: Report) -> str:
    revision = f"Revision {code(report.revision)}, " if report.revision else ""
    return f"{revision}{code(report.time)}, rpaops.orchestrator {code(report.collection)}\n"


def _line(row: Row, kind: Kind) -> str:
    cells = (code(row.host), code(row.tenant), outcome_words(row.outcome, kind), code(reason(row)))
    return f"| {' | '.join(cells)} |\n"


def _details(row: Row, kind: Kind) -> str:
    """What there is to say about a row, folded; nothing where all is as it should be."""
    said = notes(row)
    if row.outcome == AS_DECLARED and not row.settings and not said:
        return ""
    settings = "".join(map(_setting, row.settings))
    known = "".join(f"- {label}: {code(value, LONG)}\n" for label, value in facts(row))
    remarks = "".join(f"- {code(note, LONG)}\n" for note in said)
    inside = f"{SETTINGS}{settings}\n{known}{remarks}" if settings else known + remarks
    name = f"<code>{html.escape(visible(row.name))}</code>"
    return _folded(f"{name}: {outcome_words(row.outcome, kind)}", inside)


def _setting(setting: Setting) -> str:
    place = "" if setting.place is None else str(setting.place)
    before, declared = value_words(setting.before), value_words(setting.declared)
    cells = map(code, (setting.option, before, declared, place))
    return f"| {' | '.join(cells)} |\n"


def _folded(title: str, inside: str) -> str:
    return f"<details><summary>{title}</summary>\n\n{inside.rstrip()}\n\n</details>\n\n"
