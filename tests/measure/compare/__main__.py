# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Ask other tools what is asked of ours, and write the answers into the documentation.

    PYTHONPATH=tests python -m measure.compare ENVIRONMENT [--only SUBJECT] [--docs]

The environment is a virtual one with the packages ``ansible`` (for ``community.general``) and
``lxml``. What else a comparison needs, and lacks, is said before it begins.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from support.page import fill, require, table
from support.places import PAGES

from . import config_files, mail_check
from .needs import insist

#: Each asks one kind of tools, and is named like its page.
SUBJECTS = {"mail_check": mail_check, "config_files": config_files}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m measure.compare", description=__doc__)
    parser.add_argument("environment", type=lambda text: Path(text).absolute())
    parser.add_argument("--only", action="append", choices=list(SUBJECTS))
    parser.add_argument("--docs", action="store_true", help="fill in the pages")
    options = parser.parse_args()
    chosen = options.only or list(SUBJECTS)
    insist([need for name in chosen for need in SUBJECTS[name].NEEDS], options.environment)
    for name in chosen:
        page = PAGES / f"{name}.rst"
        require(page, ["versions", "table"])
        rows = SUBJECTS[name].rows(options.environment)
        print("\n".join(" | ".join(row) for row in rows), flush=True)
        if options.docs:
            made_with = SUBJECTS[name].made_with(options.environment)
            fill(page, "versions", f"What answered: {made_with}.")
            fill(page, "table", table(rows))


if __name__ == "__main__":
    main()
