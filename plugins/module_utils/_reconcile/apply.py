# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole algorithm: read, compare, guard, prove, write, read back.

Knows neither HTTP nor files nor Ansible: the target is a ``Backend``, the outcome is data.
"""

from __future__ import annotations

import functools
import typing as t
from dataclasses import dataclass, field, replace

from .._errors import Failure
from .._settings import NAMES, PASSWORD, Values
from .._targets.backend import Intent
from .change import Change, candidate, guard_plan
from .ending import demand
from .guard import guard
from .password import PasswordPolicy, decide
from .read_back import Writing
from .store import WORDS, Store, travelled

if t.TYPE_CHECKING:
    from .._output.context import Context
    from .._targets.backend import Backend, Snapshot

Warn = t.Callable[[str], None]
Judge = t.Callable[[Change], t.Iterable[str]]


@dataclass(frozen=True)
class Wish:
    """What the user asked for.

    ``by_era`` is what is declared besides, by what the mail settings mean to their keeper.
    ``judge`` looks at a change before anything is written: it gives warnings, and raises
    ``Failure``.
    """

    declared: Values = field(repr=False)
    password: PasswordPolicy
    allow_password_reuse: bool = False
    verify_recipient: str | None = None
    expect_plan: str | None = None
    by_era: t.Mapping[str, Values] = field(default_factory=dict)
    judge: Judge = lambda change: ()

    @functools.cached_property
    def names(self) -> tuple[str, ...]:
        """All settings that are declared, in whatever era."""
        names = {*self.declared, *(name for values in self.by_era.values() for name in values)}
        return tuple(name for name in NAMES if name in names)

    def declared_in(self, era: str) -> Values:
        """What is declared where the mail settings mean what they do in ``era``."""
        return {**self.by_era.get(era, {}), **self.declared} if self.by_era else self.declared


@dataclass(frozen=True)
class Outcome:
    """What a run found and did; the same in check mode, whatever was written.

    ``after`` is what was read back, or will be, where the change alone does not tell what holds.
    """

    change: Change
    after: Snapshot | None = None
    verification: t.Mapping[str, t.Any] | None = None

    def result(self) -> dict[str, t.Any]:
        """The keys of a module result."""
        found = self.change.result(self.after)
        return found if self.verification is None else {**found, "verification": self.verification}

    def entry(self) -> dict[str, t.Any]:
        """As ``result``, but of a target that stays as it is no more than that one of many shows.

        Among ten thousand tenants nearly all do, and nobody sees the rest.
        """
        return self.result() if self.change.names else self.change.verdict()


def carry_out(
    backend: Backend,
    wish: Wish,
    check_mode: bool,
    context: Context,
    tell: t.Callable[[Outcome], dict[str, t.Any]] = Outcome.result,
) -> dict[str, t.Any]:
    """Make one target hold what is wished; its warnings go to ``context``."""
    return result_of(backend, lambda: apply(backend, wish, check_mode, context.warn), tell)


def result_of(
    backend: Backend,
    work: t.Callable[[], Outcome],
    tell: t.Callable[[Outcome], dict[str, t.Any]] = Outcome.result,
) -> dict[str, t.Any]:
    """What there is to ``tell`` of ``work``, or its ``Failure``, with the path of the backup."""
    try:
        result = tell(work())
    except Failure as exc:
        exc.result = _with_copy(backend, exc.result)
        raise
    return _with_copy(backend, result)


def _with_copy(backend: Backend, result: dict[str, t.Any]) -> dict[str, t.Any]:
    copy = getattr(backend, "backup_file", None)
    return {**result, "backup_file": copy} if copy else result


def apply(backend: Backend, wish: Wish, check_mode: bool, warn: Warn) -> Outcome:
    """Make the target hold what is declared; a ``Failure`` says what holds instead."""
    change = plan(backend, wish)
    for text in (*change.current.notices, *wish.judge(change)):
        warn(text)
    if not change.names:
        return Outcome(change)
    guard_plan(change, wish.expect_plan)
    guard(change, wish.allow_password_reuse)
    proof = candidate(change) if wish.verify_recipient is not None else None
    backend.foresee(Intent(change.values, candidate=proof), change.current)
    if check_mode:
        return Outcome(change)
    verification = None
    if proof is not None and wish.verify_recipient is not None:
        backend.verify(proof, wish.verify_recipient)
        verification = {"ok": True, "recipient": wish.verify_recipient}
        change = replace(change, current=_unmoved(backend, change))
    _store(backend, change, wish.password, warn)
    return Outcome(change, verification=verification)


def plan(backend: Backend, wish: Wish) -> Change:
    """Read the target and compute what would have to change."""
    current = backend.read(wish.names)
    declared = wish.declared_in(current.era)
    return Change(current, declared, decide(wish.password, declared, current))


def _unmoved(backend: Backend, change: Change) -> Snapshot:
    """The settings after a proof, which takes time; raises ``Failure`` if they changed."""
    before, now = change.current, backend.read(change.declared)
    moved = [n for n in NAMES if n != PASSWORD and before.values.get(n) != now.values.get(n)]
    if before.password.kind != now.password.kind or before.stored_here != now.stored_here:
        moved += sorted((before.stored_here ^ now.stored_here) - {*moved}) or [PASSWORD]
    if moved:
        raise Failure(
            "changed_meanwhile", options=", ".join(moved), target=change.target, stage="guard"
        )
    return now


def _store(backend: Backend, change: Change, policy: PasswordPolicy, warn: Warn) -> None:
    writing = Writing(backend, Store(backend, change), change.current).run()
    if writing.after is not None and PASSWORD in writing.differing:
        # Also when the rest failed: the next run need not write it again.
        trouble = policy.remember(change.declared, writing.after)
        if trouble is not None:
            warn(trouble)
    demand(writing, WORDS)
    for text in travelled(change.current, writing.along):
        warn(text)
