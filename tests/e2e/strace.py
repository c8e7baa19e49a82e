# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs of ``mail_settings`` on a file, with a fault at a chosen system call."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import typing as t
from collections import Counter
from pathlib import Path

from support.places import COLLECTIONS, TESTS

MAKES = ("openat", "mkdir", "mkdirat", "link", "linkat", "symlink", "symlinkat")
WRITES = ("write", "pwrite64", "writev", "ftruncate", "truncate", "fsync", "fdatasync", "flock")
ROOM = ("fallocate",)
DRESSES = ("fchmod", "chmod", "fchown", "chown", "setxattr", "fsetxattr", "fremovexattr")
MOVES = ("rename", "renameat", "renameat2", "unlink", "unlinkat")
CALLS = (*MAKES, *WRITES, *ROOM, *DRESSES, *MOVES)


class Point(t.NamedTuple):
    """A system call: its name, and the how-maniest of this name in the process."""

    call: str
    number: int
    line: str


class Ended(t.NamedTuple):
    """How a run ended: exit code, standard output, standard error, the calls."""

    code: int
    out: str
    err: str
    calls: tuple[str, ...]

    @property
    def result(self) -> dict[str, t.Any]:
        return json.loads(self.out)


def start() -> subprocess.Popen[str]:
    """A process that takes options and gives results."""
    environment = {**os.environ, "PYTHONPATH": f"{TESTS}:{COLLECTIONS}"}
    command = [sys.executable, "-m", "support.edit"]
    pipe = subprocess.PIPE
    return subprocess.Popen(
        command, text=True, env=environment, stdin=pipe, stdout=pipe, stderr=pipe
    )


def say(process: subprocess.Popen[str], options: t.Mapping[str, t.Any]) -> None:
    """Tell the process what to do next."""
    assert process.stdin
    process.stdin.write(json.dumps(options) + "\n")
    process.stdin.flush()


def ask(process: subprocess.Popen[str], options: t.Mapping[str, t.Any]) -> dict[str, t.Any]:
    """Tell the process what to do next, and wait for the result."""
    say(process, options)
    assert process.stdout
    return json.loads(process.stdout.readline())


def run(
    scratch: Path, options: dict[str, t.Any], at: Point | None = None, fault: str = ""
) -> Ended:
    """One traced run; ``fault`` is an action of strace, such as ``signal=SIGKILL``."""
    log = scratch / "log"
    with start() as process:
        # What is only read and imported need not be traced.
        ask(process, {**options, "check_mode": True})
        with _tracer(process.pid, log, at, fault) as tracer:
            _attached(tracer)
            out, err = process.communicate(json.dumps(options) + "\n", timeout=60)
    calls = tuple(line.split(maxsplit=1)[1] for line in log.read_text().splitlines())
    return Ended(process.returncode, out, err, calls)


@contextlib.contextmanager
def stopped(
    scratch: Path, options: dict[str, t.Any], at: Point
) -> t.Iterator[subprocess.Popen[str]]:
    """A run that has stopped right after a call; who leaves must have continued or killed it."""
    log = scratch / "pipe"
    log.unlink(missing_ok=True)
    os.mkfifo(log)
    with start() as process:
        ask(process, {**options, "check_mode": True})
        with _tracer(process.pid, log, at, "signal=SIGSTOP") as tracer, log.open() as lines:
            _attached(tracer)
            say(process, options)
            assert any("stopped by SIGSTOP" in line for line in iter(lines.readline, ""))
            yield process
            lines.read()


def points(path: Path, calls: t.Sequence[str]) -> list[Point]:
    """The calls that change something, from the first look at ``path`` to the answer."""
    counts: Counter[str] = Counter()
    found: list[Point] = []
    has_read = False
    for line in calls:
        call = line.split("(")[0]
        counts[call] += 1
        if call == "write" and line.startswith("write(1,"):
            break
        if has_read and (call != "openat" or "O_CREAT" in line):
            found.append(Point(call, counts[call], line))
        has_read = has_read or f'"{path}"' in line
    return found


def _tracer(number: int, log: Path, at: Point | None, fault: str) -> subprocess.Popen[str]:
    if at is None:
        what = ["-e", "trace=" + ",".join(f"?{call}" for call in CALLS)]
    else:
        what = ["-e", f"trace={at.call}", "-e", f"inject={at.call}:{fault}:when={at.number}"]
    command = ["strace", "-f", "-o", str(log), *what, "-p", str(number)]
    return subprocess.Popen(command, text=True, stderr=subprocess.PIPE)


def _attached(tracer: subprocess.Popen[str]) -> None:
    assert tracer.stderr
    line = tracer.stderr.readline()
    assert "attached" in line, line
