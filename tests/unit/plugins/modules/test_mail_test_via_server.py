# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""``mail_test`` through the Orchestrator's own verify call: of what is given, or what is stored."""

from __future__ import annotations

import pytest
from fake.mailbox import Mailbox
from fake.orchestrator import FakeOrchestrator
from support.raw_http import RawServer, answer
from support.run import mail_settings, mail_test, server

OPS = ["ops@example.com"]


@pytest.fixture(scope="module")
def one_for_all():
    with Mailbox() as running:
        yield running


@pytest.fixture
def mailbox(one_for_all):
    one_for_all.store.clear()
    return one_for_all


def given(mailbox, **more):
    return {
        "smtp_host": mailbox.host,
        "smtp_port": mailbox.port,
        "enable_ssl": True,
        "use_default_credentials": False,
        "smtp_username": mailbox.username,
        "smtp_password": mailbox.password,
        "default_from_address": mailbox.username,
        **more,
    }


def new(mailbox, **more):
    return FakeOrchestrator(version="v17", trust=mailbox.ca_path, **more)


@pytest.mark.parametrize("level", ["auto", "organization", "host"])
def test_without_a_setting_the_server_tests_what_it_has_stored(mailbox, level):
    """Its own password is used, which nobody here knows; the request names the recipient alone."""
    with new(mailbox) as fake:
        target = server(fake, level=level)
        mail_settings(server=target, **given(mailbox))
        done = mail_test(via="server", server=target, recipients=OPS).result

        assert (done["accepted"], done["tested"], done["changed"]) == (True, "stored", False), done
        assert fake.requests[-1].body == {"recipient": "ops@example.com"}
    assert [message.recipients for message in mailbox.messages] == [("ops@example.com",)]


def test_a_stored_password_that_is_wrong_is_found(mailbox):
    """The nightly proof, without any password in the pipeline."""
    with new(mailbox) as fake:
        mail_settings(server=server(fake), **given(mailbox, smtp_password="wrong-horse"))
        done = mail_test(via="server", server=server(fake), recipients=OPS).result

    assert (done["error"], done["accepted"]) == ("verify_failed", False)
    assert "with the settings that it has stored" in done["msg"]
    assert done["diagnosis"]["id"] == "auth-failed"


def test_with_a_setting_that_one_is_tested(mailbox):
    """Whatever is stored."""
    with new(mailbox) as fake:
        mail_settings(server=server(fake), **given(mailbox, smtp_password="wrong-horse"))
        done = mail_test(via="server", server=server(fake), recipients=OPS, **given(mailbox)).result

        assert (done["accepted"], done["tested"]) == (True, "given"), done
        assert fake.requests[-1].body["smtpSettings"]["password"] == mailbox.password


@pytest.mark.parametrize("check_mode", [False, True])
@pytest.mark.parametrize(
    ("version", "api"), [("2018.4", "auto"), ("2020.10", "auto"), ("v17", "orchestrator")]
)
def test_a_server_that_cannot_test_what_it_stores_says_what_to_do(version, api, check_mode):
    """Its verify call wants the password, which nobody can read."""
    with FakeOrchestrator(version=version) as fake:
        target = server(fake, api=api)
        done = mail_test(check_mode, via="server", server=target, recipients=OPS).result

        assert fake.count("Settings.VerifySmtpSetting") == 0
    assert done["error"] in ("stored_untestable", "verify_unsupported")
    assert version == "2018.4" or "Give smtp_host and the other settings" in done["msg"]
    assert "use mail_test with via: smtp" in done["msg"]


def test_the_level_of_a_tenant_has_nothing_to_test(mailbox):
    """SMTP settings are kept per organization there."""
    with new(mailbox) as fake:
        target = server(fake, level="tenant")
        done = mail_test(via="server", server=target, recipients=OPS).result

    assert done["error"] == "wrong_level"


def test_check_mode_looks_and_sends_nothing(mailbox):
    """Reading is enough for that, and reading is all it asks for."""
    clients = {"app-id": {"secret": "app-secret", "scopes": ["PM.Setting.Read"]}}
    with new(mailbox, clients=clients) as fake:
        application = {"username": None, "password": None, "client_id": "app-id"}
        target = server(fake, client_secret="app-secret", **application)
        done = mail_test(True, via="server", server=target, recipients=OPS).result

        assert (done["accepted"], fake.count("Identity.Verify")) == (False, 0), done
        assert fake.count("Identity.Read") == 1
    assert mailbox.messages == []


def test_a_second_recipient_that_fails_does_not_hide_the_first(mailbox):
    """Who got a message is in the result of the failure."""
    with new(mailbox) as fake:
        mail_settings(server=server(fake), **given(mailbox))
        fake.fault("Identity.Verify", "400", after=1)
        two = ["ops@example.com", "dev@example.com"]
        done = mail_test(via="server", server=server(fake), recipients=two).result

    assert [entry["text"] for entry in done["recipients"]] == ["sent by the server", ""]


@pytest.mark.parametrize(
    "body", [b'{"succeeded":false,"errors":[{"description":"5.7.8 Bad credentials"}]}']
)
def test_a_denial_in_the_body_of_a_200_is_a_failure(mailbox, body):
    """Identity answers its results in that way, whatever the status."""
    with RawServer(answer(body)) as peer:
        target = server(peer, api="identity", access_token="a.b.c")
        done = mail_test(via="server", server=target, recipients=OPS).result

    assert (done["error"], "5.7.8 Bad credentials" in done["msg"]) == ("verify_failed", True), done


@pytest.mark.parametrize(
    "recipients", [[], ["Ops <ops@example.com>"], ["ops@example.com, dev@example.com"]]
)
def test_recipients_are_judged_before_anything_is_asked(recipients):
    """The server would be the one to complain otherwise, or not."""
    with FakeOrchestrator(version="v17") as fake:
        done = mail_test(via="server", server=server(fake), recipients=recipients).result

        assert (done["error"], fake.requests) == ("invalid_option", [])
    assert done["msg"].startswith("recipients: ")


BAD = [
    ({"smtp_host": "smtp://mail.example.com"}, "host-form"),
    ({"smtp_host": "mail..example.com"}, "host-form"),
    ({"smtp_host": "a" * 64 + ".example.com"}, "host-form"),
    ({"smtp_port": 98793}, "number-range"),
    ({"smtp_port": 65536}, "number-range"),
    ({"smtp_port": 0}, "number-range"),
    ({"smtp_port": -1}, "number-range"),
    ({"smtp_password": "••••••••"}, "mask-as-secret"),
    ({"smtp_password": "pasted "}, "password-ends"),
    ({"default_from_address": "not an address"}, "address-syntax"),
]


@pytest.mark.parametrize("via", ["smtp", "server"])
@pytest.mark.parametrize(("wrong", "rule"), BAD)
def test_the_settings_pass_the_rules_of_the_declaration(via, wrong, rule):
    """What could not be declared is not tried either, on whichever way."""
    settings = {"smtp_host": "mail.example.com", "smtp_username": "robot@example.com"}
    settings |= {"smtp_password": "right-one", **wrong}
    with FakeOrchestrator(version="v17") as fake:
        target = server(fake, password="of-an-administrator")
        done = mail_test(via=via, server=target, recipients=OPS, **settings).result

        assert (done["error"], fake.requests) == ("preflight", [])
    assert f"[{rule}]" in done["msg"]


def test_all_that_is_wrong_is_said_together():
    """Three slips are one run."""
    settings = {"smtp_host": "a b", "smtp_port": 0, "smtp_username": "x", "smtp_password": "****"}
    done = mail_test(recipients=OPS, default_from_address="robot@example.com", **settings).result

    assert [found["rule"] for found in done["findings"] if found["grade"] == "error"] == [
        "mask-as-secret",
        "host-form",
        "number-range",
    ]


def test_a_port_that_most_orchestrators_cannot_use_is_tried_from_here():
    """Nothing listens there, which is found out by trying."""
    sender = "robot@example.com"
    done = mail_test(
        recipients=OPS, smtp_host="localhost", smtp_port=2465, default_from_address=sender
    ).result

    assert (done["error"], done["stage"]) == ("mail_failed", "connect")
