# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Looking for the test message where it should arrive: a mailbox, asked over IMAP with TLS.

That a server accepted a message proves no delivery: some providers drop it later.
"""

from __future__ import annotations

import base64
import imaplib
import itertools
import re
import time
import typing as t
from dataclasses import dataclass, field

from .._deadline import Deadline, DeadlineSocket, connect
from .._output.redact import clean
from .._phrase import say
from .._tls import client_context, shared_context
from .smtp import MailError, as_mail_error

#: What one look for a message takes, many times over.
MOST_OCTETS, MOST_OF_A_LINE = 1024 * 1024, 64 * 1024
_BEYOND_ASCII = re.compile(r"&|[^ -~]+")
_ATOM = re.compile(r"[A-Za-z0-9@._+-]+")
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
    """``imaplib`` over a connection with a deadline, and with a limit to what one look reads."""

    def __init__(self, sock: DeadlineSocket) -> None:
        self._ready = sock
        self._left = MOST_OCTETS
        super().__init__()

    def _create_socket(self, timeout: float | None = None) -> t.Any:
        return self._ready

    def readline(self) -> bytes:
        line = t.cast(bytes, self.file.readline(MOST_OF_A_LINE))
        self._take(len(line))
        return line

    def read(self, size: int) -> bytes:
        # The size is the server's to say; memory for it is taken before anything arrives.
        self._take(size)
        return super().read(size)

    def start_over(self) -> None:
        """Count from here, and forget what was said without being asked for: a wait may be long."""
        self._left = MOST_OCTETS
        self.untagged_responses.clear()

    def _take(self, size: int) -> None:
        self._left -= size
        if self._left < 0:
            raise self.error(f"it said more than {MOST_OCTETS >> 20} MiB")

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
        mail_error = as_mail_error(exc) if isinstance(exc, OSError) else MailError(clean(str(exc)))
        phrase = say(
            "{host}:{port}: {text}", host=inbox.host, port=inbox.port, text=mail_error.phrase
        )
        raise MailError(phrase, conditions=("mailbox_unusable",)) from exc


def _sign_in(inbox: Inbox, deadline: Deadline) -> _Imap:
    context = client_context(inbox.ca_path) if inbox.ca_path else shared_context()
    imap = _Imap(connect(inbox.host, inbox.port, deadline).start_tls(context, inbox.host))
    imap.login(_quoted(inbox.username), inbox.password)
    answer, found = imap.select(_quoted(modified_utf7(inbox.mailbox)), readonly=True)
    if answer != "OK":
        raise imaplib.IMAP4.error(f"mailbox {inbox.mailbox}: {found!r}")
    return imap


def modified_utf7(name: str) -> str:
    """The name of a mailbox as it is sent (RFC 3501, 5.1.3): ``Entwürfe`` is ``Entw&APw-rfe``."""
    return _BEYOND_ASCII.sub(_in_base64, name)


def _in_base64(found: re.Match[str]) -> str:
    if found[0] == "&":
        return "&-"
    octets = base64.b64encode(found[0].encode("utf-16-be")).rstrip(b"=").decode("ascii")
    return f"&{octets.replace('/', ',')}-"


def _quoted(text: str) -> str:
    """``text`` as one argument of a command."""
    if _ATOM.fullmatch(text):
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _await(imap: _Imap, token: str, inbox: Inbox, deadline: Deadline) -> str:
    try:
        for looks in itertools.count():
            imap.start_over()
            if _found(imap, token):
                return say("in {mailbox} of {user}", **_of(inbox))
            time.sleep(min(PAUSES[min(looks, len(PAUSES) - 1)], deadline.remaining()))
            imap.noop()
    except (OSError, imaplib.IMAP4.error):
        # imaplib has its own names for a deadline that passes while it talks.
        if deadline.allows(0):
            raise
    phrase = say(
        "not in {mailbox} of {user} after {seconds:g} s", seconds=inbox.timeout, **_of(inbox)
    )
    raise MailError(phrase, conditions=("not_seen",))


def _of(inbox: Inbox) -> dict[str, str]:
    return {"mailbox": clean(inbox.mailbox), "user": clean(inbox.username)}


def _found(imap: _Imap, token: str) -> bool:
    answer, found = imap.search(None, "SUBJECT", f'"{token}"')
    return answer == "OK" and bool(found[0])
