# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How a declaration ends at each position of each switch of the stand-in, as a table.

    PYTHONPATH=tests python -m measure.switches [--docs docs/docsite/rst/wire.rst]

Ends with 1 where something else holds than what was said.
"""

from __future__ import annotations

import argparse
import collections
import importlib
import sys
import tempfile
import typing as t
from pathlib import Path

from ansible.plugins.loader import init_plugin_loader
from support.page import fill, require, table
from support.places import COLLECTIONS

PART = "endings"
VERIFIED, WRONG = "verified", "WRONG"


class Ending(t.NamedTuple):
    """How one declaration ended at a position of a switch."""

    switch: str
    position: str
    ending: str
    error: str


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m measure.switches", description=__doc__)
    parser.add_argument("--docs", type=Path, help="page whose table is replaced")
    page = parser.parse_args().docs
    if page:
        require(page, [PART])
    init_plugin_loader([str(COLLECTIONS)])
    found = list(endings())
    print(shown(found))
    if page:
        fill(page, PART, shown(found))
    return 1 if any(one.ending == WRONG for one in found) else 0


def endings() -> t.Iterator[Ending]:
    """Two declarations, one after the other, at every place and every position."""
    from fake.orchestrator import FakeOrchestrator

    # After the loader of collections is there.
    asked: t.Any = importlib.import_module("contract.test_switches")
    for place in asked.PLACES:
        for switch, position in asked.positions():
            turned = {switch: position}
            with FakeOrchestrator(place.version, place.shape, switches=turned) as fake:
                for ending, error in _declared(asked, fake, place):
                    yield Ending(switch, str(position), ending, error)


def _declared(asked: t.Any, fake: t.Any, place: t.Any) -> t.Iterator[tuple[str, str]]:
    with tempfile.TemporaryDirectory(prefix="switches-") as folder:
        options = {"server": asked.server(fake, place), "password_record": f"{folder}/record"}
        for port in (587, 2525):
            before = asked.held(fake, place)
            done = asked.mail_settings(**options, **{**asked.DECLARED, "smtp_port": port})
            error, after = str(done.result.get("error", "")), asked.held(fake, place)
            if error in asked.STATED:
                ending = "stated"
            elif error:
                ending = "untouched" if after == before else WRONG
            elif after == (asked.HOST, str(port)):
                ending = VERIFIED
            else:
                ending = "stored elsewhere, with a warning" if done.warnings else WRONG
            yield ending, error


def shown(found: t.Sequence[Ending]) -> str:
    """Counts in a sentence, and a row for every position that did not always end verified."""
    counts = collections.Counter(one.ending for one in found)
    positions = {one[:2] for one in found}
    switches = {one.switch for one in found}
    said = ", ".join(f"{number} {ending}" for ending, number in counts.most_common())
    rows = [("Switch", "Position", "Ending", "Error", "Times")]
    others = collections.Counter(one for one in found if one.ending != VERIFIED)
    for one, number in sorted(others.items()):
        error = f"``{one.error}``" if one.error else "none"
        rows.append((f"``{one.switch}``", f"``{one.position}``", one.ending, error, str(number)))
    about = f"{len(found)} declarations at {len(positions)} positions of {len(switches)} switches"
    return f"{about}: {said}.\n\n{table(rows)}"


if __name__ == "__main__":
    sys.exit(main())
