# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Faults on request: which call goes wrong, and how its answer looks on the wire.

``FAULTS`` is the list of names. A fault either replaces the work (the request has no effect) or
spoils the answer of work that was done; ``executes`` in its options turns one into the other.
"""

from __future__ import annotations

import dataclasses
import email.utils
import fnmatch
import gzip
import time
import typing as t

from .http_server import render
from .wire import HTML, JSON, Response, Script, abp_error, as_json, business_error

Options = t.Mapping[str, t.Any]
Spoiled = t.Union[Response, Script]

_FOREVER = 3600
_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
_PAGE = (
    "<!DOCTYPE html><html><head><title>{title}</title></head><body><h1>{title}</h1>"
    "<form action='/login'><input name='password' type='password'></form></body></html>"
)


def _page(status: int, title: str) -> t.Callable[[Response, Options], Response]:
    return lambda answer, options: Response(status, _PAGE.format(title=title).encode(), HTML)


def _error(status: int, message: str) -> t.Callable[[Response, Options], Response]:
    return lambda answer, options: (
        business_error(options.get("status", status), 0, message).response
    )


def _abp(status: int, message: str) -> t.Callable[[Response, Options], Response]:
    return lambda answer, options: abp_error(status, message).response


def _later(status: int) -> t.Callable[[Response, Options], Response]:
    def build(answer: Response, options: Options) -> Response:
        seconds = str(options.get("retry_after", 1))
        return as_json({"message": "Try again later."}, status)._replace(
            headers=(("Retry-After", seconds),)
        )

    return build


def _later_date(answer: Response, options: Options) -> Response:
    when = email.utils.formatdate(time.time() + options.get("retry_after", 2), usegmt=True)
    return Response(429, headers=(("Retry-After", when),))


def _proxy_refuses(answer: Response, options: Options) -> Response:
    return Response(407, headers=(("Proxy-Authenticate", 'Basic realm="proxy"'),))


def _redirect(location: str) -> t.Callable[[Response, Options], Response]:
    def build(answer: Response, options: Options) -> Response:
        target = options.get("location", location)
        return Response(options.get("status", 302), headers=(("Location", target),))

    return build


def _steps(*steps: tuple[str, t.Any]) -> t.Callable[[Response, Options], Script]:
    return lambda answer, options: Script(steps)


def _cut(*endings: tuple[str, t.Any]) -> t.Callable[[Response, Options], Script]:
    """Promise the whole answer, send half of its body, then do something else."""

    def build(answer: Response, options: Options) -> Script:
        whole = render(_with_body(answer))
        half = whole[: len(whole) - len(_with_body(answer).body) // 2 - 1]
        return Script((("send", half), ("wait", 0.01), *endings), answer.status)

    return build


def _with_body(answer: Response) -> Response:
    """Some answers have no body to spoil; give them one."""
    if answer.body:
        return answer
    return answer._replace(status=200, body=b'{"value": []}', content_type=JSON)


def _body(spoil: t.Callable[[bytes], bytes]) -> t.Callable[[Response, Options], Response]:
    def build(answer: Response, options: Options) -> Response:
        whole = _with_body(answer)
        return whole._replace(body=spoil(whole.body))

    return build


def _gzip(answer: Response, options: Options) -> Response:
    whole = _with_body(answer)
    headers = (*whole.headers, ("Content-Encoding", "gzip"))
    return whole._replace(body=gzip.compress(whole.body), headers=headers)


def _chunked(ending: bytes) -> t.Callable[[Response, Options], Script]:
    def build(answer: Response, options: Options) -> Script:
        whole = _with_body(answer)
        head = _HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
        chunk = b"%x\r\n%b\r\n" % (len(whole.body), whole.body)
        return Script((("send", head + chunk + ending), ("wait", 0.01), ("close", None)), 200)

    return build


def _two_lengths(answer: Response, options: Options) -> Script:
    whole = render(_with_body(answer))
    second = b"Content-Length: 7\r\n\r\n"
    return Script((("send", whole.replace(b"\r\n\r\n", b"\r\n" + second, 1)),), answer.status)


def _huge(answer: Response, options: Options) -> Script:
    megabytes = options.get("megabytes", 80)
    head = _HEAD + b"Content-Length: %d\r\n\r\n"
    block = b" " * (1 << 20)
    sends = [("send", block), ("wait", 0)] * megabytes
    return Script((("send", head % (megabytes << 20)), *sends), 200)


def _delay(answer: Response, options: Options) -> Script:
    return Script((("wait", options.get("seconds", 0.5)), ("send", render(answer))), answer.status)


def _drip(answer: Response, options: Options) -> Script:
    pause = options.get("seconds", 0.2)
    steps: list[tuple[str, t.Any]] = []
    for byte in render(answer):
        steps += [("send", bytes([byte])), ("wait", pause)]
    return Script(tuple(steps), answer.status)


def _dead_keepalive(answer: Response, options: Options) -> Script:
    return Script((("send", render(answer)), ("doom", None)), answer.status)


def _odd(answer: Response, options: Options) -> Response:
    return Response(options.get("status", 500), options.get("body", b"["), JSON)


def _untouched(answer: Response, options: Options) -> Response:
    return answer


class Fault(t.NamedTuple):
    """How an answer is spoiled, and whether the work was done first."""

    executes: bool
    build: t.Callable[[Response, Options], Spoiled]


FAULTS: dict[str, Fault] = {
    # refused, politely or not
    "400": Fault(False, _error(400, "Bad request.")),
    "401": Fault(False, _abp(401, "You are not authenticated!")),
    "403": Fault(False, _abp(403, "You are not authorized!")),
    "404": Fault(False, _error(404, "Not found.")),
    "407": Fault(False, _proxy_refuses),
    "409": Fault(False, _error(409, "Conflict.")),
    "429": Fault(False, _later(429)),
    "429-date": Fault(False, _later_date),
    "500": Fault(False, _error(500, "An error has occurred.")),
    "502": Fault(False, _page(502, "Bad Gateway")),
    "503": Fault(False, _later(503)),
    "504": Fault(False, _page(504, "Gateway Timeout")),
    "login-page": Fault(False, _page(200, "Sign in")),
    "redirect-same": Fault(False, _redirect("/moved")),
    "redirect-other": Fault(False, _redirect("https://elsewhere.example.net/")),
    "redirect-http": Fault(False, _redirect("http://orchestrator.example.com/")),
    # the connection
    "reset-before": Fault(False, _steps(("reset", None))),
    "close-before": Fault(False, _steps(("close", None))),
    "stall-before": Fault(False, _steps(("wait", _FOREVER))),
    "garbage": Fault(False, _steps(("send", b"\x16\x03\x01 not HTTP\r\n\r\n"), ("close", None))),
    "reset-body": Fault(True, _cut(("reset", None))),
    "short-body": Fault(True, _cut(("close", None))),
    "stall": Fault(True, _cut(("wait", _FOREVER))),
    "delay": Fault(True, _delay),
    "drip": Fault(True, _drip),
    "dead-keepalive": Fault(True, _dead_keepalive),
    "lost-answer": Fault(True, _steps(("reset", None))),
    # the text of the answer
    "truncated-json": Fault(True, _body(lambda body: body[: len(body) // 2])),
    "bad-json": Fault(True, _body(lambda body: b"{'value': [}")),
    "bad-utf8": Fault(True, _body(lambda body: body[:-1] + b"\xff\xfe" + body[-1:])),
    "bom": Fault(True, _body(lambda body: b"\xef\xbb\xbf" + body)),
    "empty": Fault(True, lambda answer, options: Response(200)),
    "gzip": Fault(True, _gzip),
    "broken-chunk": Fault(True, _chunked(b"zz\r\nnot a chunk\r\n")),
    "missing-last-chunk": Fault(True, _chunked(b"")),
    "two-lengths": Fault(True, _two_lengths),
    "huge-body": Fault(False, _huge),
    # any status and body, after the work was done: options `status`, `body`
    "odd-answer": Fault(True, _odd),
    # somebody else writes right after this call: options `settings`, `tenant_written`
    "interleave": Fault(True, _untouched),
}


@dataclasses.dataclass
class Rule:
    """A fault armed for calls of an operation (a pattern such as ``Settings.*``)."""

    operation: str
    fault: str
    times: int | None = 1
    after: int = 0
    every: int = 1
    tenant: str | None = None
    options: Options = dataclasses.field(default_factory=dict)
    seen: int = 0
    fired: int = 0

    def __post_init__(self) -> None:
        if self.fault not in FAULTS:
            raise ValueError(f"unknown fault {self.fault!r}; known: {', '.join(FAULTS)}")

    @property
    def executes(self) -> bool:
        """Whether the request still has its effect."""
        return bool(self.options.get("executes", FAULTS[self.fault].executes))

    def strikes(self, operation: str, tenant: str | None) -> bool:
        """Count a call that matches, and say whether it is one of those that go wrong."""
        if not fnmatch.fnmatchcase(operation, self.operation):
            return False
        if self.tenant is not None and self.tenant != tenant:
            return False
        self.seen += 1
        if self.seen <= self.after or (self.seen - self.after) % self.every:
            return False
        if self.times is not None and self.fired >= self.times:
            return False
        self.fired += 1
        return True

    def spoil(self, answer: Response) -> Spoiled:
        """The answer as the client gets to see it."""
        return FAULTS[self.fault].build(answer, self.options)
