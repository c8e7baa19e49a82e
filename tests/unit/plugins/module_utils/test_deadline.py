# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import socket
import threading
import time

import pytest
from ansible_collections.rpaops.orchestrator.plugins.module_utils._deadline import (
    Deadline,
    DeadlineSocket,
    resolve,
)


@pytest.fixture
def peers():
    ours, theirs = socket.socketpair()
    yield ours, theirs
    ours.close()
    theirs.close()


def test_a_silent_peer_ends_with_the_deadline(peers):
    """A read waits for the deadline, and ends although nobody ever says a word."""
    started = time.monotonic()

    with pytest.raises(TimeoutError):
        DeadlineSocket(peers[0], Deadline(0.2)).makefile().readline()

    assert time.monotonic() - started > 0.15


def test_a_peer_that_drips_ends_with_the_deadline(peers):
    """Bytes that come now and then, for ever, do not extend the deadline."""
    stop = threading.Event()
    dripping = threading.Thread(target=_drip, args=(peers[1], stop))
    dripping.start()

    with pytest.raises(TimeoutError):
        DeadlineSocket(peers[0], Deadline(0.4)).makefile().readline()

    stop.set()
    dripping.join()


def test_closing_waits_for_the_last_reader(peers):
    """http.client closes the connection before it reads the rest of an answer."""
    sock = DeadlineSocket(peers[0], Deadline(5))
    reader = sock.makefile()
    peers[1].sendall(b"late\n")

    sock.close()

    assert reader.readline() == b"late\n"
    reader.close()
    assert peers[0].fileno() == -1


def _drip(sock, stop):
    while not stop.wait(0.05):
        sock.sendall(b".")


def test_a_name_that_nobody_looks_up_in_time_ends_with_the_deadline(monkeypatch):
    """The library that asks knows no end of its own."""
    asked = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *given, **more: asked.wait())

    with pytest.raises(socket.gaierror, match="do not answer in time"):
        resolve("name.example.com", 25, Deadline(0.05))
    asked.set()


@pytest.mark.parametrize("name", ["a..example.com", "x" * 64 + ".com", "\0", "ü" * 70])
def test_a_name_that_cannot_be_one_fails_at_once(name):
    """As an unknown name does, and not in a thread of its own (pytest would say so)."""
    with pytest.raises(socket.gaierror):
        resolve(name, 25, Deadline(30))


def test_a_deadline_is_never_longer_than_a_day():
    """A socket takes no time without end."""
    assert Deadline(1e300).remaining() <= 86_400
