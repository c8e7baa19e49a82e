# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Work inside the controller that is cut short: a limit of time, Ctrl-C, a kill of the whole group.

The Orchestrator stalls in the middle of a run over tenants, after the first one is done.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
from pathlib import Path

import pytest
from fake.orchestrator import FakeOrchestrator
from support.ansible_run import environment
from support.roads import drive
from support.run import server
from support.until import until

APPLY, INFO = (f"rpaops.orchestrator.{name}" for name in ("mail_settings", "mail_settings_info"))
READ, PORT = "Settings.Read", "Abp.Net.Mail.Smtp.Port"
PARALLEL = 2
#: What the first tenant reads, before and after its write; and then one read of each worker.
READS = 2 + PARALLEL


@pytest.fixture
def fake():
    with FakeOrchestrator(tenants=6) as running:
        running.fault(READ, "stall-before", times=None, after=2)
        yield running


def all_tenants(fake, timeout):
    """A task that writes to each of the tenants, two at a time."""
    names = [{"name": f"T{number:05d}"} for number in range(1, 7)]
    login = {k: v for k, v in server(fake, timeout=timeout, retries=0).items() if k != "tenant"}
    return {APPLY: {"server": login, "tenants": names, "smtp_port": 26, "parallel": PARALLEL}}


def written(fake):
    """The tenants that have the new port."""
    return [n for n in range(1, 7) if fake.settings(f"T{n:05d}")[PORT] == "26"]


def test_a_limit_of_time_ends_the_task_and_tells_what_was_done(fake, tmp_path):
    """Tenants in work end by their own deadline, no other is started, and the account is shown."""
    tasks = {
        "too long": {**all_tenants(fake, timeout=2), "timeout": 1},
        "the next": {INFO: {"config_file": {"path": "beside.json"}}},
    }
    (tmp_path / "playbook").mkdir()
    (tmp_path / "playbook/beside.json").write_text('{"Settings": {}}', encoding="utf-8")
    driven = drive(tmp_path, tasks, {"here": {}})

    assert (driven.results["too long"]["failed"], driven.modules) == (True, set())
    assert "Interrupted. 6 tenants: 1 changed, 0 unchanged, 2 failed, 3 not" in driven.output
    assert (fake.count(READ), written(fake)) == (READS, [1])
    # The next task starts where every task starts.
    assert "declaration" in driven.results["the next"], driven.results["the next"]


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_nothing_runs_on_after_the_end_of_ansible(fake, tmp_path, name):
    """Of the processes none is left, although each request could have lasted 60 seconds more."""
    play = {"hosts": "localhost", "gather_facts": False, "tasks": [all_tenants(fake, timeout=60)]}
    path = tmp_path / "play.yml"
    path.write_text(json.dumps([play]), encoding="utf-8")
    with subprocess.Popen(
        ["ansible-playbook", "-i", "localhost,", "-c", "local", str(path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        env=environment(tmp_path),
    ) as process:
        until(lambda: fake.count(READ) == READS or process.poll() is not None)
        os.killpg(process.pid, signal.Signals[name])
        process.communicate(timeout=20)

    until(lambda: not running_with(tmp_path))
    assert process.returncode != 0
    assert (fake.count(READ), written(fake)) == (READS, [1])


def running_with(folder):
    """The processes that name a folder on their command line."""
    lines = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            lines.append(path.read_bytes())
    return [line for line in lines if str(folder).encode() in line]
