# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The difference between what is and what is declared, computed before anything is written.

Pure: check mode, diff and plan come from here and would be right if nothing were ever written.
"""

from __future__ import annotations

import functools
import hashlib
import json
import typing as t
from dataclasses import dataclass, field

from .._errors import Failure, invalid
from .._phrase import say
from .._settings import NAMES, PASSWORD, Values, differing, shown
from .password import NOT_MANAGED, Decision

if t.TYPE_CHECKING:
    from .._targets.backend import Snapshot

PASSWORD_WORDS = {True: say("(set)"), False: say("(not set)"), None: say("(unknown)")}
INHERITED = say("(inherited)")
# ``json.dumps`` makes another one for every text, and there is a plan for each of many tenants.
_ENCODER = json.JSONEncoder(sort_keys=True, ensure_ascii=True)


@dataclass(frozen=True)
class Change:
    """What will differ from ``current``; empty when all is as wished.

    ``declared`` is to be stored, ``gone`` names the own values that are to be removed.
    """

    current: Snapshot
    declared: Values = field(default_factory=dict, repr=False)
    decision: Decision = NOT_MANAGED
    gone: tuple[str, ...] = ()

    @functools.cached_property
    def values(self) -> dict[str, t.Any]:
        """The settings to store, in the order of the table."""
        differ = {*differing(self.current.values, self.declared), *self.emptied}
        return {
            name: self.declared[name]
            for name in NAMES
            if name in differ or (name == PASSWORD and self.decision.write)
        }

    @property
    def emptied(self) -> frozenset[str]:
        """What is declared empty where something may be inherited that does not show."""
        current = self.current
        empty = (name for name, value in self.declared.items() if value == "" and name != PASSWORD)
        return frozenset(n for n in empty if current.is_partial and n not in current.stored_here)

    @functools.cached_property
    def names(self) -> tuple[str, ...]:
        """The settings that change, in the order of the table."""
        stored = self.values
        return tuple(name for name in NAMES if name in stored or name in self.gone)

    @property
    def target(self) -> str:
        """The places of what changes, for people."""
        return self.current.where(self.names)

    @property
    def after(self) -> dict[str, t.Any]:
        """The settings that hold once the change is made, without the password.

        What shows in place of a removed value is known only then, so it is left out.
        """
        kept = {**self.current.values, **self.values}
        return {n: kept[n] for n in NAMES if n in kept and n != PASSWORD and n not in self.gone}

    @property
    def password_set_after(self) -> bool | None:
        if self.decision.write:
            return bool(self.declared[PASSWORD])
        return None if PASSWORD in self.gone else self.current.password.is_set

    @property
    def plan(self) -> str:
        """A digest of places, current and wanted.

        Of the password it holds whether one is known to change, and with a key of the user's also
        which one; so it does not depend on whether there is a record to compare it with.
        """
        wanted = (*self.declared, *self.gone)
        places = self.current.places
        content = {
            "target": {name: places[name].key for name in wanted if name in places},
            "current": shown(self.current.values, self.current.password.is_set),
            "declared": {n: v for n, v in self.declared.items() if n != PASSWORD},
            "inherited": list(self.gone),
            "write_password": self.decision.write and self.decision.evidence != "none",
            "password": self.decision.mark if self.decision.evidence != "none" else "",
        }
        return hashlib.sha256(_ENCODER.encode(content).encode("ascii")).hexdigest()

    @property
    def diff(self) -> dict[str, dict[str, t.Any]]:
        """Before and after of the changed options only; the password in words."""
        before = {n: self.current.values.get(n) for n in self.names if n != PASSWORD}
        after = {n: v for n, v in self.values.items() if n != PASSWORD}
        if PASSWORD in self.names:
            before[PASSWORD] = PASSWORD_WORDS[self.current.password.is_set]
            after[PASSWORD] = self._password_in_words()
        return {"before": before, "after": {**after, **dict.fromkeys(self.gone, INHERITED)}}

    def _password_in_words(self) -> str:
        if not self.declared.get(PASSWORD):
            return PASSWORD_WORDS[False]
        return say("(will be set: {reason})", reason=self.decision.reason)

    def verdict(self) -> dict[str, t.Any]:
        """The keys of a module result that say what is to be done."""
        return {
            "changed": bool(self.names),
            "updated": list(self.names),
            "plan": self.plan,
            "password_evidence": self.decision.evidence,
        }

    def result(self, after: Snapshot | None = None) -> dict[str, t.Any]:
        """The keys of a module result; ``after`` is what was read back, where that tells more."""
        settings = shown(self.after, self.password_set_after)
        if after is not None:
            settings = shown(after.values, after.password.is_set)
        return {
            **self.verdict(),
            "settings": settings,
            "diff": self.diff,
            "api": dict(self.current.api),
            "server_version": self.current.server_version,
        }


def guard_plan(change: Change, expected: str | None) -> None:
    """Refuse a change that was not planned."""
    if expected is not None and expected != change.plan:
        raise Failure("plan_changed", expected=expected, found=change.plan, stage="guard")


def candidate(change: Change) -> dict[str, t.Any]:
    """The complete settings to prove through a verify call.

    A server tests what is in the request, not what it has stored, so a stored password that is
    needed for it is a ``Failure``.
    """
    settings = change.after
    signs_in = settings.get("smtp_username") and not settings.get("use_default_credentials")
    if PASSWORD in change.declared:
        settings[PASSWORD] = change.declared[PASSWORD]
    elif signs_in:
        reason = say("the server cannot test its stored password; give smtp_password as well")
        raise invalid("verify_recipient", reason, "guard")
    return settings
