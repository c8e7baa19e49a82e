# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""After the first byte of a write only a look at the server decides what is said."""

from __future__ import annotations

import pytest
from ansible_collections.rpaops.orchestrator.plugins.module_utils._reconcile import read_back
from fake.orchestrator import FakeOrchestrator
from support.run import mail_settings, server

HOST, NAME = "Abp.Net.Mail.Smtp.Host", "Abp.Net.Mail.DefaultFromDisplayName"
SMTP = {
    "smtp_host": "new.example.com",
    "smtp_port": 587,
    "default_from_address": "robot@example.com",
    "allow_password_reuse": True,
}
BOTH = {**SMTP, "enable_email_alerts": True}
IDENTITY_ROWS = ["smtp_host", "smtp_port", "default_from_address"]
DEEP = b"[" * 100_000
#: Answers to a write that was done: none of them says that it was.
ODD = {
    "500, nested beyond any parser": {"status": 500, "body": DEEP},
    "500, words of a wrong type": {
        "status": 500,
        "body": b'{"error": {"message": "x", "validationErrors": 5}}',
    },
    "400, nested beyond any parser": {"status": 400, "body": DEEP},
    "302 to a login page": {"fault": "redirect-same", "location": "/login", "executes": True},
    "302 to elsewhere": {"fault": "redirect-other", "executes": True},
    "301": {"fault": "redirect-same", "status": 301, "executes": True},
    "408": {"status": 408},
    "409": {"status": 409},
    "503": {"fault": "503", "retry_after": 0, "executes": True},
    "no HTTP": {"fault": "garbage", "executes": True},
}


@pytest.fixture(autouse=True)
def hasty(monkeypatch):
    """Look less patiently than a real run would."""
    monkeypatch.setattr(read_back, "SETTLING", (0.0, 0.01))


@pytest.fixture
def fake():
    with FakeOrchestrator(version="2020.10", tenants={"Default": {HOST: "old"}}) as running:
        yield running


@pytest.fixture
def suite():
    with FakeOrchestrator(version="v15", shape="suite") as running:
        yield running


def acme(suite, **more):
    return server(suite, organization="acme", **more)


@pytest.mark.parametrize("odd", ODD)
def test_a_write_that_arrived_is_verified_whatever_was_answered(fake, odd):
    """One write, one look, and the look decides."""
    options = dict(ODD[odd])
    fake.fault("Settings.UpdateBulk", options.pop("fault", "odd-answer"), **options)

    done = mail_settings(server=server(fake), **SMTP).result

    assert (done.get("msg"), done["changed"]) == (None, True)
    assert fake.settings("Default")[HOST] == "new.example.com"
    assert fake.count("Settings.UpdateBulk") == 1


@pytest.mark.parametrize("body", [DEEP, b'{"value": 5}', b"<html>", b""])
def test_a_look_that_cannot_be_read_is_unknown_and_stated(fake, body):
    """The write was stored: neither success nor "nothing changed" is claimed."""
    fake.fault("Settings.Read", "odd-answer", after=1, times=None, status=200, body=body)

    done = mail_settings(server=server(fake), **SMTP).result

    assert (done["error"], done["changed"], done["updated"]) == ("ambiguous_write", True, [])
    assert "what holds now is not known" in done["msg"]
    assert "Internal error" not in done["msg"]


@pytest.mark.parametrize("fault", ["500", "503", "reset-before", "redirect-same"])
def test_the_first_half_is_stated_when_the_second_is_in_doubt(suite, fault):
    """Looked at: the Identity rows hold, the switch does not."""
    suite.fault("Settings.UpdateBulk", fault, times=None, retry_after=0)

    done = mail_settings(server=acme(suite), **BOTH).result

    assert (done["error"], done["changed"]) == ("ambiguous_write", True)
    assert done["updated"] == IDENTITY_ROWS
    assert (
        "smtp_host, smtp_port, default_from_address are stored on the Identity API" in done["msg"]
    )
    assert "enable_email_alerts=False" in done["msg"]
    assert done["settings"]["smtp_host"] == "new.example.com"


def test_a_password_of_the_first_half_is_remembered(suite, tmp_path):
    """The next run writes what is missing, and no password again."""
    account = {"smtp_username": "robot", "smtp_password": "correct-horse", "smtp_domain": ""}
    options = {"server": acme(suite), "password_record": str(tmp_path / "r"), **BOTH, **account}
    suite.fault("Settings.UpdateBulk", "500", times=3)
    mail_settings(**options)

    done = mail_settings(**options).result

    assert done["updated"] == ["enable_email_alerts"], done
    assert done["password_evidence"] == "fingerprint"


def test_what_was_stored_otherwise_is_a_change(fake):
    """A server that trims: the host is stored, the name is another text, and both are said."""
    fake.switch(bulk_text="trim")

    done = mail_settings(server=server(fake), default_from_display_name=" x ", **SMTP).result

    assert (done["error"], done["changed"]) == ("not_stored", True)
    assert "default_from_display_name='x'" in done["msg"]
    assert {"smtp_host", "default_from_display_name"} <= set(done["updated"])
    assert fake.settings("Default")[NAME] == "x"


def test_nothing_is_claimed_to_be_stored_without_a_look(suite):
    """Identity says yes and stores nothing, the Orchestrator says no: nothing has changed."""
    suite.fault("Identity.Update", "odd-answer", executes=False, status=200, body=b"[]")
    suite.fault("Settings.UpdateBulk", "403", times=None)

    done = mail_settings(server=acme(suite), **BOTH).result

    assert (done["error"], done["changed"], done["updated"]) == ("not_stored", False, [])
    assert "smtp_host=None" in done["msg"]
    assert "(HTTP 403)" in done["msg"]


def test_a_half_removed_is_said_to_be_removed(suite):
    """``state: inherited`` speaks of removing, after a look."""
    own = {"Email.Smtp.Host": "a.example.com", "Email.Smtp.Port": "25"}
    suite.set_identity_settings("acme", own)
    suite.set_settings("Default", {"Alerts.Email.Enabled": "true"})
    suite.fault("Identity.Delete", "403", times=None)

    done = mail_settings(server=acme(suite), state="inherited").result

    assert (done["error"], done["updated"]) == ("written_partly", ["enable_email_alerts"])
    assert done["msg"].startswith("enable_email_alerts is removed on the Orchestrator API, but ")
    assert suite.own_settings("Default") == {}


def test_a_half_written_tenant_says_what_was_written(suite):
    """Its entry has the same ``changed`` and ``updated`` as the tenant alone."""
    suite.fault("Settings.UpdateBulk", "403", times=None)

    done = mail_settings(server=acme(suite), tenants=[{"name": "Default"}], **BOTH).result

    entry = done["tenants"][0]
    assert (entry["failed"], entry["changed"], entry["updated"]) == (True, True, IDENTITY_ROWS)
    assert done["changed"] is True


def test_a_plain_no_is_untouched(fake):
    """Refused, looked at, and nothing else is claimed."""
    fake.fault("Settings.UpdateBulk", "403", times=None)

    done = mail_settings(server=server(fake), **SMTP).result

    assert (done["error"], done["changed"], done["updated"]) == ("forbidden", False, [])
    assert fake.settings("Default")[HOST] == "old"


def test_only_what_was_written_is_read_back(suite):
    """One read per API, one write and one look at the API that changes."""
    mail_settings(server=acme(suite), **SMTP, enable_email_alerts=False)
    suite.clear_log()

    mail_settings(server=acme(suite), **BOTH)

    asked = suite.operations
    assert asked == [
        "Authenticate",
        "Settings.Read",
        "Identity.Read",
        "Settings.UpdateBulk",
        "Settings.Read",
    ]


def test_a_page_with_status_200_is_no_yes(fake):
    """A gateway's sign-in page: a password that does not show is not said to be stored."""
    fake.fault("Settings.UpdateBulk", "login-page", times=None)
    password = {"smtp_password": "correct-horse", "update_password": "always"}

    done = mail_settings(server=server(fake), **password).result

    assert (done["error"], done["changed"]) == ("ambiguous_write", False)
    assert "smtp_password cannot be read back" in done["msg"]
    assert fake.settings("Default")["Abp.Net.Mail.Smtp.Password"] == ""


def test_an_empty_text_vouches_for_no_password(suite):
    """A refused write of an empty user and a password: the look shows neither of them."""
    suite.fault("Identity.Update", "400", times=None)
    rows = {"Email.Smtp.Host": "a", "Email.Smtp.Port": "25", "Email.Smtp.FromEmail": "a@b.c"}
    suite.set_identity_settings("acme", rows)

    done = mail_settings(server=acme(suite), smtp_username="", smtp_password="correct-horse").result

    assert (done["error"], done["changed"]) == ("write_refused", False)


def test_a_password_that_still_shows_through_is_not_stored():
    """The server says yes, keeps the user alone, and the host's password goes on showing."""
    above = {"Abp.Net.Mail.Smtp.Password": "stored-above"}
    with FakeOrchestrator("2020.10", host=above, switches={"bulk": "partial"}) as running:
        account = {"smtp_username": "robot", "use_default_credentials": True}
        done = mail_settings(
            server=server(running), smtp_password="correct-horse", **account
        ).result

        assert (done["error"], done["updated"]) == ("not_stored", ["smtp_username"])
        assert "smtp_password" not in done["updated"]


def test_a_password_that_the_server_does_not_list_is_removed_too():
    """Nobody can see it, so it goes with the others, on every run."""
    own = {"Default": {HOST: "a", "Abp.Net.Mail.Smtp.Password": "stored-long-ago"}}
    with FakeOrchestrator("v15", tenants=own, switches={"mask": "absent"}) as running:
        done = mail_settings(server=server(running, api="orchestrator"), state="inherited")

        assert running.own_settings("Default") == {}, done
        assert [text for text in done.warnings if "reset on every run" in text]
