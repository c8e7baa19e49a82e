# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""``state: inherited``: remove own values, so that the level above or the defaults show again.

What is inherited is known only once the own
value is gone, and on some servers not even then; until then the diff says ``(inherited)``.
"""

from __future__ import annotations

import hashlib
import json
import typing as t
from dataclasses import dataclass

from .._errors import Failure
from .._settings import NAMES, PASSWORD, public
from .apply import insist
from .change import PASSWORD_WORDS

if t.TYPE_CHECKING:
    from .._targets.backend import Backend, Snapshot

INHERITED = "(inherited)"
FIRST_RESET_API = 15.0
LOST = "The own values of {options} are removed for good; the diff shows what they were."
BLIND = (
    "{target} does not tell own values from inherited ones, so {options} is reset on every run "
    "and every run reports a change."
)


@dataclass(frozen=True)
class Reset:
    """The own values that go (``names``), on top of ``current``; empty when nothing is stored."""

    target: str
    current: Snapshot
    names: tuple[str, ...]

    @property
    def blind(self) -> tuple[str, ...]:
        """Names of which the target does not say whether they are stored here."""
        return tuple(n for n in self.names if self.current.sources.get(n) == "unknown")

    @property
    def plan(self) -> str:
        """A digest of target, current settings and what is to go."""
        content = {
            "target": self.target,
            "current": public(self.current.values, self.current.password.is_set),
            "inherited": list(self.names),
        }
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode("ascii")).hexdigest()

    @property
    def diff(self) -> dict[str, dict[str, t.Any]]:
        """Before and after of what goes; the password in words."""
        before = {n: self.current.values.get(n) for n in self.names if n != PASSWORD}
        if PASSWORD in self.names:
            before[PASSWORD] = PASSWORD_WORDS[self.current.password.is_set]
        return {"before": before, "after": dict.fromkeys(self.names, INHERITED)}

    @property
    def warnings(self) -> tuple[str, ...]:
        said = [LOST.format(options=", ".join(self.names))] if self.names else []
        if self.blind:
            said.append(BLIND.format(target=self.target, options=", ".join(self.blind)))
        return (*self.current.notices, *said)

    def result(self, after: Snapshot | None) -> dict[str, t.Any]:
        """The keys of a module result; ``after`` is None where nothing was removed."""
        kept = {n: v for n, v in self.current.values.items() if n not in self.names}
        password = None if PASSWORD in self.names else self.current.password.is_set
        shown = public(kept, password)
        if after is not None:
            shown = public(after.values, after.password.is_set)
        return {
            "changed": bool(self.names),
            "updated": list(self.names),
            "settings": shown,
            "diff": self.diff,
            "plan": self.plan,
            "api": dict(self.current.api),
            "server_version": self.current.server_version,
            "password_evidence": "not_managed",
        }


def inherit(
    backend: Backend,
    names: t.Collection[str],
    check_mode: bool,
    expect_plan: str | None = None,
) -> tuple[dict[str, t.Any], tuple[str, ...]]:
    """Remove the own values of ``names``.

    Returns the result and warnings, or raises ``Failure``.
    """
    current = backend.read()
    going = tuple(n for n in NAMES if n in names and n in current.stored_here)
    reset = Reset(backend.target, current, going)
    if not going:
        return reset.result(None), reset.warnings
    _refuse_impossible(reset)
    if expect_plan is not None and expect_plan != reset.plan:
        raise Failure("plan_changed", expected=expect_plan, found=reset.plan, stage="guard")
    after = None if check_mode else _remove(backend, reset)
    return reset.result(after), reset.warnings


def _refuse_impossible(reset: Reset) -> None:
    version = reset.current.server_version
    if version is None or float(version) >= FIRST_RESET_API:
        return
    refused = [n for n in reset.names if n in reset.current.api.get("orchestrator", ())]
    if refused:
        raise Failure(
            "reset_unsupported",
            url=reset.target,
            options=", ".join(refused),
            why="its Orchestrator API learned that with API version 15",
            stage="guard",
        )


def _remove(backend: Backend, reset: Reset) -> Snapshot:
    after, gone, doubt = insist(
        backend,
        lambda: backend.reset(reset.names, reset.current),
        lambda after, doubt: not _left(reset, after) and (doubt is None or not reset.blind),
    )
    if gone:
        return after
    raise _unfulfilled(reset, after, _left(reset, after) or reset.blind, doubt)


def _left(reset: Reset, after: Snapshot) -> tuple[str, ...]:
    """Which of the own values are still there."""
    return tuple(n for n in reset.names if n in after.stored_here and n not in reset.blind)


def _unfulfilled(
    reset: Reset, after: Snapshot, left: t.Sequence[str], doubt: Failure | None
) -> Failure:
    options = ", ".join(left)
    shown = {"settings": public(after.values, after.password.is_set)}
    if doubt is None:
        found = "the same own values as before"
        return Failure(
            "not_stored",
            url=reset.target,
            options=options,
            found=found,
            stage="read_back",
            result=shown,
        )
    found = f"Own values may still be stored for {options}."
    return Failure(
        "ambiguous_write", url=reset.target, reason=doubt, found=found, stage="write", result=shown
    )
