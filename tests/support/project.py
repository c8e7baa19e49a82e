# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The collection as users have it: built, installed elsewhere, and run from elsewhere."""

from __future__ import annotations

import fcntl
import json
import sys
import typing as t
from dataclasses import dataclass
from pathlib import Path

from support.ansible_run import Ended, environment, run
from support.places import ROOT


def installed(shared: Path) -> Path:
    """Build and install the collection below ``shared``, once for all processes; where it is."""
    shared.mkdir(parents=True, exist_ok=True)
    target = shared / "collections"
    with (shared / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (target / "ansible_collections").is_dir():
            galaxy = ["ansible-galaxy", "collection"]
            around = environment(shared, ANSIBLE_COLLECTIONS_PATH=str(target))
            built = run([*galaxy, "build", "--output-path", str(shared), str(ROOT)], shared, around)
            tarball = str(next(shared.glob("*.tar.gz")))
            install = [*galaxy, "install", "--no-deps", "-p", str(target), tarball]
            done = run(install, shared, around)
            assert built.code == done.code == 0, built.output + done.output
            assert (target / "ansible_collections/rpaops/orchestrator").is_dir(), done.output
    return target


@dataclass(frozen=True)
class Project:
    """A user's folder: ``start`` is where commands are started, ``collections`` what they find.

    Its home is empty, and so is everything around it.
    """

    folder: Path
    collections: Path

    @property
    def start(self) -> Path:
        return self.folder / "project"

    def write(self, name: str, text: str) -> Path:
        """Put a file into the project."""
        path = self.start / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def inventory(self, hosts: t.Mapping[str, t.Mapping[str, t.Any]], **shared: t.Any) -> Path:
        """Write ``inventory.json``: hosts with their variables, and those of all of them."""
        python = {"ansible_python_interpreter": sys.executable}
        content = {"all": {"hosts": hosts, "vars": {**python, **shared}}}
        return self.write("inventory.json", json.dumps(content))

    def run(self, playbook: str, *arguments: str, **more: str) -> Ended:
        """Run a playbook from the project, as its user would; ``more`` is in the environment."""
        self.start.mkdir(parents=True, exist_ok=True)
        given = {"ANSIBLE_COLLECTIONS_PATH": str(self.collections), **more}
        command = ["ansible-playbook", playbook, *arguments]
        return run(command, self.start, environment(self.folder, **given))

    def on(self, playbook: str, *arguments: str, **more: str) -> Ended:
        """Run a playbook of this collection on the inventory of the project."""
        inventory = ("-i", "inventory.json")
        return self.run(f"rpaops.orchestrator.{playbook}", *inventory, *arguments, **more)
