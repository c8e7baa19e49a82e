# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Faults, the transport, the door, and the fake as a program."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import signal
import socket
import subprocess
import sys

import pytest
from fake.orchestrator import FAULTS, FakeOrchestrator
from support.caller import Caller
from support.places import TESTS

PORT = "Abp.Net.Mail.Smtp.Port"
BULK = "/odata/Settings/UiPath.Server.Configuration.OData.UpdateBulk"
CHANGE = {"settings": [{"Name": PORT, "Value": "2525"}]}
PROGRAM = TESTS / "fake" / "orchestrator"
#: Faults after which a client that does not look closely still gets a whole answer.
MILD = {"delay", "dead-keepalive", "interleave", "drip", "two-lengths"}
FAST = {"seconds": 0.0, "megabytes": 1}


@pytest.fixture
def fake():
    with FakeOrchestrator("2020.10", open_door=True) as running:
        yield running


@pytest.fixture
def caller(fake):
    return Caller(fake)


def received(caller):
    """Status and body of a read, or the name of the error it ended with."""
    try:
        answer = caller.get("/odata/Settings", timeout=0.3)
    except (OSError, http.client.HTTPException) as error:
        return type(error).__name__
    return answer.status, answer.text


@pytest.mark.parametrize("fault", sorted(set(FAULTS) - MILD))
def test_a_fault_spoils_the_answer(fake, caller, fault):
    """Whatever the name promises, the plain answer does not come through, once."""
    good = received(caller)
    fake.fault("Settings.Read", fault, **FAST)

    assert received(caller) != good
    assert received(caller) == good


@pytest.mark.parametrize("fault", sorted(FAULTS))
def test_a_fault_says_whether_the_work_was_done(fake, caller, fault):
    """A write under a fault is stored or not, as the table of faults says."""
    fake.fault("Settings.UpdateBulk", fault, **FAST)
    with contextlib.suppress(OSError, http.client.HTTPException):
        caller.post(BULK, CHANGE, timeout=0.3)

    assert (fake.settings("Default")[PORT] == "2525") is FAULTS[fault].executes
    assert fake.requests[-1].fault == fault


@pytest.mark.parametrize(
    ("rule", "statuses"),
    [
        ({}, [503, 200, 200, 200]),
        ({"times": 2, "after": 1}, [200, 503, 503, 200]),
        ({"every": 2}, [200, 503, 200, 503]),
        ({"times": None}, [503, 503, 503, 503]),
        ({"tenant": "Other"}, [200, 200, 200, 200]),
    ],
)
def test_a_fault_strikes_when_it_was_told_to(fake, caller, rule, statuses):
    """The next one, some after some, every nth, all, or only one tenant's."""
    fake.fault("Settings.*", "503", **rule)

    assert [caller.get("/odata/Settings").status for _each in statuses] == statuses


def test_two_lengths_contradict_each_other(fake):
    """Many clients take the first length and do not notice, so this looks at the bytes."""
    fake.fault("Status", "two-lengths")
    with socket.create_connection(("127.0.0.1", fake.port), timeout=5) as raw:
        raw.sendall(b"GET /api/Status/Get HTTP/1.1\r\nHost: x\r\n\r\n")
        head = raw.recv(4096).partition(b"\r\n\r\n")[0]

    assert head.count(b"Content-Length: ") == 2


def test_a_doomed_connection_dies_at_its_next_request(fake):
    """The answer is fine; the kept-alive connection is not."""
    fake.fault("Status", "dead-keepalive")
    connection = http.client.HTTPConnection("127.0.0.1", fake.port, timeout=5)
    connection.request("GET", "/api/Status/Get")
    assert connection.getresponse().read() == b""

    connection.request("GET", "/api/Status/Get")

    with pytest.raises((http.client.RemoteDisconnected, ConnectionError)):
        connection.getresponse()
    connection.close()


def test_somebody_else_may_write_in_between(fake, caller):
    """The answer is the old state, the next one the new."""
    fake.fault("Settings.Read", "interleave", settings={PORT: "7"}, tenant_written="Default")

    rows = [caller.get(f"/odata/Settings?$filter=Name eq '{PORT}'").json() for _each in range(2)]

    assert [page["value"][0]["Value"] for page in rows] == ["25", "7"]


@pytest.mark.parametrize("misuse", [{"fault": "no-such"}, {"switch": {"boolean": "maybe"}}])
def test_an_unknown_fault_or_position_is_an_error(fake, misuse):
    """A test that misspells a name must not pass silently."""
    with pytest.raises(ValueError, match="known|takes one of"):
        fake.switch(**misuse["switch"]) if "switch" in misuse else fake.fault("*", **misuse)


def test_requests_sent_in_one_piece_are_answered_in_order(fake):
    """Kept alive and pipelined: two answers on one connection."""
    request = b"GET /api/Status/Get HTTP/1.1\r\nHost: x\r\n\r\n"
    with socket.create_connection(("127.0.0.1", fake.port), timeout=5) as raw:
        raw.sendall(request + request[:20])
        raw.sendall(request[20:])
        received = b""
        while received.count(b"\r\n\r\n") < 2:
            received += raw.recv(4096)

    assert received.count(b"HTTP/1.1 200 OK") == 2
    assert fake.connections == 1


def test_a_taken_port_is_reported_at_the_start(fake):
    """Not in a thread that dies quietly."""
    with pytest.raises(OSError, match="in use"), FakeOrchestrator(port=fake.port):
        pass


def test_the_door_shows_and_changes_what_another_process_needs(fake, caller):
    """Stored values, switches, faults, counts; a mistake is a 400."""
    caller.post(BULK, CHANGE)
    doors = {
        "settings": caller.get("/fake/settings/Default").json()[PORT],
        "counts": caller.get("/fake/counts").json(),
        "fault": caller.post("/fake/fault", {"operation": "*", "fault": "500"}).status,
        "mistake": caller.post("/fake/switch", {"no_such": 1}).status,
    }

    counts = {"Settings.UpdateBulk": 1}
    assert doors == {"settings": "2525", "counts": counts, "fault": 200, "mistake": 400}
    assert caller.get("/odata/Settings").status == 500


def test_the_door_is_closed_unless_asked_for():
    """It shows passwords."""
    with FakeOrchestrator("2020.10") as fake:
        assert Caller(fake).get("/fake/settings/Default").status == 404


def test_the_program_says_where_it_is_and_ends_when_told(tmp_path):
    """One line of JSON when ready, the files asked for, exit code 0 on SIGTERM."""
    ready = tmp_path / "ready"
    command = [
        sys.executable,
        str(PROGRAM),
        "--door",
        "--tenant",
        "Blue",
        "--ready-file",
        str(ready),
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as program:
        facts = json.loads(program.stdout.readline())
        connection = http.client.HTTPConnection("127.0.0.1", facts["port"], timeout=5)
        connection.request("GET", "/fake/settings/Blue")
        settings = json.loads(connection.getresponse().read())
        connection.close()
        os.kill(facts["pid"], signal.SIGTERM)

    assert program.returncode == 0
    assert settings[PORT] == "25"
    assert json.loads(ready.read_text()) == facts
