# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Run every situation of ``support.situations``, and fill in the table of the page on pipelines.

``python tests/tools/make_situations.py`` takes a minute; a test says when the page is not current.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from support.page import fill, table
from support.places import COLLECTIONS, PAGES
from support.project import Project
from support.situations import HEADER, SITUATIONS, orchestrator, run, seen


def main() -> None:
    sys.path.insert(0, str(COLLECTIONS))
    rows: list[list[str]] = []
    with orchestrator() as fake, tempfile.TemporaryDirectory() as scratch:
        for number, (name, situation) in enumerate(SITUATIONS.items()):
            project = Project(Path(scratch) / str(number), COLLECTIONS)
            rows.append(seen(name, run(situation, project, fake)))
            print(f"{name}: {rows[-1][1]}")
    fill(PAGES / "gitops.rst", "situations", table([HEADER, *rows]))


if __name__ == "__main__":
    main()
