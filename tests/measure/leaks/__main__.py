# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Prove that no secret leaks, on each ansible-core given, and write the table of the documentation.

    PYTHONPATH=tests python -m measure.leaks .venvs/core-* [--docs docs/docsite/rst/secrets.rst]

Ends with 1 when a secret of ours was seen anywhere, or when a channel was not seen at all.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
import typing as t
from pathlib import Path

from support.ansible_run import environment
from support.ansible_run import run as run_ansible
from support.page import fill, require, table

from .play import CONTROL, PROGRAM, TO_MASK, killed, run
from .scenarios import SCENARIOS, THEIRS

#: Where no text of a control task can be.
WITHOUT_CONTROL = ("password record", "files left after kill -9")
#: What Ansible keeps there goes by its own rules: all arguments, or the secrets among them.
ALLOWED = {PROGRAM: "all arguments", TO_MASK: "secrets of options"}
BEARER = "bearer token"
Seen = dict[str, t.Optional[set[str]]]


def main() -> int:
    arguments = _arguments()
    if arguments.docs:
        require(arguments.docs, ["channels", "ansible"])
    seen: dict[str, Seen] = {}
    for core in arguments.cores:
        version = _version(core)
        print(f"ansible-core {version} ...", flush=True)
        seen[version] = prove(core)
        for channel, owners in seen[version].items():
            print(f"  {channel}: {_verdict(channel, owners)} {sorted(owners or ())}")
    if arguments.docs:
        fill(arguments.docs, "channels", _table("Channel", _channels(seen)))
        fill(arguments.docs, "ansible", _table("What the play does", _theirs(seen)))
    problems = [problem for version in seen for problem in _problems(version, seen[version])]
    print("\n".join(problems) or "no secret was seen")
    return 1 if problems else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m measure.leaks", description=__doc__)
    parser.add_argument("cores", nargs="+", type=lambda text: Path(text).absolute())
    parser.add_argument("--docs", type=Path, help="page whose tables are replaced")
    return parser.parse_args()


def _version(core: Path) -> str:
    with tempfile.TemporaryDirectory(prefix="leaks-") as name:
        folder = Path(name)
        shown = run_ansible(["ansible", "--version"], folder, environment(folder, core))
    found = re.search(r"core (\S+)\]", shown.stdout)
    assert found, shown
    return found.group(1)


def prove(core: Path) -> Seen:
    """Whose secrets each channel showed; None for a channel that cannot be watched here."""
    seen: Seen = {}
    for drive in (run, killed):
        with tempfile.TemporaryDirectory(prefix="leaks-") as folder:
            texts, hunt = drive(core, Path(folder))
        for channel, text in texts.items():
            seen[channel] = None if text is None else hunt.owners_in(text)
    return seen


def _ours(channel: str, owners: set[str]) -> set[str]:
    if _allowed(channel):
        # The token is none of Ansible's arguments: it is only ever known to us.
        return owners & {BEARER}
    return owners - set(THEIRS) - {CONTROL.owner}


def _allowed(channel: str) -> str | None:
    return next((words for start, words in ALLOWED.items() if channel.startswith(start)), None)


def _problems(version: str, seen: Seen) -> t.Iterator[str]:
    for channel, owners in seen.items():
        if owners is None:
            continue
        for owner in sorted(_ours(channel, owners)):
            yield f"LEAK: {version}: {channel}: {owner}"
        control = channel in WITHOUT_CONTROL or _allowed(channel) or CONTROL.owner in owners
        if not control:
            yield f"NOT SEEN: {version}: {channel}: the text of the control task is missing"


def _verdict(channel: str, owners: set[str] | None) -> str:
    if owners is None:
        return "not watched"
    if _ours(channel, owners):
        return "LEAK"
    return _allowed(channel) or "clean" if owners else "clean"


def _channels(seen: dict[str, Seen]) -> dict[str, dict[str, str]]:
    first = next(iter(seen.values()))
    return {
        channel: {version: _verdict(channel, seen[version][channel]) for version in seen}
        for channel in first
    }


def _theirs(seen: dict[str, Seen]) -> dict[str, dict[str, str]]:
    return {
        scenario.name: {version: _places(scenario.name, seen[version]) for version in seen}
        for scenario in SCENARIOS
        if scenario.theirs
    }


def _places(owner: str, seen: Seen) -> str:
    places = [
        c.split(" (")[0]
        for c, owners in seen.items()
        if not _allowed(c) and owner in (owners or ())
    ]
    return ", ".join(dict.fromkeys(places)) or "nowhere"


def _table(corner: str, rows: dict[str, dict[str, str]]) -> str:
    """A row for each key, a column for each ansible-core."""
    versions = list(next(iter(rows.values())))
    return table([[corner, *versions], *([name, *cells.values()] for name, cells in rows.items())])


if __name__ == "__main__":
    sys.exit(main())
