# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The playbooks and the role, as processes against the fakes."""

from __future__ import annotations

import pytest
from fake.mailbox import Mailbox
from fake.orchestrator import FakeOrchestrator
from support.play import play
from support.run import server

APPLY, TEST = (f"rpaops.orchestrator.{name}" for name in ("apply", "test"))
APP_PASSWORD = "abcd efgh ijkl mnop"


@pytest.fixture(scope="module")
def mailbox():
    with Mailbox(username="robots@gmail.com", password=APP_PASSWORD.replace(" ", "")) as running:
        yield running


@pytest.fixture
def fake(mailbox):
    with FakeOrchestrator(version="2020.10", trust=mailbox.ca_path) as running:
        yield running


def gmail(fake, mailbox, **more):
    """Address, app password and display name; the built-in mailbox instead of Google's."""
    return {
        "mail_server": server(fake),
        "mail_preset": "gmail",
        "mail_smtp_username": "robots@gmail.com",
        "mail_smtp_password": APP_PASSWORD,
        "mail_default_from_display_name": "Robots",
        "mail_smtp_host": mailbox.host,
        "mail_smtp_port": mailbox.port,
        "mail_test_ca_path": mailbox.ca_path,
        **more,
    }


def test_the_role_applies_the_gmail_preset_proves_it_and_is_quiet_the_second_time(
    fake, mailbox, tmp_path
):
    """Three values are enough; the message arrives; the second run changes and sends nothing."""
    hosts = {"orchestrator": gmail(fake, mailbox, mail_test_recipients=["ops@example.com"])}
    first = play(APPLY, tmp_path, hosts)
    second = play(APPLY, tmp_path, hosts)

    stored = fake.settings("Default")
    assert "changed=1 " in first.output, first.output
    assert "changed=0 " in second.output, second.output
    assert stored["Abp.Net.Mail.DefaultFromAddress"] == "robots@gmail.com"
    assert stored["Abp.Net.Mail.Smtp.Password"] == APP_PASSWORD.replace(" ", "")
    assert stored["Abp.Net.Mail.Smtp.UseDefaultCredentials"] == "false"
    assert len(mailbox.messages) == 1


def test_the_gmail_preset_is_the_guide_page(fake, tmp_path):
    """smtp.gmail.com, 587, SSL on, default credentials off, From = user name."""
    hosts = {
        "orchestrator": {
            "mail_server": server(fake),
            "mail_preset": "gmail",
            "mail_smtp_username": "robots@gmail.com",
            "mail_smtp_password": APP_PASSWORD,
            "mail_default_from_display_name": "Robots",
        }
    }
    assert play(APPLY, tmp_path, hosts).code == 0

    mail = "Abp.Net.Mail."
    stored = {k: v for k, v in fake.settings("Default").items() if k.startswith(mail)}
    assert stored == {
        mail + "Smtp.Host": "smtp.gmail.com",
        mail + "Smtp.Port": "587",
        mail + "Smtp.EnableSsl": "true",
        mail + "Smtp.UseDefaultCredentials": "false",
        mail + "Smtp.UserName": "robots@gmail.com",
        mail + "Smtp.Password": "abcdefghijklmnop",
        mail + "Smtp.Domain": "",
        mail + "DefaultFromAddress": "robots@gmail.com",
        mail + "DefaultFromDisplayName": "Robots",
    }


def test_the_test_playbook_sends_one_message_and_changes_nothing(fake, mailbox, tmp_path):
    """Settings are proven from here."""
    before = len(mailbox.messages)
    hosts = {"orchestrator": gmail(fake, mailbox, mail_test_recipients=["ops@example.com"])}

    done = play(TEST, tmp_path, hosts)

    assert "changed=0 " in done.output, done.output
    assert len(mailbox.messages) == before + 1
    assert fake.count("Settings.UpdateBulk") == 0


def test_the_password_is_nowhere_at_full_verbosity(fake, mailbox, tmp_path):
    """Neither in the output at -vvvv --diff nor in the log, in no form."""
    hosts = {"orchestrator": gmail(fake, mailbox, mail_test_recipients=["ops@example.com"])}
    done = play(APPLY, tmp_path, hosts, "-vvvv", "--diff")

    said = done.output + (tmp_path / "ansible.log").read_text()
    assert done.code == 0, done.output[-2000:]
    for form in ("abcdefgh", "abcd efgh", "efgh ijkl", "YWJjZGVmZ2hpamts"):
        assert form not in said


@pytest.mark.parametrize(
    ("variables", "words"),
    [
        ({"mail_smtp_port": "many"}, "mail_smtp_port"),
        ({"mail_smtp_port": 0}, "smtp_port"),
        ({"mail_config_file": {"path": "/x"}}, "mail_server|mail_config_file"),
        ({"mail_server": {"url": "u", "pasword": "x"}}, "pasword"),
    ],
)
def test_bad_variables_end_in_one_clear_sentence(fake, tmp_path, variables, words):
    """The message names the variable or option, and nothing was written."""
    hosts = {"orchestrator": {"mail_server": server(fake), "mail_smtp_host": "m.x", **variables}}
    done = play(APPLY, tmp_path, hosts)

    assert done.code != 0
    assert words in done.output, done.output
    assert "Traceback" not in done.output
    assert fake.count("Settings.UpdateBulk") == 0
