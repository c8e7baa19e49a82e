# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The test message of the verify calls, really sent."""

from __future__ import annotations

import dataclasses
import email.message
import email.utils
import smtplib
import ssl

Trust = ssl.SSLContext | str | None


@dataclasses.dataclass(frozen=True)
class Model:
    """The mail settings a verify call wants tried."""

    host: str
    port: int
    user: str = ""
    password: str = ""
    domain: str = ""
    ssl: bool = False
    default_credentials: bool = False
    sender: str = ""
    sender_name: str = ""


class MailFailure(Exception):
    """The message was not sent; the text is what the mail server or the library said."""


def send(model: Model, recipient: str, mailbox: tuple[str, int] | None, trust: Trust) -> None:
    """Send one message as .NET's client would: STARTTLS when SSL is on, sign in when told to.

    ``mailbox`` replaces host and port, so that a test can declare a provider's name and still be
    served by a mail server of its own. ``trust`` is a context or a certificate authority's path.
    """
    host, port = mailbox or (model.host, model.port)
    try:
        with smtplib.SMTP(host, port, timeout=10) as session:
            _speak(session, model, recipient, trust)
    except smtplib.SMTPResponseException as error:
        raise MailFailure(f"{error.smtp_code} {_text(error.smtp_error)}") from error
    except smtplib.SMTPRecipientsRefused as error:
        code, said = next(iter(error.recipients.values()))
        raise MailFailure(f"{code} {_text(said)}") from error
    except (OSError, smtplib.SMTPException) as error:
        raise MailFailure(f"Failure sending mail. {error}") from error


def _speak(session: smtplib.SMTP, model: Model, recipient: str, trust: Trust) -> None:
    if model.ssl:
        session.starttls(context=_context(trust))
    if model.user and not model.default_credentials:
        session.login(model.user, model.password)
    message = email.message.EmailMessage()
    message["Subject"] = "Orchestrator test email"
    message["From"] = email.utils.formataddr((model.sender_name, model.sender))
    message["To"] = recipient
    message["Date"] = email.utils.formatdate()
    message["Message-ID"] = email.utils.make_msgid(domain="orchestrator.example.com")
    message.set_content(
        "This is a test email that proves the mail settings of your Orchestrator.\n"
    )
    session.send_message(message, from_addr=model.sender, to_addrs=[recipient])


def _context(trust: Trust) -> ssl.SSLContext:
    if isinstance(trust, ssl.SSLContext):
        return trust
    return ssl.create_default_context(cafile=trust)


def _text(said: bytes | str) -> str:
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else said
