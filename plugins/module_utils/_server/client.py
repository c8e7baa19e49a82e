# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The one door to the network: HTTP requests over a kept-alive connection.

Ansible's own ``open_url`` opens a connection per request and bounds each read, not the whole.  One
run here is several requests to one server inside one deadline, so this door stands on
``http.client``: kept-alive, deadline over everything, redirects to another origin refused, answers
capped.  A status is data; no answer is a ``Failure``.
"""

from __future__ import annotations

import http.client
import json
import math
import re
import time
import typing as t
from types import MappingProxyType
from urllib.parse import urlencode, urljoin, urlsplit

from .._deadline import LATE, Deadline
from .._errors import Ambiguous, Failure
from .._output.redact import clean
from .._phrase import Phrase, say
from .answer import GATEWAY, MAX_BODY, Answer, too_large, unpacked
from .connection import Connection, Transport
from .patience import TOO_MANY_REQUESTS, Patience, retry_after
from .web_address import Origin

if t.TYPE_CHECKING:
    from .heads import Response

MAX_REDIRECTS = 3
Pairs = t.Sequence[tuple[str, t.Any]]
_SIGN_IN = re.compile(r"log-?in|log-?on|sign-?in|sign-?on|/sso|oauth|authorize|saml|adfs", re.I)
REDIRECTS = frozenset((301, 302, 303, 307, 308))
NONE: t.Mapping[str, str] = MappingProxyType({})


class Request(t.NamedTuple):
    """What to send: ``json`` or ``form`` is the body, ``query`` pairs go behind the path."""

    # A tuple is made several times as fast as a frozen dataclass, and a task may send thousands.
    method: str
    path: str
    query: Pairs = ()
    json: t.Any = None
    form: t.Mapping[str, str] | None = None
    headers: t.Mapping[str, str] = NONE


class Client:
    """Requests to the origin of ``base_url``, one at a time, over one kept-alive connection.

    Not safe for several threads; each worker has its own.
    """

    def __init__(self, base_url: str, transport: Transport, deadline: Deadline) -> None:
        self.base_url = base_url.rstrip("/")
        self.deadline = deadline
        self._transport = transport
        self._connection: Connection | None = None
        self._patience = Patience(transport.retries)

    def renew(self, deadline: Deadline) -> None:
        """Go on under a new deadline, with new patience, over the connection there is."""
        self.deadline = deadline
        self._patience = Patience(self._transport.retries)

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()

    def ask(self, request: Request) -> Answer:
        """A request that may be repeated: retried on busy answers and broken connections."""
        patience = Patience(self._transport.retries)
        while True:
            try:
                answer = self._follow(request)
            except Ambiguous as exc:
                seconds = patience.after(None, None) if exc.error == "unreachable" else None
                if seconds is None or not self.deadline.allows(seconds):
                    raise
            else:
                seconds = self._asked(patience, answer)
                if seconds is None:
                    return answer
                if not self.deadline.allows(seconds):
                    raise self._busy(answer.url, answer.status, seconds)
            time.sleep(seconds)

    def tell(self, request: Request) -> Answer:
        """A request that is sent at most once; ``Ambiguous`` when no answer came."""
        answer = self._send(request)
        if answer.status in REDIRECTS:
            raise _redirected(answer)
        return answer

    def wait_out(self, refused: Answer) -> bool:
        """Wait as long as the refusal of a write asks; false when patience or time run out."""
        seconds = self._asked(self._patience, refused)
        if seconds is None or not self.deadline.allows(seconds):
            return False
        time.sleep(seconds)
        return True

    def _asked(self, patience: Patience, answer: Answer) -> float | None:
        asked = retry_after(answer.headers)
        seconds = patience.after(answer.status, asked)
        if answer.status == TOO_MANY_REQUESTS and seconds is not None:
            # What is waited longer than the server asks is waited alone.
            self._transport.pace.slow_down(seconds if asked is None else asked)
        return seconds

    def _follow(self, request: Request) -> Answer:
        for _hop in range(MAX_REDIRECTS):
            answer = self._send(request)
            if answer.status not in REDIRECTS:
                return answer
            path = _path_in(answer) if request.method == "GET" else None
            if path is None:
                raise _redirected(answer)
            request = request._replace(path=path, query=())
        raise _redirected(answer)

    def _send(self, request: Request) -> Answer:
        url = self.base_url + request.path
        asked = self._transport.pace.wait(self.deadline)
        if asked is not None:
            raise self._busy(url, TOO_MANY_REQUESTS, asked)
        try:
            return self._exchange(request, url)
        except LATE as exc:
            self.close()
            raise self._late(url) from exc
        except (OSError, http.client.HTTPException) as exc:
            self.close()
            raise Ambiguous("unreachable", target=url, reason=_why(exc)) from exc
        except ValueError as exc:
            # Options were judged before, so this is something that a server gave to send back.
            self.close()
            reason = say("what it gave before cannot be sent back")
            raise Ambiguous("bad_answer", target=url, reason=reason) from exc
        except Failure:
            # What is left unread of this answer must not be taken for the next one.
            self.close()
            raise

    def _exchange(self, request: Request, url: str) -> Answer:
        body, headers = _body(request)
        asked = "?" + urlencode(request.query) if request.query else ""
        connection = self._open(url)
        connection.send_request(request.method, url + asked, body, headers)
        response = connection.receive()
        content = _read_capped(response, url)
        kept = _headers(response)
        if response.will_close:
            self.close()
        content = unpacked(content, kept.get("content-encoding", ""), url)
        return Answer(request.method, url, response.status, kept, content)

    def _open(self, url: str) -> Connection:
        if self._connection is None:
            self._connection = self._transport.connect(Origin.of(url), self.deadline)
        self._connection.use(self.deadline)
        return self._connection

    def _late(self, url: str) -> Ambiguous:
        return Ambiguous("deadline", target=url, seconds=self.deadline.seconds, why="")

    def _busy(self, url: str, status: int, wait: float) -> Failure:
        # What is left of a wait is rounded up: a server that asks for 25 s asks for 25 s.
        why = f": it is busy (HTTP {status}), and the next request has to wait {math.ceil(wait)} s"
        seconds = self.deadline.seconds
        return Failure("deadline", target=url, seconds=seconds, why=why, status=status)


def _body(request: Request) -> tuple[bytes | None, dict[str, str]]:
    headers = {"Accept": "application/json", "Accept-Encoding": "identity", **request.headers}
    if request.form is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        return urlencode(request.form).encode("ascii"), headers
    if request.json is not None:
        headers["Content-Type"] = "application/json"
        return json.dumps(request.json).encode("utf-8"), headers
    return None, headers


def _headers(response: Response) -> dict[str, str]:
    kept: dict[str, str] = {}
    for name, value in response.fields.items:
        # The one header that is repeated with another meaning each time.
        repeated = name == "set-cookie" and name in kept
        kept[name] = f"{kept[name]}\n{value}" if repeated else value
    return kept


def _read_capped(response: Response, url: str) -> bytes:
    lengths = {value for name, value in response.fields.items if name == "content-length"}
    if len(lengths) > 1:
        raise Ambiguous("bad_answer", target=url, reason=say("it states two different lengths"))
    content = response.read(MAX_BODY + 1)
    if len(content) > MAX_BODY:
        raise too_large(url)
    if response.length:
        raise http.client.IncompleteRead(content, response.length)
    return content


def _path_in(answer: Answer) -> str | None:
    """Where a redirect leads to on the same origin; None for anywhere else, or nowhere."""
    try:
        target = urljoin(answer.url, answer.headers.get("location", ""))
        if Origin.of(target) != Origin.of(answer.url):
            return None
        parts = urlsplit(target)
    except ValueError:
        return None
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    return path if path.isascii() and path.isprintable() and " " not in path else None


def _redirected(answer: Answer) -> Failure:
    # What comes after the path is for a browser, and may let somebody in.
    location = re.split("[?#]", answer.headers.get("location", "nowhere"))[0]
    where, advice = "another address", say("Put the final address in server.url")
    if _SIGN_IN.search(location):
        where, advice = "a page that asks to sign in", GATEWAY
    return Failure(
        "redirected",
        target=answer.url,
        where=where,
        location=clean(location),
        advice=advice,
        status=answer.status,
    )


def _why(exc: Exception) -> str:
    if isinstance(exc, http.client.RemoteDisconnected):
        return say("the server closed the connection without an answer")
    if isinstance(exc, http.client.IncompleteRead):
        return say("the answer broke off")
    said = exc.args[0] if exc.args else None
    if isinstance(said, Phrase):
        return said
    return clean(getattr(exc, "strerror", None) or str(exc) or type(exc).__name__)
