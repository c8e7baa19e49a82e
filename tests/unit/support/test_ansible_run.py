# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Ansible as a process of its own: what it sees of its caller, and what is told of its end."""

from __future__ import annotations

import shutil

import pytest
from support.ansible_run import NO_JOBS, STARTS_JOBS, environment, run
from support.places import HERE


def test_nothing_of_the_caller_reaches_it_but_the_path(tmp_path, monkeypatch):
    """Settings of Ansible, proxies and the home of whoever runs the tests stay outside."""
    for name in ("ANSIBLE_STDOUT_CALLBACK", "https_proxy", "ORCHESTRATOR_PASSWORD", "XDG_CONFIG"):
        monkeypatch.setenv(name, "of-the-caller")
    shown = run(["env"], tmp_path, environment(tmp_path, LEAKS_DUMP="mine")).stdout

    assert "of-the-caller" not in shown
    assert f"HOME={tmp_path}/home\n" in shown
    assert "LEAKS_DUMP=mine\n" in shown


def test_the_ansible_of_the_environment_comes_first(tmp_path):
    """Another environment has another one, and then this one's is not asked."""
    (tmp_path / "bin").mkdir()
    other = tmp_path / "bin" / "ansible-playbook"
    other.write_text("#!/bin/sh\n", encoding="utf-8")
    other.chmod(0o755)

    for core, found in ((HERE, HERE / "bin/ansible-playbook"), (tmp_path, other)):
        path = environment(tmp_path, core)["PATH"]
        assert shutil.which("ansible-playbook", path=path) == str(found)


@pytest.mark.parametrize("code", [0, 3])
def test_a_run_tells_how_it_ended(tmp_path, code):
    """The code as it is, both streams apart and together, in the folder."""
    ended = run(["sh", "-c", f"pwd; echo é >&2; exit {code}"], tmp_path)

    assert (ended.code, ended.stdout, ended.stderr) == (code, f"{tmp_path}\n", "é\n")
    assert ended.output == f"{tmp_path}\né\n"


@pytest.mark.skipif(not STARTS_JOBS, reason=NO_JOBS)
def test_what_it_leaves_is_below_the_folder(tmp_path):
    """Programs of modules and jobs go by the user database, which names the caller's own home."""
    module = ["ansible", "localhost", "-m", "ansible.builtin.ping", "-B", "20", "-P", "0"]
    surroundings = environment(tmp_path, ANSIBLE_KEEP_REMOTE_FILES="1")
    ended = run(module, tmp_path, surroundings)

    assert ended.code == 0, ended.output
    assert list((tmp_path / "async").iterdir())
    assert list((tmp_path / "remote").rglob("AnsiballZ_ping.py"))
