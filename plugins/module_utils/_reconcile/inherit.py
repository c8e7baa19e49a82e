# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""``state: inherited``: remove own values, so that the level above or the defaults show again.

What is inherited from a server is known only once the own value is gone, and on some not even then;
until then the diff says ``(inherited)``.
"""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from .._phrase import say
from .._settings import NAMES, PASSWORD, same
from .._targets.backend import Intent
from .apply import Outcome
from .change import Change, guard_plan
from .ending import Words, demand
from .guard import guard
from .read_back import Writing

if t.TYPE_CHECKING:
    from .._settings import Values
    from .._targets.backend import Backend, Snapshot
    from .apply import Warn
    from .password import PasswordPolicy
    from .read_back import Part

WORDS = Words(
    "removed",
    lambda names, after: say(
        "Own values may still be stored for {options}", options=", ".join(names)
    ),
)


@dataclass(frozen=True)
class InheritedWish:
    """What the user asked for: remove the own values of ``names``."""

    names: t.Collection[str]
    password: PasswordPolicy
    allow_password_reuse: bool = False
    expect_plan: str | None = None


def inherit(backend: Backend, wish: InheritedWish, check_mode: bool, warn: Warn) -> Outcome:
    """Remove own values; a ``Failure`` says what holds instead."""
    current = backend.read()
    gone = tuple(n for n in NAMES if n in wish.names and n in current.stored_here)
    change = Change(current, gone=gone)
    for text in (*current.notices, *_warnings(change)):
        warn(text)
    if not gone:
        return Outcome(change)
    guard_plan(change, wish.expect_plan)
    guard(change, wish.allow_password_reuse)
    foreseen = backend.foresee(Intent(gone=gone), current)
    if check_mode:
        return Outcome(change, foreseen)
    if PASSWORD in gone and (trouble := wish.password.forget(current)):
        warn(trouble)
    return Outcome(change, demand(Writing(backend, Removal(backend, change), current).run(), WORDS))


def _blind(change: Change) -> tuple[str, ...]:
    """Names of which the target does not say whether they are stored here."""
    return tuple(n for n in change.gone if change.current.sources.get(n) == "unknown")


def _warnings(change: Change) -> t.Iterator[str]:
    if change.gone:
        yield say(
            "The own values of {options} are removed for good; the diff shows what they were.",
            options=", ".join(change.gone),
        )
    if blind := _blind(change):
        yield say(
            "{target} does not tell own values from inherited ones, so {options} is reset on every "
            "run and every run reports a change.",
            target=change.target,
            options=", ".join(blind),
        )


@dataclass(frozen=True)
class Removal:
    """Own values to be removed (a ``Job``)."""

    backend: Backend
    change: Change

    @property
    def names(self) -> tuple[str, ...]:
        return self.change.gone

    @property
    def parts(self) -> t.Sequence[Part]:
        # The alert switch first: its API is the one that may not know the call.
        return tuple(reversed(self.backend.parts(self.names)))

    def send(self, part: Part, along: Values) -> None:
        self.backend.reset(part, self.change.current)

    def along(self, part: Part, found: Snapshot) -> Values:
        return {}

    def missing(self, part: Part, after: Snapshot, confirmed: bool) -> tuple[str, ...]:
        # Where own values do not show as such, only an answer can say that they are gone.
        blind = _blind(self.change)
        return tuple(n for n in part if (not confirmed if n in blind else n in after.stored_here))

    def differing(self, part: Part, after: Snapshot, confirmed: bool) -> tuple[str, ...]:
        before, blind = self.change.current, _blind(self.change)
        return tuple(
            n
            for n in part
            if n not in after.stored_here
            or not same(n, before.values.get(n), after.values.get(n))
            or (n in blind and confirmed)
        )
