# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The steps of a probe: one after the other, each with the questions that it answers."""

from __future__ import annotations

import typing as t

from ...module_utils._errors import Failure

if t.TYPE_CHECKING:
    from .answers import Answers


class Step(t.NamedTuple):
    """One thing to try, and the switches that have no answer where it fails."""

    take: t.Callable[[], None]
    switches: tuple[str, ...]


def take_all(answers: Answers, steps: t.Iterable[Step]) -> None:
    """Take all steps; ``answers`` learn which got no answer, and a silent server ends them."""
    for step in steps:
        try:
            step.take()
        except Failure as exc:
            answers.leave(why(exc), *step.switches)
            if exc.status is None:
                return


def why(failure: Failure) -> str:
    """Why a question has no answer, in words of ours alone."""
    status = f", HTTP {failure.status}" if failure.status else ""
    return f"got no answer ({failure.error}{status})"
