# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Goals: what is allowed is computed from what was measured beside it, never written down."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

Rows = list[list[str]]
HEAD = ["Work", "Goal", "At most", "Measured", "Verdict"]
MET, MISSED = "met", "missed"


@dataclass(frozen=True)
class Goal:
    """``measured`` is to be at most ``allowed``, in ``unit``; ``rule`` says by what."""

    work: str
    rule: str
    allowed: float
    measured: float
    unit: str = "s"

    def row(self) -> list[str]:
        verdict = MET if self.measured <= self.allowed else MISSED
        pair = (self.allowed, self.measured)
        allowed, measured = (f"{value:.2f} {self.unit}".rstrip() for value in pair)
        return [self.work, self.rule, allowed, measured, verdict]


@dataclass(frozen=True)
class Answer:
    """What one question found: the rows of its table with their head, and the goals there are."""

    rows: Rows
    goals: t.Sequence[Goal] = ()

    def goal_rows(self) -> Rows:
        return [HEAD, *(goal.row() for goal in self.goals)]
