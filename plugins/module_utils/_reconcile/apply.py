# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole algorithm: read, compare, guard, prove, write, read back.

Knows neither HTTP nor files nor Ansible: the target is a ``Backend``, the outcome is data.
"""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, field

from .._settings import PASSWORD, Values, differing
from .._targets.backend import Intent
from .change import Change, candidate, guard, guard_plan
from .password import PasswordPolicy, decide
from .read_back import Written, insist, unfulfilled

if t.TYPE_CHECKING:
    from .._errors import Failure
    from .._output.context import Context
    from .._targets.backend import Backend, Snapshot


@dataclass(frozen=True)
class Wish:
    """What the user asked for."""

    declared: Values = field(repr=False)
    password: PasswordPolicy
    allow_password_reuse: bool = False
    verify_recipient: str | None = None
    expect_plan: str | None = None


@dataclass(frozen=True)
class Outcome:
    """What a run found and did; the same in check mode, whatever was written.

    ``after`` is what was read back, where the change alone does not tell what holds now.
    """

    change: Change
    after: Snapshot | None = None
    verification: t.Mapping[str, t.Any] | None = None
    warnings: tuple[str, ...] = ()

    def result(self) -> dict[str, t.Any]:
        """The keys of a module result."""
        found = self.change.result(self.after)
        return found if self.verification is None else {**found, "verification": self.verification}


def carry_out(backend: Backend, wish: Wish, check_mode: bool, context: Context) -> dict[str, t.Any]:
    """Make one target hold what is wished; its warnings go to ``context``."""
    return told(backend, apply(backend, wish, check_mode), context)


def told(backend: Backend, outcome: Outcome, context: Context) -> dict[str, t.Any]:
    """The result of an outcome, with the copy of a file that was kept; warns in ``context``."""
    for text in (*outcome.change.current.notices, *outcome.warnings):
        context.warn(text)
    copy = getattr(backend, "backup_file", None)
    return {**outcome.result(), "backup_file": copy} if copy else outcome.result()


def apply(backend: Backend, wish: Wish, check_mode: bool) -> Outcome:
    """Make the target hold what is declared; a ``Failure`` says what holds instead."""
    change = plan(backend, wish)
    if not change.names:
        return Outcome(change)
    guard_plan(change, wish.expect_plan)
    guard(change, wish.allow_password_reuse)
    proof = candidate(change) if wish.verify_recipient is not None else None
    backend.foresee(Intent(change.values, candidate=proof), change.current)
    if check_mode:
        return Outcome(change)
    verification = _prove(backend, proof, wish.verify_recipient)
    after = _write(backend, change, wish.password)
    warnings = _remember(change, after, wish.password)
    return Outcome(change, verification=verification, warnings=warnings)


def plan(backend: Backend, wish: Wish) -> Change:
    """Read the target and compute what would have to change."""
    current = backend.read()
    decision = decide(wish.password, backend.target, wish.declared, current)
    return Change(backend.target, current, wish.declared, decision)


def _remember(change: Change, after: Snapshot, policy: PasswordPolicy) -> tuple[str, ...]:
    if not change.decision.write:
        return ()
    return policy.remember(change.target, change.declared, after)


def _prove(
    backend: Backend, proof: Values | None, recipient: str | None
) -> dict[str, t.Any] | None:
    if proof is None or recipient is None:
        return None
    backend.verify(proof, recipient)
    return {"ok": True, "recipient": recipient}


def _write(backend: Backend, change: Change, policy: PasswordPolicy) -> Snapshot:
    travelling = policy.travelling(change.declared, change.current.password)
    written = insist(
        backend,
        lambda: backend.write(change.values, change.current, travelling),
        lambda after, doubt: _arrived(change, after, doubt),
    )
    if written.arrived:
        return written.after
    raise _unfulfilled(change, written)


def _arrived(change: Change, after: Snapshot, doubt: Failure | None) -> bool:
    if differing(after.values, change.values):
        return False
    # One request carries all changes, so a visible one that arrived vouches for the password.
    visible = any(name != PASSWORD for name in change.values)
    appeared = change.current.password.kind != after.password.kind
    return doubt is None or visible or appeared


def _unfulfilled(change: Change, written: Written) -> Failure:
    missing = differing(written.after.values, change.values)
    held = ", ".join(f"{name}={written.after.values.get(name)!r}" for name in missing)
    unclear = f"What was read back: {held}." if held else "The password cannot be read back."
    return unfulfilled(change.target, written, missing, held, unclear)
