# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The difference between what is and what is declared, computed before anything is written.

Pure: check mode, diff and plan come from here
and would be right if nothing were ever written.
"""

from __future__ import annotations

import hashlib
import json
import typing as t
from dataclasses import dataclass, field

from .._errors import Failure
from .._settings import BY_NAME, NAMES, PASSWORD, PASSWORD_BOUND, Values, differing, public

if t.TYPE_CHECKING:
    from .._targets.backend import Snapshot
    from .password import Decision

PASSWORD_WORDS = {True: "(set)", False: "(not set)", None: "(unknown)"}


@dataclass(frozen=True)
class Change:
    """What will be stored (``values``), on top of ``current``; empty when all is as declared."""

    target: str
    current: Snapshot
    declared: Values = field(repr=False)
    decision: Decision

    @property
    def values(self) -> dict[str, t.Any]:
        """The settings to store, in the order of the table."""
        differ = differing(self.current.values, self.declared)
        return {
            name: self.declared[name]
            for name in NAMES
            if name in differ or (name == PASSWORD and self.decision.write)
        }

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self.values)

    @property
    def after(self) -> dict[str, t.Any]:
        """The settings that hold once the change is made, without the password."""
        kept = {**self.current.values, **self.values}
        return {name: kept[name] for name in NAMES if name in kept and name != PASSWORD}

    @property
    def password_set_after(self) -> bool | None:
        if self.decision.write:
            return bool(self.declared[PASSWORD])
        return self.current.password.is_set

    @property
    def plan(self) -> str:
        """A digest of target, current and wanted; of the password only whether it is written."""
        content = {
            "target": self.target,
            "current": public(self.current.values, self.current.password.is_set),
            "declared": {n: v for n, v in self.declared.items() if n != PASSWORD},
            "write_password": self.decision.write,
        }
        text = json.dumps(content, sort_keys=True, ensure_ascii=True)
        return hashlib.sha256(text.encode("ascii")).hexdigest()

    @property
    def diff(self) -> dict[str, dict[str, t.Any]]:
        """Before and after of the changed options only; the password in words."""
        before = {n: self.current.values.get(n) for n in self.names if n != PASSWORD}
        after = {n: v for n, v in self.values.items() if n != PASSWORD}
        if self.decision.write:
            before[PASSWORD] = PASSWORD_WORDS[self.current.password.is_set]
            after[PASSWORD] = self._password_in_words()
        return {"before": before, "after": after}

    def _password_in_words(self) -> str:
        if not self.declared[PASSWORD]:
            return PASSWORD_WORDS[False]
        return f"(will be set: {self.decision.reason})"


def guard(change: Change, allow_password_reuse: bool, expect_plan: str | None) -> None:
    """Refuse a change that was not planned, or that hands the stored password to a new place."""
    if expect_plan is not None and expect_plan != change.plan:
        raise Failure("plan_changed", expected=expect_plan, found=change.plan, stage="guard")
    _guard_group(change)
    moved = [name for name in PASSWORD_BOUND if name in change.values]
    stays = change.current.password.is_set is not False and PASSWORD not in change.declared
    used = not change.after.get("use_default_credentials", False)
    if moved and stays and used and not allow_password_reuse:
        raise Failure("password_reuse", options=", ".join(moved), stage="guard")


def _guard_group(change: Change) -> None:
    group = change.current.together
    missing = [name for name in group if name not in change.after]
    if missing and any(BY_NAME[name].mail for name in change.values):
        raise Failure(
            "belong_together",
            url=change.target,
            group=", ".join(group),
            missing=", ".join(missing),
            stage="guard",
        )


def candidate(change: Change) -> dict[str, t.Any]:
    """The complete settings to prove through a verify call; raises ``Failure`` without a password.

    A server tests what is in the request, not what it has stored.
    """
    settings = change.after
    signs_in = settings.get("smtp_username") and not settings.get("use_default_credentials")
    if PASSWORD in change.declared:
        settings[PASSWORD] = change.declared[PASSWORD]
    elif signs_in:
        reason = "the server cannot test its stored password; give smtp_password as well"
        raise Failure("invalid_option", option="verify_recipient", reason=reason, stage="guard")
    return settings
