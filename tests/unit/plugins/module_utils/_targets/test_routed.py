# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Two APIs as one place: the version is learned on the way, halves are stated exactly."""

from __future__ import annotations

import pytest
from fake.orchestrator import FakeOrchestrator
from support.run import mail_settings, server

SMTP = {
    "smtp_host": "smtp.example.com",
    "smtp_port": 587,
    "default_from_address": "robot@example.com",
    "allow_password_reuse": True,
}
BOTH = {**SMTP, "enable_email_alerts": True}


@pytest.fixture
def fake():
    with FakeOrchestrator(version="v17") as running:
        yield running


def test_the_result_says_what_went_where(fake):
    """Per API, its settings."""
    api = mail_settings(server=server(fake), **BOTH).result["api"]

    assert api["orchestrator"] == ["enable_email_alerts"]
    assert "smtp_host" in api["identity"]


def test_the_version_comes_with_the_sign_in(fake):
    """Nothing is asked only to learn it."""
    mail_settings(server=server(fake), check_mode=True, **SMTP)

    assert fake.operations == ["Authenticate", "Identity.Read"]


def test_a_ready_token_learns_the_version_from_the_read_it_needs_anyway(fake):
    """With the alert switch, the Orchestrator is read first and only once."""
    token = fake.add_token("Default")

    mail_settings(server=server(fake, access_token=token), check_mode=True, **BOTH)

    assert fake.operations == ["Settings.Read", "Identity.Read"]


def test_a_refusal_names_the_version_as_well(fake):
    """A token that may not read the Orchestrator still finds the mail settings."""
    token = fake.add_token(kind="application", scopes=["PM.Setting"])

    done = mail_settings(server=server(fake, access_token=token), **SMTP).result

    assert done["changed"] is True, done
    assert fake.identity_settings("acme")["Email.Smtp.Host"] == "smtp.example.com"


def test_an_application_finds_an_organization_without_reading_anything_else():
    """Addresses with an organization always mean Identity."""
    application = {"username": None, "client_id": "app-id", "client_secret": "app-secret"}
    with FakeOrchestrator(version="v20", shape="suite") as suite:
        target = server(suite, organization="acme", **application)
        mail_settings(server=target, check_mode=True, **SMTP)

        assert suite.operations == ["Token", "Identity.Read"]


def test_both_apis_share_a_connection(fake):
    """One origin, one handshake."""
    mail_settings(server=server(fake), **BOTH)

    assert fake.connections == 1


@pytest.mark.parametrize("status", [400, 403])
def test_a_second_half_that_is_refused_is_stated_exactly(fake, status):
    """What is stored where, what is not and why; the run is a change and a failure."""
    fake.fault("Settings.UpdateBulk", str(status), times=None)

    done = mail_settings(server=server(fake), **BOTH).result

    assert (done["error"], done["status"], done["changed"]) == ("written_partly", status, True)
    assert done["msg"].startswith(
        "smtp_host, smtp_port, default_from_address are stored on the Identity API, "
        "but enable_email_alerts was not: "
    )
    assert done["updated"] == ["smtp_host", "smtp_port", "default_from_address"]
    assert fake.identity_settings("acme")["Email.Smtp.Host"] == "smtp.example.com"


def test_a_first_half_that_is_refused_leaves_the_second_alone(fake):
    """Untouched, and said so."""
    fake.fault("Identity.Update", "400", times=None)

    done = mail_settings(server=server(fake), **BOTH).result

    assert (done["error"], done["changed"]) == ("write_refused", False)
    assert fake.own_settings("Default") == {}


def test_a_second_half_in_doubt_is_sent_again_without_the_first(fake):
    """What was confirmed is not written twice."""
    fake.fault("Settings.UpdateBulk", "503", times=1, retry_after=0)

    done = mail_settings(server=server(fake), **BOTH).result

    assert done["changed"] is True, done
    assert (fake.count("Identity.Update"), fake.count("Settings.UpdateBulk")) == (1, 2)


def test_a_write_that_nothing_reads_is_warned_about(fake):
    """SMTP through the Orchestrator API of a server that keeps it elsewhere."""
    done = mail_settings(server=server(fake, api="orchestrator"), **SMTP)

    assert fake.own_settings("Default")["Abp.Net.Mail.Smtp.Host"] == "smtp.example.com"
    assert [("no effect" in text, "smtp_host" in text) for text in done.warnings] == [(True, True)]


def test_an_explicit_address_is_used_whatever_the_shape():
    """identity_url wins over the one that follows from url."""
    with FakeOrchestrator(version="v17") as one, FakeOrchestrator(version="v17") as two:
        token = two.add_token("Default", text=one.add_token("Default"))
        target = server(one, access_token=token, identity_url=two.url + "/identity")

        mail_settings(server=target, **SMTP)

        assert one.identity_settings("acme") == {}
        assert two.identity_settings("acme")["Email.Smtp.Host"] == "smtp.example.com"


def test_the_wrong_level_is_refused_before_anything_is_read(fake):
    """The version came with the sign-in; one sentence with the right level."""
    done = mail_settings(server=server(fake, level="tenant"), **SMTP).result

    assert done["error"] == "wrong_level"
    assert fake.operations == ["Authenticate"]
