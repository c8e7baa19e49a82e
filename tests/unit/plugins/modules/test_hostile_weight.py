# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What an answer of 32 MB costs: never more than four times its size, whatever it is made of."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys

import pytest
from support.places import COLLECTIONS, TESTS
from support.raw_http import RawServer, answer

# What a process took before it became this one counts in ``getrusage``, but not here.
pytestmark = pytest.mark.skipif(not os.path.exists("/proc/self/status"), reason="needs /proc")

SIZE = 32 * 1024 * 1024
#: Says the most memory that the job took, and what came of it.
JOB = """
import json, re, sys
from pathlib import Path
from support.run import mail_settings_info
server = {"access_token": "t" * 20, "use_proxy": False, "api": "orchestrator", "retries": 0}
done = mail_settings_info(server={**server, "url": sys.argv[1]}).result
status = Path("/proc/self/status").read_text()
peak = int(re.search(r"VmHWM:\\s+(\\d+) kB", status)[1]) * 1024
print(json.dumps([peak, done.get("error"), done.get("msg", "")]))
"""
#: What a body of about that many octets may be made of.
BODIES = {
    "one long text": lambda size: b'{"value": "' + b"x" * size + b'"}',
    "empty objects": lambda size: b'{"value": [' + b"{}," * (size // 3) + b"{}]}",
    "empty lists": lambda size: b"[" + b"[]," * (size // 3) + b"[]]",
    "short texts": lambda size: b"[" + b'"ab",' * (size // 5) + b"1]",
    "numbers": lambda size: b"[" + b"0.5," * (size // 4) + b"1]",
    "one letter beyond the rest": lambda size: '{"a": "😀'.encode() + b"x" * size + b'"}',
    "nesting": lambda size: b"[" * size,
    "no JSON": lambda size: b"\0" * size,
}


def run(body, *headers):
    """The peak of a job's memory, and its error and message."""
    with RawServer(answer(body, "200 OK", *headers)) as server:
        done = subprocess.run(
            [sys.executable, "-c", JOB, server.url],
            env={**os.environ, "PYTHONPATH": f"{TESTS}{os.pathsep}{COLLECTIONS}"},
            capture_output=True,
            check=True,
        )
    peak, error, message = json.loads(done.stdout)
    return peak, error, message


@pytest.fixture(scope="module")
def usual():
    """The peak with an answer of no weight."""
    return run(b'{"value": []}')[0]


@pytest.mark.parametrize("made_of", BODIES)
@pytest.mark.parametrize("size", [SIZE, 7 * 1024 * 1024], ids=["32 MiB", "7 MiB"])
def test_a_hostile_answer_takes_at_most_four_times_32_mib(usual, made_of, size):
    """Of one that is refused for its size nearly nothing; of one just below that no more either."""
    peak, error, message = run(BODIES[made_of](size))

    assert error in ("bad_answer", "not_json"), message
    assert peak - usual < 4 * SIZE


def test_a_packed_answer_is_unpacked_up_to_the_same_size(usual):
    """32 KB that want to be 32 MB."""
    peak, error, _message = run(gzip.compress(b" " * SIZE), "Content-Encoding: gzip")

    assert error == "bad_answer"
    assert peak - usual < 4 * SIZE
