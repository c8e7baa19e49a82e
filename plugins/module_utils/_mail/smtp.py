# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The one door to mail: a connection to an SMTP server, what it said, and how it failed.

``smtplib`` writes the commands.  Reading is done here, because ``smtplib`` guesses at garbage and
hides what came behind a reply; so are certificates, which it does not verify by itself.
"""

from __future__ import annotations

import contextlib
import io
import re
import select
import smtplib
import socket
import ssl
import time
import typing as t
from dataclasses import dataclass, field

from .._deadline import Deadline, DeadlineSocket
from .._knowledge.diagnosis import exception_names
from .._knowledge.diagnosis_row import Condition, Stage, Symptom
from .._output.redact import clean
from .._phrase import Phrase, say
from .._settings import IMPLICIT_TLS_PORTS
from .._tls import client_context, shared_context

#: A reply has few and short lines (RFC 5321, 4.5.3.1.5); more is no mail server, or an attack.
MAX_LINES, MAX_LINE = 128, 4096
REPLY_LINE = re.compile(rb"([2-5]\d\d)(?:([ -])([^\r\n]*))?\r?\n")
#: Seconds that QUIT may take.
QUIT_SECONDS = 2.0


class MailError(Exception):
    """A step that failed, with what ``diagnosis`` needs to say why.

    Its ``phrase`` is short and harmless; one made of our words and facts is a ``Phrase``.
    """

    def __init__(
        self,
        phrase: str,
        *,
        code: int | None = None,
        error: tuple[str, ...] = (),
        conditions: tuple[Condition, ...] = (),
    ) -> None:
        super().__init__(str(phrase))
        self.phrase = phrase
        self.code, self.error, self.conditions = code, error, conditions

    def symptom(
        self, stage: Stage, login: bool | None, conditions: tuple[Condition, ...]
    ) -> Symptom:
        known = (*self.conditions, *conditions)
        return Symptom(stage, self.code, str(self), self.error, known, login)


@dataclass(frozen=True)
class Mail:
    """What to prove: the SMTP settings, and the message to send with them.

    Every text is free of line ends and NUL; host and addresses are ASCII.
    """

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
    tls_on_connect: bool | None = None

    @property
    def implicit_tls(self) -> bool:
        """Whether TLS starts with the connection: as told, else by the port."""
        wanted = self.tls_on_connect
        by_port = self.port in IMPLICIT_TLS_PORTS
        return self.enable_ssl and (by_port if wanted is None else wanted)


class _Client(smtplib.SMTP):
    """``smtplib`` with a reader that takes nothing but SMTP replies."""

    def getreply(self) -> tuple[int, bytes]:
        if self.file is None:
            self.file = t.cast(DeadlineSocket, self.sock).makefile("rb")
        lines: list[bytes] = []
        while len(lines) < MAX_LINES:
            code, more, text = self._reply_line()
            lines.append(text)
            if not more:
                return code, b"\n".join(lines)
        raise MailError(say("The reply does not end."), conditions=("not_smtp",))

    def _reply_line(self) -> tuple[int, bool, bytes]:
        line = t.cast(io.BufferedReader, self.file).readline(MAX_LINE)
        found = REPLY_LINE.fullmatch(line)
        if found:
            code, mark, text = found.groups()
            return int(code), mark == b"-", text or b""
        if len(line) < MAX_LINE and not line.endswith(b"\n"):
            raise smtplib.SMTPServerDisconnected("Connection unexpectedly closed")
        raise MailError(said(line) or say("an empty line"), conditions=("not_smtp",))


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
    replies: dict[str, tuple[int, str]] = field(default_factory=dict)
    accepted: bool | None = False

    @classmethod
    def about(cls, mail: Mail) -> Conversation:
        smtp = _Client(local_hostname=mail.helo or own_name())
        return cls(mail, Deadline(mail.timeout), smtp)

    @property
    def sock(self) -> DeadlineSocket:
        return t.cast(DeadlineSocket, self.smtp.sock)

    @property
    def offered(self) -> list[str]:
        """The login mechanisms that the server offers now."""
        return self.smtp.esmtp_features.get("auth", "").upper().split()

    def talk_over(self, sock: DeadlineSocket) -> None:
        self.smtp.sock = t.cast(t.Any, sock)
        self.smtp.file = None

    def close(self) -> None:
        """Send QUIT and close; errors are passed over, as the outcome is known by then."""
        with contextlib.suppress(Exception):
            if self.smtp.sock is not None and self.accepted is not None:
                self.sock.deadline = Deadline(min(QUIT_SECONDS, self.deadline.remaining()))
                self.smtp.docmd("QUIT")
        with contextlib.suppress(OSError):
            self.smtp.close()


def encrypt(talk: Conversation) -> str:
    """TLS from here on; raises ``ssl.SSLError`` unless the certificate is good for the host."""
    ca_path = talk.mail.ca_path
    context = client_context(ca_path) if ca_path else shared_context()
    secured = talk.sock.start_tls(context, talk.mail.host)
    talk.talk_over(secured)
    talk.tls = _certificate(t.cast(ssl.SSLSocket, secured.raw))
    names = ", ".join(talk.tls["names"])
    return say(
        "{version}, certificate for {names}, {days} days left",
        version=talk.tls["version"],
        names=names,
        days=talk.tls["days_left"],
    )


def _certificate(secured: ssl.SSLSocket) -> dict[str, t.Any]:
    shown: t.Mapping[str, t.Any] = secured.getpeercert() or {}
    ends = ssl.cert_time_to_seconds(str(shown["notAfter"]))
    names = [clean(name) for kind, name in shown.get("subjectAltName", ()) if kind != "email"]
    issuer = [clean(value) for part in shown.get("issuer", ()) for _name, value in part]
    return {
        "version": secured.version(),
        "names": names,
        "issuer": ", ".join(issuer),
        "days_left": int((ends - time.time()) // 86400),
    }


def unread(talk: Conversation) -> bool:
    """Whether data that was not asked for waits to be read; a closed connection has none."""
    raw = talk.sock.raw
    return bool(select.select([raw], [], [], 0)[0] and raw.recv(1, socket.MSG_PEEK))


def expect(code: int, text: bytes, *wanted: int) -> str:
    """The text of a reply with one of the ``wanted`` codes; raises ``MailError`` for another."""
    if code not in wanted:
        raise MailError(say("{code} {text}", code=code, text=said(text)), code=code)
    return said(text)


def said(text: bytes) -> str:
    return clean(text.decode("utf-8", "replace"))


def own_name() -> str:
    name = socket.gethostname()
    return name if "." in name and name.isascii() else "[127.0.0.1]"


def as_mail_error(exc: Exception) -> MailError:
    """What a step raised, as a ``MailError``.

    A library that trips over an answer raises anything, and only the answer can be the reason.
    """
    if isinstance(exc, MailError):
        return exc
    if not isinstance(exc, (OSError, smtplib.SMTPException)):
        kind, text = type(exc).__name__, clean(str(exc), 80)
        phrase = say("The answer cannot be read ({kind}: {text}).", kind=kind, text=text)
        return MailError(phrase, conditions=("not_smtp",))
    # smtplib says only that the connection is gone; a passed deadline may be behind it.
    cause = exc.__context__ if isinstance(exc.__context__, OSError) else exc
    ours = [words for words in cause.args if isinstance(words, Phrase)]
    return MailError(ours[0] if ours else clean(str(cause)), error=exception_names(cause))
