# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The truth table of the algorithm, over a target in memory."""

from __future__ import annotations

import pytest
from ansible_collections.rpaops.orchestrator.plugins.module_utils._errors import Failure
from ansible_collections.rpaops.orchestrator.plugins.module_utils._reconcile import read_back
from ansible_collections.rpaops.orchestrator.plugins.module_utils._reconcile.apply import (
    Wish,
    apply,
    result_of,
)
from ansible_collections.rpaops.orchestrator.plugins.module_utils._reconcile.password import (
    PasswordPolicy,
)
from support.memory import (
    Memory,
    forgets,
    refuses,
    shortens,
    stays_silent,
    stores,
    stores_in_silence,
)

EMPTY, OLD = {}, {"smtp_host": "old.example.com"}
NEW = {"smtp_host": "new.example.com"}
FIRST = {**NEW, "smtp_password": "correct-horse-battery"}
KEPT = {**OLD, "smtp_password": "stored-long-ago"}

# what is read | what is declared | what the target does with each write | what is said | calls
TRUTH = {
    "as declared": (NEW, NEW, [], "untouched", "read"),
    "letters do not count": (NEW, {"smtp_host": "NEW.example.com"}, [], "untouched", "read"),
    "not managed": (KEPT, OLD, [], "untouched", "read"),
    "new": (EMPTY, NEW, [stores], "verified", "read write read"),
    "changed": (OLD, NEW, [stores], "verified", "read write read"),
    "with a password": (EMPTY, FIRST, [stores], "verified", "read write read"),
    "moves a stored password": (KEPT, NEW, [stores], "password_reuse", "read"),
    "moves with a new password": (KEPT, FIRST, [stores], "verified", "read write read"),
    "answer lost": (OLD, NEW, [stores_in_silence], "verified", "read write read"),
    "lost on the way": (OLD, NEW, [stays_silent, stores], "verified", "read write read write read"),
    "refused": (OLD, NEW, [refuses], "write_refused", "read write read"),
    "yes without effect": (OLD, NEW, [forgets], "not_stored", "read write read"),
    "yes to something else": (OLD, NEW, [shortens], "not_stored", "read write read"),
    "silent for ever": (
        OLD,
        NEW,
        [stays_silent] * 3,
        "ambiguous_write",
        "read write read write read write read",
    ),
}


@pytest.fixture(autouse=True)
def _one_look(monkeypatch):
    monkeypatch.setattr(read_back, "SETTLING", (0.0,))


def run(held, declared, does, check_mode=False):
    """The target after the run, and what was said: an error id or the outcome."""
    target = Memory(held, *does)
    try:
        outcome = apply(target, Wish(declared, PasswordPolicy()), check_mode, lambda text: None)
    except Failure as exc:
        return target, exc.error
    return target, outcome


@pytest.mark.parametrize("row", TRUTH)
def test_what_is_said_is_what_holds(row):
    """Read, declared and the answer to the write decide the ending, and what was called."""
    held, declared, does, said, calls = TRUTH[row]
    target, outcome = run(held, declared, does)
    ending = (
        outcome if isinstance(outcome, str) else "verified" if "write" in calls else "untouched"
    )

    assert (ending, " ".join(target.calls)) == (said, calls)
    assert target.held == ({**held, **declared} if said == "verified" else target.held)


@pytest.mark.parametrize("row", [row for row in TRUTH if TRUTH[row][3] == "verified"])
def test_check_mode_foresees_every_change(row):
    """The same diff and plan as the run, and nothing is called but one read."""
    held, declared, does, _said, _calls = TRUTH[row]
    target, foreseen = run(held, declared, does, check_mode=True)
    _target, done = run(held, declared, does)

    assert foreseen.result() == done.result()
    assert (target.calls, target.held) == (["read"], held)


@pytest.mark.parametrize("row", [row for row in TRUTH if TRUTH[row][3] == "verified"])
def test_a_second_run_over_the_visible_settings_changes_nothing(row):
    """What was verified stays: the password apart, whose evidence has tests of its own."""
    held, declared, does, _said, _calls = TRUTH[row]
    target, _outcome = run(held, declared, does)
    visible = {name: value for name, value in declared.items() if name != "smtp_password"}

    assert run(target.held, visible, [])[1].result()["changed"] is False


@pytest.mark.parametrize("does", [stores, forgets])
def test_a_copy_is_named_however_the_run_ends(does):
    """Whoever has to put the old file back needs its name most after a failure."""
    target = Memory(OLD, does)
    target.backup_file = "a.json.2026-01-01T00:00:00~"
    try:
        result = result_of(
            target, lambda: apply(target, Wish(NEW, PasswordPolicy()), False, lambda _text: None)
        )
    except Failure as exc:
        result = exc.result
    assert result["backup_file"] == target.backup_file
