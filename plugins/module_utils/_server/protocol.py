# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which protocol a port speaks, asked with nothing that could be secret.

A server that gets TLS where it expects HTTP, or the reverse, mostly hangs up or does not answer at
all, so what it does speak is found out by another connection.
"""

from __future__ import annotations

import re
import selectors
import ssl
import typing as t
from dataclasses import replace

from .._deadline import Deadline, DeadlineSocket, connect
from .._errors import Failure
from .._phrase import say
from .web_address import Origin

#: Seconds for a question that only makes an error clearer, and its share of those that are left.
LONGEST, SHARE = 3.0, 0.25
#: A server that speaks TLS may answer plain HTTP as well: with 400, that it is the wrong port.
_HTTP = re.compile(rb"HTTP/1\.[01] (?!400)\d{3}")


def refuse_http(origin: Origin, deadline: Deadline, waiting: t.Any = None) -> None:
    """Raise ``Failure`` where plain HTTP is spoken instead of TLS; see ``speaks_http``."""
    if not speaks_http(origin, deadline, waiting):
        return
    advice = say(
        "Write {other} in server.url, or better the port on which it speaks TLS",
        other=replace(origin, tls=False),
    )
    reason = say("it answers plain HTTP")
    raise Failure("tls_failed", target=str(origin), reason=reason, advice=advice)


def refuse_tls(origin: Origin, deadline: Deadline) -> None:
    """Raise ``Failure`` where TLS is spoken instead of plain HTTP."""
    if speaks_tls(origin, deadline):
        other = replace(origin, tls=True)
        reason = say("it expects TLS; write {other} in server.url", other=other)
        raise Failure("unreachable", target=str(origin), reason=reason)


def speaks_http(origin: Origin, deadline: Deadline, waiting: t.Any = None) -> bool:
    """Whether plain HTTP is spoken at ``origin``; no as soon as ``waiting`` can be read."""
    try:
        sock = _asked(origin, _short(deadline))
    except OSError:
        return False
    try:
        return _answers_first(sock, waiting) and bool(_HTTP.match(_start(sock)))
    except OSError:
        return False
    finally:
        sock.close()


def speaks_tls(origin: Origin, deadline: Deadline) -> bool:
    """Whether TLS is spoken at ``origin``, with whatever certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    try:
        sock = connect(origin.host, origin.port, _short(deadline))
    except OSError:
        return False
    try:
        sock.start_tls(context, origin.host).close()
    except ssl.SSLError as exc:
        # An alert is TLS as well: the server may want a certificate, or another version.
        return "alert" in str(exc).lower()
    except OSError:
        return False
    return True


def _asked(origin: Origin, deadline: Deadline) -> DeadlineSocket:
    sock = connect(origin.host, origin.port, deadline)
    host = str(origin).partition("//")[2]
    sock.sendall(f"HEAD / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode("ascii"))
    return sock


def _answers_first(sock: DeadlineSocket, waiting: t.Any) -> bool:
    with selectors.DefaultSelector() as selector:
        for one in filter(None, (sock.raw, waiting)):
            selector.register(one, selectors.EVENT_READ)
        ready = [key.fileobj for key, _event in selector.select(sock.deadline.remaining())]
    return sock.raw in ready and waiting not in ready


def _start(sock: DeadlineSocket) -> bytes:
    start = bytearray(64)
    return bytes(start[: sock.recv_into(start)])


def _short(deadline: Deadline) -> Deadline:
    return Deadline(min(LONGEST, SHARE * deadline.remaining()))
