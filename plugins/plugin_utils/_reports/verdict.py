# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a report comes to: one sentence, and whether a pipeline may go on.

Pure: no I/O, standard library only.
"""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, replace

from . import people
from .model import AS_DECLARED, AUDIENCE, BY_NAME, DRIFT, Report, Row
from .text import many
from .words import details, lines

DEFAULT_FAIL_ON = ("drift", "error", "unreachable")
#: How many rows the sentence of a failed task names.
NAMED = 5


@dataclass(frozen=True)
class Kind:
    """The words of one kind of report: its title, and how all or some rows are spoken of."""

    title: str
    good: str
    bad: str
    drift: str = "drift"


KINDS: t.Mapping[str, Kind] = {
    "drift": Kind("Mail settings: drift", "as declared", "not as declared"),
    "plan": Kind("Mail settings: plan", "as declared", "not as declared", "to change"),
    "apply": Kind("Mail settings: apply", "as declared", "not as declared"),
    "test": Kind("Mail settings: test", "proven by a test", "not proven by a test"),
}


def outcome_words(name: str, kind: Kind, count: int = 1) -> str:
    """What an outcome is called: in a plan nothing has drifted, something is to change."""
    outcome = BY_NAME[name]
    return kind.drift if name == DRIFT else outcome.words if count == 1 else outcome.plural


def judged(report: Report, fail_on: t.Sequence[str]) -> Report:
    """``report`` with its verdict.

    Where not a single row was compared, ``not_checked`` is always among what it failed on, unless
    nothing at all is to fail.
    """
    compared = any(BY_NAME[row.outcome].compared for row in report.rows)
    found = [name for name in fail_on if any(_is(row, name) for row in report.rows)]
    if fail_on and not compared and not found:
        found = ["not_checked"]
    return replace(report, fail_on=tuple(fail_on), failed_on=tuple(found))


def _is(row: Row, name: str) -> bool:
    return people.is_missed(row) if name == AUDIENCE else row.outcome == name


def headline(report: Report) -> str:
    """The whole report in one sentence."""
    if not report.rows:
        return "No host was checked."
    kind = KINDS[report.kind]
    off = report.off
    if not off:
        return f"{_all(report)} {kind.good}{_changed(report.rows)}."
    are = "is" if len(off) == 1 else "are"
    return f"{len(off)} of {_subject(report)} {are} {kind.bad}: {_tally(report, kind)}."


def _all(report: Report) -> str:
    return f"{_subject(report)} is" if len(report.rows) == 1 else f"All {_subject(report)} are"


def _changed(rows: t.Sequence[Row]) -> str:
    changed = sum(bool(row.applied) for row in rows)
    if not changed:
        return ""
    which = "" if len(rows) == 1 else f"{changed} of them "
    return f", {which}changed by this run"


def _subject(report: Report) -> str:
    hosts, rows = many(report.hosts, "host"), len(report.rows)
    return hosts if rows == report.hosts else f"{many(rows, 'tenant')} on {hosts}"


def _tally(report: Report, kind: Kind) -> str:
    found = [(n, count) for n, count in report.counts.items() if count and n != AS_DECLARED]
    return ", ".join(f"{count} {outcome_words(name, kind, count)}" for name, count in found)


def summary(report: Report, most: int = NAMED) -> list[str]:
    """The headline, and the ``most`` worst lines about rows.

    After that, the same about people where the report failed on them.
    """
    kind = KINDS[report.kind]
    said = ((row, f"{outcome_words(row.outcome, kind)}: {details(row)}") for row in report.off)
    missed = people.lines(report, most) if AUDIENCE in report.failed_on else []
    return [headline(report), *lines(said, most), *missed]
