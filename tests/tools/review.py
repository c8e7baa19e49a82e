# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""List what is known about providers that somebody should look at again by now.

    python tests/tools/review.py [DAY]

One line a row whose ``review_by`` lies before ``DAY`` (today), with its sources. It warns and never
fails: a date that passes turns no build red.
"""

from __future__ import annotations

import datetime
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from support.places import COLLECTIONS


def lines(today: datetime.date) -> list[str]:
    """Return what to look at, the longest overdue first."""
    from ansible_collections.rpaops.orchestrator.plugins.module_utils._knowledge.providers import (
        overdue,
    )

    rows = sorted(overdue(today), key=lambda row: row.review_by)
    return [
        f"{row.id}: since {row.review_by}; {' '.join(source.url for source in row.sources)}"
        for row in rows
    ]


def main() -> None:
    sys.path.insert(0, str(COLLECTIONS))
    day = sys.argv[1] if len(sys.argv) > 1 else datetime.date.today().isoformat()
    found = lines(datetime.date.fromisoformat(day))
    print("\n".join(found) or f"nothing is overdue on {day}")


if __name__ == "__main__":
    main()
