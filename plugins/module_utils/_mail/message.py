# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The test message: readable as text and as HTML, recognisable by a token.

Pure but for the random token and the clock.
"""

from __future__ import annotations

import html
import secrets
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, localtime

from .._errors import invalid
from .._host import LOCAL, ascii_host, is_host, is_ip
from .._output.redact import clean
from .._phrase import say

# Subject and token fit one line: some servers keep the blank that folding leaves.
SUBJECT = "Test of your Orchestrator mail settings"
BODY = (
    "This message was sent to prove that the mail settings of your UiPath Orchestrator work.\n"
    "Nobody needs to answer it. If you can read it, alerts and password resets will arrive."
)


def new_token() -> str:
    """A word that stands in one message only."""
    return f"rpaops-{secrets.token_hex(6)}"


def message_id(token: str, sender: str) -> str:
    """The Message-ID of the message with ``token``."""
    return f"<{token}@{sender.rpartition('@')[2]}>"


@dataclass(frozen=True)
class Envelope:
    """Who writes to whom; addresses come from ``plain_address``."""

    sender: str
    display_name: str
    recipients: tuple[str, ...]


def build(envelope: Envelope, subject: str, body: str, token: str) -> bytes:
    """A message with ``token`` in subject, text and Message-ID; 7 bits, lines end in CRLF."""
    message = EmailMessage(policy=SMTP.clone(cte_type="7bit"))
    message["From"] = Address(envelope.display_name, addr_spec=envelope.sender)
    message["To"] = [Address(addr_spec=address) for address in envelope.recipients]
    message["Subject"] = f"{subject} [{token}]"
    message["Date"] = format_datetime(localtime())
    message["Message-ID"] = message_id(token, envelope.sender)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(f"{body}\n\nTest {token}\n")
    message.add_alternative(_page(body, token), subtype="html")
    return message.as_bytes()


def plain_address(address: str, option: str) -> str:
    """``address`` with an ASCII domain; raises ``Failure`` when a mail server could not take it."""
    local, _at, domain = address.rpartition("@")
    if not local.isascii():
        reason = say(
            "{address!r} needs plain letters before the @; few mail servers carry others",
            address=clean(address, 80),
        )
        raise invalid(option, reason)
    try:
        domain = ascii_host(domain)
    except UnicodeError:
        reason = say("{domain!r} cannot be sent as it is; write its xn-- form", domain=domain)
        raise invalid(option, reason) from None
    is_usable = is_host(domain) and not is_ip(domain) and not domain.endswith(".")
    if not (LOCAL.fullmatch(local) and is_usable):
        reason = say(
            "{address!r} is not a plain address such as robots@example.com",
            address=clean(address, 80),
        )
        raise invalid(option, reason)
    return f"{local}@{domain}"


def _page(body: str, token: str) -> str:
    paragraphs = "".join(f"<p>{html.escape(line)}</p>" for line in body.splitlines() if line)
    return f"<html><body>{paragraphs}<p><small>Test {token}</small></p></body></html>\n"
