# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Changes that are refused: they would hand a password to a new place, or cannot be stored.

Pure.
"""

from __future__ import annotations

import typing as t

from .._errors import Failure
from .._phrase import say
from .._settings import BY_NAME, PASSWORD, PASSWORD_BOUND, fits

if t.TYPE_CHECKING:
    from .change import Change

#: What a declared password is known by, although it is not written.
KNOWN = ("value", "version", "fingerprint")
GIVE = say('Give smtp_password again, sign in as nobody (smtp_username: "")')
WRITE = say("Have the given smtp_password written (update_password: on_change)")
REMOVE = say("Remove smtp_password and all of the mail server's settings together")


def guard(change: Change, allow_password_reuse: bool) -> None:
    """Refuse to hand a password to a new place, in one run or in several.

    A password that is inherited, or may be there without being shown, counts like a stored one.
    """
    _guard_group(change)
    stored = change.current.password.is_set is not False
    # Once an own value is gone, even an empty one, the value of the level above shows.
    may_be_there = stored or change.current.is_partial or PASSWORD in change.gone
    if allow_password_reuse or not may_be_there:
        return
    moved = _torn(change) if change.gone else _moved(change)
    if moved:
        advice = REMOVE if change.gone else WRITE if PASSWORD in change.declared else GIVE
        raise Failure("password_reuse", options=", ".join(moved), advice=advice, stage="guard")


def _moved(change: Change) -> list[str]:
    """The settings that would send a password elsewhere that is neither given nor unused."""
    declared, decision = change.declared, change.decision
    given = decision.write or (PASSWORD in declared and decision.evidence in KNOWN)
    nobody = declared.get("smtp_username") == "" or declared.get("use_default_credentials") is True
    return [] if given or nobody else [n for n in PASSWORD_BOUND if n in change.values]


def _torn(change: Change) -> list[str]:
    """The settings whose removal would pair a password and a mail server of different levels."""
    bound = (*PASSWORD_BOUND, PASSWORD)
    own = [name for name in bound if name in change.current.stored_here]
    gone = [name for name in own if name in change.gone]
    return gone if len(gone) < len(own) else []


def _guard_group(change: Change) -> None:
    group = change.current.together
    after = change.after
    missing = [name for name in group if name not in after or not fits(name, after[name])]
    if missing and any(BY_NAME[name].mail for name in change.values):
        raise Failure(
            "belong_together",
            target=change.target,
            group=", ".join(group),
            missing=", ".join(missing),
            stage="guard",
        )
