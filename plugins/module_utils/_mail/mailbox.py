# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Looking for the test message where it should arrive: a mailbox, asked over IMAP with TLS.

That a server accepted a message proves no delivery: some providers drop it later.
"""

from __future__ import annotations

import imaplib
import itertools
import ssl
import time
import typing as t
from dataclasses import dataclass, field

from .._deadline import Deadline, DeadlineSocket, connect
from .._output.redact import clean
from .smtp import MailError

#: Seconds between two looks, growing up to the last.
PAUSES = (0.1, 0.3, 0.6, 1.0, 2.0, 5.0)


@dataclass(frozen=True)
class Seen:
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


def wait_until_seen(seen: Seen, token: str) -> str:
    """Wait for a message with ``token`` in its subject; raises ``MailError`` if none comes."""
    deadline = Deadline(seen.timeout)
    try:
        imap = _sign_in(seen, deadline)
        try:
            return _await(imap, token, seen, deadline)
        finally:
            imap.shutdown()
    except (OSError, imaplib.IMAP4.error) as exc:
        text = f"{seen.host}:{seen.port}: {clean(str(exc))}"
        raise MailError(text, conditions=("mailbox_unusable",)) from exc


def _sign_in(seen: Seen, deadline: Deadline) -> _Imap:
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if seen.ca_path:
        context.load_verify_locations(cafile=seen.ca_path)
    imap = _Imap(connect(seen.host, seen.port, deadline).start_tls(context, seen.host))
    imap.login(seen.username, seen.password)
    answer, found = imap.select(f'"{seen.mailbox}"', readonly=True)
    if answer != "OK":
        raise imaplib.IMAP4.error(f"mailbox {seen.mailbox}: {found!r}")
    return imap


def _await(imap: _Imap, token: str, seen: Seen, deadline: Deadline) -> str:
    try:
        for looks in itertools.count():
            if _found(imap, token):
                return f"in {seen.mailbox} of {clean(seen.username)}"
            time.sleep(min(PAUSES[min(looks, len(PAUSES) - 1)], deadline.remaining()))
            imap.noop()
    except (OSError, imaplib.IMAP4.error):
        # imaplib has its own names for a deadline that passes while it talks.
        if not _over(deadline):
            raise
    raise MailError(
        f"not in {seen.mailbox} of {seen.username} after {seen.timeout:g} s",
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
