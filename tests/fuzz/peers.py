# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Feed everything that reads from outside with bytes until time is up.

    PYTHONPATH=tests:collections python -m fuzz.peers [--seconds 600] [--target url ...]

With atheris installed the search is guided by coverage; without it hypothesis searches.  A finding
is an error in the end; its input is printed, or left in a file, to be kept in ``corpus``.
"""

from __future__ import annotations

import argparse
import importlib.util
import subprocess
import sys
import tempfile
import time
import traceback
import typing as t

from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

if t.TYPE_CHECKING:
    from .targets import Target

#: Inputs between two looks at the clock.
BATCH = 200


class Finding(Exception):
    """An input that should not have ended as it did."""


def inputs(target: Target) -> st.SearchStrategy[bytes]:
    """Words and noise in any order, and known inputs cut and joined with them."""
    piece = st.one_of(st.sampled_from(target.words or (b"",)), st.binary(max_size=20))
    fresh = st.lists(piece, max_size=40).map(b"".join)
    known = st.sampled_from(target.corpus())
    spliced = st.tuples(known, st.integers(0, 200), st.integers(0, 200), fresh, known)
    return st.one_of(fresh, known, spliced.map(_spliced))


def _spliced(parts: tuple[bytes, int, int, bytes, bytes]) -> bytes:
    head, cut, at, middle, tail = parts
    return head[:cut] + middle + tail[at:]


def explore(target: Target, examples: int, number: int = 0) -> None:
    """Check so many inputs; raises what the shortest one that fails raises."""

    @seed(number)
    @settings(
        max_examples=examples, deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(data=inputs(target))
    def check(data: bytes) -> None:
        target.check(data)

    check()


def by_hypothesis(target: Target, until: float) -> int:
    """Check inputs until time is up; returns how many."""
    number = 0
    while time.monotonic() < until:
        try:
            explore(target, BATCH, time.time_ns() % 2**32)
        except Exception as exc:
            raise Finding(f"{target.name}:\n{traceback.format_exc()}") from exc
        number += BATCH
    return number


def by_atheris(name: str, seconds: float) -> None:
    """Let libFuzzer search in a process of its own; raises ``Finding``."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "fuzz.guided", name, folder, str(int(seconds))]
        ended = subprocess.run(
            command, capture_output=True, encoding="utf-8", errors="replace", check=False
        )
    if ended.returncode:
        raise Finding(f"{name}:\n{(ended.stdout + ended.stderr)[-6000:]}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--target", action="append")
    parser.add_argument("--engine", choices=("atheris", "hypothesis"))
    asked = parser.parse_args()
    engine = asked.engine or ("atheris" if importlib.util.find_spec("atheris") else "hypothesis")
    from .targets import TARGETS

    names = asked.target or list(TARGETS)
    print(f"{len(names)} targets, {asked.seconds:g} s, searched by {engine}", flush=True)
    found = False
    for name in names:
        begun = time.monotonic()
        try:
            if engine == "atheris":
                by_atheris(name, asked.seconds / len(names))
            else:
                by_hypothesis(TARGETS[name], begun + asked.seconds / len(names))
        except Finding as finding:
            found = True
            print(finding, flush=True)
        else:
            print(f"{name}: nothing found in {time.monotonic() - begun:.0f} s", flush=True)
    return int(found)


if __name__ == "__main__":
    sys.exit(main())
