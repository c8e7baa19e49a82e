# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What ``mail_report`` returns; the documentation of the module says the same.

Pure: no I/O, standard library only.
"""

from __future__ import annotations

import typing as t

from . import people
from .as_json import row_data
from .model import AUDIENCE, Report, Row
from .text import visible
from .verdict import headline, summary
from .words import ending, lines

#: Rows and lines that are returned, which a callback may show; the files hold all of them.
MOST = 20
#: The kinds that say of every row what became of it, and of how many rows at most.
PERSONAL = frozenset(("apply", "test"))
MOST_LINES = 200
#: What is said of every row; of the rest only what there is.
ALWAYS = frozenset(("host", "tenant", "outcome"))


def returned(
    report: Report, files: t.Mapping[str, str], also: t.Sequence[str] = ()
) -> dict[str, t.Any]:
    """The result of the task; it fails when the report did.

    ``files`` are paths by format, ``also`` those that were written elsewhere too.
    """
    said = summary(report, MOST)
    found = {
        "changed": False,
        "headline": headline(report),
        "summary": said,
        "told": _told(report, said, (*files.values(), *also)),
        "verdict": "failed" if report.failed_on else "passed",
        "failed_on": list(report.failed_on),
        "counts": {**report.counts, "hosts": report.hosts, "rows": len(report.rows)},
        "files": dict(files),
        "also": list(also),
        "rows": [_short(row) for row in report.off[:MOST]],
    }
    if not report.failed_on:
        return {**found, "msg": found["headline"]}
    return {**found, "failed": True, "msg": " ".join(_sentences(report))}


def _told(report: Report, said: list[str], paths: t.Iterable[str]) -> list[str]:
    """What people read at the end of a run, and where the rest of it is."""
    if report.kind in PERSONAL:
        each = ((row, ending(row, applies=report.kind == "apply")) for row in report.rows)
        said = [headline(report), *lines(each, MOST_LINES)]
    if report.kind in PERSONAL or AUDIENCE not in report.failed_on:
        # A verdict on people has told of them.
        said = [*said, *people.lines(report, MOST)]
    return [*said, *(f"Written: {visible(path)}" for path in paths)]


def _short(row: Row) -> dict[str, t.Any]:
    return {key: value for key, value in row_data(row).items() if value or key in ALWAYS}


def _sentences(report: Report) -> t.Iterator[str]:
    first, *others = summary(report)
    yield first
    yield from (line.rstrip(".") + "." for line in others)
