# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""As much IMAP as it takes to look for one message: login, SELECT, SEARCH HEADER, logout."""

from __future__ import annotations

import asyncio
import hmac
import shlex
import typing as t

if t.TYPE_CHECKING:
    from ._server import Mailbox


class Imap(asyncio.Protocol):
    """One IMAP session over the messages of a mailbox (RFC 3501, the part named above)."""

    def __init__(self, mailbox: Mailbox) -> None:
        self._mailbox = mailbox
        self._pending = b""
        self._logged_in = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = t.cast(asyncio.Transport, transport)
        self._send("* OK IMAP4rev1 ready")

    def data_received(self, data: bytes) -> None:
        *lines, self._pending = (self._pending + data).split(b"\r\n")
        for line in lines:
            tag, command, *arguments = shlex.split(line.decode())
            answer = getattr(self, f"_do_{command.lower()}", self._unknown)
            self._send(f"{tag} {answer(arguments)}")
            if command.lower() == "logout":
                self._transport.close()

    def _send(self, line: str) -> None:
        self._transport.write(line.encode() + b"\r\n")

    def _do_capability(self, unused: list[str]) -> str:
        self._send("* CAPABILITY IMAP4rev1")
        return "OK done"

    def _do_login(self, arguments: list[str]) -> str:
        expected = [self._mailbox.username, self._mailbox.password]
        self._logged_in = hmac.compare_digest("\0".join(arguments), "\0".join(expected))
        return "OK welcome" if self._logged_in else "NO [AUTHENTICATIONFAILED] Invalid credentials"

    def _do_examine(self, arguments: list[str]) -> str:
        if not self._logged_in:
            return "BAD log in first"
        if arguments[0].upper() != "INBOX":
            return f"NO [NONEXISTENT] no mailbox {arguments[0]}"
        self._send(f"* {len(self._mailbox.messages)} EXISTS")
        return "OK [READ-ONLY] done"

    _do_select = _do_examine

    def _do_noop(self, unused: list[str]) -> str:
        return "OK done"

    def _do_search(self, arguments: list[str]) -> str:
        name, text = arguments[-2:]
        found = [
            str(number)
            for number, message in enumerate(self._mailbox.messages, 1)
            if text.lower() in str(message.parsed[name] or "").lower()
        ]
        self._send(" ".join(["* SEARCH", *found]))
        return "OK done"

    def _do_logout(self, unused: list[str]) -> str:
        self._send("* BYE")
        return "OK done"

    def _unknown(self, unused: list[str]) -> str:
        return "BAD unknown command"
