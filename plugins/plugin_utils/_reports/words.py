# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A row in words, the same for every format that people read.

Pure: no I/O, standard library only.  What comes back may hold text from outside, not yet escaped.
"""

from __future__ import annotations

import typing as t

from . import people
from .model import BY_NAME, Proof, Row, Setting
from .text import many, value_words


def reason(row: Row) -> str:
    """Why a row is as it is, in a few words."""
    if row.outcome == "drift":
        return ", ".join(row.differs) or "it would change"
    if row.outcome == "not_compared":
        return "the password cannot be compared"
    if row.applied:
        return f"changed by this run: {', '.join(row.applied)}"
    return row.message or BY_NAME[row.outcome].words


def sentence(setting: Setting) -> str:
    """What a setting is, and what it is declared to be."""
    before, declared = value_words(setting.before), value_words(setting.declared)
    return f"{setting.option} is {before}, declared is {declared}"


def details(row: Row) -> str:
    """Why a row is as it is, with the values where they differ."""
    if row.outcome != "drift" or not row.differs:
        return reason(row)
    return "; ".join(sentence(setting) for setting in row.settings if setting.differs)


def facts(row: Row) -> list[tuple[str, str]]:
    """What is known of a row besides its settings: labels and values, none of them empty."""
    found = [
        ("Address", row.address),
        ("Level", row.level),
        ("Server version", row.version),
        ("Declared in", "" if row.place is None else str(row.place)),
        ("Password evidence", row.evidence),
        ("Proven by a message to", row.verified),
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
    said += [] if row.audience is None else [f"{_capital(people.sentence(row.audience))}."]
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


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def line(row: Row, *, applies: bool = False) -> str:
    """What became of a row, in one line: what was done, what proves it, on what it rests."""
    said = [_done(row, applies)]
    said += [f"proven by a message to {row.verified}"] if row.verified else []
    if row.proof is not None and row.proof.ok:
        said.append(f"test message {row.proof.message_id or 'sent by the server'} accepted")
    if row.proof is not None and row.proof.ok is False:
        said.append(f"the test message failed: {row.proof.message}")
    said += [f"password: {row.evidence}"] if row.evidence not in ("", "not_managed") else []
    said += [f"API {row.version}"] if row.version else []
    return f"{row.name}: {', '.join(said)}"


def _done(row: Row, applies: bool) -> str:
    if row.applied:
        return f"{many(len(row.applied), 'setting')} written ({', '.join(row.applied)})"
    if row.outcome in ("drift", "not_compared"):
        names = [setting.option for setting in row.settings]
        return f"{many(len(names), 'setting')} to write ({', '.join(names)})"
    if BY_NAME[row.outcome].positive:
        return "nothing to write" if applies else BY_NAME[row.outcome].words
    return f"{BY_NAME[row.outcome].words}: {reason(row)}"
