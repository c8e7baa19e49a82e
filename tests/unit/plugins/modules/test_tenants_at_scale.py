# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A thousand tenants in one task: killed in the middle, refused now and then, watched."""

from __future__ import annotations

import collections
import json
import os
import subprocess
import sys
import time

import pytest
from ansible_collections.rpaops.orchestrator.plugins.module_utils import _argspec
from ansible_collections.rpaops.orchestrator.plugins.module_utils._modules import (
    mail_settings as settings_work,
)
from ansible_collections.rpaops.orchestrator.plugins.module_utils._output import report
from ansible_collections.rpaops.orchestrator.plugins.module_utils._tenants import tally
from fake.orchestrator import FakeOrchestrator
from support.places import COLLECTIONS, TESTS
from support.run import arguments, mail_settings, server

COUNT = 1000
PORT, WRITE = "Abp.Net.Mail.Smtp.Port", "Settings.UpdateBulk"


@pytest.fixture
def fake():
    with FakeOrchestrator(
        version="2020.10", tenants=COUNT, switches={"allow_host_to_access_tenant_api": True}
    ) as running:
        yield running


def options(fake, count=COUNT, port=2525):
    return {
        "server": {"url": fake.url, "use_proxy": False, "access_token": fake.user_token("admin")},
        "tenants": [{"name": f"T{number:05d}"} for number in range(1, count + 1)],
        "smtp_port": port,
        "allow_password_reuse": True,
    }


def test_a_killed_run_is_finished_by_the_next(fake):
    """All end as declared, and no tenant is written twice."""
    environment = {**os.environ, "PYTHONPATH": f"{TESTS}:{COLLECTIONS}"}
    command = [sys.executable, "-m", "support.edit"]
    with subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, text=True) as process:
        process.stdin.write(json.dumps(options(fake)) + "\n")
        process.stdin.flush()
        while fake.count(WRITE) < COUNT // 3:
            assert process.poll() is None
        process.kill()
    assert fake.count(WRITE) < COUNT

    assert mail_settings(**options(fake)).result["changed"] is True
    written = collections.Counter(r.tenant for r in fake.requests if r.operation == WRITE)
    assert set(written.values()) == {1}
    assert {fake.settings(f"T{n:05d}")[PORT] for n in range(1, COUNT + 1)} == {"2525"}


def test_a_server_that_refuses_now_and_then_costs_little(fake):
    """429 to every tenth request: all end right, within twice the time of a quiet run."""
    quiet, busy = [], []
    for port in (2525, 2526):
        quiet.append(timed(fake, port))
        fake.fault("Settings.*", "429", times=None, every=10, retry_after=0)
        busy.append(timed(fake, port + 10))
        fake.clear_faults()

    assert {fake.settings(f"T{n:05d}")[PORT] for n in range(1, COUNT + 1)} == {"2536"}
    assert min(busy) < 2 * min(quiet)


def timed(fake, port):
    begin = time.monotonic()
    done = mail_settings(**options(fake, port=port)).result
    assert not done.get("failed"), done["msg"]
    return time.monotonic() - begin


def test_progress_is_one_plain_line_at_a_time(fake, monkeypatch):
    """What a log shows in between counts all tenants, and holds no control character."""
    monkeypatch.setattr(tally, "PROGRESS_SECONDS", 0.0)
    params = arguments(_argspec.mail_settings(), {**options(fake, 20), "password_record": ""})
    lines = []
    report.report(settings_work.mail_settings, params, False, lines.append)

    assert lines[0] == "20 tenants: 1 changed, 0 unchanged, 0 failed, 19 not tried"
    assert len(lines) == 20
    assert all(line.isprintable() for line in lines)


def test_a_token_for_all_is_fetched_once_per_worker():
    """Client credentials do not sign in for every tenant."""
    with FakeOrchestrator(version="v17", tenants=30) as fake:
        application = {"username": None, "password": None, "client_id": "app-id"}
        done = mail_settings(
            server=server(fake, tenant=None, client_secret="app-secret", **application),
            tenants=[{"name": f"T{number:05d}"} for number in range(1, 31)],
            enable_email_alerts=True,
            parallel=4,
        )

        assert not done.result.get("failed"), done.result["msg"]
        assert 1 <= fake.count("Token") <= 4
        assert fake.count("Settings.Read") >= 30


def test_own_passwords_of_many_tenants_do_not_slow_each_other(fake):
    """Every tenant's secret is forgotten with it, and none of them is shown."""
    given = options(fake, 200)
    given["tenants"] = [
        {**tenant, "smtp_password": f"secret of {tenant['name']}", "smtp_host": "a b"}
        for tenant in given["tenants"]
    ]
    done = mail_settings(**given).result

    assert done["msg"].count("smtp_host") >= 200
    assert "secret of" not in json.dumps(done)
