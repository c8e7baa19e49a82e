# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What clients in other languages do with HTTP: bodies in chunks, and waiting for leave to send."""

from __future__ import annotations

import socket

import pytest
from fake.orchestrator import FakeOrchestrator

BODY = b'{"tenancyName":"Default","usernameOrEmailAddress":"admin","password":"secret"}'
HEAD = b"POST /api/Account/Authenticate HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"


@pytest.fixture
def fake():
    with FakeOrchestrator("2020.10") as running:
        yield running


@pytest.fixture
def line(fake):
    with socket.create_connection(("127.0.0.1", fake.port), timeout=5) as connected:
        yield connected


def chunk(text):
    return b"%X\r\n%b\r\n" % (len(text), text)


def status(line):
    return int(line.recv(65536).split(b" ", 2)[1])


def test_a_body_in_chunks_is_read_as_one(fake, line):
    """Whatever the cut, with an extension and a trailer, and the next request behind it."""
    pieces = chunk(BODY[:7]) + chunk(BODY[7:]).replace(b"\r\n", b" ;mark=1\r\n", 1)
    line.sendall(CHUNKED + pieces + b"0\r\nDigest: none\r\n\r\n")

    assert status(line) == 200
    line.sendall(CHUNKED + chunk(BODY) + b"0\r\n\r\n")
    assert status(line) == 200
    assert [request.body["tenancyName"] for request in fake.requests] == ["Default", "Default"]


def test_chunks_that_arrive_byte_by_byte_are_waited_for(fake, line):
    """No prefix of a request is taken for a whole or for a broken one."""
    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    for byte in CHUNKED + chunk(BODY) + b"0\r\n\r\n":
        line.sendall(bytes([byte]))

    assert status(line) == 200


@pytest.mark.parametrize(
    "sent",
    [
        CHUNKED + b"zz\r\n\r\n",
        CHUNKED + b"1\r\ntoo much\r\n0\r\n\r\n",
        HEAD + b"Transfer-Encoding: gzip\r\n\r\n",
        HEAD + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    ],
)
def test_a_body_of_no_clear_length_is_refused(fake, line, sent):
    """A bad request, not a guess."""
    line.sendall(sent)

    assert status(line) == 400
    assert fake.requests == []


@pytest.mark.parametrize(
    "kind", [b"Content-Length: %d\r\n" % len(BODY), b"Transfer-Encoding: chunked\r\n"]
)
def test_a_client_that_waits_for_leave_gets_it_once(line, kind):
    """The head alone brings 100, the body after it the answer."""
    line.sendall(HEAD + kind + b"Expect: 100-continue\r\n\r\n")
    assert line.recv(65536) == b"HTTP/1.1 100 Continue\r\n\r\n"

    body = BODY if kind.startswith(b"Content") else chunk(BODY) + b"0\r\n\r\n"
    line.sendall(body[:9])
    line.sendall(body[9:])

    assert status(line) == 200
