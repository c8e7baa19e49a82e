# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What was learnt, question by question.

Pure.
"""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, field

from .questions import QUESTIONS

ORCHESTRATOR, IDENTITY, SIGN_IN = "Orchestrator API", "Identity server", "Sign-in"


@dataclass(frozen=True)
class Answer:
    """One answer: what was seen, in words of ours, and where.

    ``positions`` are those of the switch that agree with it: one where it is certain, several where
    what was seen leaves it open.
    """

    switch: str
    where: str
    seen: str
    positions: tuple[t.Any, ...]


class Words(t.NamedTuple):
    """A refusal in the server's own words, without secrets."""

    where: str
    asked: str
    status: int
    form: str
    words: str


@dataclass
class Answers:
    """All answers, in the order of the questions, and why others have none."""

    told: list[Answer] = field(default_factory=list)
    reasons: dict[str, str] = field(default_factory=dict)
    refusals: list[Words] = field(default_factory=list)
    version: str | None = None

    def tell(self, switch: str, where: str, seen: str, *positions: t.Any) -> None:
        """Keep an answer; without a position it says what was seen, and no more."""
        _refuse_other(switch)
        self.told.append(Answer(switch, where, seen, positions))

    def leave(self, why: str, *switches: str) -> None:
        """Say why there is no answer, unless there is one."""
        for switch in switches:
            _refuse_other(switch)
            self.reasons.setdefault(switch, why)

    def to(self, switch: str) -> tuple[Answer, ...]:
        """The answers to one question; both APIs may have their own."""
        return tuple(answer for answer in self.told if answer.switch == switch)

    @property
    def in_order(self) -> list[Answer]:
        """All answers as the questions stand in the table."""
        return [answer for switch in QUESTIONS for answer in self.to(switch)]

    @property
    def missing(self) -> dict[str, str]:
        """What has no answer, and why."""
        told = {answer.switch for answer in self.told}
        return {u: self._why(u) for u in QUESTIONS if u not in told}

    def _why(self, switch: str) -> str:
        question = QUESTIONS[switch]
        needs = f"needs {question.needs}"
        return question.never or self.reasons.get(switch, needs)


def _refuse_other(switch: str) -> None:
    """Raise ``LookupError`` for what nobody asks."""
    if switch not in QUESTIONS:
        raise LookupError(switch)
