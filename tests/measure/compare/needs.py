# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a comparison needs of the machine, looked at before it begins, and its versions."""

from __future__ import annotations

import tempfile
import typing as t
from pathlib import Path

from support.ansible_run import environment, run


class Need(t.NamedTuple):
    """Something that is there when the command ``probe`` ends with 0, and how to get it."""

    name: str
    probe: tuple[str, ...]
    fix: str


#: Modules of others.
COMMUNITY = Need(
    "the collection community.general",
    ("python", "-c", "import ansible_collections.community.general"),
    "install the package ansible into the environment",
)


_VERSIONS = """
import importlib.metadata, platform, sys
names = [f"{name} {importlib.metadata.version(name)}" for name in sys.argv[1:]]
print(", ".join([f"Python {platform.python_version()}", *names]))
"""


def insist(needs: t.Iterable[Need], core: Path) -> None:
    """End the program, and name all that is missing at once, unless every need is met."""
    if missing := [need for need in dict.fromkeys(needs) if not _is_met(need, core)]:
        raise SystemExit("\n".join(f"missing: {need.name} ({need.fix})" for need in missing))


def _is_met(need: Need, core: Path) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        try:
            return run(need.probe, Path(folder), environment(Path(folder), core)).code == 0
        except FileNotFoundError:
            return False


def shown(core: Path, *command: str) -> str:
    """Return what a command prints that does not fail."""
    with tempfile.TemporaryDirectory() as folder:
        ended = run(command, Path(folder), environment(Path(folder), core))
    assert ended.code == 0, ended.output
    return ended.stdout.strip()


def versions(core: Path, *packages: str) -> str:
    """Return the versions of Python and of ``packages`` in the environment."""
    return shown(core, "python", "-c", _VERSIONS, *packages)
