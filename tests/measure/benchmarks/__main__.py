# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Measure, and print one table per question.

PYTHONPATH=tests python -m measure.benchmarks [--full] [--docs PAGE]
"""

from __future__ import annotations

import argparse
import os
import platform
import tempfile
from pathlib import Path

from support.page import fill, require, table

from . import questions
from .bench import Bench


def machine() -> str:
    """What the figures depend on, without the name of anything."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    python = platform.python_version()
    from ansible.release import __version__ as core

    return (
        f"{os.cpu_count()} shared virtual cores, {memory:.0f} GiB memory, Linux "
        f"{platform.release().split('-')[0]}, Python {python}, ansible-core {core}. Client and "
        "server share the machine; the server is the built-in fake in a process of its own."
    )


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m measure.benchmarks", description=__doc__)
    parser.add_argument("--full", action="store_true", help="all sizes and more rounds")
    parser.add_argument("--only", action="append", choices=list(questions.ALL))
    parser.add_argument("--rounds", type=int, help="runs of each way")
    parser.add_argument("--docs", type=Path, help="page whose figures are replaced")
    return parser.parse_args()


def main() -> None:
    options = arguments()
    chosen = options.only or list(questions.ALL)
    if options.docs:
        require(options.docs, ["machine", *chosen])
    print(machine(), flush=True)
    if options.docs:
        fill(options.docs, "machine", machine())
    with tempfile.TemporaryDirectory(prefix="benchmarks-") as folder:
        bench = Bench(Path(folder), options.full, options.rounds)
        for name in chosen:
            rows = questions.ALL[name](bench)
            print(f"\n{name}\n" + "\n".join(" | ".join(row) for row in rows), flush=True)
            if options.docs:
                fill(options.docs, name, table(rows))


if __name__ == "__main__":
    main()
