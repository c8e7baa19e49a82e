# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How connections are made, and kept: TLS, proxy, pace."""

from __future__ import annotations

import functools
import http.client
import os
import ssl
import typing as t
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from .._deadline import LATE, Deadline, DeadlineSocket, connect
from .._errors import Failure, invalid
from .._output.redact import clean
from .._phrase import say
from .._tls import client_context, shared_context
from .._version import VERSION
from .heads import Response, request_head
from .protocol import refuse_http, refuse_tls
from .proxy import Proxy, proxy_for
from .web_address import Origin

PROXY_AUTHENTICATION = 407
TRUST = say("Give the CA with server.ca_path; do not switch validate_certs off.")


class Pace(t.Protocol):
    """A rate budget that connections may share."""

    def wait(self, deadline: Deadline) -> float | None:
        """Wait for the turn of the next request; returns seconds if ``deadline`` has less."""

    def slow_down(self, seconds: float) -> None:
        """Make every request wait ``seconds`` from now, as the server asked."""


class NoPace:
    """No limit: a single target needs none."""

    def wait(self, deadline: Deadline) -> float | None:
        return None

    def slow_down(self, seconds: float) -> None:
        return


@dataclass(frozen=True)
class Transport:
    """The connection options of ``server``, shared by all requests of a task.

    ``granted`` is what applications were granted in it; see ``sign_in.ClientCredentials``.
    """

    validate_certs: bool = True
    ca_path: str | None = None
    client_cert: str | None = None
    client_key: str | None = None
    use_proxy: bool = True
    retries: int = 3
    pace: Pace = field(default_factory=NoPace)
    granted: dict[tuple[str, ...], str] = field(default_factory=dict, repr=False, compare=False)

    def connect(self, origin: Origin, deadline: Deadline) -> Connection:
        proxy = proxy_for(origin, os.environ) if self.use_proxy else None
        return Connection(origin, proxy, self._context if origin.tls else None, deadline)

    # Loading the trust store is the slowest part of a connection; workers share one.
    @functools.cached_property
    def _context(self) -> ssl.SSLContext:
        if self.validate_certs and not (self.ca_path or self.client_cert):
            return shared_context()
        context = client_context(self.ca_path, "server.ca_path")
        if self.client_cert:
            self._load_certificate(context, self.client_cert)
        if not self.validate_certs:
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
        return context

    def _load_certificate(self, context: ssl.SSLContext, path: str) -> None:
        try:
            context.load_cert_chain(path, self.client_key, _no_passphrase)
        except OSError as exc:
            named = f"{path} and {self.client_key}" if self.client_key else path
            said = clean(_why(exc))
            reason = say("{files} hold no certificate with its key: {said}", files=named, said=said)
            raise invalid("server.client_cert, server.client_key", reason) from exc


def _no_passphrase() -> str:
    # Without this OpenSSL asks on the terminal, beyond every deadline.
    reason = say(
        "it is encrypted, and nobody is asked for its passphrase; give one that is not, in a file "
        "that only you can read"
    )
    raise invalid("server.client_key", reason)


def _why(exc: OSError) -> str:
    return exc.strerror or getattr(exc, "reason", None) or str(exc)


class Connection(http.client.HTTPConnection):
    """One kept-alive connection, through a proxy where the environment names one."""

    response_class = Response

    def __init__(
        self,
        origin: Origin,
        proxy: Proxy | None,
        context: ssl.SSLContext | None,
        deadline: Deadline,
    ) -> None:
        hop = proxy.origin if proxy is not None else origin
        super().__init__(hop.host, hop.port)
        self._origin, self._proxy, self._context, self._deadline = origin, proxy, context, deadline
        agent = {"User-Agent": f"rpaops.orchestrator/{VERSION}"}
        self._always = {"Host": str(origin).partition("//")[2], **agent}
        self._stumbled = self._is_right_port = False
        self._response: Response | None = None
        if proxy is not None and context is not None:
            host = f"[{origin.host}]" if ":" in origin.host else origin.host
            self.set_tunnel(host, origin.port, {**proxy.headers, **agent})

    def use(self, deadline: Deadline) -> None:
        """Let ``deadline`` bound this connection from now on."""
        self._deadline = deadline
        if self.sock is not None:
            t.cast(DeadlineSocket, self.sock).deadline = deadline

    def close(self) -> None:
        super().close()
        if self._response is not None:
            self._response.close()

    def connect(self) -> None:
        sock = self._reached()
        self.sock = t.cast(t.Any, sock)
        if self._context is not None:
            if self._proxy is not None:
                self._open_tunnel(self._proxy)
            self.sock = t.cast(t.Any, self._encrypted(sock, self._context))

    def send_request(
        self, method: str, url: str, body: bytes | None, headers: t.Mapping[str, str]
    ) -> None:
        """Send ``url``: whole to a plain proxy, its path to everybody else.

        Raises ``ValueError`` for what would end a line too early.
        """
        parts = urlsplit(url)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        sent = {**self._always, **headers}
        if self._proxy is not None and self._context is None:
            path, sent = url, {**sent, **self._proxy.headers}
        if body is not None or method != "GET":
            sent["Content-Length"] = str(len(body or b""))
        head = request_head(method, path, sent)
        if self.sock is not None and not t.cast(DeadlineSocket, self.sock).is_quiet():
            # Data that arrived before the request cannot be its answer.
            self.close()
        if self.sock is None:
            self.connect()
        self.sock.sendall(head + (body or b""))

    def receive(self) -> Response:
        """The answer; raises ``Failure`` where it shows that this is the wrong kind of port."""
        self._response = response = Response(self.sock)
        try:
            response.begin()
        except LATE:
            raise
        except (OSError, http.client.HTTPException):
            # One failure may be chance and is tried again; a TLS port fails every time.
            if self._stumbled:
                self._refuse_tls_port()
            self._stumbled = True
            raise
        if response.status == PROXY_AUTHENTICATION and self._proxy is not None:
            raise self._refused_by(self._proxy, f"{response.status} {response.reason}")
        if response.status == http.client.BAD_REQUEST and "json" not in _media_type(response):
            self._refuse_tls_port()
        self._is_right_port = True
        return response

    def _reached(self) -> DeadlineSocket:
        try:
            return connect(self.host, self.port, self._deadline)
        except LATE:
            raise
        except OSError as exc:
            if self._proxy is None:
                raise
            said = say("the proxy {proxy}: {said}", proxy=self._proxy.origin, said=clean(_why(exc)))
            raise ConnectionError(said) from exc

    def _open_tunnel(self, proxy: Proxy) -> None:
        try:
            # What ``http.client`` does in a ``connect`` of its own, which has no deadline.
            t.cast(t.Any, self)._tunnel()
        except OSError as exc:
            _ours, refused, said = str(exc).partition("Tunnel connection failed: ")
            if not refused:
                raise
            raise self._refused_by(proxy, said) from exc

    def _refused_by(self, proxy: Proxy, said: str) -> Failure:
        reason = say("the proxy {proxy} answered {said}", proxy=proxy.origin, said=clean(said))
        if said.startswith(str(PROXY_AUTHENTICATION)):
            reason = say(
                "{said}; give its user and password in the address of {variable}",
                said=reason,
                variable=proxy.variable,
            )
        return Failure("unreachable", target=str(self._origin), reason=reason)

    def _encrypted(self, sock: DeadlineSocket, context: ssl.SSLContext) -> DeadlineSocket:
        ask = None if self._proxy is not None else self._refuse_plain_port
        try:
            return sock.start_tls(context, self._origin.host, ask)
        except ssl.SSLError as exc:
            if ask is not None and not isinstance(exc, ssl.SSLCertVerificationError):
                ask()
            reason = getattr(exc, "verify_message", "") or exc.reason or str(exc)
            raise Failure(
                "tls_failed", target=str(self._origin), reason=clean(reason), advice=TRUST
            ) from exc

    def _refuse_plain_port(self, waiting: t.Any = None) -> None:
        refuse_http(self._origin, self._deadline, waiting)

    def _refuse_tls_port(self) -> None:
        if self._is_right_port or self._proxy is not None or self._context is not None:
            return
        refuse_tls(self._origin, self._deadline)
        # Asked once: later failures have other reasons.
        self._is_right_port = True


def _media_type(response: Response) -> str:
    return response.fields.get("Content-Type").lower()
