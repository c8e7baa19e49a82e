# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The Identity API, from arguments to what a server holds."""

from __future__ import annotations

import pytest
from fake.orchestrator import FakeOrchestrator
from support.run import mail_settings, mail_settings_info, server

GROUP = {
    "Email.Smtp.Host": "smtp.example.com",
    "Email.Smtp.Port": "587",
    "Email.Smtp.FromEmail": "robot@example.com",
}
DEFAULT = {
    "Email.Smtp.Host": "SendGrid",
    "Email.Smtp.Port": "587",
    "Email.Smtp.UserName": "",
    "Email.Smtp.FromEmail": "noreply@example.com",
    "Email.Smtp.UseDefaultCredentials": "True",
}


@pytest.fixture
def fake():
    with FakeOrchestrator(version="v17", identity={"acme": GROUP}) as running:
        yield running


def sent(fake, operation="Identity.Update"):
    bodies = [request.body for request in fake.requests if request.operation == operation]
    return {row["key"]: row["value"] for row in bodies[-1]["settings"]}


def test_host_port_and_sender_travel_with_every_change(fake):
    """The server refuses a part of the group."""
    done = mail_settings(server=server(fake), default_from_display_name="Robots")

    assert done.result["updated"] == ["default_from_display_name"], done.result
    assert sent(fake) == {**GROUP, "Email.Smtp.FromDisplayName": "Robots"}


@pytest.mark.parametrize("check_mode", [True, False])
def test_a_group_that_cannot_be_completed_is_refused_before_anything_is_sent(check_mode):
    """Check mode says the same: the missing option is named."""
    with FakeOrchestrator(version="v17") as empty:
        options = {"smtp_host": "smtp.example.com", "smtp_port": 587, "allow_password_reuse": True}
        done = mail_settings(check_mode=check_mode, server=server(empty), **options).result

        assert done["error"] == "belong_together"
        assert "default_from_address is neither declared nor stored there yet" in done["msg"]
        assert empty.count("Identity.Update") == 0


def test_the_platform_default_is_no_host_name():
    """SendGrid stands for the vendor's own sender."""
    with FakeOrchestrator(version="v17", identity={"acme": DEFAULT}) as fake:
        found = mail_settings_info(server=server(fake)).result

    assert "smtp_host" not in found["settings"]
    assert found["sources"]["smtp_host"] == "default"
    assert found["settings"]["use_default_credentials"] is True


def test_the_platform_default_stays_when_something_else_changes():
    """The group is completed with what the server itself calls it."""
    with FakeOrchestrator(version="v17", identity={"acme": DEFAULT}) as fake:
        mail_settings(server=server(fake), default_from_display_name="Robots")

        assert fake.identity_settings("acme")["Email.Smtp.Host"] == "SendGrid"


def test_a_declared_host_replaces_the_platform_default():
    """And is compared like any other afterwards."""
    options = {"smtp_host": "new.example.com", "allow_password_reuse": True}
    with FakeOrchestrator(version="v17", identity={"acme": DEFAULT}) as fake:
        assert mail_settings(server=server(fake), **options).result["updated"] == ["smtp_host"]
        assert mail_settings(server=server(fake), **options).result["changed"] is False


def test_where_values_come_from_is_told_as_far_as_the_server_tells(fake):
    """Rows of the organization are its own; what is absent comes from the host."""
    sources = mail_settings_info(server=server(fake)).result["sources"]

    assert (sources["smtp_host"], sources["smtp_username"]) == ("organization", "host")


@pytest.mark.parametrize(
    ("version", "rest"), [("v17", "default"), ("2020.10", "host")], ids=["identity", "orchestrator"]
)
def test_at_the_host_what_is_stored_is_the_hosts(version, rest):
    """Nothing is above it; the Orchestrator API does not tell a value from the default."""
    with FakeOrchestrator(version) as fake:
        options = {"server": server(fake, level="host", tenant=None)}
        given = {"smtp_host": "smtp.example.com", "smtp_port": 587}
        done = mail_settings(**options, **given, default_from_address="robot@example.com")
        assert done.result["changed"] is True, done.result
        sources = mail_settings_info(**options).result["sources"]

    assert (sources["smtp_host"], sources["smtp_domain"]) == ("host", rest)


def test_the_timeout_is_kept_where_it_exists(fake):
    """2023.10 and later."""
    mail_settings(server=server(fake), smtp_timeout=90000)

    assert fake.identity_settings("acme")["Email.Smtp.ConnectionTimeout"] == "90000"


def test_the_timeout_is_refused_where_it_does_not_exist():
    """Nothing is written; the sentence names the version."""
    with FakeOrchestrator(version="v15", identity={"acme": GROUP}) as fake:
        done = mail_settings(server=server(fake), smtp_timeout=90000, smtp_port=25).result

        assert done["error"] == "timeout_unknown"
        assert fake.identity_settings("acme") == GROUP


def test_the_stored_password_is_never_sent_back(fake):
    """A mask posted back would become the password."""
    fake.set_identity_settings("acme", {"Email.Smtp.Password": "stored-secret-1"})

    mail_settings(server=server(fake), default_from_display_name="Robots")

    assert "Email.Smtp.Password" not in sent(fake)
    assert fake.identity_settings("acme")["Email.Smtp.Password"] == "stored-secret-1"


def test_a_conflict_is_looked_at_and_tried_again(fake):
    """409 means that nothing was stored; the second try arrives."""
    fake.fault("Identity.Update", "409", times=1)

    done = mail_settings(server=server(fake), default_from_display_name="Robots").result

    assert done["changed"] is True, done
    assert fake.count("Identity.Update") == 2


def test_a_write_that_shows_late_is_waited_for(fake):
    """Some servers answer old values for a moment."""
    fake.switch(stale_reads=2)

    done = mail_settings(server=server(fake), default_from_display_name="Robots").result

    assert done["changed"] is True, done
    assert fake.count("Identity.Update") == 1


def test_the_settings_are_proven_by_the_identity_server(fake):
    """A failing test message is a refused change."""
    done = mail_settings(
        server=server(fake),
        smtp_host="127.0.0.1",
        smtp_port=9,
        allow_password_reuse=True,
        verify_recipient="ops@example.com",
    ).result

    assert done["error"] == "verify_failed", done
    assert [attempt.surface for attempt in fake.verified] == ["identity"]
    assert fake.identity_settings("acme") == GROUP


@pytest.mark.parametrize("status", [404, 405])
def test_a_server_without_verify_call_is_told_with_its_own_status(fake, status):
    """Some say that there is no such address, some that it takes no such method."""
    fake.fault("Identity.Verify", "404", status=status)

    options = {"smtp_host": "new.example.com", "allow_password_reuse": True}
    done = mail_settings(server=server(fake), verify_recipient="ops@example.com", **options).result

    assert (done["error"], done["status"]) == ("verify_unsupported", status), done


def test_the_other_organization_and_the_host_stay(fake):
    """Only the partition of the token is written."""
    mail_settings(server=server(fake), smtp_port=2525, allow_password_reuse=True)

    assert fake.identity_settings("acme")["Email.Smtp.Port"] == "2525"
    assert fake.identity_settings("host") == {}


def test_an_answer_that_is_no_list_is_refused(fake):
    """A login page or an object is not an empty list of settings."""
    fake.fault("Identity.Read", "login-page")

    done = mail_settings(server=server(fake), smtp_port=2525).result

    assert done["failed"] is True
    assert fake.count("Identity.Update") == 0
