# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Print how good the diagnoses of the corpus are, and each that is not right.

    PYTHONPATH=tests:collections python -m corpus

Ends with 1 when a cause is wrong, or when more than one in twenty is not told.
"""

from __future__ import annotations

import corpus
from corpus.scores import misses, score, table


def main() -> int:
    files = {name: corpus.cases(name) for name in corpus.FILES}
    every = [case for cases in files.values() for case in cases]
    print("\n".join(" | ".join(row) for row in table(files)))
    print("\n".join(misses(every)) or "nothing missed")
    total = score(every)
    return 1 if total.wrong or total.admitted > total.cases / 20 else 0


if __name__ == "__main__":
    raise SystemExit(main())
