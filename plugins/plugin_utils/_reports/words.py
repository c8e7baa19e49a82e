# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A row in words, the same for every format that people read.

Pure: no I/O, standard library only.  What comes back may hold text from outside, not yet escaped.
"""

from __future__ import annotations

import typing as t

from . import people
from .model import BY_NAME, DRIFT, Proof, Row, Setting
from .text import listed, many, rest, value_words, visible

#: What tells about a password, in words; of one that is not managed nothing is said.
EVIDENCE: t.Mapping[str, str] = {
    "value": "password compared by its value",
    "absent": "no password of this account was stored before",
    "version": "password compared by its version",
    "fingerprint": "password compared by its fingerprint",
    "none": "nothing to compare the password with",
}
#: How many of the tenants that share a line are named.
NAMED = 3


def reason(row: Row) -> str:
    """Why a row is as it is, in a few words."""
    if row.outcome == DRIFT:
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
    return "; ".join(map(sentence, row.drifted)) or reason(row)


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


def ending(row: Row, *, applies: bool = False) -> str:
    """What became of a row: what was done, what proves it, on what it rests."""
    said = [_done(row, applies)]
    said += [f"proven by a message to {row.verified}"] if row.verified else []
    if row.proof is not None and row.proof.ok:
        said.append(f"test message {row.proof.message_id or 'sent by the server'} accepted")
    if row.proof is not None and row.proof.ok is False:
        said.append(f"the test message failed: {row.proof.message}")
    said += [EVIDENCE[row.evidence]] if row.evidence in EVIDENCE else []
    said += [f"API {row.version}"] if row.version else []
    return ", ".join(said)


def lines(said: t.Iterable[tuple[Row, str]], most: int) -> list[str]:
    """At most so many lines ``host / tenants: words``, and how many rows are not told of.

    Tenants of a host of which the same is said share a line.
    """
    told: dict[tuple[str, str], list[Row]] = {}
    for row, words in said:
        told.setdefault((row.host, words), []).append(row)
    made = [visible(f"{_name(rows)}: {words}") for (_host, words), rows in told.items()]
    left = sum(map(len, list(told.values())[most:]))
    return [*made[:most], *rest(left)]


def _name(rows: t.Sequence[Row]) -> str:
    if len(rows) == 1:
        return rows[0].name
    return f"{rows[0].host} / {listed([row.tenant for row in rows], NAMED)}"


def _done(row: Row, applies: bool) -> str:
    if row.applied:
        return f"{many(len(row.applied), 'setting')} written ({', '.join(row.applied)})"
    if row.outcome in ("drift", "not_compared"):
        names = [setting.option for setting in row.settings]
        return f"{many(len(names), 'setting')} to write ({', '.join(names)})"
    if BY_NAME[row.outcome].positive:
        return "nothing to write" if applies else BY_NAME[row.outcome].words
    return f"{BY_NAME[row.outcome].words}: {reason(row)}"
