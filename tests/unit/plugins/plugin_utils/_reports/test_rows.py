# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which outcome a result has, and what of it gets into a row."""

from __future__ import annotations

import pytest
from ansible_collections.rpaops.orchestrator.plugins.plugin_utils._reports.model import Unreached
from ansible_collections.rpaops.orchestrator.plugins.plugin_utils._reports.rows import (
    NO_RESULT,
    proven,
    rows_of,
    with_audience,
)

EQUAL = {"changed": False, "updated": [], "plan": "p", "password_evidence": "fingerprint"}
PORT = {"before": {"smtp_port": 2525}, "after": {"smtp_port": 587}}
PASSWORD = {"before": {"smtp_password": "(set)"}, "after": {"smtp_password": "(will be set: …)"}}
DRIFT = {**EQUAL, "changed": True, "updated": ["smtp_port"], "diff": PORT}
BLIND = {**EQUAL, "changed": True, "updated": ["smtp_password"], "password_evidence": "none"}
SENT = {"changed": False, "stages": [{"name": "accepted", "ok": True}], "accepted": True}
REFUSED = {"failed": True, "msg": "refused", "error": "mail_failed", "stages": []}


def rows(result, kind="drift", applies=False):
    return rows_of("h", result, kind, applies=applies)


def outcome(result, kind="drift", applies=False):
    (row,) = rows(result, kind, applies)
    return row.outcome


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        (EQUAL, "as_declared"),
        (DRIFT, "drift"),
        (BLIND, "not_compared"),
        ({**BLIND, "password_evidence": "version"}, "drift"),
        ({**BLIND, "updated": ["smtp_port", "smtp_password"]}, "drift"),
        ({**BLIND, "updated": []}, "drift"),
        ({"failed": True, "msg": "no"}, "error"),
        ({**EQUAL, "failed": True}, "error"),
        ({"unreachable": True, "msg": "no", "changed": False}, "unreachable"),
        ({"failed": True, "error": "unreachable", "msg": "no"}, "unreachable"),
        ({"skipped": True, "changed": False}, "not_checked"),
        ({"changed": False}, "not_checked"),
        ({"changed": False, "plan": None}, "not_checked"),
        ({"plan": "p"}, "not_checked"),
        ({**EQUAL, "changed": "false"}, "not_checked"),
        ({}, "not_checked"),
        (None, "not_checked"),
        ("text", "not_checked"),
        ({"results": []}, "not_checked"),
    ],
)
def test_a_row_is_as_declared_on_a_positive_sign_alone(result, expected):
    """Asked, answered, compared, equal; everything else has a name of its own."""
    assert outcome(result) == expected


def test_what_was_applied_and_read_back_is_as_declared_and_named():
    """Not so in check mode, where the same result is something that differs."""
    (row,) = rows(DRIFT, "apply", applies=True)

    assert (row.outcome, row.applied) == ("as_declared", ("smtp_port",))
    assert outcome(DRIFT, "apply") == "drift"


def test_before_and_declared_stand_beside_each_option():
    """In the order of the Mail tab; a password that cannot be compared does not differ."""
    both = {key: {**PASSWORD[key], **PORT[key]} for key in ("before", "after")}
    names = ["smtp_password", "smtp_port"]
    (row,) = rows({**DRIFT, "updated": names, "diff": both, "password_evidence": "none"})

    seen = [(s.option, s.before, s.declared, s.differs) for s in row.settings]
    assert seen == [
        ("smtp_port", 2525, 587, True),
        ("smtp_password", "(set)", "(will be set: …)", False),
    ]
    assert row.differs == ("smtp_port",)


def test_every_tenant_is_a_row():
    """One differs, one failed, one was not tried, one is only named because it is unchanged."""
    tenants = [
        {"name": "A", **DRIFT},
        {"name": "B", "failed": True, "msg": "no", "error": "sign_in_refused", "changed": False},
        {"name": "C", "changed": False, "updated": [], "tried": False},
        "D",
    ]
    found = rows({"failed": True, "msg": "1 failed", "plan": "all", "tenants": tenants})

    seen = [(row.tenant, row.outcome) for row in found]
    assert seen == [("A", "drift"), ("B", "error"), ("C", "not_checked"), ("D", "as_declared")]
    assert found[0].differs == ("smtp_port",)
    assert found[1].message == "no"


def test_the_diff_of_a_tenant_is_found_under_its_header():
    """Ansible shows a diff per tenant, and the result keeps it there only."""
    entry = {"name": "A", "changed": True, "updated": ["smtp_port"], "plan": "p"}
    diff = [{"before_header": "tenant B"}, {**PORT, "before_header": "tenant A"}]
    (row,) = rows({**EQUAL, "changed": True, "diff": diff, "tenants": [entry]})

    assert (row.settings[0].before, row.settings[0].declared) == (2525, 587)


def test_a_loop_makes_a_row_per_item():
    """What a task with a loop registers are the results of its items."""
    items = [{**EQUAL, "target": {"tenant": "A"}}, {**DRIFT, "target": {"tenant": "B"}}]

    found = rows({"changed": True, "results": items})

    assert [(row.tenant, row.outcome) for row in found] == [("A", "as_declared"), ("B", "drift")]


def test_only_named_keys_of_a_result_get_into_a_row():
    """Arguments, output and whatever else a result drags along stay out."""
    luggage = {
        "invocation": {"module_args": {"smtp_password": "canary"}},
        "stdout": "canary",
        "exception": "canary",
        "argument_spec_data": {"x": "canary"},
        "settings": {"smtp_password": "canary"},
        "diff": {"before": {"smtp_port": 1, "other": "canary"}, "after": {"extra": "canary"}},
        "diagnosis": {"id": "i", "raw": "canary"},
    }
    for result in (EQUAL, DRIFT, BLIND, {"failed": True, "msg": "no"}):
        assert "canary" not in repr(rows({**result, **luggage}))


def test_the_level_is_that_of_the_apis_that_answered():
    """``auto`` says nothing about where the settings are."""
    api = {"identity": ["smtp_host"], "orchestrator": ["enable_email_alerts"]}
    (row,) = rows({**EQUAL, "target": {"level": "auto", "address": "https://o"}, "api": api})

    assert (row.level, row.address) == ("organization, tenant", "https://o")


def test_the_message_of_a_row_is_one_line_without_control_characters():
    """Whatever a server said."""
    (row,) = rows({"failed": True, "msg": "a\r\nb\x1b[31mc" + "d" * 5000})

    assert row.message.startswith("a bcd")
    assert len(row.message) <= 1000


def test_a_host_without_a_result_says_so():
    """Instead of an empty field."""
    assert rows(None)[0].message == NO_RESULT


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        (SENT, "as_declared"),
        ({"changed": False, "stages": [{"name": "login", "ok": True}]}, "as_declared"),
        ({"changed": False, "stages": [{"name": "login", "ok": False}]}, "not_checked"),
        ({"changed": False, "stages": [], "accepted": False}, "not_checked"),
        ({"changed": False, "accepted": None}, "not_checked"),
        (REFUSED, "error"),
        (EQUAL, "not_checked"),
    ],
)
def test_a_test_needs_a_positive_sign_as_well(result, expected):
    """An accepted message, or stages that all went well."""
    assert outcome(result, "test") == expected


def test_a_failed_proof_makes_an_error_of_a_row_that_is_fine():
    """What is declared does not work; the words of the test are kept."""
    (row,) = proven(rows(EQUAL), {**REFUSED, "diagnosis": {"fix": "Use an app password."}})

    assert (row.outcome, row.error) == ("error", "mail_failed")
    assert row.message == "The test message failed: refused"
    assert row.diagnosis["fix"] == "Use an app password."


def test_a_failed_proof_does_not_hide_that_something_differs():
    """The row stays drift, with the proof beside it."""
    (row,) = proven(rows(DRIFT), REFUSED)

    assert (row.outcome, row.proof.ok) == ("drift", False)


def test_a_proof_belongs_to_the_tenant_that_it_names():
    """One test in a task of many tenants says nothing about the others."""
    both = rows({**EQUAL, "tenants": ["A", "B"]})

    found = proven(both, {**SENT, "target": {"tenant": "B"}, "tls": {"days_left": 9}})

    assert [row.proof and row.proof.days_left for row in found] == [None, 9]


def test_a_result_of_the_role_brings_its_proof_along():
    """The role declares and tests in one task."""
    (fine,) = rows({**DRIFT, "test": SENT}, "apply", applies=True)
    (bad,) = rows(
        {**DRIFT, "failed": True, "msg": "stored", "test": REFUSED}, "apply", applies=True
    )

    assert (fine.outcome, fine.proof.ok, fine.proof.reached) == ("as_declared", True, "accepted")
    assert (bad.outcome, bad.proof.ok, bad.applied) == ("error", False, ("smtp_port",))


def test_the_audience_stands_in_every_row_of_its_host():
    """Numbers, and the names of those whom nothing reaches."""
    missed = [{"user": "jane", "reason": "no_address"}]
    told = {"users": 3, "reachable": 1, "unreachable": missed, "unknown": ["x"]}

    (row,) = with_audience(rows(EQUAL), {"audience": told})

    assert row.audience.unreachable == (Unreached("jane", "no_address"),)
    assert (row.audience.users, row.audience.unknown) == (3, 1)
    assert with_audience(rows(EQUAL), {"changed": False})[0].audience is None


def test_a_tenant_has_the_audience_of_its_own():
    """The role finds them by tenant; one that was not asked about has none."""
    told = {"users": 3, "reachable": 3, "unreachable": [], "unknown": 0}
    many = rows({"tenants": [{**EQUAL, "name": "A"}, {**EQUAL, "name": "B"}]})

    first, second = with_audience(many, {"audiences": {"A": told}})

    assert (first.audience.users, second.audience) == (3, None)
