# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The report as metrics in the text format of Prometheus, for the textfile collector.

Pure: no I/O, standard library only.

Every report has its time and a count for every outcome, so that an alert can tell a night without a
report from a night without drift.
"""

from __future__ import annotations

import typing as t
from datetime import datetime

from .model import Report, Row
from .text import visible

PREFIX = "mail_settings_"
Labels = t.Mapping[str, str]
Samples = t.Iterator[tuple[Labels, int]]
ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"'})


def as_prometheus(report: Report) -> str:
    """All metrics, with a line end."""
    return "".join(_family(report, *family) for family in FAMILIES)


def _info(report: Report) -> Samples:
    about = {"kind": report.kind, "revision": report.revision, "collection": report.collection}
    yield about, 1


def _time(report: Report) -> Samples:
    moment = datetime.fromisoformat(report.time.replace("Z", "+00:00"))
    yield {"kind": report.kind}, int(moment.timestamp())


def _counts(report: Report) -> Samples:
    for name, count in report.counts.items():
        yield {"outcome": name}, count


def _outcomes(report: Report) -> Samples:
    for row in report.rows:
        yield {**_of(row), "outcome": row.outcome}, 1


def _drift(report: Report) -> Samples:
    for row in report.rows:
        for option in row.differs:
            yield {**_of(row), "option": option}, 1


def _days_left(report: Report) -> Samples:
    for row in report.rows:
        if row.proof is not None and row.proof.days_left is not None:
            yield _of(row), row.proof.days_left


def _unreached(report: Report) -> Samples:
    for row in report.rows:
        if row.audience is not None:
            yield _of(row), len(row.audience.unreachable)


FAMILIES: tuple[tuple[str, str, t.Callable[[Report], Samples]], ...] = (
    ("report_info", "What the report is about.", _info),
    ("checked_timestamp_seconds", "When the report was made.", _time),
    ("rows", "Hosts and tenants by outcome.", _counts),
    ("outcome", "What became of a host and tenant.", _outcomes),
    ("drift", "A setting that is not as declared.", _drift),
    ("certificate_days_left", "Days until the mail server's certificate ends.", _days_left),
    ("audience_unreachable", "People whom no mail reaches.", _unreached),
)


def _of(row: Row) -> Labels:
    return {"host": row.host, "tenant": row.tenant}


def _family(
    report: Report, name: str, help_text: str, samples: t.Callable[[Report], Samples]
) -> str:
    """One metric; nothing where there is no sample of it."""
    series: dict[str, int] = {}
    for labels, value in samples(report):
        # A series that appears twice makes the collector refuse the whole file.
        series.setdefault(_labels(labels), value)
    if not series:
        return ""
    metric = PREFIX + name
    lines = [f"{metric}{{{labels}}} {value}\n" for labels, value in series.items()]
    return f"# HELP {metric} {help_text}\n# TYPE {metric} gauge\n{''.join(lines)}"


def _labels(labels: Labels) -> str:
    return ",".join(
        f'{name}="{visible(value).translate(ESCAPES)}"' for name, value in labels.items()
    )
