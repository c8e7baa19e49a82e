# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run ``ansible-playbook`` as a user does: a process, an inventory, an exit code, an output."""

from __future__ import annotations

import json
import sys
import typing as t
from pathlib import Path

from support.ansible_run import Ended, environment, run


def play(
    playbook: str,
    folder: Path,
    hosts: t.Mapping[str, t.Mapping[str, t.Any]],
    *arguments: str,
    **more: str,
) -> Ended:
    """Run ``playbook`` on ``hosts`` (name to variables) with a log and a home of its own.

    ``more`` are variables of its environment.
    """
    local = {"ansible_connection": "local", "ansible_python_interpreter": sys.executable}
    inventory = folder / "inventory.json"
    named = {name: {**local, **variables} for name, variables in hosts.items()}
    inventory.write_text(json.dumps({"all": {"hosts": named}}), encoding="utf-8")
    log = str(folder / "ansible.log")
    command = ["ansible-playbook", "-i", str(inventory), playbook, *arguments]
    return run(command, folder, environment(folder, ANSIBLE_LOG_PATH=log, **more))
