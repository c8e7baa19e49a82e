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
from dataclasses import dataclass, field, replace

from .._phrase import say
from .._settings import MAIL, PASSWORD, Value, Values, same
from .._text import octets

if t.TYPE_CHECKING:
    from .._targets.backend import Snapshot, StoredPassword
    from .password_record import Entry, Record

#: Another user or host has another password.
OWNER = ("smtp_host", "smtp_username")
#: Evidence by which an unwritten password is known to be the stored one.
STORED = ("value", "fingerprint")


@dataclass(frozen=True)
class Decision:
    """Whether to write the password, by which evidence, and why in words for the diff.

    ``mark`` tells it from other passwords where the user gave a key for that; it is no secret.
    """

    write: bool
    evidence: str
    reason: str = ""
    mark: str = ""


NOT_MANAGED = Decision(False, "not_managed")


@dataclass(frozen=True)
class PasswordPolicy:
    """``update_password``, ``password_version``, and the record of fingerprints if one is kept."""

    update: str = "on_change"
    version: int | None = None
    record: Record | None = field(default=None, repr=False)

    def remember(self, declared: Values, after: Snapshot) -> str | None:
        """Record a password that was written and read back; returns why that failed, if so."""
        place = after.places[PASSWORD]
        if self.record is None or not place.certain:
            return None
        password, owner = str(declared[PASSWORD]), _owner(declared, after.values)
        shown = not password or after.password.is_set is not False
        return self.record.remember(place.key, owner, password, version=self.version, shown=shown)

    def forget(self, current: Snapshot) -> str | None:
        """Forget what was known about the password; returns why that failed, if so."""
        return self.record.forget(current.places[PASSWORD].key) if self.record else None


def decide(policy: PasswordPolicy, declared: Values, current: Snapshot) -> Decision:
    """The first rung of the ladder that can tell; reads the record, writes nothing."""
    if PASSWORD not in declared:
        return NOT_MANAGED
    case = _Case(policy, declared, current, _vouching(policy, current))
    answers = (rung(case) for rung in _LADDER)
    found = next(filter(None, answers), Decision(True, "none", say("nothing to compare it with")))
    if not found.write or policy.record is None or PASSWORD not in current.places:
        return found
    return replace(found, mark=policy.record.mark(current.places[PASSWORD].key, case.password))


def holds(wanted: str, before: StoredPassword, after: StoredPassword, vouched: bool) -> bool:
    """Whether ``after`` a write the password is the ``wanted`` one, as far as can be told.

    ``vouched`` says that the write is known to have arrived, which counts where nothing shows.
    """
    if after.kind == "clear" or after.value == wanted != "":
        return after.value == wanted
    if not wanted:
        return not after.is_set and (vouched or after.is_set is not before.is_set)
    if after.is_set is False and before.is_set:
        return False
    return vouched or before.kind != after.kind


def _vouching(policy: PasswordPolicy, current: Snapshot) -> Entry | None:
    """The entry of the record, if it can speak of the password that is stored at this very place.

    What shows through from the level above was not written here; and where a tenant was made anew
    under its name, nothing is its own any more.
    """
    place = current.places.get(PASSWORD)
    if policy.record is None or place is None or not place.certain:
        return None
    entry = policy.record.find(place.key)
    untold = current.sources.get(PASSWORD) == "unknown"
    if entry is None or current.own is None or (PASSWORD in current.own and not untold):
        return entry
    # Where no password is ever shown, other own values tell that this is still the same place.
    others = current.own.intersection(MAIL) - {PASSWORD}
    return entry if others and (untold or not entry.shown) else None


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
    equal = hmac.compare_digest(octets(stored.value), octets(case.password))
    if stored.value and equal:
        return Decision(False, "value")
    if stored.kind == "clear":
        return Decision(True, "value", say("it differs"))
    return None


def _by_policy(case: _Case) -> Decision | None:
    if case.policy.update == "always":
        return Decision(True, "none", say("update_password is always"))
    if case.policy.update == "on_create" and case.current.password.is_set is not False:
        return Decision(False, "absent")
    return None


def _by_absence(case: _Case) -> Decision | None:
    is_set, own = case.current.password.is_set, case.current.own
    if not case.password:
        # What the level above may have is cleared by an empty value of one's own.
        bare = case.current.is_partial and PASSWORD not in case.current.stored_here
        return None if is_set is None else Decision(is_set or bare, "absent", say("it is cleared"))
    # A server that shows no password right after one was written always answers like that.
    blind = case.entry is not None and not case.entry.shown
    if is_set is False and not blind:
        return Decision(True, "absent", say("none is set"))
    if is_set and own is not None and PASSWORD not in own:
        return Decision(True, "absent", say("the one that shows is inherited"))
    return None


def _by_owner(case: _Case) -> Decision | None:
    declared, values = case.declared, case.current.values
    moved = [n for n in OWNER if n in declared and not same(n, values.get(n), declared[n])]
    if not moved:
        return None
    return Decision(True, "absent", say("{options} changes", options=" and ".join(moved)))


def _by_version(case: _Case) -> Decision | None:
    version = case.policy.version
    if version is None or case.entry is None or case.entry.version is None:
        return None
    reason = say("password_version was {version:d}", version=case.entry.version)
    return Decision(version != case.entry.version, "version", reason)


def _by_fingerprint(case: _Case) -> Decision | None:
    record, entry = case.policy.record, case.entry
    if record is None or entry is None:
        return None
    owner = _owner(case.declared, case.current.values)
    equal = record.matches(entry, owner, case.password)
    return Decision(not equal, "fingerprint", say("it is not the one that was written last"))


_LADDER: tuple[t.Callable[[_Case], Decision | None], ...] = (
    _by_policy,
    _by_value,
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
