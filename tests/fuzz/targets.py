# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is fed with bytes, and what must hold whatever they are.

A target takes bytes and raises for whatever should not have been: an exception that nobody expects
of it, or a promise that is broken.  ``words`` are pieces from which inputs get further than from
noise.  Inputs that once broke something are files in ``corpus/NAME``.
"""

from __future__ import annotations

import contextlib
import email
import functools
import html
import json
import tempfile
import typing as t
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from ansible_collections.rpaops.orchestrator.plugins.module_utils._deadline import Deadline, reach
from ansible_collections.rpaops.orchestrator.plugins.module_utils._errors import Failure
from ansible_collections.rpaops.orchestrator.plugins.module_utils._knowledge import diagnosis
from ansible_collections.rpaops.orchestrator.plugins.module_utils._mail import (
    mailbox,
    message,
    walk,
)
from ansible_collections.rpaops.orchestrator.plugins.module_utils._mail.smtp import MailError
from ansible_collections.rpaops.orchestrator.plugins.module_utils._modules import mail_options
from ansible_collections.rpaops.orchestrator.plugins.module_utils._output.redact import (
    MASK,
    Redactor,
    clean,
)
from ansible_collections.rpaops.orchestrator.plugins.module_utils._output.secret_forms import forms
from ansible_collections.rpaops.orchestrator.plugins.module_utils._reconcile import password_record
from ansible_collections.rpaops.orchestrator.plugins.module_utils._server import (
    options,
    patience,
    refusal_text,
    session,
    site,
    web_address,
)
from ansible_collections.rpaops.orchestrator.plugins.module_utils._server.address import (
    Addresses,
    addresses,
)
from ansible_collections.rpaops.orchestrator.plugins.module_utils._server.answer import Answer
from ansible_collections.rpaops.orchestrator.plugins.module_utils._settings import NAMES, typed
from ansible_collections.rpaops.orchestrator.plugins.plugin_utils._host_names import host_names
from support.run import mail_settings_info, mail_test

from .speaker import Speaker

CORPUS = Path(__file__).parent / "corpus"
PASSWORD = "correct-horse-battery"
SECONDS = 5.0


@dataclass(frozen=True)
class Target:
    """``check`` raises for what should not have been; ``words`` lead further than noise."""

    name: str
    check: t.Callable[[bytes], None]
    words: tuple[bytes, ...] = ()

    def corpus(self) -> list[bytes]:
        """The inputs that once broke something, and some that are usual."""
        return [path.read_bytes() for path in sorted((CORPUS / self.name).iterdir())]


@functools.cache
def peer() -> Speaker:
    return Speaker()


def _harmless(text: str, limit: int = 4000) -> None:
    assert PASSWORD not in text
    assert len(text) <= limit, len(text)
    assert "\n" not in text
    assert "\x1b" not in text


def _addresses(**given: str) -> Addresses | None:
    """Where the APIs of ``server`` answer; None where it is refused, which is harmless then."""
    server = {**given, "level": "auto"}
    try:
        options.judge(server)
        return addresses(server)
    except Failure as exc:
        _harmless(clean(str(exc)))
        return None


def url(data: bytes) -> None:
    """An address is refused with a sentence, or it leads to a host and carries no credentials."""
    text = data.decode("utf-8", "surrogateescape")
    found = _addresses(url=text, organization="acme", tenant="Default")
    bases = (found.orchestrator, found.identity, found.token) if found else ()
    for one in filter(None, bases):
        parts = urlsplit(one)
        assert one.isascii()
        assert one.isprintable()
        assert parts.hostname
        assert not any((parts.username, parts.password, parts.query, parts.fragment))
        web_address.Origin.of(one)


def tenant(data: bytes) -> None:
    """A name of a tenant or organization stays one segment of a path."""
    text = data.decode("utf-8", "surrogateescape")
    found = _addresses(url="https://h", organization=text, tenant=text)
    if found and text:
        assert (found.orchestrator or "").count("/") == 5
        assert found.identity.startswith("https://h/")


def host_name(data: bytes) -> None:
    """Names of tenants become different names of hosts that are no paths and no patterns."""
    names = list(dict.fromkeys(data.decode("utf-8", "surrogateescape").split("\n")))
    found = host_names(names, ("all", "sales"))
    assert list(map(found.__contains__, names)) == [True] * len(names)
    assert len(set(found.values())) == len(names)
    for host in found.values():
        assert host
        assert not set(host) & set("/\\,:;!&*?~@[]{} \r\n\0")
        assert host[0] not in ".-"
        assert host not in ("all", "ungrouped", "localhost", "sales")


def mail_option(data: bytes) -> None:
    """Options of a message are refused, or make one message with the headers that belong there."""
    texts = [*data.decode("utf-8", "surrogateescape").split("\x1f"), "", "", "", ""]
    subject, name, sender, body = texts[:4]
    try:
        mail_options.judge({"subject": subject, "default_from_display_name": name, "body": body})
        address = message.plain_address(sender or "robot@example.com", "default_from_address")
        built = message.build(
            message.Envelope(address, name, (address,)), subject, body, "rpaops-1"
        )
    except Failure as exc:
        _harmless(clean(str(exc)))
        return
    read = email.message_from_bytes(built)
    assert built.isascii()
    assert [len(read.get_all(key) or ()) for key in ("From", "To", "Subject", "Bcc")] == [
        1,
        1,
        1,
        0,
    ]


def http_answer(data: bytes) -> None:
    """Whatever a server says ends as a result or as a failure that is no internal one."""
    peer().says = data
    for api in ("orchestrator", "identity"):
        login = {"url": f"http://127.0.0.1:{peer().port}", "access_token": PASSWORD}
        more = {"api": api, "level": "host", "timeout": SECONDS, "retries": 0, "use_proxy": False}
        done = mail_settings_info(server={**login, **more})
        assert done.result.get("error") != "internal", done.result["msg"]
        _harmless(done.result.get("msg", ""))
        assert PASSWORD not in str(done)


def json_body(data: bytes) -> None:
    """The words of a refusal are one short line, in whatever shape they come."""
    for status in (200, 400, 403, 429):
        answer = Answer("GET", "https://h/a", status, {"retry-after": "5"}, data)
        for said in (refusal_text.reason, refusal_text.words, refusal_text.oauth_error):
            assert isinstance(said(answer), str)
        assert len(refusal_text.reason(answer)) <= 400
        refusal_text.says_no(answer)
        refusal_text.wants_other_token(answer)
        with contextlib.suppress(Failure):
            answer.json()


def header(data: bytes) -> None:
    """Waits, versions and tokens of whatever letters are bounded, or not known."""
    text = data.decode("latin-1")
    asked = patience.retry_after({"retry-after": text})
    assert asked is None or 0 <= asked <= patience.FOREVER
    version = site.api_version(Answer("GET", "/", 200, {site.VERSIONS_HEADER: text}, b""))
    assert version is None or float(version) < 10_000
    session.organization_id(text)


def value(data: bytes) -> None:
    """A text of the wire becomes a value of any setting."""
    text = data.decode("utf-8", "replace")
    for name in NAMES:
        assert isinstance(typed(name, text), (bool, int, str))


def smtp(data: bytes) -> None:
    """A conversation ends accepted, or as a failure that says how far it came."""
    peer().says = data
    done = mail_test(
        smtp_host="127.0.0.1",
        smtp_port=peer().port,
        enable_ssl=False,
        smtp_username="robot@example.com",
        smtp_password=PASSWORD,
        recipients=["ops@example.com"],
        timeout=SECONDS,
        helo="localhost",
    ).result
    assert done.get("error") in (None, "mail_failed"), done["msg"]
    _harmless(done.get("msg", ""))
    assert PASSWORD not in str(done)
    assert done["message_id"]
    # Nothing is said of it where the answer was lost.
    assert done.get("accepted", False) in (True, False)
    assert not done["logged_in"] or b"235" in data


def imap(data: bytes) -> None:
    """Looking for a message ends seen, or as a failure of the mailbox."""
    peer().says = data
    inbox = mailbox.Inbox("127.0.0.1", peer().port, "robot", PASSWORD, "INBOX", SECONDS)
    deadline = Deadline(SECONDS)

    def look() -> str:
        found = mailbox._Imap(reach(inbox.host, inbox.port, deadline))
        try:
            found.login(inbox.username, inbox.password)
            found.select("INBOX", readonly=True)
            return str(mailbox._found(found, "rpaops-1"))
        finally:
            found.shutdown()

    try:
        walk.Walk().go("seen", look)
    except MailError as exc:
        _harmless(clean(str(exc)))


def reply(data: bytes) -> None:
    """Every text of a mail server has a diagnosis."""
    found = diagnosis.diagnose_text(clean(data.decode("utf-8", "replace")))
    assert found.id
    _harmless(found.advice)


def record(data: bytes) -> None:
    """A record of whatever bytes is read or refused, and vouches for nothing it did not write."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "record"
        path.write_bytes(data)
        for key in (None, "k" * 32):
            held = password_record.Record(str(path), key, SECONDS)
            assert held.find("place") is None
            assert path.read_bytes() == data


def redactor(data: bytes) -> None:
    """No window of a secret or of its forms survives in a text, however all are made."""
    first, _gap, text = data.decode("utf-8", "surrogateescape").partition("\n")
    secrets = [secret[:100] for secret in first.split("\x1f")[:3]]
    left = Redactor(secrets).text(text + "".join(secrets) + html.escape(first) + json.dumps(text))
    for secret in filter(None, secrets):
        if len(secret) < 8:
            assert secret in MASK or secret not in left
        for form in forms(secret) if len(secret) >= 8 else ():
            assert not any(form[i : i + 8] in left for i in range(len(form) - 7))
    line = clean(text)
    assert len(line) <= 300
    assert clean(line) == line


def _words(text: str) -> tuple[bytes, ...]:
    """The words of ``text``; what cannot be seen is written with a backslash."""
    return tuple(
        w.encode("latin-1").decode("unicode_escape").encode("latin-1") for w in text.split()
    )


CHECKS: t.Mapping[t.Callable[[bytes], None], str] = {
    url: r"https:// h : 443 / [ ] ::1 @ ? # .. %2f \xc3\xbc xn-- settings \r\n \x20",
    tenant: r"Default / .. \\ %2f ? \xc3\xbc # \x20",
    host_name: r"\n all ../ {{ }} , - \x1b[ localhost",
    mail_option: r"\x1f \r\n Bcc:\x20 a@b.c =?utf-8?q? ?= \xe2\x80\xa8 \xc2\x85 \x22 < > ..",
    http_answer: r"""
        HTTP/1.1\x20 200\x20OK 302\x20Found 429\x20Slow 103\x20Early 401\x20No \r\n \r\n\r\n 9
        Content-Length:\x20 Transfer-Encoding:\x20chunked 5\r\n 0\r\n Content-Encoding:\x20gzip
        Location:\x20 Retry-After:\x20 api-supported-versions:\x20 {"value":[ [{"key":"Email.
        {"Name":"Abp.Net.Mail.Smtp.Host","Value": Smtp.Port" "Scope":"Tenant"} ]} null
        "@odata.nextLink":"?a"
        """,
    json_body: r"""
        {"error": "validationErrors": "message": "errors": "result": [ ] { } "a" : , 1e999 NaN
        \\ud800 null false "succeeded": "title": "error_description": <html>
        """,
    header: r"Mon,\x2001\x20Jan\x202030\x20 00:00:00\x20GMT - 1e9 11.0,\x20 . eyJ = 9999999999 e30",
    value: r"true 0 587 \x20 \xc2\xb2 -1 1e5 99999999999999999999",
    smtp: r"""
        220\x20ready\r\n 250-h\r\n 250\x20AUTH\x20LOGIN\x20PLAIN\r\n 250-AUTH\x20CRAM-MD5\r\n
        250\x20ok\r\n 334\x20VXNlcm5hbWU6\r\n 334\x20!\r\n 235\x20ok\r\n 354\x20go\r\n \r\n \x00
        535\x20no\r\n 421\x20bye\r\n 550\x205.1.1\x20no\r\n 250-SIZE\x209\r\n
        """,
    imap: r"""
        *\x20OK\x20ready\r\n *\x20CAPABILITY\x20IMAP4rev1\r\n *\x20BYE\r\n {9} *\x20SEARCH\x201\r\n
        *\x201\x20EXISTS\r\n *\x20PREAUTH\r\n +\x20go\r\n {99999999999}\r\n \x20OK\x20done\r\n
        \x20NO\x20[ALERT]\x20x\r\n \x20BAD\r\n ( ) \r\n \x00
        """,
    reply: r"""
        535\x205.7.8\x20 Error The\x20remote\x20 certificate :\x20 System.Net.Mail.SmtpException
        timed\x20out \xe2\x80\x9e 421 .
        """,
    record: r"rpaops \n { } \x22 0f0f0f0f0f0f0f0f \x20 1 \x00",
    redactor: r"\n \x1f secret abcd &#97; %61 \\u0061 *** \xf0\x9f\x98\x80 \x1b] \x07 YWJj 616263",
}
TARGETS: t.Mapping[str, Target] = {
    check.__name__: Target(check.__name__, check, _words(words)) for check, words in CHECKS.items()
}
