# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An HTTP peer that says exactly the bytes it is told, one script entry per request."""

from __future__ import annotations

import contextlib
import socket
import ssl
import struct
import threading
import typing as t

TLS_HANDSHAKE = b"\x16"
CLOSE, RESET, SILENCE = "close", "reset", "silence"
Entry = t.Union[bytes, str, t.Callable[[socket.socket], None]]


def answer(body: bytes = b"{}", status: str = "200 OK", *headers: str) -> bytes:
    """A well-formed answer."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


class RawServer:
    """Answers the n-th request with the n-th entry: bytes, a constant above, or a call.

    ``requests`` holds the raw requests, ``connections`` counts accepted connections.
    """

    def __init__(self, *script: Entry, tls: ssl.SSLContext | None = None) -> None:
        self.script, self.tls = list(script), tls
        self.requests: list[bytes] = []
        self.connections = 0
        self._stop = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self.url = f"{'https' if tls else 'http'}://localhost:{self.port}"
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> RawServer:
        self._thread.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._stop.set()
        self._listener.close()

    def _serve(self) -> None:
        while not self._stop.is_set():
            try:
                peer, _address = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._talk, args=(peer,), daemon=True).start()

    def _talk(self, peer: socket.socket) -> None:
        with contextlib.suppress(OSError), peer:
            talk = self.tls.wrap_socket(peer, server_side=True) if self.tls else peer
            while request := _read_request(talk):
                self.requests.append(request)
                if not self._say(talk, self.script.pop(0) if self.script else answer()):
                    return

    def _say(self, peer: socket.socket, entry: Entry) -> bool:
        if isinstance(entry, bytes):
            peer.sendall(entry)
            return b"Connection: close" not in entry
        if callable(entry):
            entry(peer)
        elif entry == SILENCE:
            self._stop.wait(30)
        elif entry == RESET:
            peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        return False


def _read_request(peer: socket.socket) -> bytes:
    data = b""
    while b"\r\n\r\n" not in data:
        more = peer.recv(65536)
        if not more:
            return b""
        data += more
        if data[:1] == TLS_HANDSHAKE:
            return data
    head, _gap, body = data.partition(b"\r\n\r\n")
    fields = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:])
    while len(body) < int(fields.get(b"content-length", 0)):
        body += peer.recv(65536)
    return head + b"\r\n\r\n" + body
