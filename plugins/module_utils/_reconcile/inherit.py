# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""``state: inherited``: remove own values, so that the level above or the defaults show again.

What is inherited is known only once the own value is gone, and on some servers not even then; until
then the diff says ``(inherited)``.
"""

from __future__ import annotations

import typing as t

from .._settings import NAMES
from .._targets.backend import Intent
from .apply import Outcome
from .change import Change, guard_plan
from .read_back import insist, unfulfilled

if t.TYPE_CHECKING:
    from .._targets.backend import Backend, Snapshot

LOST = "The own values of {options} are removed for good; the diff shows what they were."
BLIND = (
    "{target} does not tell own values from inherited ones, so {options} is reset on every run "
    "and every run reports a change."
)


def inherit(
    backend: Backend,
    names: t.Collection[str],
    check_mode: bool,
    expect_plan: str | None = None,
) -> Outcome:
    """Remove the own values of ``names``; a ``Failure`` says what holds instead."""
    current = backend.read()
    gone = tuple(n for n in NAMES if n in names and n in current.stored_here)
    change = Change(backend.target, current, gone=gone)
    if not gone:
        return Outcome(change)
    guard_plan(change, expect_plan)
    backend.foresee(Intent(gone=gone), current)
    after = None if check_mode else _remove(backend, change)
    return Outcome(change, after, warnings=_warnings(change))


def _blind(change: Change) -> tuple[str, ...]:
    """Names of which the target does not say whether they are stored here."""
    return tuple(n for n in change.gone if change.current.sources.get(n) == "unknown")


def _warnings(change: Change) -> tuple[str, ...]:
    said = [LOST.format(options=", ".join(change.gone))]
    if blind := _blind(change):
        said.append(BLIND.format(target=change.target, options=", ".join(blind)))
    return tuple(said)


def _remove(backend: Backend, change: Change) -> Snapshot:
    blind = _blind(change)

    def left(after: Snapshot) -> tuple[str, ...]:
        """Which of the own values are still there."""
        return tuple(n for n in change.gone if n in after.stored_here and n not in blind)

    written = insist(
        backend,
        lambda: backend.reset(change.gone, change.current),
        lambda after, doubt: not left(after) and (doubt is None or not blind),
    )
    if written.arrived:
        return written.after
    missing = left(written.after) or blind
    unclear = f"Own values may still be stored for {', '.join(missing)}."
    held = "the same own values as before"
    raise unfulfilled(change.target, written, missing, held, unclear)
