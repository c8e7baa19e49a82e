# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Tasks in a real ``ansible-playbook``: what each registered, and which road it took.

The road is told by a fact outside of our code: Ansible builds a program for each module that it
runs, and is told to leave it behind, in a folder of the task's own.
"""

from __future__ import annotations

import json
import os
import sys
import typing as t
from dataclasses import dataclass
from pathlib import Path

from support.places import FAILING
from support.play import play

PLUGINS = Path(__file__).parent / "plugins"
VAULT_PASSWORD = "of the vault"
CONFIG = f"""[defaults]
vault_password_file = {{folder}}/vault
keep_remote_files = true
remote_tmp = {{folder}}/remote/others
local_tmp = {{folder}}/local
become_plugins = {PLUGINS / "become"}
connection_plugins = {PLUGINS / "connection"}
"""
Task = t.Mapping[str, t.Any]
Hosts = t.Mapping[str, t.Mapping[str, t.Any]]


@dataclass(frozen=True)
class Driven:
    """A finished play: ``results`` as registered, and the ``modules`` among the tasks, by name."""

    code: int
    output: str
    results: t.Mapping[str, t.Any]
    modules: frozenset[str]


def drive(
    folder: Path, tasks: t.Mapping[str, Task], hosts: Hosts, *arguments: str, **play_more: t.Any
) -> Driven:
    """Run named ``tasks`` on the first of ``hosts``; ``play_more`` are keywords of the play.

    The playbook is ``playbook/play.yml``, while Ansible is started in ``folder``.
    """
    (folder / "vault").write_text(VAULT_PASSWORD, encoding="utf-8")
    (folder / "playbook").mkdir(exist_ok=True)
    (folder / "ansible.cfg").write_text(CONFIG.format(folder=folder), encoding="utf-8")
    numbered = [_task(folder, number, *item) for number, item in enumerate(tasks.items())]
    names = ", ".join(f"{_key(name)}: found_{i}" for i, name in enumerate(tasks))
    kept = {"content": f"{{{{ {{{names}}} | to_json }}}}", "dest": f"{folder}/results.json"}
    last = {"ansible.builtin.copy": {**kept, "mode": "0600"}}
    first = {"hosts": next(iter(hosts)), "gather_facts": False, "tasks": [*numbered, last]}
    (folder / "playbook/play.yml").write_text(
        json.dumps([{**first, **play_more}]), encoding="utf-8"
    )
    done = play("playbook/play.yml", folder, hosts, *arguments, PYTHONPATH=str(FAILING))
    assert done.code == 0, done.output[-4000:]
    results = json.loads((folder / "results.json").read_text(encoding="utf-8"))
    took = [any((folder / f"remote/{i}").rglob("AnsiballZ_mail_*")) for i in range(len(tasks))]
    modules = frozenset(name for name, module in zip(tasks, took) if module)
    return Driven(done.code, done.output, results, modules)


def _task(folder: Path, number: int, name: str, task: Task) -> dict[str, t.Any]:
    own = {**task.get("vars", {}), "ansible_remote_tmp": f"{folder}/remote/{number}"}
    kept = {"name": name, "register": f"found_{number}", "ignore_errors": True}
    return {**kept, **task, "vars": own}


def other_python(folder: Path) -> str:
    """Another path of this Python, or of ``TARGET_PYTHON``, which only the module takes."""
    python = os.environ.get("TARGET_PYTHON") or sys.executable
    path = folder / "python"
    path.write_text(f'#!/bin/sh\nexec "{python}" "$@"\n', encoding="utf-8")
    path.chmod(0o755)
    return str(path)


def _key(name: str) -> str:
    return json.dumps(name)
