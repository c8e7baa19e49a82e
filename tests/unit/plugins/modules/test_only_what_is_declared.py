# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is not managed is not sent; what a server insists on is sent after it refused, and said."""

from __future__ import annotations

import pytest
from fake.mailbox import Mailbox
from fake.orchestrator import FakeOrchestrator
from support.run import mail_settings, mail_settings_info, server

HOST, PORT = "Abp.Net.Mail.Smtp.Host", "Abp.Net.Mail.Smtp.Port"
USER, PASSWORD = "Abp.Net.Mail.Smtp.UserName", "Abp.Net.Mail.Smtp.Password"
ABOVE = {HOST: "relay.example.com", PORT: "25", USER: "relay-user"}
ROWS = {
    "Email.Smtp.Host": "smtp.example.com",
    "Email.Smtp.Port": "0587",
    "Email.Smtp.FromEmail": "robot@example.com",
}


@pytest.fixture
def fake():
    with FakeOrchestrator(version="2020.10", host=ABOVE) as running:
        yield running


def sent(fake, operation="Settings.UpdateBulk"):
    """Per write, the keys that were sent."""
    bodies = [request.body for request in fake.requests if request.operation == operation]
    return [sorted(row.get("Name") or row["key"] for row in body["settings"]) for body in bodies]


def test_inherited_values_stay_inherited(fake):
    """A port of one's own; host and user go on coming from the level above."""
    done = mail_settings(server=server(fake), smtp_port=587).result

    assert done["updated"] == ["smtp_port"]
    assert (sent(fake), fake.own_settings("Default")) == ([[PORT]], {PORT: "587"})
    sources = mail_settings_info(server=server(fake)).result["sources"]
    assert (sources["smtp_host"], sources["smtp_port"]) == ("host", "tenant")


def test_a_server_that_insists_gets_the_group_after_a_refusal_and_the_result_says_so(fake):
    """Sent alone, refused, looked at, sent with host and user; both are named in a warning."""
    fake.switch(keys_together=True)

    done = mail_settings(server=server(fake), smtp_port=587)

    assert done.result["updated"] == ["smtp_port"], done
    assert sent(fake) == [[PORT], sorted([HOST, PORT, USER])]
    assert [text for text in done.warnings if "smtp_host, smtp_username" in text]
    assert mail_settings(server=server(fake), smtp_port=587).result["changed"] is False


def test_an_undecided_password_never_travels(fake, tmp_path):
    """The version says unchanged, so the password stays the one that was written."""
    options = {"server": server(fake), "password_record": str(tmp_path / "record")}
    account = {"smtp_host": "smtp.example.com", "smtp_username": "robot", "password_version": 1}
    mail_settings(**options, **account, smtp_password="PASSWORD-ONE")
    fake.switch(keys_together="with_password")
    fake.clear_log()
    changed = {**account, "smtp_password": "PASSWORD-TWO", "smtp_port": 587}

    done = mail_settings(**options, **changed).result

    assert (done["error"], done["changed"]) == ("write_refused", False)
    assert not [keys for keys in sent(fake) if PASSWORD in keys]
    assert fake.settings("Default")[PASSWORD] == "PASSWORD-ONE"


def test_a_version_vouches_for_nothing_but_not_writing(fake, tmp_path):
    """The port changes, the password that is held is the one that was written."""
    options = {"server": server(fake), "password_record": str(tmp_path / "record")}
    account = {"smtp_host": "smtp.example.com", "smtp_username": "robot", "password_version": 1}
    mail_settings(**options, **account, smtp_password="PASSWORD-ONE")

    done = mail_settings(**options, **account, smtp_password="PASSWORD-TWO", smtp_port=587).result

    assert (done["updated"], done["password_evidence"]) == (["smtp_port"], "version")
    assert fake.settings("Default")[PASSWORD] == "PASSWORD-ONE"


def test_a_password_that_is_known_to_be_stored_may_travel(fake, tmp_path):
    """The fingerprint says that it is the one, and the server insists."""
    options = {"server": server(fake), "password_record": str(tmp_path / "record")}
    account = {"smtp_host": "a.example.com", "smtp_username": "robot", "smtp_password": "correct"}
    mail_settings(**options, **account)
    fake.switch(keys_together="with_password")

    done = mail_settings(**options, **account, smtp_port=587).result

    assert (done["updated"], done["password_evidence"]) == (["smtp_port"], "fingerprint")
    assert fake.settings("Default")[PASSWORD] == "correct"


@pytest.mark.parametrize("text", ["0587", " 587 ", "none"])
def test_an_odd_value_that_is_not_managed_stays_as_it_is(fake, text):
    """A text that means a port, or none at all, is nobody's business."""
    fake.set_settings("Default", {PORT: text})

    done = mail_settings(server=server(fake), smtp_host="smtp.example.com").result

    assert done["updated"] == ["smtp_host"], done
    assert fake.own_settings("Default")[PORT] == text


def test_own_values_of_an_organization_travel_as_the_texts_they_are():
    """The Identity API takes host, port and sender together."""
    with FakeOrchestrator(version="v17", identity={"acme": ROWS}) as fake:
        done = mail_settings(server=server(fake), default_from_address="ops@example.com").result

        assert done["updated"] == ["default_from_address"], done
        assert len(sent(fake, "Identity.Update")) == 1
        assert fake.identity_settings("acme")["Email.Smtp.Port"] == "0587"


def test_an_odd_text_that_a_server_refuses_is_sent_as_what_it_means_and_said():
    """Only after the refusal."""
    with FakeOrchestrator(version="v17", identity={"acme": ROWS}) as fake:
        fake.set_identity_settings("acme", {"Email.Smtp.Port": " 587 "})

        done = mail_settings(server=server(fake), default_from_address="ops@example.com")

        assert done.result["updated"] == ["default_from_address"], done
        assert fake.identity_settings("acme")["Email.Smtp.Port"] == "587"
        assert [text for text in done.warnings if "'587' instead of ' 587 '" in text], done.warnings


@pytest.mark.parametrize("check_mode", [True, False])
def test_an_own_value_that_cannot_travel_is_refused_in_check_mode_too(check_mode):
    """A port that is no number, on an API that wants the port in every write."""
    with FakeOrchestrator(version="v17", identity={"acme": ROWS}) as fake:
        fake.set_identity_settings("acme", {"Email.Smtp.Port": "none"})

        done = mail_settings(check_mode, server=server(fake), enable_ssl=True).result

        assert (done["error"], fake.count("Identity.Update")) == ("belong_together", 0)
        assert "smtp_port" in done["msg"]


@pytest.mark.parametrize(
    "moved", [{HOST: "other.example.com"}, {"Abp.Net.Mail.DefaultFromDisplayName": "Somebody"}]
)
def test_what_changed_during_the_proof_is_refused_and_not_overwritten(moved):
    """Another administrator saves while the server sends the test message."""
    with Mailbox() as mailbox, FakeOrchestrator(trust=mailbox.ca_path) as fake:
        fake.fault(
            "Settings.VerifySmtpSetting", "interleave", settings=moved, tenant_written="Default"
        )
        done = mail_settings(
            server=server(fake),
            smtp_host=mailbox.host,
            smtp_port=mailbox.port,
            smtp_username=mailbox.username,
            smtp_password=mailbox.password,
            enable_ssl=True,
            default_from_address=mailbox.username,
            verify_recipient="ops@example.com",
        ).result

        assert (done["error"], done["changed"]) == ("changed_meanwhile", False)
        assert fake.own_settings("Default") == moved
        asked = fake.operations
        assert asked[1:] == ["Settings.Read", "Settings.VerifySmtpSetting", "Settings.Read"]
