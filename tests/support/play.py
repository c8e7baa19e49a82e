# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run ``ansible-playbook`` as a user does: a process, an inventory, an exit code, an output."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import typing as t
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Play:
    """A finished run; ``output`` is what a person or a pipeline log sees."""

    code: int
    output: str


def play(
    playbook: str, folder: Path, hosts: t.Mapping[str, t.Mapping[str, t.Any]], *arguments: str
) -> Play:
    """Run ``playbook`` on ``hosts`` (name to variables) with a log and a home of its own."""
    local = {"ansible_connection": "local", "ansible_python_interpreter": sys.executable}
    inventory = folder / "inventory.json"
    named = {name: {**local, **variables} for name, variables in hosts.items()}
    inventory.write_text(json.dumps({"all": {"hosts": named}}), encoding="utf-8")
    environment = {
        **os.environ,
        "ANSIBLE_COLLECTIONS_PATH": str(ROOT / "collections"),
        "ANSIBLE_LOG_PATH": str(folder / "ansible.log"),
        "ANSIBLE_NOCOLOR": "1",
        "XDG_STATE_HOME": str(folder / "state"),
    }
    program = str(Path(sys.executable).with_name("ansible-playbook"))
    done = subprocess.run(
        [program, "-i", str(inventory), playbook, *arguments],
        capture_output=True,
        text=True,
        cwd=folder,
        env=environment,
        timeout=120,
        check=False,
    )
    return Play(done.returncode, done.stdout + done.stderr)
