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
import typing as t
from pathlib import Path

from support.page import fill, part, places, require, rows, table
from support.places import ROOT

from . import growth, jobs, questions, slices
from .bench import Bench
from .goals import Answer
from .picture import picture

PICTURE = ROOT / "docs" / "docsite" / "images" / "benchmarks.svg"
#: What the part of the page for the goals of a question is called, after the question.
GOALS = "-goals"
ALL: t.Mapping[str, t.Callable[[Bench], Answer]] = {
    "main-job": jobs.main_job,
    "validate": jobs.validate,
    "export": jobs.export,
    "one-tenant": questions.one_tenant,
    "matching": jobs.matching,
    "many-tenants": questions.many_tenants,
    "own-passwords": jobs.own_passwords,
    "hosts": questions.hosts,
    "files": questions.files,
    "growth": growth.growth,
    "slices": slices.slices,
    "ceiling": questions.ceiling,
}

#: Questions whose answers have goals.
JUDGED = tuple(name for name in ALL if name not in ("export", "slices", "ceiling"))
#: Every part of the page that a question fills.
PARTS = (*ALL, *(name + GOALS for name in JUDGED))


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
    parser.add_argument("--only", action="append", choices=list(ALL))
    parser.add_argument("--rounds", type=int, help="runs of each way")
    parser.add_argument("--docs", type=Path, help="page whose figures are replaced")
    return parser.parse_args()


def state(rounds: int) -> str:
    """Under what the figures of a table were measured."""
    load, cores = os.getloadavg()[0], os.cpu_count()
    return f"Medians of at most {rounds} rounds; load at the start {load:.0f}, on {cores} cores."


def show(name: str, answer: Answer, page: Path | None, note: str) -> None:
    """Print what a question found; into ``page`` with it, and into the picture."""
    tables = {name: answer.rows} | ({name + GOALS: answer.goal_rows()} if answer.goals else {})
    for part_name, found in tables.items():
        print(f"\n{part_name}\n" + "\n".join(" | ".join(row) for row in found), flush=True)
        if page:
            fill(page, part_name, table(found) + (f"\n\n{note}" if part_name == name else ""))
    print(note, flush=True)
    if page:
        draw(page)


def draw(page: Path) -> None:
    """Draw the goals that stand on ``page``."""
    goals = [rows(part(page, name)) for name in places(page) if name.endswith(GOALS)]
    PICTURE.write_text(picture([row for found in goals for row in found]), encoding="utf-8")


def main() -> None:
    options = arguments()
    chosen = options.only or list(ALL)
    if options.docs:
        needed = {name + GOALS for name in chosen} & set(PARTS)
        require(options.docs, ["machine", *chosen, *needed])
    print(machine(), flush=True)
    if options.docs:
        fill(options.docs, "machine", machine())
    with tempfile.TemporaryDirectory(prefix="benchmarks-") as folder:
        bench = Bench(Path(folder), options.full, options.rounds)
        for name in chosen:
            note = state(bench.rounds)
            show(name, ALL[name](bench), options.docs, note)


if __name__ == "__main__":
    main()
