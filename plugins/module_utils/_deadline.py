# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One deadline over a whole conversation, shared by the HTTP and the SMTP door.

A socket timeout bounds one read.  A server that sends a byte now and then is never late by that
measure, so every read and write here gets at most what is left of the whole.
"""

from __future__ import annotations

import io
import queue
import select
import socket
import ssl
import threading
import time
import typing as t

from ._host import is_ip
from ._phrase import say

#: What a socket raises when its timeout passes; before Python 3.10 these are two classes.
LATE = (TimeoutError, socket.timeout)
#: Seconds after which a peer that does not answer a TLS handshake may not speak TLS at all.
SILENT_SECONDS = 1.0


#: The longest deadline, in seconds; socket timeouts cannot be much longer.
LONGEST = 86_400.0


class Deadline:
    """A point in time ``seconds`` from now by which everything has to be over."""

    def __init__(self, seconds: float) -> None:
        self.seconds = min(seconds, LONGEST)
        self._end = time.monotonic() + self.seconds

    def allows(self, seconds: float) -> bool:
        """Whether there is more time left than ``seconds``."""
        return self._end - time.monotonic() > seconds

    def remaining(self) -> float:
        """Seconds left, never zero; raises ``TimeoutError`` when there are none."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError(say("the deadline has passed"))
        return left


class _Reader(io.RawIOBase):
    def __init__(self, owner: DeadlineSocket) -> None:
        super().__init__()
        self._owner = owner
        self._has_ended = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: t.Any) -> int:
        return 0 if self._has_ended else self._owner.recv_into(buffer)

    def end(self) -> None:
        """Report the end of the stream from now on."""
        self._has_ended = True

    def close(self) -> None:
        if not self.closed:
            super().close()
            self._owner.reader_closed()


class _Buffered(io.BufferedReader):
    """A buffered reader that tells its owner when it is closed with unread data in it."""

    def __init__(self, owner: DeadlineSocket, size: int) -> None:
        self._reader = _Reader(owner)
        super().__init__(self._reader, size)
        self._owner = owner

    def close(self) -> None:
        if not self.closed:
            self._reader.end()
            self._owner.is_followed |= bool(self.peek(1))
        super().close()


class DeadlineSocket:
    """A connected socket whose every read and write ends with ``deadline``.

    Has what ``http.client`` and ``smtplib`` use of a socket.  ``deadline`` may be replaced between
    two uses of a kept-alive connection.  ``is_followed`` tells that more arrived than was read.
    """

    def __init__(self, sock: socket.socket, deadline: Deadline) -> None:
        self.raw = sock
        self.deadline = deadline
        self.is_followed = False
        self._readers = 0
        self._closing = False
        self._armed = 0.0
        # Not select(), which knows no descriptor beyond 1,023.
        self._look = select.poll()
        self._look.register(sock, select.POLLIN)

    def _arm(self) -> None:
        """Let the next call end with the deadline, give or take a hundredth of what is left."""
        left = self.deadline.remaining()
        # Setting a timeout is a system call, which with many threads costs as much as a request.
        if not left * 0.99 <= self._armed <= left * 1.01:
            self.raw.settimeout(left)
            self._armed = left

    def recv_into(self, buffer: t.Any) -> int:
        self._arm()
        return self.raw.recv_into(buffer)

    def sendall(self, data: t.Any) -> None:
        self._arm()
        self.raw.sendall(data)

    def makefile(
        self, mode: str = "rb", buffering: int = io.DEFAULT_BUFFER_SIZE
    ) -> io.BufferedReader:
        self._readers += 1
        return _Buffered(self, buffering)

    def is_quiet(self) -> bool:
        """Whether the peer is still connected, and has sent nothing since the last read."""
        if self.is_followed or (isinstance(self.raw, ssl.SSLSocket) and self.raw.pending()):
            return False
        return not self._look.poll(0) or self._is_about_tls()

    def _is_about_tls(self) -> bool:
        """Whether the waiting data belongs to TLS itself, such as a session ticket."""
        if not isinstance(self.raw, ssl.SSLSocket):
            return False
        self._armed = 0.0
        self.raw.settimeout(0.0)
        try:
            self.raw.recv(1)
        except ssl.SSLWantReadError:
            return True
        except OSError:
            return False
        return False

    def reader_closed(self) -> None:
        self._readers -= 1
        if self._closing and not self._readers:
            self.raw.close()

    def close(self) -> None:
        # http.client closes the connection first and reads the rest of the answer afterwards.
        self._closing = True
        if not self._readers:
            self.raw.close()

    def start_tls(
        self,
        context: ssl.SSLContext,
        host: str,
        when_silent: t.Callable[[socket.socket], None] | None = None,
    ) -> DeadlineSocket:
        """The same connection, encrypted; raises ``ssl.SSLError`` for a bad certificate.

        ``when_silent`` is called once when the peer has not finished its part after
        ``SILENT_SECONDS``; it may raise, and is given the socket that is waited for.
        """
        secured = context.wrap_socket(self.raw, server_hostname=host, do_handshake_on_connect=False)
        try:
            if when_silent is None or not self._greeted_soon(secured):
                if when_silent is not None:
                    when_silent(secured)
                secured.settimeout(self.deadline.remaining())
                secured.do_handshake()
        except BaseException:
            secured.close()
            raise
        return DeadlineSocket(secured, self.deadline)

    def _greeted_soon(self, secured: ssl.SSLSocket) -> bool:
        """Whether the handshake ends within ``SILENT_SECONDS``; if not, it can be continued."""
        secured.settimeout(min(SILENT_SECONDS, self.deadline.remaining()))
        try:
            secured.do_handshake()
        except LATE:
            return False
        return True


def resolve(host: str, port: int, deadline: Deadline) -> list[str]:
    """The addresses of ``host``; raises ``socket.gaierror`` when there are none in time."""
    if is_ip(host):
        return [host]
    # getaddrinfo takes no timeout, so it runs in a thread that can be abandoned.
    answer: queue.Queue[list[t.Any] | OSError] = queue.Queue()

    def ask() -> None:
        try:
            answer.put(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except OSError as exc:
            answer.put(exc)
        except (ValueError, OverflowError):
            # A label that is empty or too long, or a name beyond what IDNA knows.
            answer.put(socket.gaierror(socket.EAI_NONAME, say("this is not a host name")))

    threading.Thread(target=ask, daemon=True).start()
    try:
        found = answer.get(timeout=deadline.remaining())
    except queue.Empty:
        raise socket.gaierror(say("the name servers do not answer in time")) from None
    if isinstance(found, OSError):
        raise found
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def connect(host: str, port: int, deadline: Deadline) -> DeadlineSocket:
    """Open a TCP connection to the first address that answers.

    Raises ``OSError`` (``socket.gaierror`` for an unknown name).
    """
    return reach_one(resolve(host, port, deadline), port, deadline)[1]


def reach_one(
    addresses: t.Sequence[str], port: int, deadline: Deadline
) -> tuple[str, DeadlineSocket]:
    """The first of ``addresses`` that answers, and a connection to it; raises ``OSError``."""
    *others, last = addresses
    for address in others:
        try:
            return address, reach(address, port, deadline)
        except OSError:
            continue
    return last, reach(last, port, deadline)


def reach(address: str, port: int, deadline: Deadline) -> DeadlineSocket:
    """Open a TCP connection to an IP address; raises ``OSError``."""
    sock = socket.create_connection((address, port), timeout=deadline.remaining())
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return DeadlineSocket(sock, deadline)
