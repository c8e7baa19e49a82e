# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The transport: a lean HTTP/1.1 server with kept-alive connections, in a thread of its own.

It knows nothing of the Orchestrator: a function turns each request into an answer, and the answer
may be a value, blocking work, or a script of misbehaviour.
"""

from __future__ import annotations

import asyncio
import concurrent.futures
import http
import re
import socket
import ssl
import threading
import typing as t
from urllib.parse import unquote

from .wire import Aside, HttpRequest, Response, Script

Answer = t.Union[Response, Aside, Script]
Application = t.Callable[[HttpRequest], Answer]

_STATUS_LINES = {
    status.value: f"HTTP/1.1 {status.value} {status.phrase}\r\n" for status in http.HTTPStatus
}
_WITHOUT_BODY = (204, 304)
_CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"
_CHUNK = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]*)?\r\n")
_TRAILERS = re.compile(rb"(?:[^\r\n]+\r\n)*\r\n")


def render(response: Response) -> bytes:
    """The bytes of one answer, with the length stated."""
    head = [_STATUS_LINES[response.status]]
    if response.content_type:
        head.append(f"Content-Type: {response.content_type}\r\n")
    head.extend(f"{name}: {value}\r\n" for name, value in response.headers)
    if response.status not in _WITHOUT_BODY:
        head.append(f"Content-Length: {len(response.body)}\r\n")
    head.append("\r\n")
    return "".join(head).encode("latin-1") + response.body


class Heard(t.NamedTuple):
    """What a buffer holds so far: the first request, if it is whole, and the bytes it took.

    ``to_continue`` says that the client waits for leave to send the body.
    """

    request: HttpRequest | None = None
    used: int = 0
    to_continue: bool = False


def parse(buffer: bytes) -> Heard:
    """The first request in the buffer; raises ``ValueError`` for what is not HTTP.

    h11 would do it in 50 microseconds a request, which is a tenth of what ten thousand tenants
    take; this takes 4.
    """
    end = buffer.find(b"\r\n\r\n")
    if end < 0:
        return Heard()
    lines = buffer[:end].decode("latin-1").split("\r\n")
    method, target, _protocol = lines[0].split(" ")
    headers = {}
    for line in lines[1:]:
        name, _colon, value = line.partition(":")
        headers[name.lower()] = value.strip()
    body, stop = _body(buffer, end + 4, headers)
    if body is None:
        return Heard(to_continue=headers.get("expect", "").lower() == "100-continue")
    path, _mark, query = target.partition("?")
    if "%" in path:
        path = unquote(path)
    return Heard(HttpRequest(method, path, query, headers, body), stop)


def _body(buffer: bytes, start: int, headers: t.Mapping[str, str]) -> tuple[bytes | None, int]:
    """The body that begins at ``start`` and where it ends; None while some of it is missing."""
    if "transfer-encoding" in headers:
        if "content-length" in headers or headers["transfer-encoding"].lower() != "chunked":
            raise ValueError("the length of the body is not clear")
        return _chunks(buffer, start)
    stop = start + int(headers.get("content-length", "0"))
    return (buffer[start:stop] if len(buffer) >= stop else None), stop


def _chunks(buffer: bytes, start: int) -> tuple[bytes | None, int]:
    """The same for a body in chunks (RFC 9112, section 7.1); extensions and trailers are read."""
    found: list[bytes] = []
    while line := _CHUNK.match(buffer, start):
        size, start = int(line[1], 16), line.end()
        if not size:
            trailers = _TRAILERS.match(buffer, start)
            return (b"".join(found), trailers.end()) if trailers else (None, 0)
        if len(buffer) < start + size + 2:
            return None, 0
        found.append(buffer[start : start + size])
        start += size + 2
        if buffer[start - 2 : start] != b"\r\n":
            raise ValueError("a chunk is longer than it says")
    if b"\r\n" in buffer[start:]:
        raise ValueError("a chunk does not say how long it is")
    return None, 0


class _Connection(asyncio.Protocol):
    """One client connection; requests are answered in their order, one at a time."""

    def __init__(self, server: HttpServer) -> None:
        self._server = server
        self._buffer = b""
        self._busy = False
        self._doomed = False
        self._let_continue = False
        self._transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = t.cast(asyncio.Transport, transport)
        self._server.connections.add(self)
        self._server.accepted += 1

    def connection_lost(self, exc: Exception | None) -> None:
        self._server.connections.discard(self)

    def data_received(self, data: bytes) -> None:
        self._buffer = self._buffer + data if self._buffer else data
        if not self._busy:
            self._advance()

    def abort(self) -> None:
        """Drop the connection at once, from the server's own thread."""
        self._transport.abort()

    def _advance(self) -> None:
        while self._buffer and not self._busy:
            if self._doomed:
                self._transport.close()
                return
            try:
                heard = parse(self._buffer)
            except ValueError:
                self._transport.write(render(Response(400)))
                self._transport.close()
                return
            if heard.request is None:
                if heard.to_continue and not self._let_continue:
                    self._let_continue = True
                    self._transport.write(_CONTINUE)
                return
            self._let_continue = False
            self._buffer = self._buffer[heard.used :]
            self._serve(heard.request)

    def _serve(self, request: HttpRequest) -> None:
        answer = self._server.application(request)
        if isinstance(answer, Response) and not self._server.latency:
            self._transport.write(render(answer))
            return
        self._busy = True
        self._server.start(self._perform(answer))

    async def _perform(self, answer: Answer) -> None:
        try:
            if self._server.latency:
                await asyncio.sleep(self._server.latency)
            if isinstance(answer, Aside):
                answer = await self._server.run_blocking(answer.job)
            if isinstance(answer, Response):
                self._transport.write(render(answer))
            else:
                await self._play(answer)
        finally:
            self._busy = False
        self._advance()

    async def _play(self, script: Script) -> None:
        for verb, argument in script.steps:
            if self._transport.is_closing():
                return
            if verb == "send":
                self._transport.write(argument)
            elif verb == "wait":
                await asyncio.sleep(argument)
            elif verb == "close":
                self._transport.close()
            elif verb == "reset":
                self._reset()
            elif verb == "doom":
                self._doomed = True
            else:
                raise ValueError(f"unknown step {verb!r}")

    def _reset(self) -> None:
        """Close with RST instead of FIN: a zero linger time makes the kernel do it."""
        raw = self._transport.get_extra_info("socket")
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
        self._transport.abort()


class HttpServer:
    """Runs the application on a loopback port until `stop`."""

    def __init__(
        self, application: Application, host: str, port: int, tls: ssl.SSLContext | None
    ) -> None:
        self.application = application
        self.connections: set[_Connection] = set()
        self.accepted = 0
        self.latency = 0.0
        self.port = 0
        self._host = host
        self._tls = tls
        self._wanted_port = port
        self._tasks: set[asyncio.Task[None]] = set()
        self._loop = asyncio.new_event_loop()
        self._executor = concurrent.futures.ThreadPoolExecutor(max_workers=8)
        self._thread = threading.Thread(target=self._run, name="fake-orchestrator", daemon=True)
        self._ready = threading.Event()
        self._failure: OSError | None = None

    def start_thread(self) -> None:
        """Listen, and return when the port is known; a taken port raises here."""
        self._thread.start()
        self._ready.wait()
        if self._failure is not None:
            raise self._failure

    def stop(self) -> None:
        """Drop every connection and join the thread."""
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join()
        self._executor.shutdown(wait=False, cancel_futures=True)

    def drop_connections(self) -> None:
        """Close every kept-alive connection, as a restart of the service would."""
        for connection in tuple(self.connections):
            self._loop.call_soon_threadsafe(connection.abort)

    def start(self, work: t.Coroutine[t.Any, t.Any, None]) -> None:
        """Keep a reference to the task: the event loop itself holds only a weak one."""
        task = self._loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def run_blocking(self, job: t.Callable[[], Response | Script]) -> Response | Script:
        """Run blocking work aside."""
        return await self._loop.run_in_executor(self._executor, job)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            listening = self._loop.run_until_complete(
                self._loop.create_server(
                    lambda: _Connection(self),
                    self._host,
                    self._wanted_port,
                    ssl=self._tls,
                    backlog=1024,
                )
            )
        except OSError as error:
            self._failure = error
            self._ready.set()
            return
        self.port = listening.sockets[0].getsockname()[1]
        self._ready.set()
        self._loop.run_forever()
        listening.close()
        self._drain()

    def _drain(self) -> None:
        for connection in tuple(self.connections):
            connection.abort()
        for task in tuple(self._tasks):
            task.cancel()
        self._loop.run_until_complete(asyncio.gather(*self._tasks, return_exceptions=True))
        self._loop.run_until_complete(asyncio.sleep(0))
        self._loop.close()
