# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The stages of a test message; each does one thing to a ``Conversation``.

A stage returns what it found, or None when it does not apply; it raises ``MailError``,
``smtplib.SMTPException`` or ``OSError``.
"""

from __future__ import annotations

import typing as t

from .._deadline import reach_one
from .._deadline import resolve as addresses_of
from .._output.redact import clean
from .._phrase import joined, say
from .login import MECHANISMS, authenticate, no_mechanism
from .smtp import MailError, encrypt, expect, said, unread

if t.TYPE_CHECKING:
    from .smtp import Conversation

#: Refused recipients that are quoted.
MOST_TOLD = 3


def resolve(talk: Conversation) -> str:
    talk.addresses = addresses_of(talk.mail.host, talk.mail.port, talk.deadline)
    return ", ".join(talk.addresses)


def open_connection(talk: Conversation) -> str:
    """Connect to the first address that answers."""
    address, sock = reach_one(talk.addresses, talk.mail.port, talk.deadline)
    talk.talk_over(sock)
    return say("{address} port {port}", address=address, port=talk.mail.port)


def implicit_tls(talk: Conversation) -> str | None:
    return encrypt(talk) if talk.mail.implicit_tls else None


def banner(talk: Conversation) -> str:
    return expect(*talk.smtp.getreply(), 220)


def ehlo(talk: Conversation) -> str:
    expect(*talk.smtp.ehlo(), 250)
    return clean(", ".join(sorted(talk.smtp.esmtp_features))) or say("no extensions")


def starttls(talk: Conversation) -> str | None:
    if not talk.mail.enable_ssl or talk.mail.implicit_tls:
        return None
    if not talk.smtp.has_extn("starttls"):
        text = say("STARTTLS extension not supported by server.")
        raise MailError(text, conditions=("starttls_not_offered",))
    # Without a buffer, bytes behind the reply stay in the socket, where they can be seen.
    talk.smtp.file = t.cast(t.Any, talk.sock.makefile("rb", 1))
    return expect(*talk.smtp.docmd("STARTTLS"), 220)


def start_encryption(talk: Conversation) -> str | None:
    if not talk.mail.enable_ssl or talk.mail.implicit_tls:
        return None
    # The server now waits for the client, so data that is already here was injected.
    if unread(talk):
        text = say("More text came behind the reply to STARTTLS.")
        raise MailError(text, conditions=("starttls_injection",))
    detail = encrypt(talk)
    # What was said before TLS may have been forged.
    expect(*talk.smtp.ehlo(), 250)
    return detail


def mechanisms(talk: Conversation) -> str:
    talk.mechanism = next((name for name in MECHANISMS if name in talk.offered), None)
    return clean(" ".join(talk.offered)) or say("none")


def login(talk: Conversation) -> str | None:
    if not talk.mail.username:
        return None
    if talk.mechanism is None:
        raise no_mechanism(talk.offered)
    authenticate(talk, talk.mechanism)
    talk.logged_in = True
    user = clean(talk.mail.username)
    return say("as {user} with {kind}", user=user, kind=talk.mechanism)


def sender(talk: Conversation) -> str:
    sized = talk.smtp.has_extn("size")
    options = [f"SIZE={len(talk.mail.content)}"] if sized else []
    return expect(*talk.smtp.mail(talk.mail.sender, options), 250)


def recipients(talk: Conversation) -> str:
    """Offer every recipient; a refused one fails the step, after all were asked."""
    refused: list[str] = []
    for address in talk.mail.recipients:
        code, text = talk.smtp.rcpt(address)
        talk.replies[address] = code, said(text)
        # 252 promises an attempt, as gateways do that cannot ask the server behind them.
        if code not in (250, 251, 252):
            refused.append(address)
    if refused:
        raise MailError(_refusals(talk, refused), code=talk.replies[refused[0]][0])
    return ", ".join(talk.mail.recipients)


def _refusals(talk: Conversation, refused: t.Sequence[str]) -> str:
    """The first few in full; the result has all of them."""
    told = [
        say("{code} {text} (for {address})", code=code, text=text, address=clean(address))
        for address in refused[:MOST_TOLD]
        for code, text in [talk.replies[address]]
    ]
    more = len(refused) - len(told)
    return joined([*told, say("and {more} more", more=more)] if more else told, ", ")


def data(talk: Conversation) -> str:
    return expect(*talk.smtp.docmd("DATA"), 354)


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
    return expect(code, text, 250)
