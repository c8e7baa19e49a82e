# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the mail server was given: messages and login attempts."""

from __future__ import annotations

import email
import email.policy
import threading
import typing as t
from dataclasses import dataclass

if t.TYPE_CHECKING:
    from email.message import EmailMessage


@dataclass(frozen=True)
class Login:
    """One attempt to log in, good or bad; the password is not kept."""

    username: str
    mechanism: str
    accepted: bool
    encrypted: bool


@dataclass(frozen=True)
class Message:
    """One accepted message with its envelope."""

    sender: str
    recipients: tuple[str, ...]
    content: bytes
    login: str | None
    encrypted: bool

    @property
    def parsed(self) -> EmailMessage:
        """The message as the receiver's mail program reads it."""
        return email.message_from_bytes(self.content, policy=email.policy.default)

    @property
    def subject(self) -> str:
        return str(self.parsed["Subject"] or "")

    @property
    def text(self) -> str:
        """The plain-text body; empty when there is none."""
        body = self.parsed.get_body(("plain",))
        return "" if body is None else body.get_content()

    def public(self) -> dict[str, t.Any]:
        """For other processes: envelope, headers, text body."""
        return {
            "sender": self.sender,
            "recipients": list(self.recipients),
            "subject": self.subject,
            "from": str(self.parsed["From"] or ""),
            "message_id": str(self.parsed["Message-ID"] or ""),
            "text": self.text,
            "login": self.login,
            "encrypted": self.encrypted,
        }


class Store:
    """Messages and logins so far, in order; safe to read from any thread."""

    def __init__(self) -> None:
        self.messages: list[Message] = []
        self.logins: list[Login] = []
        self._changed = threading.Condition()

    def add(self, message: Message) -> None:
        with self._changed:
            self.messages.append(message)
            self._changed.notify_all()

    def clear(self) -> None:
        with self._changed:
            self.messages.clear()

    def wait_for(self, count: int, timeout: float) -> list[Message]:
        """The messages once there are ``count``; raises ``TimeoutError`` when they do not come."""
        with self._changed:
            if not self._changed.wait_for(lambda: len(self.messages) >= count, timeout):
                raise TimeoutError(f"{len(self.messages)} of {count} messages after {timeout} s")
            return list(self.messages)
