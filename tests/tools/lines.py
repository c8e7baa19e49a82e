# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run all tests and say which lines of ``plugins/`` no test runs.

    python tests/tools/lines.py [PYTEST-ARGUMENTS...]

Measured together: the tests' own process, the processes of Ansible that they start, and modules in
the archives that Ansible sends. The figure goes into the page about support, the lines that are
left into ``build/coverage/left.txt``. Arguments run a part of the tests, and leave the page alone.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import coverage

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from support.page import fill, require
from support.places import COLLECTIONS, PAGES, ROOT

FOLDER = ROOT / "build" / "coverage"
PAGE = PAGES / "support.rst"
GOAL = 95
#: Read by ansible-doc and never run, where nothing is defined.
DOCUMENTED = {"doc_fragments", "modules"}


def measured(*arguments: str) -> tuple[int, coverage.Coverage]:
    """The exit code of pytest, and what was run."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.glob("data*"):
        old.unlink()
    quick = {"COVERAGE_CORE": "sysmon", "ANSIBLE_COLLECTIONS_PATH": str(COLLECTIONS)}
    command = [sys.executable, "-m", "coverage", "run", "-m", "pytest", "-q", *arguments]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, **quick}, check=False)
    os.chdir(ROOT)
    found = coverage.Coverage()
    found.combine()
    data = found.get_data()
    # A file that nothing ever imported counts with all its lines.
    data.touch_files(sorted(set(map(str, shipped())) - data.measured_files()))
    found.save()
    return done.returncode, found


def shipped() -> list[Path]:
    """The files that are run; others hold documentation alone."""
    files = sorted((ROOT / "plugins").rglob("*.py"))
    return [p for p in files if p.parent.name not in DOCUMENTED or "def " in p.read_text("utf-8")]


def left(found: coverage.Coverage) -> tuple[int, dict[str, list[int]]]:
    """How many lines there are to run, and those of each file that nobody ran."""
    total, lines = 0, {}
    for path in shipped():
        _name, statements, _excluded, missing, _words = found.analysis2(str(path))
        total += len(statements)
        if missing:
            lines[path.relative_to(ROOT).as_posix()] = missing
    return total, lines


def main() -> int:
    arguments = sys.argv[1:]
    require(PAGE, ["coverage"])
    code, found = measured(*(arguments or ["-n", "2"]))
    total, lines = left(found)
    missing = sum(map(len, lines.values()))
    share = 100 * (total - missing) / total
    rows = (f"{path}: {', '.join(map(str, numbers))}\n" for path, numbers in lines.items())
    (FOLDER / "left.txt").write_text("".join(rows), encoding="utf-8")
    words = f"{share:.1f} % of the {total} lines of ``plugins/`` (goal: {GOAL} %)"
    print(f"{words}; {missing} are left, see build/coverage/left.txt")
    if code == 0 and not arguments:
        fill(PAGE, "coverage", f"The tests run {words}.")
    return code or share < GOAL


if __name__ == "__main__":
    sys.exit(main())
