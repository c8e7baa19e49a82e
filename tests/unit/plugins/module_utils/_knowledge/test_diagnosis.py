# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The diagnosis table: every row is reachable, and by the road a user takes."""

from __future__ import annotations

import re
import socket

import pytest
from ansible_collections.rpaops.orchestrator.plugins.module_utils._knowledge import diagnosis_table
from ansible_collections.rpaops.orchestrator.plugins.module_utils._knowledge.diagnosis import (
    Symptom,
    diagnose,
    diagnose_text,
)
from ansible_collections.rpaops.orchestrator.plugins.module_utils._knowledge.providers import (
    BY_ID,
    OWN,
)
from fake import certificates
from fake.smtp_script import ScriptedSmtp, reply
from hypothesis import given
from hypothesis import strategies as st
from support.run import mail_test

STEP_OF_STAGE = {
    "banner": "banner", "ehlo": "ehlo", "starttls": "starttls", "auth": "password", "mail": "mail",
    "rcpt": "rcpt", "data": "data", "end_of_data": "end_of_data",
}  # fmt: skip
#: Rows whose sample is the reply of a mail server; the others are client errors or conditions.
ROWS = diagnosis_table.ROWS
REPLIES = [row for row in ROWS if re.match(r"\d\d\d[ -]", row.sample)]
#: Rows whose sample is what an Orchestrator says about its own attempt.
WORDS = ["dotnet-no-starttls", "dotnet-secure-or-auth", "revocation", "dotnet-cert-name",
         "dotnet-cert"]  # fmt: skip


@pytest.fixture(scope="module")
def ca_path(tmp_path_factory):
    return str(certificates.write_ca(tmp_path_factory.mktemp("ca") / "ca.pem"))


def step_of(row):
    """Where a server would say the sample: at the first stage of the row, else where it fits."""
    if row.id == "generic-5xx":
        return "data"  # elsewhere a permanent refusal means something in particular
    if row.stage:
        return STEP_OF_STAGE[row.stage[0]]
    refused_login = row.sample.startswith(("535", "534", "525", "454"))
    return "password" if refused_login else "mail"


def on_the_wire(sample):
    """A sample of several lines as the server sends it."""
    code = sample[:3]
    return re.sub(rf" (?={code}[ -])", "\n", sample)


@pytest.mark.parametrize("row", REPLIES, ids=lambda row: row.id)
def test_a_server_that_gives_the_reply_is_recognised(ca_path, row):
    """The whole way: a server says it, the module names the row and keeps the words."""
    preset = {"preset": row.provider[0]} if row.provider else {}
    with ScriptedSmtp({step_of(row): reply(on_the_wire(row.sample))}) as server:
        done = mail_test(
            **preset,
            smtp_host=server.host,
            smtp_port=server.port,
            smtp_username="robot@example.com",
            smtp_password="kJ7-quiet-harbour",
            default_from_address="robot@example.com",
            recipients=["ops@example.com"],
            ca_path=ca_path,
            timeout=10,
        ).result

    assert done["diagnosis"]["id"] == row.id, done["msg"]
    assert row.sample.split()[-1] in done["msg"]
    assert row.fix in done["msg"]


@pytest.mark.parametrize("row", [r for r in ROWS if r not in REPLIES], ids=lambda row: row.id)
def test_an_error_of_the_client_is_recognised(row):
    """By its class and words, or by what the client found out."""
    if row.id in WORDS:
        found = diagnose_text(row.sample)
    else:
        conditions = (row.condition,) if row.condition else ()
        stage = row.stage[0] if row.stage else "mail"
        found = diagnose(Symptom(stage, None, row.sample, row.error, conditions))

    assert found.id == row.id


def test_the_rows_are_complete_and_told_apart():
    """Every row has an id of its own, sentences, a source, and providers that there are."""
    assert len({row.id for row in ROWS}) == len(ROWS)
    for row in ROWS:
        assert row.cause.endswith("."), row.id
        assert row.fix.endswith("."), row.id
        assert row.source, row.id
        assert set(row.provider) <= set(BY_ID), row.id


def test_an_unknown_reply_is_admitted_with_the_words_of_the_server():
    """No guess, and the words are capped and harmless."""
    found = diagnose(Symptom("mail", 299, "299 \x1b[31mstrange" + "x" * 500))

    assert (found.id, found.kind) == ("unknown", "unknown")
    assert "299 strangexxx" in found.cause
    assert len(found.cause) < 400


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("535: 5.7.8 Error: authentication failed", "auth-failed"),
        ("Sending failed: 535-5.7.8 Username and Password not accepted. BadCredentials",
         "gmail-bad-credentials"),
        ("No such host is known.", "dns"),
        ("No connection could be made because the target machine actively refused it 10.0.0.1:587",
         "refused"),
        ("Mailbox unavailable. The server response was: 5.1.1 no such user", "no-such-user"),
        ("Mailbox unavailable. The server response was: 5.7.60 SMTP; Client does not have "
         "permissions to send as this sender", "sender-not-owned"),
        ("The operation has timed out.", "too-slow"),
        ("System.Net.Mail.SmtpException: Failure sending mail.", "unknown"),
        ("Could not connect to smtp.example.com:587 within 30 seconds", "unknown"),
    ],
)  # fmt: skip
def test_the_words_of_an_orchestrator_are_understood(text, expected):
    """A reply inside a sentence, and what .NET makes of one."""
    provider = "gmail" if expected.startswith("gmail") else OWN

    assert diagnose_text(text, provider).id == expected


@given(st.text(), st.one_of(st.none(), st.integers(200, 599)), st.sampled_from([*BY_ID, OWN, None]))
def test_every_text_gets_a_diagnosis(text, code, provider):
    """Cause and fix are never empty, whatever the server says."""
    for found in (diagnose(Symptom("mail", code, text, provider=provider)), diagnose_text(text)):
        assert found.cause
        assert found.fix


def test_a_name_that_does_not_resolve_is_named(monkeypatch):
    """The resolver's own error, at the stage of the name."""
    done = mail_test(
        smtp_host="no-such-host.invalid",
        default_from_address="a@example.com",
        recipients=["ops@example.com"],
        timeout=20,
    ).result

    assert (done["stage"], done["diagnosis"]["id"]) == ("resolve", "dns"), done["msg"]


def test_a_port_that_swallows_connections_is_a_timeout_of_connect():
    """A listener with a full queue drops what comes, as firewalls do."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        address = listener.getsockname()
        waiting = [socket.socket() for unused in range(3)]
        for sock in waiting:
            sock.setblocking(False)
            sock.connect_ex(address)
        done = mail_test(smtp_host="127.0.0.1", smtp_port=address[1], timeout=0.5,
                         default_from_address="a@example.com",
                         recipients=["ops@example.com"]).result  # fmt: skip
        for sock in waiting:
            sock.close()

    assert (done["stage"], done["diagnosis"]["id"]) == ("connect", "connect-timeout"), done["msg"]
