# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether the password is written, decided by the first evidence available.

Servers do not return the password, so equality cannot be known from them.  The ladder: the stored
value itself, whether one is set at all, a version number of the user, a fingerprint kept from our
last write, nothing.
"""

from __future__ import annotations

import hmac
import typing as t
from dataclasses import dataclass, field

from .._settings import PASSWORD, Value, Values, same

if t.TYPE_CHECKING:
    from .._targets.backend import Snapshot, StoredPassword
    from .password_record import Entry, Record

#: Another user or host has another password.
OWNER = ("smtp_host", "smtp_username")


@dataclass(frozen=True)
class Decision:
    """Whether to write the password, by which evidence, and why in words for the diff."""

    write: bool
    evidence: str
    reason: str = ""


NOT_MANAGED = Decision(False, "not_managed")


@dataclass(frozen=True)
class PasswordPolicy:
    """``update_password``, ``password_version``, and the record of fingerprints if one is kept."""

    update: str = "on_change"
    version: int | None = None
    record: Record | None = field(default=None, repr=False)

    def travelling(self, declared: Values, stored: StoredPassword) -> str | None:
        """The declared password, if it may travel along with settings that belong together."""
        if self.update == "on_create" and stored.is_set is not False:
            return None
        return t.cast("str | None", declared.get(PASSWORD))

    def remember(self, target: str, declared: Values, after: Snapshot) -> tuple[str, ...]:
        """Record a password that was written and read back; returns warnings."""
        if self.record is None:
            return ()
        owner = _owner(declared, after.values)
        shown = after.password.is_set is not False
        trouble = self.record.remember(
            target, owner, str(declared[PASSWORD]), version=self.version, shown=shown
        )
        return (trouble,) if trouble else ()


def decide(policy: PasswordPolicy, target: str, declared: Values, current: Snapshot) -> Decision:
    """The first rung of the ladder that can tell; reads the record, writes nothing."""
    if PASSWORD not in declared:
        return NOT_MANAGED
    entry = policy.record.find(target) if policy.record else None
    case = _Case(policy, declared, current, entry)
    answers = (rung(case) for rung in _LADDER)
    return next(filter(None, answers), Decision(True, "none", "nothing to compare it with"))


@dataclass(frozen=True)
class _Case:
    policy: PasswordPolicy
    declared: Values
    current: Snapshot
    entry: Entry | None

    @property
    def password(self) -> str:
        return str(self.declared[PASSWORD])


def _by_value(case: _Case) -> Decision | None:
    stored = case.current.password
    # A text that is not known to be the password counts only when it is exactly the declared one:
    # a mask never is, because masks are refused as input.
    equal = hmac.compare_digest(stored.value.encode(), case.password.encode())
    if stored.value and equal:
        return Decision(False, "value")
    if stored.kind == "clear":
        return Decision(True, "value", "it differs")
    return None


def _by_policy(case: _Case) -> Decision | None:
    if case.policy.update == "always":
        return Decision(True, "none", "update_password is always")
    if case.policy.update == "on_create" and case.current.password.is_set is not False:
        return Decision(False, "absent")
    return None


def _by_absence(case: _Case) -> Decision | None:
    is_set = case.current.password.is_set
    if not case.password:
        return Decision(is_set is not False, "absent", "it is cleared")
    # A server that shows no password right after one was written always answers like that.
    blind = case.entry is not None and not case.entry.shown
    if is_set is False and not blind:
        return Decision(True, "absent", "none is set")
    return None


def _by_owner(case: _Case) -> Decision | None:
    declared, values = case.declared, case.current.values
    moved = [n for n in OWNER if n in declared and not same(n, values.get(n), declared[n])]
    return Decision(True, "absent", f"{' and '.join(moved)} changes") if moved else None


def _by_version(case: _Case) -> Decision | None:
    version = case.policy.version
    if version is None or case.entry is None or case.entry.version is None:
        return None
    reason = f"password_version was {case.entry.version}"
    return Decision(version != case.entry.version, "version", reason)


def _by_fingerprint(case: _Case) -> Decision | None:
    record, entry = case.policy.record, case.entry
    if record is None or entry is None:
        return None
    owner = _owner(case.declared, case.current.values)
    equal = record.matches(entry, owner, case.password)
    return Decision(not equal, "fingerprint", "it is not the one that was written last")


_LADDER: tuple[t.Callable[[_Case], Decision | None], ...] = (
    _by_value,
    _by_policy,
    _by_absence,
    _by_owner,
    _by_version,
    _by_fingerprint,
)


def _owner(declared: Values, current: Values) -> tuple[str, str]:
    """Host (in lower case) and user that the password belongs to."""

    def held(name: str) -> Value:
        return declared.get(name, current.get(name, ""))

    return str(held("smtp_host")).lower(), str(held("smtp_username"))
