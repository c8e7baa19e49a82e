# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Write ``CHANGELOG.md`` as it will be released, and say so in it as long as it is not.

    python tests/tools/make_changelog.py

What is released is in ``changelogs/changelog.yaml``; what will be is in the fragments. Both are
read in a copy of the collection, in which the version of ``galaxy.yml`` is released.
"""

from __future__ import annotations

import datetime
import os
import shutil
import subprocess
import tempfile
import typing as t
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
CHANGELOG = "CHANGELOG.md"
#: antsibull-changelog follows no links on its way to what is documented.
COPIED = ("changelogs", "plugins", "roles", "playbooks")
LINKED = ("meta", "docs", "galaxy.yml", "README.md")
UNRELEASED = "This version is not released yet; what it will be is on the branch ``main``."


def version(root: Path = ROOT) -> str:
    """The version that the collection says it is."""
    return str(yaml.safe_load((root / "galaxy.yml").read_text(encoding="utf-8"))["version"])


def releases(root: Path = ROOT) -> dict[str, t.Any]:
    """What was released: version → what antsibull-changelog keeps of it."""
    text = (root / "changelogs/changelog.yaml").read_text(encoding="utf-8")
    return dict(yaml.safe_load(text)["releases"])


def staged(folder: Path) -> Path:
    """A copy of the collection below ``folder`` whose changelog has the version of today."""
    copy = folder / "ansible_collections/rpaops/orchestrator"
    copy.mkdir(parents=True)
    for name in LINKED:
        (copy / name).symlink_to(ROOT / name)
    for name in COPIED:
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    if version() not in releases():
        _run("release", "--date", datetime.date.min.isoformat(), folder=copy)
        _say_unreleased(copy / "changelogs/changelog.yaml")
    _run("generate", folder=copy)
    return copy


def text() -> str:
    """What ``CHANGELOG.md`` says of the tree as it is."""
    with tempfile.TemporaryDirectory() as folder:
        return (staged(Path(folder)) / CHANGELOG).read_text(encoding="utf-8")


def _say_unreleased(path: Path) -> None:
    held = yaml.safe_load(path.read_text(encoding="utf-8"))
    changes = held["releases"][version()]["changes"]
    changes["release_summary"] = f"{UNRELEASED} {changes.get('release_summary', '')}".strip()
    path.write_text(yaml.safe_dump(held, sort_keys=False), encoding="utf-8")


def _run(*words: str, folder: Path) -> None:
    quiet = {**os.environ, "ANSIBLE_COLLECTIONS_PATH": str(folder.parents[2])}
    done = subprocess.run(
        ["antsibull-changelog", *words], cwd=folder, env=quiet, capture_output=True, text=True
    )
    if done.returncode:
        raise SystemExit(done.stdout + done.stderr)


if __name__ == "__main__":
    (ROOT / CHANGELOG).write_text(text(), encoding="utf-8")
