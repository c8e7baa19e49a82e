# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""``mail_settings`` on the Orchestrator API, from arguments to what a real server holds."""

from __future__ import annotations

import pytest
from fake.mailbox import Mailbox
from fake.orchestrator import FakeOrchestrator
from support.run import mail_settings, server

VERSIONS = [
    "2018.1",
    "2018.2",
    "2018.3",
    "2018.4",
    "2019.1",
    "2019.4",
    "2019.10",
    "2020.4",
    "2020.10",
]
PASSWORD = "correct-horse-battery"

DECLARED = {
    "enable_email_alerts": True,
    "use_default_credentials": False,
    "enable_ssl": True,
    "smtp_host": "smtp.example.com",
    "smtp_port": 587,
    "smtp_username": "robot@example.com",
    "smtp_password": PASSWORD,
    "smtp_domain": "",
    "default_from_address": "robot@example.com",
    "default_from_display_name": "Röbot & Söhne",
}
STORED = {
    "Alerts.Email.Enabled": "true",
    "Abp.Net.Mail.Smtp.UseDefaultCredentials": "false",
    "Abp.Net.Mail.Smtp.EnableSsl": "true",
    "Abp.Net.Mail.Smtp.Host": "smtp.example.com",
    "Abp.Net.Mail.Smtp.Port": "587",
    "Abp.Net.Mail.Smtp.UserName": "robot@example.com",
    "Abp.Net.Mail.Smtp.Password": PASSWORD,
    "Abp.Net.Mail.Smtp.Domain": "",
    "Abp.Net.Mail.DefaultFromAddress": "robot@example.com",
    "Abp.Net.Mail.DefaultFromDisplayName": "Röbot & Söhne",
}
READ, WRITE = "Settings.Read", "Settings.UpdateBulk"


@pytest.fixture(params=VERSIONS)
def every_version(request):
    with FakeOrchestrator(version=request.param) as fake:
        yield fake


@pytest.fixture
def fake():
    with FakeOrchestrator(version="2020.10", tenants={"Default": {}, "Other": {}}) as running:
        yield running


def mail(settings):
    return {key: settings[key] for key in STORED}


def test_the_first_run_stores_exactly_what_is_declared(every_version):
    """All ten settings of the Mail tab arrive under their wire keys."""
    done = mail_settings(server=server(every_version), **DECLARED)

    assert done.result["changed"] is True, done.result
    assert mail(every_version.settings("Default")) == STORED


def test_the_second_run_reads_once_and_writes_nothing(every_version, tmp_path):
    """A no-op costs one settings read, whatever the version."""
    options = {"server": server(every_version), "password_record": str(tmp_path / "record")}
    mail_settings(**options, **DECLARED)
    every_version.clear_log()

    done = mail_settings(**options, **DECLARED)

    assert done.result["changed"] is False, done.result
    assert (every_version.count(READ), every_version.count(WRITE)) == (1, 0)


def test_a_change_costs_a_read_a_write_and_a_read_back(fake):
    """The HTTP budget of a change."""
    mail_settings(server=server(fake), smtp_host="smtp.example.com", allow_password_reuse=True)

    assert fake.operations == ["Authenticate", READ, WRITE, READ]


@pytest.mark.parametrize("name", [n for n in DECLARED if n not in ("smtp_domain", "smtp_password")])
def test_each_setting_alone_changes_exactly_its_key(fake, name):
    """What is not declared stays as it was, in this tenant and in the others."""
    before = fake.settings("Default")
    others = fake.host_settings(), fake.settings("Other")

    done = mail_settings(server=server(fake), allow_password_reuse=True, **{name: DECLARED[name]})

    after = fake.settings("Default")
    assert done.result["updated"] == [name]
    assert len({key for key in after if after[key] != before[key]}) == 1
    assert (fake.host_settings(), fake.settings("Other")) == others


def test_check_mode_says_the_same_as_the_run_and_writes_nothing(fake):
    """Check mode predicts the run."""
    foreseen = mail_settings(check_mode=True, server=server(fake), **DECLARED).result
    assert fake.count(WRITE) == 0

    done = mail_settings(server=server(fake), **DECLARED).result

    assert foreseen == done


def test_drift_in_spelling_is_no_change(fake):
    """Another letter case of a boolean, blanks around a port: nothing to do."""
    fake.set_settings(
        "Default",
        {"Abp.Net.Mail.Smtp.EnableSsl": "True", "Abp.Net.Mail.Smtp.Port": " 587 "},
    )

    done = mail_settings(server=server(fake), enable_ssl=True, smtp_port=587)

    assert done.result["changed"] is False


def test_mail_keys_that_belong_together_travel_together():
    """Some servers refuse a host without its port and user."""
    with FakeOrchestrator(version="2020.10", switches={"keys_together": "with_password"}) as strict:
        done = mail_settings(server=server(strict), **DECLARED)

        assert done.result["changed"] is True, done.result
        assert mail(strict.settings("Default")) == STORED


def test_the_host_level_is_written_with_a_host_sign_in(fake):
    """level=host changes what tenants without own values get."""
    sign_in = server(fake, level="host", tenant=None, username="admin", password="secret")

    mail_settings(server=sign_in, smtp_host="relay.example.com", allow_password_reuse=True)

    assert fake.host_settings()["Abp.Net.Mail.Smtp.Host"] == "relay.example.com"
    assert fake.settings("Default")["Abp.Net.Mail.Smtp.Host"] == "relay.example.com"


def test_a_change_that_was_not_planned_is_refused(fake):
    """expect_plan holds a run to what was seen in check mode."""
    planned = mail_settings(check_mode=True, server=server(fake), smtp_port=2525)
    fake.set_settings("Default", {"Abp.Net.Mail.Smtp.Host": "elsewhere.example.com"})

    done = mail_settings(server=server(fake), smtp_port=2525, expect_plan=planned.result["plan"])

    assert done.result["error"] == "plan_changed"
    assert fake.count(WRITE) == 0


def test_a_change_that_was_planned_is_made(fake):
    """The plan of a check mode run fits the run after it."""
    options = {"server": server(fake), "smtp_port": 2525, "allow_password_reuse": True}
    plan = mail_settings(check_mode=True, **options).result["plan"]

    assert mail_settings(expect_plan=plan, **options).result["changed"] is True


def proven(mailbox, **more):
    return {
        "smtp_host": mailbox.host,
        "smtp_port": mailbox.port,
        "smtp_username": mailbox.username,
        "smtp_password": mailbox.password,
        "enable_ssl": True,
        "default_from_address": mailbox.username,
        "verify_recipient": "ops@example.com",
        **more,
    }


@pytest.mark.parametrize("version", ["2019.10", "2020.4", "2020.10"])
def test_a_proof_that_succeeds_sends_exactly_one_message(version):
    """The server sends with the new settings, and only then they are written."""
    with Mailbox() as mailbox, FakeOrchestrator(version=version, trust=mailbox.ca_path) as fake:
        done = mail_settings(server=server(fake), **proven(mailbox)).result

        assert done["verification"]["ok"] is True, done
        assert [m.recipients for m in mailbox.messages] == [("ops@example.com",)]
        asked = fake.operations
        assert asked.index("Settings.VerifySmtpSetting") < asked.index(WRITE)


def test_a_proof_that_fails_leaves_the_server_untouched_and_says_why():
    """A wrong SMTP password is found before anything is written."""
    with Mailbox() as mailbox, FakeOrchestrator(trust=mailbox.ca_path) as fake:
        before = fake.settings("Default")
        done = mail_settings(
            server=server(fake), **proven(mailbox, smtp_password="wrong-password")
        ).result

        assert (done["error"], done["stage"]) == ("verify_failed", "verify")
        assert "535" in done["msg"]
        assert done["diagnosis"]["fix"]
        assert fake.settings("Default") == before
        assert mailbox.messages == []


def test_nothing_is_proven_when_nothing_changes_or_in_check_mode(tmp_path):
    """No message without need."""
    with Mailbox() as mailbox, FakeOrchestrator(trust=mailbox.ca_path) as fake:
        options = {"server": server(fake), "password_record": str(tmp_path / "record")}
        mail_settings(check_mode=True, **options, **proven(mailbox))
        assert mailbox.messages == []

        mail_settings(**options, **proven(mailbox))
        mail_settings(**options, **proven(mailbox))

        assert len(mailbox.messages) == 1


def test_a_server_without_verify_call_is_named_and_untouched():
    """The verify call came with 2019.10."""
    with Mailbox() as mailbox, FakeOrchestrator(version="2019.4") as fake:
        done = mail_settings(server=server(fake), **proven(mailbox)).result

        assert done["error"] == "verify_unsupported"
        assert fake.count(WRITE) == 0
