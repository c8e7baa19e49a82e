# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whom mail reaches, in words.

Pure: no I/O, standard library only.  Names come from outside and are not yet escaped.
"""

from __future__ import annotations

import typing as t

from .model import AUDIENCE, Audience, Report, Row
from .text import listed, many, rest, visible

#: Names in a sentence; the JSON report has all.
MOST_NAMES = 20
NOT_KNOWN = "it is not known whom mail reaches"


def sentence(audience: Audience) -> str:
    """How many people mail reaches, and whom it does not, each with the reason."""
    missed = [f"{one.user} ({one.reason.replace('_', ' ')})" for one in audience.unreachable]
    named = listed(missed, MOST_NAMES)
    unknown = f"; of {audience.unknown} it is not known" if audience.unknown else ""
    reached = f"mail reaches {audience.reachable} of {many(audience.users, 'person', 'people')}"
    return f"{reached}{f', not {named}' if missed else ''}{unknown}"


def is_missed(row: Row) -> bool:
    """Whether somebody is not reached there; no positive sign is nobody who is."""
    return row.audience is None or bool(row.audience.unreachable)


def lines(report: Report, most: int) -> list[str]:
    """A line for each of the ``most`` worst places whose people are known.

    Where a verdict was asked for, the places whose people are not known are told of as well.
    Tenants with the same people are one place.
    """
    told: dict[tuple[str, Audience | None], list[Row]] = {}
    for row in report.rows:
        if row.audience is not None or AUDIENCE in report.failed_on:
            told.setdefault((row.host, row.audience), []).append(row)
    worst = sorted(told.items(), key=lambda one: _rank(one[0][1]))
    told_of = [_line(audience, rows) for (_host, audience), rows in worst[:most]]
    return [*told_of, *rest(len(worst) - most, " places")]


def _rank(audience: Audience | None) -> float:
    return float("-inf") if audience is None else -len(audience.unreachable)


def _line(audience: Audience | None, rows: t.Sequence[Row]) -> str:
    name = rows[0].name if len(rows) == 1 else f"{rows[0].host} ({many(len(rows), 'tenant')})"
    return visible(f"{name}: {NOT_KNOWN if audience is None else sentence(audience)}")
