# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""``state: inherited``: own values go, what is above shows again."""

from __future__ import annotations

import pytest
from fake.orchestrator import FakeOrchestrator
from support.run import mail_settings, server

OWN = {
    "Email.Smtp.Host": "smtp.example.com",
    "Email.Smtp.Port": "587",
    "Email.Smtp.FromEmail": "robot@example.com",
    "Email.Smtp.Password": "stored-secret-1",
}
SWITCH = {"Alerts.Email.Enabled": "true"}


@pytest.fixture
def fake():
    tenants = {"Default": SWITCH, "Other": SWITCH}
    with FakeOrchestrator(version="v17", identity={"acme": OWN}, tenants=tenants) as running:
        yield running


def inherited(fake, check_mode=False, **options):
    return mail_settings(check_mode, server=server(fake), state="inherited", **options)


def test_all_own_values_go(fake):
    """On both APIs, of this tenant and organization only."""
    done = inherited(fake).result

    assert done["changed"] is True, done
    assert (fake.own_settings("Default"), fake.identity_settings("acme")) == ({}, {})
    assert fake.own_settings("Other") == SWITCH


def test_the_second_run_has_nothing_to_remove(fake):
    """Idempotent, with one read per API."""
    inherited(fake)
    fake.clear_log()

    done = inherited(fake)

    assert (done.result["changed"], done.warnings) == (False, ())
    asked = fake.operations
    assert asked == ["Authenticate", "Settings.Read", "Identity.Read"]


def test_only_what_is_mentioned_goes(fake):
    """The value does not matter."""
    done = inherited(fake, enable_email_alerts=False).result

    assert done["updated"] == ["enable_email_alerts"]
    assert fake.own_settings("Default") == {}
    assert fake.identity_settings("acme") == OWN


def test_check_mode_foresees_the_reset_and_removes_nothing(fake):
    """Same change, same diff, same plan."""
    foreseen = inherited(fake, check_mode=True).result
    assert fake.identity_settings("acme") == OWN

    done = inherited(fake).result

    keys = ("changed", "updated", "diff", "plan")
    assert [foreseen[key] for key in keys] == [done[key] for key in keys]


def test_the_diff_shows_what_is_lost_but_no_password(fake):
    """What holds afterwards is known only to the level above."""
    done = inherited(fake)

    assert done.result["diff"]["before"]["smtp_host"] == "smtp.example.com"
    assert done.result["diff"]["before"]["smtp_password"] == "(set)"
    assert done.result["diff"]["after"]["smtp_host"] == "(inherited)"
    assert "stored-secret" not in str(done)


def test_the_loss_is_warned_about(fake):
    """Custom values cannot be brought back."""
    assert "removed for good" in inherited(fake).warnings[0]


def test_the_inherited_value_is_returned_where_the_server_shows_it(fake):
    """After the run the tenant holds what the host says."""
    fake.set_settings(None, {"Alerts.Email.Enabled": "false"})

    assert inherited(fake).result["settings"]["enable_email_alerts"] is False


def test_the_host_has_nothing_above_it(fake):
    """Refused before anything is sent."""
    target = server(fake, level="host")

    done = mail_settings(server=target, state="inherited").result

    assert done["msg"].startswith("state: nothing is above the host")
    assert fake.requests == []


@pytest.mark.parametrize("check_mode", [True, False])
def test_a_version_that_cannot_is_refused_before_anything_is_removed(check_mode):
    """Reset came with API 15."""
    own = {"Default": {"Abp.Net.Mail.Smtp.Port": "587"}}
    with FakeOrchestrator(version="2020.10", tenants=own) as old:
        done = inherited(old, check_mode=check_mode).result

        assert done["error"] == "reset_unsupported"
        assert old.own_settings("Default") == own["Default"]


def test_a_plan_that_is_not_met_is_refused(fake):
    """expect_plan guards a reset as well."""
    done = inherited(fake, expect_plan="0" * 64).result

    assert done["error"] == "plan_changed"
    assert fake.identity_settings("acme") == OWN


def test_a_lost_answer_is_no_failure_when_the_reset_arrived(fake):
    """A look decides what an answer did not say."""
    fake.fault("Identity.Delete", "lost-answer", times=1)

    done = inherited(fake).result

    assert done["changed"] is True, done
    assert fake.identity_settings("acme") == {}


def test_a_reset_that_never_arrives_says_what_may_still_be_stored(fake):
    """Tried again after each look, then stated."""
    fake.fault("Identity.Delete", "reset-before", times=None)

    done = inherited(fake).result

    assert done["error"] == "ambiguous_write"
    assert "Own values may still be stored for smtp_host" in done["msg"]
    assert fake.identity_settings("acme") == OWN


def test_a_server_that_does_not_tell_own_values_is_reset_every_time(fake):
    """Nothing is guessed; the warning says why."""
    fake.switch(scope="null")
    inherited(fake)

    done = inherited(fake)

    assert done.result["updated"] == ["enable_email_alerts"]
    assert any("does not tell own values" in text for text in done.warnings)
