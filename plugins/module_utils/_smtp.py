# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The one door to mail: a conversation with an SMTP server, step by step.

Private to this collection; may change at any time.

C(smtplib) speaks the protocol; what it hides is done here: one login with one mechanism, verified
certificates always, no fall-back to clear text, one deadline over everything, and a lost connection
after the message was sent is told apart from a refusal.
"""

from __future__ import annotations

import select
import smtplib
import socket
import ssl
import time
import typing as t
from dataclasses import dataclass, field

from ._deadline import Deadline, DeadlineSocket, connect
from ._diagnosis import Symptom, exception_names
from ._redact import clean

IMPLICIT_TLS_PORTS = frozenset((465, 2465))
#: What Orchestrator's mail client can use stands first; the others only prove the password.
MECHANISMS = ("LOGIN", "PLAIN", "CRAM-MD5")
OAUTH = frozenset(("XOAUTH2", "OAUTHBEARER"))


class MailError(Exception):
    """A step that failed, with what C(_diagnosis) needs to say why."""

    def __init__(
        self,
        text: str,
        *,
        code: int | None = None,
        error: tuple[str, ...] = (),
        conditions: tuple[str, ...] = (),
    ) -> None:
        super().__init__(text)
        self.code, self.error, self.conditions = code, error, conditions

    def symptom(self, stage: str, provider: str | None) -> Symptom:
        return Symptom(stage, self.code, str(self), self.error, self.conditions, provider)


@dataclass(frozen=True)
class Mail:
    """What to prove: the SMTP settings, and the message to send with them."""

    host: str
    port: int
    enable_ssl: bool
    username: str
    password: str = field(repr=False)
    sender: str
    recipients: tuple[str, ...]
    content: bytes = field(repr=False)
    timeout: float
    ca_path: str | None = None
    helo: str | None = None

    @property
    def implicit_tls(self) -> bool:
        return self.enable_ssl and self.port in IMPLICIT_TLS_PORTS


@dataclass
class Conversation:
    """How far the talk with the server has come."""

    mail: Mail
    deadline: Deadline
    smtp: smtplib.SMTP
    addresses: list[str] = field(default_factory=list)
    tls: dict[str, t.Any] | None = None
    mechanism: str | None = None
    logged_in: bool = False
    answers: dict[str, tuple[int, str]] = field(default_factory=dict)
    accepted: bool | None = False

    @classmethod
    def about(cls, mail: Mail) -> Conversation:
        smtp = smtplib.SMTP(local_hostname=mail.helo or _own_name())
        return cls(mail, Deadline(mail.timeout), smtp)

    @property
    def sock(self) -> DeadlineSocket:
        return t.cast(DeadlineSocket, self.smtp.sock)

    def talk_over(self, sock: DeadlineSocket) -> None:
        self.smtp.sock = t.cast(t.Any, sock)
        self.smtp.file = None

    def close(self) -> None:
        self.smtp.close()


def resolve(talk: Conversation) -> str:
    found = socket.getaddrinfo(talk.mail.host, talk.mail.port, type=socket.SOCK_STREAM)
    talk.addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    return ", ".join(talk.addresses)


def open_connection(talk: Conversation) -> str:
    talk.talk_over(connect(talk.mail.host, talk.mail.port, talk.deadline))
    return f"{talk.mail.host}:{talk.mail.port}"


def implicit_tls(talk: Conversation) -> str | None:
    return _encrypt(talk) if talk.mail.implicit_tls else None


def banner(talk: Conversation) -> str:
    code, text = talk.smtp.getreply()
    return _expect(code, text, 220)


def ehlo(talk: Conversation) -> str:
    code, text = talk.smtp.ehlo()
    _expect(code, text, 250)
    return ", ".join(sorted(talk.smtp.esmtp_features)) or "no extensions"


def starttls(talk: Conversation) -> str | None:
    if not talk.mail.enable_ssl or talk.mail.implicit_tls:
        return None
    if not talk.smtp.has_extn("starttls"):
        text = "STARTTLS extension not supported by server."
        raise MailError(text, conditions=("starttls_not_offered",))
    # Without a buffer, bytes behind the answer stay in the socket, where they can be seen.
    talk.smtp.file = talk.sock.makefile("rb", 1)
    code, text_ = talk.smtp.docmd("STARTTLS")
    return _expect(code, text_, 220)


def start_encryption(talk: Conversation) -> str | None:
    if not talk.mail.enable_ssl or talk.mail.implicit_tls:
        return None
    # A server waits for the client now; bytes that are already there were put in by somebody else.
    if _unread(talk):
        text = "The server sent more text after its answer to STARTTLS."
        raise MailError(text, conditions=("starttls_injection",))
    detail = _encrypt(talk)
    code, text_ = talk.smtp.ehlo()
    _expect(code, text_, 250)
    return detail


def mechanisms(talk: Conversation) -> str:
    offered = talk.smtp.esmtp_features.get("auth", "").upper().split()
    talk.mechanism = next((name for name in MECHANISMS if name in offered), None)
    return " ".join(offered) or "none"


def login(talk: Conversation) -> str | None:
    mail = talk.mail
    if not mail.username:
        return None
    if talk.mechanism is None:
        raise _no_mechanism(talk.smtp.esmtp_features.get("auth", "").upper().split())
    talk.smtp.user, talk.smtp.password = mail.username, mail.password
    respond = getattr(talk.smtp, "auth_" + talk.mechanism.lower().replace("-", "_"))
    talk.smtp.auth(talk.mechanism, respond, initial_response_ok=talk.mechanism != "LOGIN")
    talk.logged_in = True
    return f"as {clean(mail.username)} with {talk.mechanism}"


def sender(talk: Conversation) -> str:
    code, text = talk.smtp.mail(talk.mail.sender)
    return _expect(code, text, 250)


def recipients(talk: Conversation) -> str:
    """Offer every recipient; a refused one fails the step, after all were asked."""
    refused: MailError | None = None
    for address in talk.mail.recipients:
        code, text = talk.smtp.rcpt(address)
        talk.answers[address] = code, _said(text)
        if code not in (250, 251):
            refused = refused or MailError(f"{code} {_said(text)}", code=code)
    if refused is not None:
        raise refused
    return ", ".join(talk.mail.recipients)


def data(talk: Conversation) -> str:
    code, text = talk.smtp.docmd("DATA")
    return _expect(code, text, 354)


def accepted(talk: Conversation) -> str:
    # From here on a broken connection proves nothing: the server may have the message.
    talk.accepted = None
    stuffed = b"".join(
        b"." + line if line.startswith(b".") else line
        for line in talk.mail.content.splitlines(keepends=True)
    )
    talk.smtp.send(stuffed + b".\r\n")
    code, text = talk.smtp.getreply()
    talk.accepted = code == 250
    return _expect(code, text, 250)


def _encrypt(talk: Conversation) -> str:
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if talk.mail.ca_path:
        context.load_verify_locations(cafile=talk.mail.ca_path)
    secured = talk.sock.start_tls(context, talk.mail.host)
    talk.talk_over(secured)
    talk.tls = _certificate(t.cast(ssl.SSLSocket, secured.raw))
    return f"{talk.tls['version']}, certificate for {', '.join(talk.tls['names'])}"


def _certificate(secured: ssl.SSLSocket) -> dict[str, t.Any]:
    shown: t.Mapping[str, t.Any] = secured.getpeercert() or {}
    ends = ssl.cert_time_to_seconds(str(shown["notAfter"]))
    names = [clean(name) for kind, name in shown.get("subjectAltName", ()) if kind != "email"]
    days = int((ends - time.time()) // 86400)
    return {"version": secured.version(), "names": names, "days_left": days}


def _unread(talk: Conversation) -> bool:
    return bool(select.select([talk.sock.raw], [], [], 0)[0])


def _no_mechanism(offered: t.Sequence[str]) -> MailError:
    if not offered:
        return MailError("SMTP AUTH is not offered.", conditions=("auth_not_offered",))
    only_oauth = set(offered) <= OAUTH
    condition = "auth_only_oauth" if only_oauth else "auth_without_login"
    return MailError("AUTH " + " ".join(offered), conditions=(condition,))


def _expect(code: int, text: bytes, wanted: int) -> str:
    if code != wanted:
        raise MailError(f"{code} {_said(text)}", code=code)
    return _said(text)


def _said(text: bytes) -> str:
    return clean(text.decode("utf-8", "replace"))


def _own_name() -> str:
    name = socket.gethostname()
    return name if "." in name else "[127.0.0.1]"


def as_mail_error(exc: Exception) -> MailError:
    """Whatever a step raised, as a L(MailError)."""
    if isinstance(exc, MailError):
        return exc
    if isinstance(exc, smtplib.SMTPResponseException):
        said = exc.smtp_error
        text = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
        return MailError(f"{exc.smtp_code} {clean(text)}", code=exc.smtp_code)
    # smtplib says only that the connection is gone; a passed deadline is behind it.
    cause = exc.__context__ if isinstance(exc.__context__, OSError) else exc
    return MailError(clean(str(cause)), error=exception_names(cause))
