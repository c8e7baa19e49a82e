# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The evidence ladder: when a password is written, and why."""

from __future__ import annotations

import pytest
from ansible_collections.rpaops.orchestrator.plugins.module_utils._reconcile import password_record
from ansible_collections.rpaops.orchestrator.plugins.module_utils._reconcile.password import (
    Decision,
    PasswordPolicy,
    decide,
)
from ansible_collections.rpaops.orchestrator.plugins.module_utils._targets.backend import (
    Snapshot,
    StoredPassword,
)
from ansible_collections.rpaops.orchestrator.plugins.module_utils._targets.place import on_server

Record = password_record.Record
URL = "https://orchestrator.example.com"
TARGET = on_server("orchestrator", URL, "tenant", "Default")
CURRENT = {"smtp_host": "smtp.example.com", "smtp_username": "robot"}
ABSENT, HIDDEN = StoredPassword("absent"), StoredPassword("hidden", "••••••")
UNKNOWN, CLEAR = StoredPassword("unknown"), StoredPassword("clear", "old-password")


def snapshot(stored, values=None, place=TARGET, **more):
    places = {"smtp_password": place}
    return Snapshot({**CURRENT, **(values or {})}, stored, {}, {}, places=places, **more)


def decision(stored, password="new-password", policy=None, **declared):
    wanted = {"smtp_password": password, **declared}
    found = decide(policy or PasswordPolicy(), wanted, snapshot(stored))
    return found.write, found.evidence


@pytest.fixture
def recorded(tmp_path):
    """A record that holds ``new-password``, version 3."""

    def policy(version=None):
        return PasswordPolicy(version=version, record=Record(str(tmp_path / "record")))

    after = snapshot(HIDDEN)
    assert policy(3).remember({"smtp_password": "new-password"}, after) is None
    return policy


@pytest.mark.parametrize(
    ("update", "stored", "password", "expected"),
    [
        ("on_change", CLEAR, "old-password", (False, "value")),
        ("on_change", CLEAR, "new-password", (True, "value")),
        ("on_change", ABSENT, "new-password", (True, "absent")),
        ("on_change", HIDDEN, "new-password", (True, "none")),
        ("on_change", UNKNOWN, "new-password", (True, "none")),
        ("on_change", ABSENT, "", (False, "absent")),
        ("on_change", HIDDEN, "", (True, "absent")),
        ("on_change", UNKNOWN, "", (True, "none")),
        ("on_change", CLEAR, "", (True, "value")),
        ("always", HIDDEN, "new-password", (True, "none")),
        ("always", ABSENT, "new-password", (True, "none")),
        ("on_create", HIDDEN, "new-password", (False, "absent")),
        ("on_create", UNKNOWN, "new-password", (False, "absent")),
        ("on_create", ABSENT, "new-password", (True, "absent")),
        ("on_create", CLEAR, "new-password", (False, "absent")),
        ("always", CLEAR, "old-password", (True, "none")),
    ],
)
def test_truth_table_without_a_record(update, stored, password, expected):
    """Each policy, each answer of a target: whether it writes, and by which evidence."""
    assert decision(stored, password, PasswordPolicy(update)) == expected


def test_undeclared_password_is_not_managed():
    """Without smtp_password nothing is decided about it."""
    found = decide(PasswordPolicy("always"), {"smtp_port": 25}, snapshot(HIDDEN))
    assert found == Decision(False, "not_managed")


@pytest.mark.parametrize(
    ("declared", "expected"),
    [
        ({}, (False, "fingerprint")),
        ({"password": "other-password"}, (True, "fingerprint")),
        ({"smtp_port": 25}, (False, "fingerprint")),
        ({"smtp_host": "SMTP.Example.com"}, (False, "fingerprint")),
        ({"smtp_host": "elsewhere.example.com"}, (True, "absent")),
        ({"smtp_username": "other"}, (True, "absent")),
    ],
)
def test_fingerprint_decides(recorded, declared, expected):
    """The password written last, for the same host and user, is not written again."""
    assert decision(HIDDEN, policy=recorded(), **declared) == expected


@pytest.mark.parametrize(
    ("version", "password", "expected"),
    [
        (3, "new-password", (False, "version")),
        (3, "other-password", (False, "version")),
        (4, "new-password", (True, "version")),
    ],
)
def test_version_stands_above_the_fingerprint(recorded, version, password, expected):
    """A password_version decides alone, by the number that was recorded."""
    assert decision(HIDDEN, password, recorded(version)) == expected


def test_version_without_a_record_is_no_evidence():
    """A runner that keeps no state has nothing to compare the number with."""
    assert decision(HIDDEN, policy=PasswordPolicy(version=3)) == (True, "none")


def test_fingerprint_of_another_target_is_no_evidence(recorded):
    """What was written to one tenant says nothing about another."""
    another = on_server("orchestrator", URL, "tenant", "Other")
    found = decide(recorded(), {"smtp_password": "new-password"}, snapshot(HIDDEN, place=another))
    assert (found.write, found.evidence) == (True, "none")


def test_fingerprint_is_bound_to_what_the_target_holds(recorded):
    """A user changed by hand makes the fingerprint differ."""
    moved = snapshot(HIDDEN, {"smtp_username": "by-hand"})
    found = decide(recorded(), {"smtp_password": "new-password"}, moved)
    assert (found.write, found.evidence) == (True, "fingerprint")


def test_password_removed_by_hand_is_written_again(recorded):
    """That none is set stands above the fingerprint."""
    assert decision(ABSENT, policy=recorded()) == (True, "absent")


@pytest.mark.parametrize("mask", ["********", "••••••", "$encrypted$", "constant"])
def test_mask_is_not_taken_for_the_value(mask):
    """Whatever stands for a hidden password, it decides nothing."""
    assert decision(StoredPassword("hidden", mask)) == (True, "none")


def test_deciding_writes_nothing(tmp_path):
    """A look at a record that is not there does not make one (check mode)."""
    policy = PasswordPolicy(record=Record(str(tmp_path / "state" / "record")))
    assert decision(HIDDEN, policy=policy) == (True, "none")
    assert list(tmp_path.iterdir()) == []


def test_no_reason_and_no_representation_shows_a_password(recorded):
    """Decision, policy and stored password can be printed."""
    found = decide(recorded(), {"smtp_password": "other-password"}, snapshot(CLEAR))
    assert "password" not in f"{found.reason} {CLEAR!r}".replace("StoredPassword", "")
