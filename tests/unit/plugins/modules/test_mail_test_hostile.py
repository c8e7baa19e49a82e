# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""``mail_test`` with options that no message can carry, and with peers that lay traps."""

from __future__ import annotations

import base64
import math
import re

import pytest
from ansible_collections.rpaops.orchestrator.plugins.module_utils._mail.mailbox import modified_utf7
from fake.line_script import ScriptedLines
from fake.smtp_script import ScriptedSmtp, garbage, injected, reply
from hypothesis import given
from hypothesis import strategies as st
from support.run import send

GREETING = b"* OK ready\r\n"
CAPABLE = b"* CAPABILITY IMAP4rev1\r\n{tag} OK done\r\n"
DONE = b"{tag} OK done\r\n"


def seen_in(server, **more):
    there = {"imap_host": server.host, "imap_port": server.port, "timeout": 20}
    return {**there, "username": "robot", "password": "kJ7-quiet-harbour", **more}


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("subject", "a\u2028b"),
        ("subject", "a\x85b"),
        ("subject", "half \ud800"),
        ("body", "half \udfff"),
        ("default_from_display_name", "a\x1cb"),
        ("helo", "bücher"),
        ("helo", "two words"),
        ("helo", "a..b"),
        ("helo", "[nonsense]"),
        ("default_from_address", "a..b@x.com"),
        ("default_from_address", ".a@x.com"),
        ("default_from_address", "a@straße.de"),
        ("default_from_address", "a@" + "x" * 64 + ".com"),
        ("default_from_address", "a@[127.0.0.1]"),
        ("recipients", ["a..b@x.com"]),
        ("smtp_host", "smtp..gmail.com"),
        ("smtp_host", "x" * 64 + ".com"),
        ("smtp_host", "mail.straße.de"),
        ("smtp_port", 98_793),
        ("smtp_port", 65_536),
        ("smtp_port", 0),
        ("smtp_port", -1),
        ("timeout", math.nan),
        ("timeout", math.inf),
        ("timeout", 0.0),
        ("timeout", -1.0),
    ],
)
def test_an_option_that_no_message_can_carry_is_named(ca_path, option, value):
    """Before anything is sent, and never as an internal error."""
    with ScriptedSmtp() as server:
        done = send(server, ca_path, **{option: value})

    assert done["error"] in ("invalid_option", "preflight"), done["msg"]
    assert done["msg"].startswith(f"{option}: ")
    assert server.connections == 0


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("imap_host", "imap..example.com"),
        ("imap_port", 0),
        ("imap_port", 70_000),
        ("timeout", math.nan),
        ("username", "röbot"),
        ("password", "geheim-ß"),
        ("mailbox", "a\r\nb"),
    ],
)
def test_an_option_of_the_mailbox_is_judged_before_a_message_is_sent(ca_path, option, value):
    """A message that nobody can look for is not sent."""
    with ScriptedSmtp() as server:
        done = send(server, ca_path, seen=seen_in(server, **{option: value}))

    assert (done["error"], server.connections) == ("invalid_option", 0)
    assert done["msg"].startswith(f"seen.{option}: ")


@pytest.mark.parametrize("timeout", [1e9, 1e300])
def test_a_time_longer_than_any_clock_is_a_day(ca_path, timeout):
    """A socket takes no such number."""
    with ScriptedSmtp() as server:
        assert send(server, ca_path, timeout=timeout)["accepted"] is True


@pytest.mark.parametrize("mechanism", ["LOGIN", "PLAIN", "CRAM-MD5"])
def test_a_yes_before_the_password_proves_nothing(ca_path, mechanism):
    """A server that lets everybody in has not looked at this login."""
    with ScriptedSmtp({"auth": reply("235 2.7.0 welcome")}, mechanisms=[mechanism]) as server:
        done = send(server, ca_path)

    assert (done["stage"], done["logged_in"]) == ("login", False)
    assert "before the password" in done["msg"]


@pytest.mark.parametrize("mechanism", ["LOGIN", "PLAIN", "CRAM-MD5"])
def test_a_yes_after_the_password_is_a_login(ca_path, mechanism):
    """It may be as short as a yes can be."""
    with ScriptedSmtp({"password": reply("235")}, mechanisms=[mechanism]) as server:
        done = send(server, ca_path)

    assert (done["logged_in"], done["accepted"]) == (True, True)


#: Faults of the peer, and a word of ours in the sentence about each.
SENTENCES = [
    ({"banner": garbage}, {}, "stopped"),
    ({"auth": reply("235 2.7.0 yes")}, {}, "password"),
    ({"ehlo_tls": reply("250 script.test")}, {}, "offered"),
    ({"ehlo": reply("250 script.test")}, {}, "extension"),
    ({"starttls": injected}, {}, "behind"),
    (
        {"rcpt": reply("550 5.1.1 no")},
        {"recipients": [f"{n}@example.com" for n in "abcde"]},
        "more",
    ),
]


@pytest.mark.parametrize(("script", "more", "word"), SENTENCES, ids=[row[2] for row in SENTENCES])
def test_a_word_for_a_password_breaks_no_sentence_about_a_message(ca_path, script, more, word):
    """What we say of a failure is the same, whatever the password is."""

    def said(password):
        with ScriptedSmtp(script) as server:
            done = send(server, ca_path, smtp_password=password, **more)
            details = [stage["detail"] for stage in done["stages"]]
            return repr([done["msg"], details]).replace(str(server.port), "PORT")

    assert word in said(word)
    assert said(word) == said("kJ7-quiet-harbour")


@pytest.mark.parametrize(
    "script",
    [
        (b"* BYE no\r\n",),
        (b"* PREAUTH hello\r\n", CAPABLE, DONE),
        (b"HTTP/1.1 400 Bad\r\n\r\n",),
        (b"\xff\xfe\x00\r\n",),
        (GREETING, b"* 1 FETCH {99999999999999}\r\n"),
        (GREETING, b"* 1 FETCH {" + b"9" * 5000 + b"}\r\n"),
        (GREETING, b"* " + b"x" * 3_000_000 + b"\r\n"),
        (GREETING, b"* 1 EXISTS\r\n" * 120_000),
        (GREETING, CAPABLE, b"{tag} BAD no\r\n"),
        (GREETING, CAPABLE, b"nonsense OK done\r\n"),
        (GREETING, CAPABLE, DONE, b"{tag} NO [NONEXISTENT] \xff\r\n"),
        (GREETING, CAPABLE, DONE, DONE, b"* SEARCH " + b"9" * 70_000 + b"\r\n"),
    ],
    ids=lambda script: repr(script[-1][:24]),
)
def test_a_trap_in_the_mailbox_keeps_what_is_known_of_the_message(ca_path, script):
    """It was accepted, under this id, after these stages; nobody sends it again."""
    with ScriptedSmtp() as server, ScriptedLines(*script) as imap:
        done = send(server, ca_path, seen=seen_in(imap))

    assert (done["error"], done["stage"]) == ("mail_not_seen", "seen"), done["msg"]
    assert (done["accepted"], done["seen"], len(server.messages)) == (True, False, 1)
    assert done["message_id"].encode() in server.messages[0]
    assert [stage["name"] for stage in done["stages"]][-2:] == ["accepted", "seen"]
    assert len(done["msg"]) < 1000


def test_a_long_wait_in_a_busy_mailbox_goes_on(ca_path):
    """What is too much for one look may be said in several of them."""
    busy = b"* 1 EXISTS\r\n" * 60_000 + DONE
    script = (GREETING, CAPABLE, DONE, DONE, DONE, busy, DONE, busy, b"* SEARCH 1\r\n" + DONE)
    with ScriptedSmtp() as server, ScriptedLines(*script) as imap:
        done = send(server, ca_path, seen=seen_in(imap))

    assert done["seen"] is True, done["msg"]


def test_a_mailbox_beyond_ascii_is_asked_for_in_its_own_spelling(ca_path):
    """As RFC 3501 writes it; a blank, a quote and a backslash end no argument."""
    found = b"* SEARCH 1\r\n{tag} OK done\r\n"
    with ScriptedSmtp() as server, ScriptedLines(GREETING, CAPABLE, DONE, DONE, found) as imap:
        seen = seen_in(imap, mailbox='Entwürfe & "mehr"\\', username='a "b')
        done = send(server, ca_path, seen=seen)

    assert done["seen"] is True, done["msg"]
    assert b' LOGIN "a \\"b" "' in imap.lines[1]
    assert imap.lines[2].endswith(b'EXAMINE "Entw&APw-rfe &- \\"mehr\\"\\\\"')


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("INBOX", "INBOX"),
        ("~peter/mail/台北/日本語", "~peter/mail/&U,BTFw-/&ZeVnLIqe-"),
        ("A&B", "A&-B"),
        ("☺!", "&Jjo-!"),
        ("😀", "&2D3eAA-"),
    ],
)
def test_names_of_mailboxes_are_written_as_the_standard_says(name, sent):
    """The samples of RFC 3501, 5.1.3, and one beyond 65,536."""
    assert modified_utf7(name) == sent


@given(name=st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_the_name_of_a_mailbox_is_ascii_and_can_be_read_back(name):
    """Whatever it is, by a reader of the test's own."""
    sent = modified_utf7(name)

    assert sent.isascii()
    assert re.sub(r"&([^-]*)-", lambda found: decoded(found[1]), sent) == name


def decoded(letters):
    """What stands between ``&`` and ``-``."""
    octets = base64.b64decode(letters.replace(",", "/") + "=" * (-len(letters) % 4))
    return octets.decode("utf-16-be") if letters else "&"
