# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Looking for the test message where it should arrive: a mailbox, asked over IMAP with TLS.

That a server accepted a message proves no delivery: some providers drop it later.
"""

from __future__ import annotations

import imaplib
import itertools
import time
import typing as t
from dataclasses import dataclass, field

from .._deadline import Deadline, DeadlineSocket, connect
from .._output.redact import clean
from .._tls import client_context
from .smtp import MailError

#: Seconds between two looks, growing up to the last.
PAUSES = (0.1, 0.3, 0.6, 1.0, 2.0, 5.0)


@dataclass(frozen=True)
class Inbox:
    """Where to look and how long; every text is free of line ends and NUL."""

    host: str
    port: int
    username: str
    password: str = field(repr=False)
    mailbox: str
    timeout: float
    ca_path: str | None = None


class _Imap(imaplib.IMAP4):
    """``imaplib`` over a connection with a deadline."""

    def __init__(self, sock: DeadlineSocket) -> None:
        self._ready = sock
        super().__init__()

    def _create_socket(self, timeout: float | None = None) -> t.Any:
        return self._ready

    def shutdown(self) -> None:
        self._ready.raw.close()


def wait_until_seen(inbox: Inbox, token: str) -> str:
    """Wait for a message with ``token`` in its subject; raises ``MailError`` if none comes."""
    deadline = Deadline(inbox.timeout)
    try:
        imap = _sign_in(inbox, deadline)
        try:
            return _await(imap, token, inbox, deadline)
        finally:
            imap.shutdown()
    except (OSError, imaplib.IMAP4.error) as exc:
        text = f"{inbox.host}:{inbox.port}: {clean(str(exc))}"
        raise MailError(text, conditions=("mailbox_unusable",)) from exc


def _sign_in(inbox: Inbox, deadline: Deadline) -> _Imap:
    context = client_context(inbox.ca_path)
    imap = _Imap(connect(inbox.host, inbox.port, deadline).start_tls(context, inbox.host))
    imap.login(inbox.username, inbox.password)
    answer, found = imap.select(f'"{inbox.mailbox}"', readonly=True)
    if answer != "OK":
        raise imaplib.IMAP4.error(f"mailbox {inbox.mailbox}: {found!r}")
    return imap


def _await(imap: _Imap, token: str, inbox: Inbox, deadline: Deadline) -> str:
    try:
        for looks in itertools.count():
            if _found(imap, token):
                return f"in {inbox.mailbox} of {clean(inbox.username)}"
            time.sleep(min(PAUSES[min(looks, len(PAUSES) - 1)], deadline.remaining()))
            imap.noop()
    except (OSError, imaplib.IMAP4.error):
        # imaplib has its own names for a deadline that passes while it talks.
        if not _over(deadline):
            raise
    raise MailError(
        f"not in {inbox.mailbox} of {inbox.username} after {inbox.timeout:g} s",
        conditions=("not_seen",),
    )


def _over(deadline: Deadline) -> bool:
    try:
        deadline.remaining()
    except TimeoutError:
        return True
    return False


def _found(imap: _Imap, token: str) -> bool:
    answer, found = imap.search(None, "SUBJECT", f'"{token}"')
    return answer == "OK" and bool(found[0])
