# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run whole processes side by side, and how long each took and how much memory its largest had."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
import typing as t
from dataclasses import dataclass, field

Command = t.Sequence[str]


@dataclass
class Series:
    """The runs of one way: seconds of wall time, and MiB of the largest process."""

    seconds: list[float] = field(default_factory=list)
    mebibytes: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)

    @property
    def memory(self) -> float:
        return statistics.median(self.mebibytes)

    @property
    def spread(self) -> str:
        return f"{min(self.seconds):.2f} to {max(self.seconds):.2f}"


@dataclass(frozen=True)
class Way:
    """A command, and what has to be done before each run of it."""

    command: Command
    prepare: t.Callable[[], None] = lambda: None


def once(command: Command, environment: t.Mapping[str, str], folder: str) -> tuple[float, float]:
    """Seconds and MiB of one run; a run that fails ends the benchmark with its output."""
    log_path = os.path.join(folder, "output")
    with open(log_path, "w+b") as log:
        begin = time.perf_counter()
        process = subprocess.Popen(command, env=environment, cwd=folder, stdout=log, stderr=log)
        _pid, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            log.seek(0)
            raise SystemExit(f"{' '.join(command)} failed:\n{log.read()[-3000:].decode()}")
    return seconds, usage.ru_maxrss / 1024


def side_by_side(
    ways: t.Mapping[str, Way], rounds: int, environment: t.Mapping[str, str], folder: str
) -> dict[str, Series]:
    """Every way once per round, so that a slow minute of the machine slows all of them."""
    found = {name: Series() for name in ways}
    for _round in range(rounds):
        for name, way in ways.items():
            way.prepare()
            seconds, mebibytes = once(way.command, environment, folder)
            found[name].seconds.append(seconds)
            found[name].mebibytes.append(mebibytes)
    return found
