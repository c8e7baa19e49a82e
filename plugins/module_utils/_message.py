# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The test message: readable as text and as HTML, recognisable by a token.

Private to this collection; may change at any time.  Pure but for the random token and the clock.
"""

from __future__ import annotations

import html
import secrets
import typing as t
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, localtime

from ._errors import Failure

SUBJECT = "Test message from your Orchestrator's mail settings"
BODY = (
    "This message was sent to prove that the mail settings of your UiPath Orchestrator work.\n"
    "Nobody needs to answer it. If you can read it, alerts and password resets will arrive."
)


def new_token() -> str:
    """A word that stands in one message only."""
    return f"rpaops-{secrets.token_hex(6)}"


def build(
    sender: str, display_name: str, recipients: t.Sequence[str], subject: str, body: str, token: str
) -> EmailMessage:
    """A message with ``token`` in subject and Message-ID; raises L(Failure) for a bad address."""
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(display_name, addr_spec=_plain(sender, "default_from_address"))
    message["To"] = [Address(addr_spec=_plain(r, "recipients")) for r in recipients]
    message["Subject"] = f"{subject} [{token}]"
    message["Date"] = format_datetime(localtime())
    message["Message-ID"] = f"<{token}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(f"{body}\n\nTest {token}\n")
    message.add_alternative(_page(body, token), subtype="html")
    return message


def _plain(address: str, option: str) -> str:
    local, at, domain = address.rpartition("@")
    if not (at and local and domain) or any(c in address for c in "\r\n\0<>, "):
        reason = f"{address!r} is no plain address such as robots@example.com."
        raise Failure("invalid_option", option=option, reason=reason)
    return address


def _page(body: str, token: str) -> str:
    paragraphs = "".join(f"<p>{html.escape(line)}</p>" for line in body.splitlines() if line)
    return f"<html><body>{paragraphs}<p><small>Test {token}</small></p></body></html>\n"
