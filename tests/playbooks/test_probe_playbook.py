# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The playbook ``probe``, as somebody runs it who has an Orchestrator and nothing else."""

from __future__ import annotations

import json
import os
import signal
import subprocess

import pytest
from fake.orchestrator import FakeOrchestrator
from support.ansible_run import environment, run
from support.run import server
from support.until import until

PROBE = "rpaops.orchestrator.probe"
PASSWORD = "Cnkorrekthorsebattery"
BEFORE = {"Abp.Net.Mail.Smtp.Host": "old.example.com", "Abp.Net.Mail.Smtp.Port": "2525"}


@pytest.fixture
def fake():
    users = {"Default": {"admin": PASSWORD}}
    with FakeOrchestrator("v15", tenants={"Default": BEFORE}, users=users) as running:
        yield running


def command(fake, folder, **variables):
    """No inventory: the server is a variable."""
    given = {"mail_server": server(fake, password=PASSWORD), **variables}
    path = folder / "variables.json"
    path.write_text(json.dumps(given), encoding="utf-8")
    return ["ansible-playbook", PROBE, "-vvv", "-e", f"@{path}"]


def test_without_an_inventory_it_reads_and_leaves_a_file(fake, tmp_path):
    """Where the command was started; the secret is in nothing that it shows."""
    done = run(command(fake, tmp_path), tmp_path)

    found = (tmp_path / "mail-probe.md").read_text(encoding="utf-8")
    assert (done.code, fake.own_settings("Default")) == (0, BEFORE), done.output
    assert {r.method for r in fake.requests if r.operation != "Authenticate"} == {"GET"}
    assert f"questions are answered in {tmp_path}/mail-probe.md" in done.output
    assert PASSWORD[2:10] not in done.output + found


def test_with_probe_write_it_writes_and_puts_back(fake, tmp_path):
    """To the folder that is named."""
    written = {"probe_write": True, "probe_directory": str(tmp_path / "answers")}
    done = run(command(fake, tmp_path, **written), tmp_path)

    found = (tmp_path / "answers" / "mail-probe.md").read_text(encoding="utf-8")
    assert (done.code, fake.own_settings("Default")) == (0, BEFORE), done.output
    assert fake.count("Settings.UpdateBulk") > 3
    assert "| `posted_mask` |" in found


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_a_probe_that_is_ended_puts_back_what_was_there(fake, tmp_path, name):
    """Ctrl-C, or the end of a pipeline, while the server is thinking about a write."""
    fake.fault("Settings.UpdateBulk", "stall-before", after=2)
    with subprocess.Popen(
        command(fake, tmp_path, probe_write=True),
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        env=environment(tmp_path),
    ) as process:
        until(lambda: fake.count("Settings.UpdateBulk") == 3 or process.poll() is not None)
        assert fake.own_settings("Default") != BEFORE
        os.killpg(process.pid, signal.Signals[name])
        process.communicate(timeout=60)

    until(lambda: not (tmp_path / "mail-probe-before.json").exists())
    assert process.returncode != 0
    assert fake.own_settings("Default") == BEFORE
