# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The diagnosis table: every row is reachable, and by the road a user takes."""

from __future__ import annotations

import re
import socket

import corpus
import pytest
from ansible_collections.rpaops.orchestrator.plugins.module_utils._knowledge import (
    diagnosis_general_table,
    diagnosis_table,
)
from ansible_collections.rpaops.orchestrator.plugins.module_utils._knowledge.client_words import (
    unwrapped,
)
from ansible_collections.rpaops.orchestrator.plugins.module_utils._knowledge.diagnosis import (
    diagnose,
    diagnose_text,
)
from ansible_collections.rpaops.orchestrator.plugins.module_utils._knowledge.diagnosis_row import (
    Attempt,
    Symptom,
)
from ansible_collections.rpaops.orchestrator.plugins.module_utils._knowledge.providers import (
    BY_ID,
    OWN,
)
from fake.smtp_script import ScriptedSmtp, reply
from hypothesis import given
from hypothesis import strategies as st
from support.run import mail_test

STEP_OF_STAGE = {
    "banner": "banner", "ehlo": "ehlo", "starttls": "starttls", "auth": "password", "mail": "mail",
    "rcpt": "rcpt", "data": "data", "end_of_data": "end_of_data",
}  # fmt: skip
#: Where a reply is said that means something in particular at the sender, or at the login.
STAGE_OF_ROW = {
    "rcpt-syntax": "rcpt", "rcpt-refused": "rcpt", "size-or-full": "end_of_data",
    "generic-5xx": "data", "sparkpost-login": "auth",
}  # fmt: skip
ROWS = diagnosis_table.ROWS
BY_ID_OF_ROW = {row.id: row for row in ROWS}
GENERAL = [(BY_ID_OF_ROW[row_id], sign) for row_id, sign in diagnosis_general_table.GENERAL]
SIGNS = [*((row, sign) for row in ROWS for sign in row.signs), *GENERAL]
#: Signs whose sample is the reply of a mail server; the others are client errors or conditions.
REPLIES = [(row, sign) for row, sign in SIGNS if re.match(r"\d\d\d[ -]", sign.sample)]
FIRST_REPLIES = [(row, sign) for row, sign in REPLIES if sign is row.signs[0]]
ALL_CASES = [case for name in corpus.FILES for case in corpus.cases(name)]


def stage_of(row, sign):
    """Where a server would say the sample: at the first stage of the sign, else where it fits."""
    if sign.stage:
        return sign.stage[0]
    refused_login = sign.sample.startswith(("535", "534", "538", "525", "526", "454"))
    return STAGE_OF_ROW.get(row.id, "auth" if refused_login else "mail")


def on_the_wire(sample):
    """A sample of several lines as the server sends it."""
    code = sample[:3]
    return re.sub(rf" (?={code}[ -])", "\n", sample)


def named(pairs):
    return [f"{row.id}: {sign.sample[:30]}" for row, sign in pairs]


@pytest.mark.parametrize(("row", "sign"), FIRST_REPLIES, ids=named(FIRST_REPLIES))
def test_a_server_that_gives_the_reply_is_recognised(ca_path, row, sign):
    """The whole way: a server says it, the module names the row and keeps the words."""
    preset = {"preset": row.provider[0]} if sign.at_home else {}
    step = STEP_OF_STAGE[stage_of(row, sign)]
    with ScriptedSmtp({step: reply(on_the_wire(sign.sample))}) as server:
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
    assert sign.sample.split()[-1] in done["msg"]
    assert f"Tried {server.host}:{server.port} with STARTTLS." in done["msg"]


@pytest.mark.parametrize(("row", "sign"), SIGNS, ids=named(SIGNS))
def test_every_sign_is_caught_first_by_its_own_row(row, sign):
    """At any server, at the provider's own, or only there."""
    code = int(sign.sample[:3]) if (row, sign) in REPLIES else None
    stage = stage_of(row, sign) if code else next(iter(sign.stage), None)
    conditions = (sign.condition,) if sign.condition else ()
    symptom = Symptom(stage, code, sign.sample, sign.error, conditions)
    homes = [*row.provider] if sign.at_home else [None, OWN, *row.provider]

    assert {diagnose(symptom, Attempt(provider=home)).id for home in homes} == {row.id}


def test_the_rows_are_complete_and_told_apart():
    """Every row has an id of its own, sentences, a source, and providers that there are."""
    assert len({row.id for row in ROWS}) == len(ROWS)
    for row in ROWS:
        sentences = (row.cause, row.fix, row.fix_logged_in or ".")
        assert all(text.endswith(".") for text in sentences), row.id
        assert row.source, row.id
        assert row.signs, row.id
        assert set(row.provider) <= set(BY_ID), row.id
        assert row.provider or not any(sign.at_home for sign in row.signs), row.id


@pytest.mark.parametrize("case", ALL_CASES, ids=lambda case: f"{case.where}: {case.said[:40]}")
def test_no_failure_of_the_corpus_gets_a_wrong_cause(case):
    """The right row; or, where one is admitted to be missing, no claim."""
    assert case.diagnosis().id in {case.right, *corpus.ADMITTED}


def test_what_a_product_says_goes_before_what_words_mean_in_general():
    """A general sign that fits as well takes nothing away from a row that knows the very words."""
    text = "535 5.7.139 Authentication unsuccessful, the user credentials were incorrect."
    symptom = Symptom("auth", 535, text)
    general = {row.id for row, sign in GENERAL if sign.fits(symptom)}

    assert "auth-failed" in general
    assert diagnose(symptom).id == "ms-wrong-password"


@pytest.mark.parametrize(
    "said",
    ["550 <virus.spam@example.com>: not today", "550 <quota@blacklist.example>: not today"],
)
def test_the_name_of_a_mailbox_is_no_evidence(said):
    """Whoever is called spam is not taken for spam."""
    assert diagnose(Symptom("rcpt", 550, said)).id == "rcpt-refused"


@pytest.mark.parametrize(
    "said",
    [
        "550 5.1.1 sender not found in the directory",
        "550 5.1.0 Sender address rejected: User unknown in local recipient table",
        "550 the account of the sender is disabled",
        "552 the sender has a mailbox that is full",
        "554 sender domain has no mx",
    ],
)
def test_what_is_said_of_the_sender_is_not_said_of_the_recipient(said):
    """Servers speak of the sender as late as when they are told the recipient."""
    told = diagnose(Symptom("rcpt", int(said[:3]), said))

    assert told.id in corpus.ADMITTED or told.kind != "recipient"


@pytest.mark.parametrize(
    "said",
    [
        "This account has been disabled",
        "user is locked.",
        "Bad address syntax",
        "Not a valid address",
        "Invalid domain, see the help",
        "the account or domain may not exist",
        "Quota exceeded",
        "5.4.9 something new - gsmtp",
    ],
)
def test_whose_account_or_address_it_is_only_the_stage_tells(said):
    """An Orchestrator does not hand it on, so nothing is claimed."""
    assert diagnose_text(said).id in {"unknown", *corpus.ADMITTED}


@pytest.mark.parametrize(
    ("said", "right"),
    [
        ("Connection refused [::ffff:192.0.2.1]:587", "refused"),
        ("Connection refused, too many sessions from this IP", "quota-sender"),
        ("Service unavailable", "orchestrator-failed"),
        ("Service unavailable: your IP is on a block list", "ip-blocked"),
        ("Insufficient disk space; try again later", "storage"),
    ],
)
def test_a_server_may_say_what_sockets_and_web_servers_say(said, right):
    """What it goes on to say tells them apart."""
    assert diagnose_text(said).id == right


def test_hardly_a_reply_that_comes_without_its_number_gets_another_cause():
    """As MailKit hands it on: nothing is known but the words."""
    replies = [
        case for case in ALL_CASES if case.where in STEP_OF_STAGE and case.said[:3].isdigit()
    ]
    told = [(case, diagnose_text(re.sub(r"(^| )\d{3}[ -](?=\D|[245]\.)", r"\1", case.said)))
            for case in replies]  # fmt: skip
    wrong = [case for case, found in told if found.id not in {case.right, *corpus.ADMITTED}]

    assert len(replies) > 900
    assert len(wrong) <= len(replies) / 20, wrong


@pytest.mark.parametrize("product", ["Barracuda", "Proofpoint Essentials", "Cloudmark"])
def test_the_name_of_a_gateway_is_no_block_list(product):
    """It refuses for many reasons; that an address is listed must be said."""
    assert diagnose(Symptom("rcpt", 550, f"550 5.7.1 refused, {product}")).id == "rcpt-refused"
    listed = f"550 5.7.1 192.0.2.1 refused, see the list of {product}"
    assert diagnose(Symptom("rcpt", 550, listed)).id == "ip-blocked"


@pytest.mark.parametrize(
    ("stage", "said", "right"),
    [
        ("rcpt", "550 the mailbox is closed for good", "rcpt-inactive"),
        ("mail", "550 this server is on a blocklist of ours, your IP 192.0.2.7", "ip-blocked"),
        ("rcpt", "452 his inbox is full to the brim", "mailbox-full"),
        ("mail", "454 more than 100 messages from you", "quota-sender"),
        ("auth", "550 wrong passphrase, friend", "auth-failed"),
    ],
)
def test_words_that_no_product_says_are_understood_by_who_is_spoken_of(stage, said, right):
    """Sentences made up here, which no row holds."""
    assert diagnose(Symptom(stage, int(said[:3]), said)).id == right


def test_hardly_a_failure_of_the_corpus_stays_unknown():
    """At most one in twenty of those that have a cause to be named."""
    told = [case for case in ALL_CASES if case.right not in corpus.ADMITTED]
    unknown = [case for case in told if case.diagnosis().id in corpus.ADMITTED]

    assert len(ALL_CASES) >= 400
    assert len(unknown) <= len(told) / 20


def test_the_corpus_names_its_sources_and_rows_that_there_are():
    """A label that no row has would never be asked for."""
    known = {row.id for row in ROWS} | {"unknown"}

    assert {case.right for case in ALL_CASES} <= known
    for name in corpus.FILES:
        assert {case.source for case in corpus.cases(name)} == set(corpus.sources(name)), name


def test_an_unknown_reply_is_admitted_with_the_words_of_the_server():
    """No guess, and the words are capped and harmless."""
    found = diagnose(Symptom("mail", 299, "299 \x1b[31mstrange" + "x" * 500))

    assert (found.id, found.kind) == ("unknown", "unknown")
    assert "299 strangexxx" in found.cause
    assert len(found.cause) < 400


def test_what_was_said_around_the_words_of_the_server_is_not_repeated():
    """Neither our own sentence nor .NET's stands in the cause of an unknown text."""
    ours = "The Orchestrator could not send a test message to a@example.com through m.example:25: "
    dotnet = "Syntax error, command unrecognized. The server response was: "

    assert unwrapped(ours + "strange words") == "strange words"
    assert diagnose_text(ours + dotnet + "strange words").cause.endswith("said: strange words")


@pytest.mark.parametrize(
    ("login", "cause", "fix"),
    [
        (True, "The login as robot worked.", "allowed to send to other domains"),
        (False, "No login was made.", "Log in, or"),
        (None, "network.", "Log in, or"),
    ],
)
def test_a_cause_says_of_the_login_only_what_was_seen(login, cause, fix):
    """A relay without login is told to log in, a client that did so is not."""
    symptom = Symptom("rcpt", 554, "554 Relay access denied", login=login)
    found = diagnose(symptom, Attempt(user="robot"))

    assert found.cause.endswith(cause)
    assert fix in found.fix


@pytest.mark.parametrize(
    ("by_server", "machine"), [(True, "the Orchestrator host"), (False, "this machine")]
)
def test_advice_names_the_machine_that_sent(by_server, machine):
    """Its DNS, its firewall, its trust store - not those of the other one."""
    attempt = Attempt(by_server, "smtp.example.com", 587, user="robot@example.com")
    symptom = Symptom("connect", error=("ConnectionRefusedError",))
    found = diagnose(symptom, attempt)

    assert f"firewall of {machine}" in found.fix
    assert "smtp.example.com:587" in found.cause


def test_a_reply_code_is_read_only_where_the_text_is_a_reply():
    """Times and the errors of web servers are none."""
    for text in ("Timeout of 450 seconds", "An internal error occurred (500 Internal Server Error)",
                 "502 Bad Gateway", "port 550 was tried"):  # fmt: skip
        assert not diagnose_text(text).id.startswith("generic"), text


def test_a_timeout_on_the_port_of_implicit_tls_is_about_the_port():
    """Also where the Orchestrator only says that the time was up."""
    slow = "The operation has timed out."

    assert diagnose_text(slow, Attempt(True, port=465)).id == "implicit-port-starttls-client"
    assert diagnose_text(slow, Attempt(True, port=587)).id == "too-slow"


@given(st.text(), st.one_of(st.none(), st.integers(200, 599)), st.sampled_from([*BY_ID, OWN, None]))
def test_every_text_gets_a_diagnosis(text, code, provider):
    """Cause and fix are never empty, whatever the server says."""
    attempt = Attempt(provider=provider)
    for found in (diagnose(Symptom("mail", code, text), attempt), diagnose_text(text, attempt)):
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
