# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A row in words, the same for every format that people read.

Pure: no I/O, standard library only.  What comes back may hold text from outside, not yet escaped.
"""

from __future__ import annotations

import typing as t

from .model import BY_NAME, Audience, Proof, Row
from .text import many


def reason(row: Row) -> str:
    """Why a row is as it is, in a few words."""
    if row.outcome == "drift":
        return ", ".join(row.differs) or "it would change"
    if row.outcome == "not_compared":
        return "the password cannot be compared"
    if row.applied:
        return f"changed by this run: {', '.join(row.applied)}"
    return row.message or BY_NAME[row.outcome].words


def facts(row: Row) -> list[tuple[str, str]]:
    """What is known of a row besides its settings: labels and values, none of them empty."""
    found = [
        ("Address", row.address),
        ("Level", row.level),
        ("Server version", row.version),
        ("Declared in", "" if row.place is None else str(row.place)),
        ("Password evidence", row.evidence),
        ("Plan", row.plan),
        ("Error", row.error),
        ("Stage", row.stage),
        ("Message", row.message),
        ("Cause", row.diagnosis.get("cause", "")),
        ("Fix", row.diagnosis.get("fix", "")),
    ]
    return [(label, value) for label, value in found if value]


def notes(row: Row) -> list[str]:
    """Sentences about the proof, the audience and the warnings of a row."""
    said = [] if row.proof is None else list(_proof(row.proof))
    said += [] if row.audience is None else [_audience(row.audience)]
    return said + list(row.warnings)


def _proof(proof: Proof) -> t.Iterator[str]:
    if proof.ok is None:
        yield f"No test message: {proof.message}."
    elif proof.ok:
        yield f"The test message went as far as {proof.reached or 'asked for'}."
    else:
        yield f"The test message failed: {proof.message}"
    if proof.days_left is not None:
        yield f"The certificate of the mail server ends in {many(proof.days_left, 'day')}."


def _audience(audience: Audience) -> str:
    missed = ", ".join(f"{user} ({why})" for user, why in audience.unreachable)
    unknown = f"; of {audience.unknown} it is not known" if audience.unknown else ""
    reached = f"Mail reaches {audience.reachable} of {many(audience.users, 'person', 'people')}"
    return f"{reached}{f', not {missed}' if missed else ''}{unknown}."
