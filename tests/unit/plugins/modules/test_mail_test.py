# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""``mail_test`` against a real mail server in a thread."""

from __future__ import annotations

import pytest
from fake.mailbox import Mailbox
from fake.orchestrator import FakeOrchestrator
from support.run import mail_test, server

STAGES = "resolve connect banner ehlo starttls tls mechanisms login sender recipients data accepted"


@pytest.fixture
def mailbox():
    with Mailbox() as running:
        yield running


def options(mailbox, **more):
    return {
        "smtp_host": mailbox.host,
        "smtp_port": mailbox.port,
        "smtp_username": mailbox.username,
        "smtp_password": mailbox.password,
        "default_from_display_name": "Röbot",
        "recipients": ["ops@example.com"],
        "ca_path": mailbox.ca_path,
        "timeout": 10,
        **more,
    }


def test_a_message_goes_through_all_stages_and_arrives(mailbox):
    """Logged in, accepted, and one message in the mailbox that carries the token."""
    done = mail_test(**options(mailbox)).result

    assert " ".join(stage["name"] for stage in done["stages"]) == STAGES, done
    assert (done["logged_in"], done["accepted"], done["changed"]) == (True, True, False)
    [message] = mailbox.messages
    token = done["message_id"].strip("<").partition("@")[0]
    assert token in message.subject
    assert token in message.text
    assert message.encrypted is True


def test_one_login_with_one_mechanism_is_tried(mailbox):
    """A wrong password is one failed login, not two."""
    done = mail_test(**options(mailbox, smtp_password="wrong-horse")).result

    assert [login.mechanism for login in mailbox.logins] == ["LOGIN"]
    assert (done["failed"], done["stage"], done["diagnosis"]["id"]) == (
        True,
        "login",
        "auth-failed",
    )
    assert mailbox.messages == []


@pytest.mark.parametrize(
    ("stop_after", "last"),
    [("connect", "ehlo"), ("tls", "tls"), ("auth", "login"), ("recipient", "recipients")],
)
def test_the_test_stops_where_it_is_told(mailbox, stop_after, last):
    """Nothing is sent when the test ends earlier."""
    done = mail_test(**options(mailbox, stop_after=stop_after)).result

    assert done["stages"][-1]["name"] == last
    assert (done["accepted"], mailbox.messages) == (False, [])


def test_check_mode_sends_nothing(mailbox):
    """In check mode the test stops before the message."""
    done = mail_test(check_mode=True, **options(mailbox)).result

    assert done["stages"][-1]["name"] == "recipients"
    assert mailbox.messages == []


def test_implicit_tls_is_used_on_its_own_port(mailbox, monkeypatch):
    """Port 465 speaks TLS from the first byte."""
    from ansible_collections.rpaops.orchestrator.plugins.module_utils._mail import smtp

    monkeypatch.setattr(smtp, "IMPLICIT_TLS_PORTS", frozenset([mailbox.tls_port]))
    done = mail_test(**options(mailbox, smtp_port=mailbox.tls_port)).result

    assert done["accepted"] is True, done
    assert "starttls" not in [stage["name"] for stage in done["stages"]]


@pytest.mark.parametrize(
    ("certificate", "diagnosis"),
    [
        ("expired", "cert-expired"),
        ("not_yet_valid", "cert-not-yet"),
        ("wrong_host", "cert-name"),
        ("self_signed", "cert-self-signed"),
        ("foreign_ca", "cert-unknown-ca"),
    ],
)
def test_a_bad_certificate_is_refused_and_named(certificate, diagnosis):
    """The password is not sent to a server that cannot prove its name."""
    with Mailbox(certificate=certificate) as mailbox:
        done = mail_test(**options(mailbox)).result

        assert (done["stage"], done["diagnosis"]["id"]) == ("tls", diagnosis), done["msg"]
        assert mailbox.logins == []


def test_a_server_without_starttls_gets_no_password():
    """There is no fall-back to clear text."""
    with Mailbox(starttls=False) as mailbox:
        done = mail_test(**options(mailbox)).result

        assert done["diagnosis"]["id"] == "starttls-missing"
        assert mailbox.logins == []


def test_a_refused_recipient_is_named_and_nothing_is_sent():
    """Partial delivery is no success."""
    with Mailbox(refuse={"nobody@example.com": "550 5.1.1 no such user"}) as mailbox:
        recipients = ["ops@example.com", "nobody@example.com"]
        done = mail_test(**options(mailbox, recipients=recipients)).result

        assert done["diagnosis"]["id"] == "no-such-user"
        assert [(r["address"], r["code"]) for r in done["recipients"]] == [
            ("ops@example.com", 250),
            ("nobody@example.com", 550),
        ]
        assert mailbox.messages == []


def test_a_server_without_login_mechanism_of_orchestrator_is_pointed_out():
    """System.Net.Mail knows LOGIN, not PLAIN."""
    with Mailbox(mechanisms=["PLAIN"]) as mailbox:
        report = mail_test(**options(mailbox))

        assert report.result["accepted"] is True
        assert "does not offer AUTH LOGIN" in report.warnings[0]


@pytest.mark.parametrize("field", ["default_from_display_name", "subject"])
def test_line_ends_cannot_enter_a_header(mailbox, field):
    """Header injection is refused or made harmless."""
    mail_test(**options(mailbox, **{field: "x\r\nBcc: evil@example.com"}))

    assert [m.recipients for m in mailbox.messages] in ([], [("ops@example.com",)])
    assert not any(m.parsed["Bcc"] for m in mailbox.messages)


def test_the_failure_reads_as_one_paragraph(mailbox):
    """What was tried, where it stopped, what the server said, what to do."""
    message = mail_test(**options(mailbox, smtp_password="wrong-horse")).result["msg"]

    assert message.startswith(
        f"Tried localhost:{mailbox.port} with STARTTLS. It stopped at login: "
    )
    assert "535" in message
    assert "wrong-horse" not in message


def test_the_server_sends_the_message_with_via_server(mailbox):
    """The Orchestrator's own verify call delivers one message."""
    with FakeOrchestrator(version="2020.10", trust=mailbox.ca_path) as fake:
        done = mail_test(
            via="server",
            server=server(fake),
            smtp_host=mailbox.host,
            smtp_port=mailbox.port,
            enable_ssl=True,
            use_default_credentials=False,
            smtp_username=mailbox.username,
            smtp_password=mailbox.password,
            default_from_address=mailbox.username,
            recipients=["ops@example.com"],
        ).result

    assert done["accepted"] is True, done
    assert len(mailbox.messages) == 1
