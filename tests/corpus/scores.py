# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How good the diagnoses of a corpus are.

A diagnosis is right when it is the row of the label, *admitted* when it is one that claims no cause
although the label has one, and wrong when it claims another cause, or any where none can be told.
Precision is the share of right ones among all that claim a cause of a kind, recall the share of
right ones among all that have a cause of that kind.
"""

from __future__ import annotations

import typing as t

from ansible_collections.rpaops.orchestrator.plugins.module_utils._knowledge import diagnosis_table

from corpus import ADMITTED, Case, first_run

KINDS: t.Mapping[str, str] = {row.id: row.kind for row in diagnosis_table.ROWS}
NO_CAUSE = "no cause to be told"
COLUMNS = (
    "What is to blame", "Cases", "Right", "Admitted", "Wrong", "Precision", "Recall", "First run",
)  # fmt: skip


class Score(t.NamedTuple):
    """Counts of some cases."""

    cases: int
    right: int
    admitted: int
    wrong: int
    #: Diagnoses that claim such a cause, right or not.
    claimed: int

    @property
    def precision(self) -> str:
        return _percent(self.right, self.claimed)

    @property
    def recall(self) -> str:
        return _percent(self.right, self.cases)


def score(cases: t.Sequence[Case]) -> Score:
    """Count the outcomes of ``cases``."""
    got = [(case.right, case.diagnosis().id) for case in cases]
    right = sum(wanted == found for wanted, found in got)
    admitted = sum(found in ADMITTED and wanted != found for wanted, found in got)
    return Score(len(got), right, admitted, len(got) - right - admitted, len(got) - admitted)


def by_kind(cases: t.Sequence[Case]) -> dict[str, Score]:
    """Count the outcomes by what is to blame; ``claimed`` are all diagnoses of that kind."""
    found = [(_kind(case.right), _kind(case.diagnosis().id)) for case in cases]
    scores = {}
    for kind in sorted({wanted for wanted, _got in found}):
        counted = score([case for case in cases if _kind(case.right) == kind])
        claimed = sum(got == kind for _wanted, got in found)
        scores[kind] = counted._replace(claimed=claimed)
    return scores


def table(files: t.Mapping[str, t.Sequence[Case]]) -> list[list[str]]:
    """Return a row for every kind, over all files, and one for every file."""
    every = [case for cases in files.values() for case in cases]
    rows = [list(COLUMNS)]
    rows += [_line(kind, counted) for kind, counted in by_kind(every).items()]
    rows += [
        _line(f"**all of {name}.yml**", score(cases), _first(name)) for name, cases in files.items()
    ]
    return [*rows, _line("**all**", score(every))]


def misses(cases: t.Sequence[Case]) -> list[str]:
    """Return a line for every diagnosis that is not the right one."""
    got = [(case, case.diagnosis().id) for case in cases]
    return [
        f"{case.where}, {case.preset}: {case.said} - is {case.right}, was called {found}"
        for case, found in got
        if found != case.right
    ]


def _kind(row_id: str) -> str:
    return NO_CAUSE if row_id in ADMITTED else KINDS[row_id]


def _line(name: str, counted: Score, first: str = "") -> list[str]:
    numbers = counted.cases, counted.right, counted.admitted, counted.wrong
    return [name, *map(str, numbers), counted.precision, counted.recall, first]


def _first(name: str) -> str:
    """How many were right, admitted and wrong when the file was tried for the first time."""
    return " / ".join(map(str, first_run(name).values()))


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "-"
