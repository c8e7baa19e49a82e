# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The one door to the network, against a peer that says exactly what it is told."""

from __future__ import annotations

import gzip
import select
import threading
import time

import pytest
from ansible_collections.rpaops.orchestrator.plugins.module_utils._deadline import Deadline
from ansible_collections.rpaops.orchestrator.plugins.module_utils._errors import Ambiguous, Failure
from ansible_collections.rpaops.orchestrator.plugins.module_utils._server import client as door
from ansible_collections.rpaops.orchestrator.plugins.module_utils._server import (
    patience as waiting,
)
from ansible_collections.rpaops.orchestrator.plugins.module_utils._server.client import Request
from ansible_collections.rpaops.orchestrator.plugins.module_utils._server.connection import (
    Transport,
)
from ansible_collections.rpaops.orchestrator.plugins.module_utils._version import VERSION
from fake.certificates import server_context, write_ca
from support.raw_http import CLOSE, RESET, SILENCE, RawServer, answer

READ = Request("GET", "/a")
OK = answer(b'{"ok": true}')


def client(server, seconds=10.0, **options):
    return door.Client(server.url, Transport(use_proxy=False, **options), Deadline(seconds))


def test_requests_share_one_connection():
    """Connections are kept alive."""
    with RawServer(OK, OK) as server:
        caller = client(server)
        assert caller.ask(READ).json() == caller.ask(Request("GET", "/b")).json() == {"ok": True}

        assert server.connections == 1


def test_a_read_says_who_asks_and_for_what_and_nothing_else():
    """JSON, not compressed; and the server by its name, once."""
    with RawServer(OK) as server:
        client(server).ask(READ)
        _line, *lines = server.requests[0].decode("ascii").split("\r\n\r\n")[0].split("\r\n")
    sent = dict(line.split(": ") for line in lines)

    assert sent == {
        "Host": f"localhost:{server.port}",
        "User-Agent": f"rpaops.orchestrator/{VERSION}",
        "Accept": "application/json",
        "Accept-Encoding": "identity",
    }
    assert len(lines) == len(sent)


@pytest.mark.parametrize("fault", [RESET, CLOSE, answer(b"", "503 Busy"), answer(b"", "502 Bad")])
def test_a_read_is_repeated_when_the_server_stumbles(fault):
    """Broken connections and busy answers are tried again."""
    with RawServer(fault, OK) as server:
        assert client(server).ask(READ).json() == {"ok": True}


@pytest.mark.parametrize("fault", [RESET, CLOSE, lambda peer: peer.sendall(OK[:-5])])
def test_a_write_without_an_answer_is_ambiguous_and_sent_once(fault):
    """A write that may have arrived is never repeated blindly."""
    with RawServer(fault, OK) as server:
        with pytest.raises(Ambiguous):
            client(server).tell(Request("POST", "/write", json={"a": 1}))

        assert len(server.requests) == 1


def test_a_read_waits_as_long_as_the_server_asks():
    """Retry-After in seconds is honoured."""
    with RawServer(answer(b"", "429 Slow", "Retry-After: 1"), OK) as server:
        started = time.monotonic()
        client(server).ask(READ)

        assert time.monotonic() - started >= 1


def test_waiting_never_passes_the_deadline():
    """A server that asks for an hour is told that there is no hour."""
    with RawServer(answer(b"", "429 Slow", "Retry-After: 3600")) as server:
        with pytest.raises(Failure) as caught:
            client(server, seconds=2).ask(READ)

        assert caught.value.error == "deadline"
        assert "3600 s" in str(caught.value)


def test_a_date_in_retry_after_is_understood():
    """Retry-After may be a date; one in the past means now."""
    assert waiting.retry_after({"retry-after": "Wed, 21 Oct 2015 07:28:00 GMT"}) == 0.0


def test_a_server_that_asks_for_no_wait_gets_none():
    """Retry-After: 0 is an answer, not a missing header."""
    assert waiting.Patience(3).after(429, 0.0) == 0.0


def test_a_server_that_keeps_refusing_is_asked_less_often():
    """However little a 429 asks for, the waits grow, and come to an end."""
    patience = waiting.Patience(2)
    waits = [patience.after(429, 0.0) for _refusal in range(5)]

    assert waits == [0.0, pytest.approx(0.2), pytest.approx(0.4), pytest.approx(0.6), None]


def test_a_refusal_says_nothing_about_a_request():
    """429 takes nothing from the retries that are meant for trouble."""
    patience = waiting.Patience(1)
    patience.after(429, 0.0)

    assert (patience.after(503, None), patience.after(503, None)) == (0.5, None)


def test_retries_come_to_an_end():
    """The last answer is handed on when the server stays busy."""
    busy = answer(b"", "503 Busy", "Retry-After: 0")
    with RawServer(*[busy] * 9) as server:
        assert client(server, retries=2).ask(READ).status == 503

        assert len(server.requests) == 3


def test_a_silent_server_ends_with_the_deadline():
    """The whole operation is bounded, and the message names the option."""
    with RawServer(SILENCE) as server, pytest.raises(Failure, match="server.timeout"):
        client(server, seconds=0.5).ask(READ)


def test_a_redirect_to_another_origin_is_refused():
    """The bearer token goes to no other host."""
    elsewhere = answer(b"", "302 Found", "Location: http://127.0.0.1:1/steal")
    with RawServer(elsewhere) as server, pytest.raises(Failure, match="redirects to another"):
        client(server).ask(Request("GET", "/a", headers={"Authorization": "Bearer t"}))


def test_a_redirect_on_the_same_origin_is_followed_for_a_read():
    """Some servers add a slash or change the letter case of a path; what is asked for stays."""
    with RawServer(answer(b"", "301 Moved", "Location: /b?key=x"), OK) as server:
        assert client(server).ask(READ).ok

        assert server.requests[1].startswith(b"GET /b?key=x ")


@pytest.mark.parametrize(
    "place", ["/Account/Login", "https://idp.example.com/oauth2/authorize", "/identity/signin-oidc"]
)
def test_a_redirect_to_a_page_that_asks_to_sign_in_is_called_that(place):
    """What comes after its path may let somebody in, and is not shown."""
    there = answer(b"", "302 Found", f"Location: {place}?state=CANARY-state#CANARY-fragment")
    with RawServer(there) as server, pytest.raises(Failure, match="asks to sign in") as caught:
        client(server).tell(Request("POST", "/write"))

    assert (caught.value.error, caught.value.status) == ("redirected", 302)
    assert f"({place}). Either a gateway" in str(caught.value)
    assert "CANARY" not in str(caught.value)


def test_a_page_that_asks_to_sign_in_is_called_that():
    """With 200, as many gateways answer."""
    page = b"<!DOCTYPE html><form><input name='p' type=\"password\"></form>"
    with RawServer(answer(page)) as server, pytest.raises(Failure) as caught:
        client(server).ask(Request("GET", "/a")).json()

    assert "a page that asks to sign in instead of JSON (HTTP 200). Either a" in str(caught.value)


def test_a_redirected_write_is_refused():
    """A write is not sent to an address that nobody declared."""
    with RawServer(answer(b"", "307 Moved", "Location: /b")) as server:
        with pytest.raises(Failure, match="redirects"):
            client(server).tell(Request("POST", "/a", json={}))


def test_compression_nobody_asked_for_is_undone():
    """Some gateways compress all the same."""
    packed = answer(gzip.compress(b'{"ok": true}'), "200 OK", "Content-Encoding: gzip")
    with RawServer(packed) as server:
        assert client(server).ask(READ).json() == {"ok": True}


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (answer(b"<html>log in</html>"), "an HTML page instead of JSON"),
        (answer(b""), "an empty body instead of JSON"),
        (answer(b'{"cut": '), "text instead of JSON"),
        (answer(b"\xff\xfe\xfd"), "text instead of JSON"),
    ],
)
def test_what_is_no_json_is_named(said, words):
    """A login page or broken text is one clear sentence with the address in it."""
    with RawServer(said) as server, pytest.raises(Failure, match=words) as caught:
        client(server).ask(READ).json()

    assert server.url in str(caught.value)


def test_a_byte_order_mark_does_no_harm():
    """Some proxies and servers put one before JSON."""
    with RawServer(answer(b'\xef\xbb\xbf{"ok": true}')) as server:
        assert client(server).ask(READ).json() == {"ok": True}


def test_two_different_lengths_are_refused():
    """An answer that contradicts itself may hide another one."""
    twice = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 5\r\n\r\n{}"
    with RawServer(twice) as server, pytest.raises(Failure, match="two different lengths"):
        client(server).ask(READ)


def test_a_huge_answer_is_refused(monkeypatch):
    """Nobody fills the memory of the controller."""
    monkeypatch.setattr(door, "MAX_BODY", 1000)
    with RawServer(answer(b" " * 1001)) as server, pytest.raises(Failure, match="larger than"):
        client(server).ask(READ)


def test_an_answer_without_length_ends_with_the_connection():
    """HTTP/1.0 style answers are complete when the server closes."""
    with RawServer(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{}", OK) as server:
        caller = client(server)
        assert caller.ask(READ).json() == {}
        assert caller.ask(Request("GET", "/b")).ok


FORGED = answer(b'{"forged": true}')


class Interrupting:
    """Sends ``first``, and ``later`` when told to; ends with the other side."""

    def __init__(self, first, later):
        self.first, self.later, self.go = first, later, threading.Event()

    def __call__(self, peer):
        peer.sendall(self.first)
        self.go.wait(30)
        if self.later:
            peer.sendall(self.later)
            peer.recv(1)

    def goes_on(self, caller):
        """Let it go on, and wait until the caller could see it."""
        self.go.set()
        assert select.select([caller._connection.sock.raw], [], [], 30)[0]


@pytest.fixture(params=["http", "https"])
def secured(request, tmp_path):
    """Both schemes: how a server speaks, and how a client is told to."""
    if request.param == "http":
        return {}, {}
    return {"tls": server_context()}, {"ca_path": str(write_ca(tmp_path / "ca.pem"))}


@pytest.mark.parametrize("second", [FORGED, FORGED[:20], b"\r\n"], ids=["whole", "part", "blank"])
def test_an_early_second_answer_is_not_taken_for_the_next(secured, second):
    """What comes along with an answer is thrown away with the connection."""
    spoken, told = secured
    with RawServer(OK + second, OK, **spoken) as server:
        caller = client(server, **told)

        assert [caller.ask(READ).json() for _time in range(2)] == [{"ok": True}] * 2
        assert (server.connections, len(server.requests)) == (2, 2)


def test_a_late_second_answer_is_not_taken_for_the_next(secured):
    """What is there before a question is asked is no answer to it."""
    spoken, told = secured
    interrupting = Interrupting(OK, FORGED)
    with RawServer(interrupting, OK, **spoken) as server:
        caller = client(server, **told)
        caller.ask(READ)
        interrupting.goes_on(caller)

        assert caller.ask(READ).json() == {"ok": True}
        assert (server.connections, len(server.requests)) == (2, 2)


def test_a_write_after_an_idle_connection_was_closed_is_sent_and_clear(secured):
    """A server that hung up meanwhile is seen before the write, not by it."""
    spoken, told = secured
    closing = Interrupting(OK, b"")
    with RawServer(closing, OK, **spoken) as server:
        caller = client(server, **told)
        caller.ask(READ)
        closing.goes_on(caller)

        assert caller.tell(Request("POST", "/write", json={})).ok
        assert (server.connections, len(server.requests)) == (2, 2)


def test_an_honest_server_keeps_its_one_connection(secured):
    """Whatever TLS itself says in between, such as tickets, is nobody's answer."""
    spoken, told = secured
    with RawServer(OK, answer(b""), OK, **spoken) as server:
        caller = client(server, **told)
        for path in ("/a", "/b", "/c"):
            caller.ask(Request("GET", path))

        assert server.connections == 1
