# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""``mail_test`` and ``verify_recipient`` name the right cause, and what to do about it."""

from __future__ import annotations

import json
import ssl

import pytest
from fake import certificates
from fake.orchestrator import FakeOrchestrator
from fake.smtp_script import ScriptedSmtp, after_the_hello, drop, injected, reply, reset
from support.raw_http import RawServer, answer
from support.run import mail_settings, mail_test, send, server

PASSWORD = "kJ7-quiet-harbour"
VERSIONS = ["2020.10", "v17"]


@pytest.mark.parametrize("fault", [drop, reset], ids=["hang-up", "reset"])
def test_a_server_that_hangs_up_after_its_go_ahead_is_no_attacker(ca_path, fault):
    """Nothing was put in front of the encrypted part: there is not a byte."""
    with ScriptedSmtp({"tls": fault}) as server:
        done = send(server, ca_path)

    # A reset can take the answer to STARTTLS with it.
    assert done["stage"] in ("starttls", "tls"), done["msg"]
    assert done["diagnosis"]["id"] == "disconnect", done["msg"]


def test_an_injected_line_is_still_an_attack(ca_path):
    """There a byte can be read."""
    with ScriptedSmtp({"starttls": injected}) as server:
        done = send(server, ca_path)

    assert done["diagnosis"]["id"] == "starttls-injection", done["msg"]


def test_a_certificate_with_a_weak_key_is_told_from_an_unknown_one(tmp_path):
    """Where this machine's own OpenSSL refuses such a key, and else there is nothing to tell."""
    if getattr(ssl.create_default_context(), "security_level", 0) < 2:
        pytest.skip("this Python takes keys of 1024 bits")
    weak = certificates.weak_key(tmp_path / "weak.pem")
    with ScriptedSmtp(tls=weak) as server:
        done = send(server, str(tmp_path / "weak.pem"))

    assert (done["stage"], done["diagnosis"]["id"]) == ("tls", "cert-weak"), done["msg"]
    assert server.said("AUTH") == []


def test_a_server_that_breaks_in_its_handshake_is_no_riddle(ca_path):
    """It says so by an alert (80, internal error), and nothing is known of its certificate."""
    alert = bytes((21, 3, 3, 0, 2, 2, 80))
    with ScriptedSmtp({"tls": after_the_hello(alert)}) as server:
        done = send(server, ca_path)

    assert (done["stage"], done["diagnosis"]["id"]) == ("tls", "tls-handshake"), done["msg"]


@pytest.mark.parametrize("mechanisms", [("NTLM",), ("GSSAPI", "NTLM")])
def test_windows_logins_are_left_to_the_orchestrator_without_a_false_warning(ca_path, mechanisms):
    """This test cannot make them; an Orchestrator on System.Net.Mail may."""
    with ScriptedSmtp(mechanisms=mechanisms) as server:
        done = send(server, ca_path)

    assert done["diagnosis"]["id"] == "auth-windows-only"
    assert "via: server" in done["diagnosis"]["fix"]
    assert not any("cannot sign in there" in text for text in done.get("warnings", ()))


def test_a_gateway_that_promises_an_attempt_has_accepted_the_recipient(ca_path):
    """252 is a yes of somebody who cannot ask."""
    with ScriptedSmtp({"rcpt": reply("252 2.1.5 Cannot verify user, will attempt")}) as server:
        done = send(server, ca_path)

    assert done["accepted"] is True, done["msg"]


@pytest.mark.parametrize("host", ["[::1]", "localhost ", "smtp..gmail.com", "a" * 64 + ".example"])
def test_what_is_no_host_name_is_refused_as_it_was_written(ca_path, host):
    """Brackets, blanks, a dot too many: before any name server is asked."""
    with ScriptedSmtp() as server:
        done = send(server, ca_path, smtp_host=host)

    assert f"smtp_host: {host!r} is not a host name" in done["msg"]
    assert server.connections == 0


@pytest.mark.parametrize("what", ["missing", "empty"])
@pytest.mark.parametrize("option", ["ca_path", "seen.ca_path"])
def test_a_ca_file_that_is_none_is_named_before_any_connection(tmp_path, option, what):
    """A slip in a local path is no riddle about the mail server."""
    path = tmp_path / "ca.pem"
    if what == "empty":
        path.write_text("")
    seen = {"imap_host": "imap.example.com", "username": "a", "password": "bbbb"}
    wrong = {"seen": {**seen, "ca_path": str(path)}} if "." in option else {"ca_path": str(path)}
    with ScriptedSmtp() as server:
        done = send(server, **{"ca_path": None, **wrong})

    assert done["error"] == "invalid_option"
    assert f"{option}: {path} holds no CA" in done["msg"]
    assert server.connections == 0


@pytest.mark.parametrize(
    ("said", "right"),
    [
        ("550 5.7.1 Client host [192.0.2.1] blocked using bl.example.net", "ip-blocked"),
        ("450 4.2.0 Greylisted, see postgrey", "greylisted"),
        ("550 5.7.1 not like this", "rcpt-refused"),
    ],
)
@pytest.mark.parametrize("login", [True, False], ids=["logged in", "without a login"])
def test_the_login_is_claimed_only_where_it_was_made(ca_path, login, said, right):
    """A refusal says nothing about a password that nobody sent."""
    with ScriptedSmtp({"rcpt": reply(said)}) as server:
        done = send(server, ca_path, **({} if login else {"smtp_username": ""}))

    assert done["diagnosis"]["id"] == right, done["msg"]
    assert ("The login as robot@example.com worked." in done["msg"]) is login
    assert ("No login was made." in done["msg"]) is not login


@pytest.mark.parametrize("version", VERSIONS)
def test_a_failed_proof_says_what_was_tried_and_that_nothing_was_written(ca_path, version):
    """Host, port and user; the advice is for the Orchestrator host, which sent."""
    with (
        ScriptedSmtp({"rcpt": reply("550 5.7.1 Client host [192.0.2.1] blocked")}) as mail,
        FakeOrchestrator(version=version, trust=ca_path) as fake,
    ):
        done = mail_settings(
            server=server(fake),
            smtp_host=mail.host,
            smtp_port=mail.port,
            enable_ssl=True,
            use_default_credentials=False,
            smtp_username="robot@example.com",
            smtp_password=PASSWORD,
            default_from_address="robot@example.com",
            verify_recipient="ops@example.com",
        ).result
        wrote = [request for request in fake.requests if request.method in ("PUT", "PATCH")]
        wrote += [request for request in fake.requests if "UpdateBulk" in request.path]

    assert (done["error"], done["diagnosis"]["id"]) == ("verify_failed", "ip-blocked"), done["msg"]
    assert f"through localhost:{mail.port} with SSL as robot@example.com: " in done["msg"]
    assert "public address of the Orchestrator host" in done["msg"]
    assert done["msg"].endswith("Nothing was written.")
    assert wrote == []
    assert PASSWORD not in str(done)


@pytest.mark.parametrize("road", ["here", "server"])
def test_a_user_name_that_is_a_token_stays_secret_in_every_sentence(ca_path, road):
    """Postmark's user name is its password; the sentence that names the user names it as well."""
    token = "5ad9c1f2-canary-token-77"
    said = reply("535 5.7.8 Error: authentication failed")
    with (
        ScriptedSmtp({"password": said}) as mail,
        FakeOrchestrator(trust=ca_path, mailbox=("localhost", mail.port)) as fake,
    ):
        options = {"preset": "postmark", "smtp_password": token, "smtp_host": mail.host}
        options |= {"default_from_address": "robot@example.com", "smtp_port": mail.port}
        if road == "here":
            more = {"recipients": ["ops@example.com"], "ca_path": ca_path, "timeout": 10}
            done = mail_test(**options, **more).result
        else:
            more = {"server": server(fake), "verify_recipient": "ops@example.com"}
            done = mail_settings(**options, **more).result

    assert done["diagnosis"]["id"] == "auth-failed", done["msg"]
    assert "as ***" in done["msg"] or "password of ***" in done["msg"]
    assert token not in str(done)


@pytest.mark.parametrize(
    ("said", "right"),
    [
        ("No compatible authentication mechanisms found.", "auth-no-login"),
        ("Mailbox unavailable. The server response was: 4.7.1 Try again later", "greylisted"),
        ("Setting value for 'Abp.Net.Mail.Smtp.Host' is null or empty!", "setting-empty"),
        ("SslHandshakeException: The host name (a) did not match the name", "dotnet-cert-name"),
        ("An internal error occurred during your request!", "orchestrator-failed"),
    ],
)
@pytest.mark.parametrize(
    "wrap",
    [
        lambda said: {"message": said},
        lambda said: {"error": {"message": said}},
        lambda said: {"succeeded": False, "errors": [{"description": said}]},
    ],
    ids=["message", "error", "errors"],
)
def test_the_words_of_a_mail_client_are_found_in_whatever_they_come(wrap, said, right):
    """Each API puts another envelope around them."""
    with RawServer(answer(json.dumps(wrap(said)).encode(), "400 Bad Request")) as peer:
        target = server(peer, api="identity", access_token="a.b.c")
        done = mail_test(via="server", server=target, recipients=["ops@example.com"]).result

    assert (done["error"], done["diagnosis"]["id"]) == ("verify_failed", right), done["msg"]
    assert said in done["msg"]
