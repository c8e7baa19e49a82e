# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""``mail_test`` against a scripted server that fails in every way at every step."""

from __future__ import annotations

import base64
import socket
import ssl

import pytest
from fake import certificates
from fake.mailbox import Mailbox
from fake.smtp_script import (
    ScriptedSmtp,
    drip,
    drop,
    endless,
    garbage,
    half,
    injected,
    reply,
    reset,
    silence,
)
from support.run import mail_test, send

PASSWORD = "kJ7-quiet-harbour"
FAULTS = {
    "4xx": reply("451 4.3.0 not now"),
    "5xx": reply("554 5.3.0 not ever"),
    "drop": drop,
    "reset": reset,
    "silence": silence,
    "drip": drip(0.1),
    "garbage": garbage,
}
#: The stage that each step of the server fails; a reply instead of the handshake is no handshake.
STAGE_OF = {
    "banner": "connect or banner",  # a reset can arrive while the client still connects
    "ehlo": "ehlo",
    "starttls": "starttls",
    "tls": "tls",
    "ehlo_tls": "tls",
    "auth": "login",
    "password": "login",
    "mail": "sender",
    "rcpt": "recipients",
    "data": "data",
    "end_of_data": "accepted",
}
SLOW = ("silence", "drip")
#: A handshake on a busy machine may take longer than a short timeout, so a longer one has its turn.
TIMEOUTS = (0.35, 2, 10, 60)


def password_was_sent(server, *, in_clear=False):
    """Whether the password, in any form of AUTH, is among what the server was told."""
    forms = (PASSWORD.encode(), f"\0robot@example.com\0{PASSWORD}".encode())
    known = {base64.b64encode(form).decode() for form in forms}
    return any(line in known and not (in_clear and tls) for line, tls in server.commands)


def meet(script, ca_path, fault, stages):
    """A server with ``script`` after a message was tried, and how that ended at one of ``stages``.

    That it ends at all, although the server never does, is what its timeout is for.
    """
    for timeout in TIMEOUTS if fault in SLOW else (60,):
        with ScriptedSmtp(script) as server:
            done = send(server, ca_path, timeout=timeout)
        if done["stage"] in stages:
            break
    return server, done


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("step", STAGE_OF)
def test_every_fault_at_every_step_is_a_failure_at_that_stage(ca_path, step, fault):
    """No success, no second try, no password in clear, an end in time, and the stage is named."""
    server, done = meet({step: FAULTS[fault]}, ca_path, fault, STAGE_OF[step].split())

    assert done["failed"] is True
    assert done["error"] == "mail_failed", done["msg"]
    assert done["stage"] in STAGE_OF[step].split(), done["msg"]
    assert (server.connections, len(server.said("AUTH"))) in [(1, 0), (1, 1)]
    assert len(server.said("DATA")) <= 1
    assert not password_was_sent(server, in_clear=True)
    assert done.get("accepted") is not True


@pytest.mark.parametrize("fault", ["drop", "reset", "silence", "drip", "garbage"])
def test_a_lost_answer_to_the_message_is_unknown_and_never_tried_again(ca_path, fault):
    """The server may have the message, so "accepted" is neither true nor false."""
    server, done = meet({"end_of_data": FAULTS[fault]}, ca_path, fault, ["accepted"])

    assert len(server.messages) == 1
    assert "accepted" not in done
    assert (done["diagnosis"]["retry"], done["diagnosis"]["kind"]) == ("never", "unknown")


@pytest.mark.parametrize("fault", ["drop", "reset", "5xx", "garbage"])
def test_trouble_at_the_goodbye_changes_nothing(ca_path, fault):
    """What was accepted stays accepted."""
    with ScriptedSmtp({"quit": FAULTS[fault]}) as server:
        done = send(server, ca_path)

    assert done["accepted"] is True
    assert len(server.messages) == 1


def test_a_server_that_drips_its_greeting_ends_within_the_deadline(ca_path):
    """One byte per half second is never late for a timeout of each read."""
    # It would go on for ever, so that there is an end is the deadline's doing.
    with ScriptedSmtp({"banner": drip(0.5)}) as server:
        done = send(server, ca_path, timeout=1.2)

        assert (done["stage"], done["diagnosis"]["id"]) == ("banner", "banner-timeout")


@pytest.mark.parametrize("fault", [half, endless], ids=["half a line", "endless reply"])
def test_a_broken_reply_is_no_reply(ca_path, fault):
    """Half a line is a lost connection; a reply without end is not waited for."""
    with ScriptedSmtp({"mail": fault}) as server:
        done = send(server, ca_path)

    assert (done["stage"], server.messages) == ("sender", [])


# ---- TLS -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("implicit", [False, True], ids=["starttls", "implicit"])
@pytest.mark.parametrize("kind", certificates.BAD_KINDS)
def test_a_bad_certificate_is_refused_before_the_login(ca_path, kind, implicit):
    """Whichever way TLS starts, the password stays here."""
    expected = {
        "wrong_host": "cert-name",
        "expired": "cert-expired",
        "not_yet_valid": "cert-not-yet",
        "self_signed": "cert-self-signed",
        "foreign_ca": "cert-unknown-ca",
    }
    with ScriptedSmtp(certificate=kind, implicit_tls=implicit) as server:
        done = send(server, ca_path, tls_on_connect=implicit)

    assert done["stage"] == ("implicit_tls" if implicit else "tls")
    assert done["diagnosis"]["id"] == expected[kind], done["msg"]
    assert server.said("AUTH") == []


@pytest.mark.parametrize("implicit", [False, True], ids=["starttls", "implicit"])
def test_a_certificate_nobody_was_told_to_trust_is_refused(implicit):
    """Without ca_path only the authorities of the system count."""
    with ScriptedSmtp(implicit_tls=implicit) as server:
        done = send(server, None, tls_on_connect=implicit)

    assert done["diagnosis"]["id"] == "cert-unknown-ca"
    assert server.said("AUTH") == []


@pytest.mark.parametrize(
    ("script", "starttls", "diagnosis"),
    [
        ({}, False, "starttls-missing"),
        ({"starttls": reply("454 4.7.0 TLS not available")}, True, "starttls-temp"),
        ({"starttls": reply("502 5.5.1 no such command")}, True, "starttls-refused"),
        ({"tls": garbage}, True, "starttls-injection tls-to-plain-port"),
        ({"starttls": injected}, True, "starttls-injection"),
    ],
    ids=["stripped", "454", "502", "garbage", "injection"],
)
def test_tampering_with_starttls_gets_no_password(ca_path, script, starttls, diagnosis):
    """There is no way back to clear text."""
    with ScriptedSmtp(script, starttls=starttls) as server:
        done = send(server, ca_path)

    assert done["diagnosis"]["id"] in diagnosis.split(), done["msg"]
    assert server.said("AUTH") == server.said("MAIL") == []


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion:DeprecationWarning")
def test_an_old_tls_version_is_refused(ca_path):
    """TLS 1.2 is the oldest."""
    old = certificates.fresh_context()
    old.minimum_version = ssl.TLSVersion.TLSv1
    old.maximum_version = ssl.TLSVersion.TLSv1_1
    old.set_ciphers("ALL:@SECLEVEL=0")
    with ScriptedSmtp(tls=old) as server:
        done = send(server, ca_path)

    assert (done["stage"], done["diagnosis"]["id"]) == ("tls", "tls-too-old"), done["msg"]


def test_what_was_offered_before_tls_is_forgotten(ca_path):
    """A mechanism that only the clear text offered is not used."""
    script = {"ehlo": reply("250-script.test\n250-STARTTLS\n250 AUTH LOGIN PLAIN")}
    with ScriptedSmtp(script, mechanisms=()) as server:
        done = send(server, ca_path)

    assert done["diagnosis"]["id"] == "auth-missing"
    assert server.said("AUTH") == []


# ---- login ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mechanisms", "diagnosis"),
    [
        ([], "auth-missing"),
        (["XOAUTH2"], "auth-oauth-only"),
        (["NTLM", "GSSAPI"], "auth-windows-only"),
        (["SCRAM-SHA-256"], "auth-no-login"),
    ],
)
def test_without_a_usable_mechanism_no_login_is_tried(ca_path, mechanisms, diagnosis):
    """And the reason says which kind of server it is."""
    with ScriptedSmtp(mechanisms=mechanisms) as server:
        done = send(server, ca_path)

    assert done["diagnosis"]["id"] == diagnosis
    assert server.said("AUTH") == []


@pytest.mark.parametrize(
    ("mechanisms", "used"),
    [
        (["PLAIN", "LOGIN"], "LOGIN"),
        (["CRAM-MD5", "PLAIN"], "PLAIN"),
        (["CRAM-MD5"], "CRAM-MD5"),
    ],
)
def test_the_mechanism_of_the_orchestrator_comes_first(ca_path, mechanisms, used):
    """LOGIN where it is offered; another one only proves the password."""
    with ScriptedSmtp(mechanisms=mechanisms) as server:
        done = send(server, ca_path)

    assert done["logged_in"] is True, done
    assert server.said("AUTH") == [f"AUTH {used}"]


@pytest.mark.parametrize(
    ("answer", "diagnosis"),
    [
        ("535 5.7.8 authentication failed", "auth-failed"),
        ("534 5.7.9 mechanism is too weak", "auth-weak"),
        ("538 5.7.11 encryption required", "must-starttls"),
        ("530 5.7.0 Must issue a STARTTLS command first", "must-starttls"),
        ("454 4.7.0 temporary authentication failure", "auth-temp"),
        ("503 5.5.1 already authenticated", "command-order"),
    ],
)
def test_a_refused_login_is_told_apart_and_not_repeated(ca_path, answer, diagnosis):
    """One refusal is one attempt, and 503 is no success."""
    with ScriptedSmtp({"password": reply(answer)}) as server:
        done = send(server, ca_path)

    assert (done["logged_in"], done["diagnosis"]["id"]) == (False, diagnosis), done["msg"]
    assert len(server.said("AUTH")) == 1
    assert server.said("MAIL") == []


def test_a_login_before_tls_happens_only_where_tls_is_switched_off(ca_path):
    """enable_ssl: false is the user's word, and then the server need not offer TLS."""
    with ScriptedSmtp(starttls=False) as server:
        done = send(server, ca_path, enable_ssl=False)

    assert (done["accepted"], done.get("tls")) == (True, None)
    assert password_was_sent(server, in_clear=True)


def test_a_password_beyond_ascii_logs_in(ca_path):
    """It travels as UTF-8."""
    with Mailbox(password="pässwörd-é") as mailbox:
        done = send(mailbox, mailbox.ca_path, smtp_password="pässwörd-é")

    assert done["accepted"] is True, done["msg"]


# ---- the message ---------------------------------------------------------------------------------


def test_a_message_too_big_is_refused_before_it_is_sent(ca_path):
    """The size stands in MAIL FROM."""
    with Mailbox(size_limit=500) as mailbox:
        done = send_through(mailbox, body="x" * 600)

    assert (done["stage"], done["diagnosis"]["id"]) == ("sender", "too-big")


def test_a_message_with_accents_fits_through_seven_bits(ca_path):
    """A server without 8BITMIME can still carry it."""
    with ScriptedSmtp(offers=()) as server:
        done = send(server, ca_path, subject="Prüfung", body="Größe\n.punkt am Anfang")

    assert done["accepted"] is True, done["msg"]
    assert server.messages[0].isascii()


def test_a_greylisted_recipient_is_told_so_and_works_the_next_time(ca_path):
    """The first try is put off; the module does not try again by itself."""
    with Mailbox(greylist=["ops@example.com"]) as mailbox:
        first = send_through(mailbox)
        second = send_through(mailbox)

        assert (first["diagnosis"]["id"], first["diagnosis"]["retry"]) == ("greylisted", "later")
        assert second["accepted"] is True
        assert len(mailbox.messages) == 1


def test_the_domain_of_an_address_may_be_international(ca_path):
    """On the wire it is ASCII."""
    with ScriptedSmtp() as server:
        done = send(server, ca_path, recipients=["ops@bücher.example"])

    assert done["accepted"] is True, done["msg"]
    [command] = server.said("RCPT")
    assert command.endswith(":<ops@xn--bcher-kva.example>")


@pytest.mark.parametrize("recipient", ["öps@example.com", "ops", "a@b.c> SIZE=1", "a@b, c@d"])
def test_a_recipient_no_server_could_take_is_named(ca_path, recipient):
    """Before anything is sent."""
    with ScriptedSmtp() as server:
        done = send(server, ca_path, recipients=[recipient])

    assert (done["error"], server.connections) == ("invalid_option", 0)
    assert done["msg"].startswith("recipients: ")


@pytest.mark.parametrize(
    "option",
    [
        "smtp_host", "smtp_username", "smtp_password", "smtp_domain", "default_from_address",
        "default_from_display_name", "subject", "helo", "recipients",
    ],
)  # fmt: skip
@pytest.mark.parametrize("end", ["\r\n", "\n", "\0"])
def test_line_ends_are_refused_in_every_option(ca_path, option, end):
    """Nothing can be put into headers or commands."""
    text = f"x@example.com{end}BCC:<evil@example.com>"
    with ScriptedSmtp() as server:
        done = send(server, ca_path, **{option: [text] if option == "recipients" else text})

    assert (done["error"], server.connections) == ("invalid_option", 0)
    assert done["msg"].startswith(f"{option}: ")


def test_a_missing_password_is_named_before_anything_is_sent(ca_path):
    """A login cannot do without it."""
    with ScriptedSmtp() as server:
        done = send(server, ca_path, smtp_password=None)

    assert (done["error"], server.connections) == ("invalid_option", 0)
    assert done["msg"].startswith("smtp_password: ")


# ---- seen ----------------------------------------------------------------------------------------


def seen_in(running, **more):
    where = {"imap_host": running.host, "imap_port": running.imap_port, "timeout": 5}
    return {**where, "username": running.username, "password": running.password, **more}


def test_a_message_is_seen_where_it_arrives():
    """Accepted and seen are two facts."""
    with Mailbox() as mailbox:
        done = send_through(mailbox, seen=seen_in(mailbox))

    assert (done["logged_in"], done["accepted"], done["seen"]) == (True, True, True), done


def test_a_message_that_does_not_arrive_is_accepted_but_not_seen(ca_path):
    """The failure still says that the server took it, and not to send again."""
    with Mailbox() as elsewhere, ScriptedSmtp() as server:
        seen = seen_in(elsewhere, timeout=1.5)
        done = send(server, elsewhere.ca_path, seen=seen)

    assert (done["accepted"], done["seen"], done["error"]) == (True, False, "mail_not_seen")
    assert (done["diagnosis"]["id"], done["diagnosis"]["retry"]) == ("not-seen", "never")


@pytest.mark.parametrize("wrong", [{"password": "nope-nope-nope"}, {"mailbox": "Nowhere"}])
def test_a_mailbox_that_cannot_be_asked_is_no_fault_of_the_mail_settings(wrong):
    """The message was accepted; only looking failed."""
    with Mailbox() as mailbox:
        done = send_through(mailbox, seen=seen_in(mailbox, **wrong))

    assert (done["accepted"], done["diagnosis"]["id"]) == (True, "mailbox-unusable")
    assert "nope-nope-nope" not in str(done)


def send_through(mailbox, **more):
    login = {"smtp_username": mailbox.username, "smtp_password": mailbox.password}
    return send(mailbox, mailbox.ca_path, **login, **more)


def test_nobody_listening_is_named(ca_path):
    """The port is the one that was asked for."""
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    done = mail_test(smtp_host="localhost", smtp_port=port, recipients=["a@b.c"],
                     default_from_address="a@b.c").result  # fmt: skip

    assert (done["stage"], done["diagnosis"]["id"]) == ("connect", "refused")
    assert f"localhost:{port}" in done["msg"]
