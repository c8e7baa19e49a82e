# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""``python -m model [--cases N] [--only N]``: run cases, and say how many there were."""

from __future__ import annotations

import argparse
import collections
import sys
import time
from concurrent.futures import ProcessPoolExecutor

from .cases import case
from .play import Play

PIECE = 50
_play: list[Play] = []


def wrong(numbers: range) -> list[tuple[int, str]]:
    """What breaks a rule in the cases of these numbers."""
    if not _play:
        _play.append(Play())
    return [(number, text) for number in numbers for text in _play[0].wrong(case(number))]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m model", description=__doc__)
    parser.add_argument("--cases", type=int, default=10_000, help="how many cases")
    parser.add_argument("--first", type=int, default=0, help="number of the first case")
    parser.add_argument("--only", type=int, help="number of the one case to show")
    parser.add_argument("--processes", type=int, default=2)
    given = parser.parse_args()
    if given.only is not None:
        print(case(given.only))
        given.first, given.cases = given.only, 1
    started = time.monotonic()
    last = given.first + given.cases
    pieces = [range(n, min(n + PIECE, last)) for n in range(given.first, last, PIECE)]
    found: list[tuple[int, str]] = []
    with ProcessPoolExecutor(given.processes) as pool:
        for piece in pool.map(wrong, pieces):
            for number, text in piece:
                print(f"case {number}: {text}", flush=True)
            found += piece
    seconds = time.monotonic() - started
    print(f"{given.cases} cases, {len({n for n, _text in found})} wrong, {seconds:.0f} s")
    kinds = collections.Counter(text[:40] for _number, text in found)
    for text, count in kinds.most_common():
        print(f"  {count} x {text}...")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
