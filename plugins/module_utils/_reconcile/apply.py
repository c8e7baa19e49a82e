# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole algorithm: read, compare, guard, prove, write, read back.

Knows neither HTTP nor files nor Ansible: the
target is a ``Backend``, the outcome is data.
"""

from __future__ import annotations

import time
import typing as t
from dataclasses import dataclass, field

from .._errors import Ambiguous, Failure
from .._server.patience import TOO_MANY_REQUESTS
from .._settings import PASSWORD, Values, differing, public
from .change import Change, candidate, guard
from .password import PasswordPolicy, decide

if t.TYPE_CHECKING:
    from .._targets.backend import Backend, Snapshot

#: Seconds to wait before each look at a write; some servers show it a moment later.
SETTLING = (0.0, 0.2, 0.6, 1.2)
#: Whether a snapshot shows what was sent, also where the answer to it was unclear.
Arrived = t.Callable[["Snapshot", t.Optional[Failure]], bool]
WRITE_ATTEMPTS = 3


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
    """What a run found and did; the same in check mode, whatever was written."""

    change: Change
    verification: t.Mapping[str, t.Any] | None = None
    warnings: tuple[str, ...] = ()

    def result(self) -> dict[str, t.Any]:
        """The keys of a module result."""
        change = self.change
        found = {
            "changed": bool(change.names),
            "updated": list(change.names),
            "settings": public(change.after, change.password_set_after),
            "diff": change.diff,
            "plan": change.plan,
            "api": dict(change.current.api),
            "server_version": change.current.server_version,
            "password_evidence": change.decision.evidence,
        }
        return found if self.verification is None else {**found, "verification": self.verification}


def apply(backend: Backend, wish: Wish, check_mode: bool) -> Outcome:
    """Make the target hold what is declared; a ``Failure`` says what holds instead."""
    change = plan(backend, wish)
    if not change.names:
        return Outcome(change)
    guard(change, wish.allow_password_reuse, wish.expect_plan)
    if check_mode:
        return Outcome(change)
    verification = _prove(backend, change, wish.verify_recipient)
    after = _write(backend, change, wish.password)
    return Outcome(change, verification, _remember(change, after, wish.password))


def plan(backend: Backend, wish: Wish) -> Change:
    """Read the target and compute what would have to change."""
    current = backend.read()
    decision = decide(wish.password, backend.target, wish.declared, current)
    return Change(backend.target, current, wish.declared, decision)


def _remember(change: Change, after: Snapshot, policy: PasswordPolicy) -> tuple[str, ...]:
    if not change.decision.write:
        return ()
    return policy.remember(change.target, change.declared, after)


def _prove(backend: Backend, change: Change, recipient: str | None) -> dict[str, t.Any] | None:
    if recipient is None:
        return None
    # The tables of providers and diagnoses are large; only a proof needs them.
    from .._knowledge.diagnosis import explaining_verify
    from .._knowledge.providers import of_host

    wanted = candidate(change)
    with explaining_verify(of_host(str(wanted.get("smtp_host", "")))):
        backend.verify(wanted, recipient)
    return {"ok": True, "recipient": recipient}


def _write(backend: Backend, change: Change, policy: PasswordPolicy) -> Snapshot:
    travelling = policy.travelling(change.declared, change.current.password)
    after, arrived, doubt = insist(
        backend,
        lambda: backend.write(change.values, change.current, travelling),
        lambda after, doubt: _arrived(change, after, doubt),
    )
    if arrived:
        return after
    raise _unfulfilled(backend, change, after, doubt)


def _arrived(change: Change, after: Snapshot, doubt: Failure | None) -> bool:
    if differing(after.values, change.values):
        return False
    # One request carries all changes, so a visible one that arrived vouches for the password.
    visible = any(name != PASSWORD for name in change.values)
    appeared = change.current.password.kind != after.password.kind
    return doubt is None or visible or appeared


def insist(
    backend: Backend, send: t.Callable[[], None], arrived: Arrived
) -> tuple[Snapshot, bool, Failure | None]:
    """Send and read back; sent again only after a look showed that it did not arrive.

    Returns what holds, whether that is what was sent, and the unclear answer if there was one.
    """
    doubt: Failure | None = None
    attempts = 0
    while attempts < WRITE_ATTEMPTS:
        try:
            send()
            doubt = None
        except Ambiguous as exc:
            doubt = exc
        after = _read_back(backend, lambda found: arrived(found, None), doubt)
        if doubt is None or arrived(after, doubt):
            break
        # How often a busy server is asked again is the backend's to say.
        attempts += doubt.status != TOO_MANY_REQUESTS
    return after, arrived(after, doubt), doubt


def _read_back(
    backend: Backend, is_settled: t.Callable[[Snapshot], bool], doubt: Failure | None
) -> Snapshot:
    """What holds after a write, looked at until it is settled or long enough.

    ``doubt`` is the unclear answer to the write, if it had none; it is named when looking fails.
    """
    refused = doubt is not None and doubt.status == TOO_MANY_REQUESTS
    for seconds in SETTLING[:1] if refused else SETTLING:
        time.sleep(seconds)
        try:
            after = backend.read()
        except Failure as exc:
            found = "Reading back failed as well, so what holds now is not known."
            reason = doubt or f"reading back failed: {exc}"
            raise Failure(
                "ambiguous_write",
                url=backend.target,
                reason=reason,
                found=found,
                stage="read_back",
            ) from exc
        if is_settled(after):
            break
    return after


def _unfulfilled(
    backend: Backend, change: Change, after: Snapshot, doubt: Failure | None
) -> Failure:
    missing = differing(after.values, change.values)
    held = ", ".join(f"{name}={after.values.get(name)!r}" for name in missing)
    shown = {"settings": public(after.values, after.password.is_set)}
    if doubt is None:
        return Failure(
            "not_stored",
            url=backend.target,
            options=", ".join(missing),
            found=held,
            stage="read_back",
            result=shown,
        )
    found = f"What was read back: {held}." if held else "The password cannot be read back."
    return Failure(
        "ambiguous_write",
        url=backend.target,
        reason=doubt,
        found=found,
        stage="write",
        result=shown,
    )
