# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The answers as Markdown, to be looked through and published.

Pure: no I/O, standard library only.

It holds words of ours, names of mail keys, statuses, numbers, and what the server said when it
refused, in code spans, without secrets and names.
"""

from __future__ import annotations

import json
import typing as t

from ...module_utils._version import VERSION
from .._reports.as_markdown import code
from .questions import QUESTIONS

if t.TYPE_CHECKING:
    from .answers import Answer, Answers, Words

MODES = {
    True: "It wrote, and put back what was there before.",
    False: "It only read: apart from the sign-in it sent nothing but GET.",
}
WAYS = {"user": "a user", "client": "an application", "token": "a ready token"}
#: More of the same kind say nothing new.
MOST_REFUSALS = 40
HEAD = """\
# What an Orchestrator does with mail settings

An answer to the questions of the page "What we know of the wire, and how we know it" of the
collection rpaops.orchestrator. It holds no secret, no address and no name; please look through it
before it is sent.

"""


class Facts(t.NamedTuple):
    """What a probe was like."""

    version: str | None
    way: str
    level: str
    is_standalone: bool
    wrote: bool
    day: str


def as_markdown(facts: Facts, answers: Answers, hide: t.Callable[[str], str]) -> str:
    """The whole document; ``hide`` takes the names of the place out of a text."""
    return "".join(
        (
            HEAD,
            _facts(facts),
            _table(
                "Answers", ("Switch", "Question", "Seen", "Position"), map(_row, answers.in_order)
            ),
            _table("Not answered", ("Switch", "Question", "Why"), _missing(answers)),
            _table("Refusals", ("By", "Asked", "HTTP", "Form", "Words"), _refusals(answers, hide)),
        )
    )


def _facts(facts: Facts) -> str:
    shape = "a standalone server" if facts.is_standalone else "an address with an organization"
    lines = (
        f"API version: {facts.version or 'not named'}",
        f"Address: {shape}, `server.level: {facts.level}`",
        f"Signed in as {WAYS[facts.way]}",
        MODES[facts.wrote],
        f"Made on {facts.day} by version {VERSION}",
    )
    return "".join(f"* {line}\n" for line in lines) + "\n"


def _table(title: str, columns: t.Sequence[str], rows: t.Iterable[t.Sequence[str]]) -> str:
    lines = [f"| {' | '.join(row)} |\n" for row in rows]
    if not lines:
        return ""
    head = f"## {title}\n\n| {' | '.join(columns)} |\n|{' --- |' * len(columns)}\n"
    return f"{head}{''.join(lines)}\n"


def _row(answer: Answer) -> tuple[str, ...]:
    question = f"{answer.where}: {QUESTIONS[answer.switch].text}"
    positions = " or ".join(code(json.dumps(position)) for position in answer.positions)
    return code(answer.switch), question, code(answer.seen), positions or "none that is known"


def _missing(answers: Answers) -> t.Iterator[tuple[str, ...]]:
    for switch, reason in answers.missing.items():
        yield code(switch), QUESTIONS[switch].text, reason


def _refusals(answers: Answers, hide: t.Callable[[str], str]) -> t.Iterator[tuple[str, ...]]:
    each: dict[Words, None] = dict.fromkeys(answers.refusals)
    for said in list(each)[:MOST_REFUSALS]:
        words = code(hide(said.words)) if said.words else ""
        yield said.where, code(hide(said.asked)), str(said.status), said.form, words
