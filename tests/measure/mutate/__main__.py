# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Change one word of a request after the other, and see whether a test notices.

    PYTHONPATH=tests python -m measure.mutate [--only PART-OF-A-PATH] [--resume] [--docs PAGE]

A mutant that no test notices is a hole, unless ``equivalent.py`` says why nothing else is sent.
Verdicts are kept in ``build/mutants.jsonl``; ``--resume`` takes those that are there, and asks
again for mutants that nothing noticed.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path

from support.page import fill, require, table
from support.places import ROOT

from .equivalent import EQUIVALENT
from .mutants import BUILDERS, Mutant, mutants
from .trial import Court, load

KEPT = ROOT / "build" / "mutants.jsonl"
PART = "mutants"


def main() -> int:
    options = _options()
    if options.docs:
        require(options.docs, [PART])
    found = [mutant for path in BUILDERS if options.only in path for mutant in mutants(path)]
    verdicts = load(KEPT) if options.resume else {}
    if not options.resume:
        KEPT.unlink(missing_ok=True)
    KEPT.parent.mkdir(exist_ok=True)
    if not try_all(found, verdicts):
        return 2
    missed = [m for m in found if not verdicts[m.key] and m.named not in EQUIVALENT]
    print("\n".join(f"MISSED {mutant}" for mutant in missed))
    print(" ".join(_figures(found, verdicts)))
    if options.docs:
        fill(options.docs, PART, table(_rows(found, verdicts)))
    return 1 if missed else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m measure.mutate", description=__doc__)
    parser.add_argument("--only", default="", help="part of the path of the files to change")
    parser.add_argument("--resume", action="store_true", help="go on where a run was ended")
    parser.add_argument("--docs", type=Path, help="page whose table is replaced")
    return parser.parse_args()


def try_all(found: list[Mutant], verdicts: dict[str, str]) -> bool:
    """Put every mutant into ``verdicts``; false when the tests fail without one."""
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        court = Court(Path(folder))
        for mutant in found:
            court.remember(mutant.path, verdicts.get(mutant.key, ""))
        broken = court.noticed(None)
        if broken:
            print(f"a test fails without any change: {broken}", file=sys.stderr)
            return False
        for number, mutant in enumerate(found, 1):
            if not verdicts.get(mutant.key):
                verdicts[mutant.key] = court.noticed(mutant)
                with KEPT.open("a", encoding="utf-8") as kept:
                    kept.write(json.dumps([mutant.key, verdicts[mutant.key]]) + "\n")
                said = verdicts[mutant.key] or "NOT NOTICED"
                print(f"{number}/{len(found)} {mutant}: {said}", flush=True)
    return True


def _figures(found: list[Mutant], verdicts: dict[str, str]) -> tuple[str, str, str, str]:
    caught = sum(bool(verdicts[mutant.key]) for mutant in found)
    equal = sum(not verdicts[m.key] and m.named in EQUIVALENT for m in found)
    numbers = (len(found), caught, equal, len(found) - caught - equal)
    made, noticed, same, missed = (str(number) for number in numbers)
    return f"{made} mutants,", f"{noticed} noticed,", f"{same} equivalent,", f"{missed} missed"


def _rows(found: list[Mutant], verdicts: dict[str, str]) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = [("File", "Mutants", "Noticed", "Equivalent", "Missed")]
    groups = [[m for m in found if m.path == path] for path in BUILDERS]
    named = [(f"``{group[0].path}``", group) for group in groups if group]
    for name, group in [*named, ("all", found)]:
        rows.append((name, *(text.split()[0] for text in _figures(group, verdicts))))
    return rows


if __name__ == "__main__":
    sys.exit(main())
