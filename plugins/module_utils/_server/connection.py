# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How connections are made: TLS, proxy, pace.  Only ``_http`` imports this."""

from __future__ import annotations

import http.client
import os
import ssl
import typing as t
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from .._deadline import Deadline, DeadlineSocket, connect
from .._errors import Failure, invalid
from .._output.redact import clean
from .._tls import client_context
from .web_address import Origin


class Pace(t.Protocol):
    """A rate budget that connections may share."""

    def wait(self, deadline: Deadline) -> None:
        """Wait for the turn of the next request."""

    def slow_down(self, seconds: float) -> None:
        """The server asked everybody to wait that long."""


class NoPace:
    """Full speed: what a single target needs."""

    def wait(self, deadline: Deadline) -> None:
        return

    def slow_down(self, seconds: float) -> None:
        return


@dataclass(frozen=True)
class Transport:
    """The connection options of ``server``, shared by all requests of a task."""

    validate_certs: bool = True
    ca_path: str | None = None
    client_cert: str | None = None
    client_key: str | None = None
    use_proxy: bool = True
    retries: int = 3
    pace: Pace = field(default_factory=NoPace)
    _contexts: list[ssl.SSLContext] = field(default_factory=list, repr=False, compare=False)

    def connect(self, origin: Origin, deadline: Deadline) -> Connection:
        proxy = _proxy_for(origin) if self.use_proxy else None
        return Connection(origin, proxy, self._tls() if origin.tls else None, deadline)

    def _tls(self) -> ssl.SSLContext:
        # Loading the trust store is the slowest part of a connection; workers share one.
        if not self._contexts:
            self._contexts.append(self._make_context())
        return self._contexts[0]

    def _make_context(self) -> ssl.SSLContext:
        try:
            context = client_context(self.ca_path)
            if self.client_cert:
                context.load_cert_chain(self.client_cert, self.client_key)
        except (OSError, ssl.SSLError) as exc:
            option = "server.ca_path / server.client_cert"
            raise invalid(option, clean(str(exc))) from exc
        if not self.validate_certs:
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
        return context


class Connection(http.client.HTTPConnection):
    """One kept-alive connection, through a proxy where the environment names one."""

    def __init__(
        self,
        origin: Origin,
        proxy: Origin | None,
        context: ssl.SSLContext | None,
        deadline: Deadline,
    ) -> None:
        super().__init__(origin.host, origin.port)
        self._origin, self._proxy, self._context, self._deadline = origin, proxy, context, deadline

    def use(self, deadline: Deadline) -> None:
        """From now on ``deadline`` bounds this connection."""
        self._deadline = deadline
        if self.sock is not None:
            t.cast(DeadlineSocket, self.sock).deadline = deadline

    def connect(self) -> None:
        hop = self._proxy or self._origin
        sock = connect(hop.host, hop.port, self._deadline)
        if self._context is not None:
            sock = self._encrypted(sock)
        self.sock = t.cast(t.Any, sock)

    def _encrypted(self, sock: DeadlineSocket) -> DeadlineSocket:
        if self._proxy is not None:
            _open_tunnel(sock, self._origin)
        try:
            return sock.start_tls(t.cast(ssl.SSLContext, self._context), self._origin.host)
        except ssl.SSLError as exc:
            sock.close()
            reason = getattr(exc, "verify_message", "") or exc.reason or str(exc)
            raise Failure("tls_failed", target=str(self._origin), reason=clean(reason)) from exc

    def send_request(
        self, method: str, url: str, body: bytes | None, headers: t.Mapping[str, str]
    ) -> None:
        """Send ``url``: whole to a plain proxy, its path to everybody else."""
        parts = urlsplit(url)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        plain_proxy = self._proxy is not None and self._context is None
        self.request(method, url if plain_proxy else path, body, dict(headers))


def _open_tunnel(sock: DeadlineSocket, origin: Origin) -> None:
    address = f"{origin.host}:{origin.port}"
    sock.sendall(f"CONNECT {address} HTTP/1.1\r\nHost: {address}\r\n\r\n".encode("ascii"))
    # Read byte by byte up to the empty line: what follows belongs to the TLS handshake.
    head = bytearray()
    byte = bytearray(1)
    while not head.endswith(b"\r\n\r\n") and len(head) < 16384 and sock.recv_into(byte):
        head += byte
    status = head.split(b"\r\n", 1)[0].decode("latin-1")
    if status.split(" ")[1:2] != ["200"]:
        sock.close()
        raise Failure(
            "unreachable",
            target=str(origin),
            reason=f"the proxy answered {clean(status) or 'nothing'}",
        )


def _proxy_for(origin: Origin) -> Origin | None:
    scheme = "https" if origin.tls else "http"
    # urllib.request is slow to import and only needed where somebody named a proxy.
    if not any(name.lower() in (scheme + "_proxy", "all_proxy") for name in os.environ):
        return None
    from urllib import request

    proxies = request.getproxies_environment()
    address = proxies.get(scheme) or proxies.get("all")
    # Its namesake without _environment asks the system on macOS, and takes no proxies there.
    bypass = request.proxy_bypass_environment  # type: ignore[attr-defined] # typeshed forgot it
    if not address or bypass(f"{origin.host}:{origin.port}", proxies):
        return None
    return Origin.of(address if "://" in address else f"http://{address}")
