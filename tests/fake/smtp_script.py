# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A scripted SMTP server: any reply and any fault at any step of a conversation.

Standard library only, but for the certificate.  ``ScriptedSmtp({"mail": reply("550 no")})`` speaks
good SMTP except at the steps named; see ``STEPS``.  It remembers what it was told.
"""

from __future__ import annotations

import itertools
import socket
import ssl
import struct
import threading
import typing as t

from fake import certificates

if t.TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

#: The steps of a good conversation, in order; ``ehlo_tls`` is the EHLO after STARTTLS.
STEPS = (
    "banner", "ehlo", "starttls", "tls", "ehlo_tls", "auth", "password",
    "mail", "rcpt", "data", "end_of_data", "quit",
)  # fmt: skip
Fault = t.Callable[["Session", str], None]
CRLF = "\r\n"


class HangUp(Exception):
    """The server ends the connection now."""


def reply(text: str) -> Fault:
    """Say ``text`` instead; a line break in it makes more lines."""
    return lambda session, usual: session.send(text)


def drop(session: Session, usual: str) -> None:
    """Close the connection."""
    raise HangUp


def reset(session: Session, usual: str) -> None:
    """End the connection with a reset."""
    session.raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    raise HangUp


def silence(session: Session, usual: str) -> None:
    """Say nothing until the client gives up."""
    session.wait_for_the_client_to_leave()
    raise HangUp


def drip(seconds: float = 0.1) -> Fault:
    """Say the usual, a byte at a time, and never come to the end of the line."""

    def slowly(session: Session, usual: str) -> None:
        for byte in itertools.chain(usual.encode(), itertools.repeat(ord("."))):
            session.sock.sendall(bytes([byte]))
            if session.stopping.wait(seconds):
                raise HangUp

    return slowly


def garbage(session: Session, usual: str) -> None:
    """Say something that is not SMTP."""
    session.sock.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n\xff\x00\x1b]0;gotcha\x07\r\n")


def after_the_hello(content: bytes) -> Fault:
    """Answer a TLS client that has said hello with ``content``, and close."""

    def answer(session: Session, usual: str) -> None:
        session.raw.recv(65536)
        session.raw.sendall(content)
        raise HangUp

    return answer


def half(session: Session, usual: str) -> None:
    """Stop in the middle of the usual line and close."""
    session.sock.sendall(usual[: len(usual) // 2].encode())
    raise HangUp


def endless(session: Session, usual: str) -> None:
    """A reply of several lines that never ends."""
    while not session.stopping.is_set():
        session.send(f"{usual[:3]}-and another thing")


def injected(session: Session, usual: str) -> None:
    """The usual, and text behind it that the client must not take for part of the TLS session."""
    session.sock.sendall((usual + CRLF + "250-AUTH LOGIN\r\n250 injected\r\n").encode())


class ScriptedSmtp:
    """The server; use it as a context manager.

    ``script`` maps steps to faults, or to a list with one entry per time (None: the usual).
    ``offers`` are the extensions after EHLO, ``mechanisms`` those for AUTH (only under TLS, unless
    ``starttls`` is false).  ``commands`` holds (line, encrypted) of all connections, ``messages``
    what came after DATA, ``connections`` how many there were.
    """

    host = "localhost"

    def __init__(
        self,
        script: Mapping[str, t.Any] | None = None,
        *,
        mechanisms: Sequence[str] = ("LOGIN", "PLAIN"),
        offers: Sequence[str] = ("8BITMIME", "SIZE 1000000"),
        starttls: bool = True,
        implicit_tls: bool = False,
        tls: ssl.SSLContext | None = None,
        certificate: str = "good",
    ) -> None:
        self.script = {k: list(v) if isinstance(v, list) else v for k, v in (script or {}).items()}
        self.mechanisms, self.offers = tuple(mechanisms), tuple(offers)
        self.starttls, self.implicit_tls = starttls, implicit_tls
        self.tls = tls or certificates.server_context(certificate)
        self.commands: list[tuple[str, bool]] = []
        self.messages: list[bytes] = []
        self.connections = 0
        self.stopping = threading.Event()
        self._threads: list[threading.Thread] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]

    def __enter__(self) -> ScriptedSmtp:
        self._start(self._accept)
        return self

    def __exit__(self, *unused: object) -> None:
        self.stopping.set()
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in self._threads:
            thread.join(5)

    def said(self, verb: str) -> list[str]:
        """The commands that begin with ``verb``."""
        return [line for line, _encrypted in self.commands if line.upper().startswith(verb)]

    def fault(self, step: str) -> Fault | None:
        """What to do at ``step`` this time instead of the usual."""
        planned = self.script.get(step)
        if isinstance(planned, list):
            return t.cast("Fault | None", planned.pop(0) if planned else None)
        return t.cast("Fault | None", planned)

    def _start(self, target: Callable[..., None], *arguments: t.Any) -> None:
        thread = threading.Thread(target=target, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            try:
                sock, _peer = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            self._start(Session(self, sock).run)


class Session:
    """One connection."""

    def __init__(self, server: ScriptedSmtp, sock: socket.socket) -> None:
        self.server, self.raw, self.sock = server, sock, sock
        self.stopping = server.stopping
        self.encrypted = False
        self._buffer = b""

    def run(self) -> None:
        with self.raw:
            try:
                if self.server.implicit_tls:
                    self._encrypt()
                self._step("banner", "220 script.test ESMTP")
                while True:
                    self._command(self._line())
            except (HangUp, OSError):
                pass
            finally:
                self.sock.close()

    def send(self, text: str) -> None:
        self.sock.sendall((text.replace("\n", CRLF) + CRLF).encode())

    def wait_for_the_client_to_leave(self) -> None:
        self.sock.settimeout(0.05)
        while not self.stopping.is_set():
            try:
                if not self.sock.recv(4096):
                    return
            except TimeoutError:
                continue

    def _step(self, name: str, usual: str) -> bool:
        """Do the step; whether it went the usual way."""
        fault = self.server.fault(name)
        (fault or (lambda session, text: session.send(text)))(self, usual)
        return fault is None or fault is injected

    def _line(self) -> str:
        while b"\r\n" not in self._buffer:
            more = self.sock.recv(65536)
            if not more:
                raise HangUp
            self._buffer += more
        line, _end, self._buffer = self._buffer.partition(b"\r\n")
        return line.decode("utf-8", "replace")

    def _command(self, line: str) -> None:
        self.server.commands.append((line, self.encrypted))
        verb = line.partition(" ")[0].lower()
        known = getattr(self, f"_do_{verb}", None)
        if known is None:
            self.send("500 5.5.2 unknown command")
        else:
            known(line)

    def _do_ehlo(self, line: str) -> None:
        offers = ["script.test", *self.server.offers]
        if self.server.starttls and not self.encrypted and not self.server.implicit_tls:
            offers.append("STARTTLS")
        elif self.server.mechanisms:
            offers.append("AUTH " + " ".join(self.server.mechanisms))
        lines = [f"250-{offer}" for offer in offers[:-1]] + [f"250 {offers[-1]}"]
        after = self.encrypted and not self.server.implicit_tls
        self._step("ehlo_tls" if after else "ehlo", "\n".join(lines))

    def _do_starttls(self, line: str) -> None:
        if self._step("starttls", "220 2.0.0 go ahead"):
            fault = self.server.fault("tls")
            if fault is not None:
                fault(self, "220 2.0.0 go ahead")
            self._encrypt()

    def _encrypt(self) -> None:
        self.sock = self.server.tls.wrap_socket(self.raw, server_side=True)
        self.encrypted = True
        self._buffer = b""

    def _do_auth(self, line: str) -> None:
        mechanism = line.split()[1].upper()
        challenges = {"LOGIN": ["VXNlcm5hbWU6", "UGFzc3dvcmQ6"], "PLAIN": [""]}
        challenges["CRAM-MD5"] = ["PDEyM0BzY3JpcHQudGVzdD4="]
        for number, challenge in enumerate(challenges[mechanism]):
            if not number and not self._step("auth", f"334 {challenge}"):
                return
            if number:
                self.send(f"334 {challenge}")
            self.server.commands.append((self._line(), self.encrypted))
        self._step("password", "235 2.7.0 welcome")

    def _do_mail(self, line: str) -> None:
        self._step("mail", "250 2.1.0 OK")

    def _do_rcpt(self, line: str) -> None:
        self._step("rcpt", "250 2.1.5 OK")

    def _do_data(self, line: str) -> None:
        if not self._step("data", "354 go ahead"):
            return
        lines: list[str] = []
        while (text := self._line()) != ".":
            lines.append(text)
        self.server.messages.append(CRLF.join(lines).encode())
        self._step("end_of_data", "250 2.0.0 queued as 1")

    def _do_quit(self, line: str) -> None:
        self._step("quit", "221 2.0.0 bye")
        raise HangUp
