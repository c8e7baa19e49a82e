# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Edit generated configuration files of all formats, and judge every edit by other parsers.

    PYTHONPATH=tests python -m fuzz.files [--seconds 600] [--seed 1] [--kind json] [--count 1000]

Ends with an error at the first finding, and prints what makes it again.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
import typing as t
from collections import Counter
from pathlib import Path

from support.file_oracle import judged

from .file_makers import Maker

KINDS = ("json", "yaml", "xml")


class Finding(Exception):
    """An edit that should not have ended as it did, with all that makes it again."""


def one(kind: str, seed: int, folder: Path) -> str:
    """Make a file and edit it; returns how that ended, unless it is a finding."""
    maker = Maker(seed)
    content, options = maker.file(kind)
    settings = maker.fewer() if seed % 4 == 0 else maker.settings()
    path = folder / "file"
    path.write_bytes(content)
    verdict = judged(path, kind, options, settings)
    if verdict.word == "alarm" or (verdict.word == "disproven" and not maker.is_bent):
        told = f"{kind}, seed {seed}: {verdict.text}\n{options} {settings}"
        raise Finding(f"{told}\n--- before\n{content!r}\n--- after\n{path.read_bytes()!r}")
    return verdict.word


def many(kinds: t.Sequence[str], seeds: t.Iterable[int], until: float) -> Counter[str]:
    """Edit a file of every kind for every seed, until time is up; counts how that ended."""
    counted: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        for seed in seeds:
            for kind in kinds:
                counted[f"{kind} {one(kind, seed, Path(folder))}"] += 1
            if time.monotonic() > until:
                break
    return counted


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=10**9)
    parser.add_argument("--kind", choices=KINDS)
    asked = parser.parse_args()
    seeds = range(asked.seed, asked.seed + asked.count)
    kinds = [asked.kind] if asked.kind else KINDS
    try:
        counted = many(kinds, seeds, time.monotonic() + asked.seconds)
    except Finding as finding:
        print(finding)
        return 1
    for word, number in sorted(counted.items()):
        print(f"{number:>8} {word}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
