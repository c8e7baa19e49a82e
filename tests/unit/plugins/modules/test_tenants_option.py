# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Many tenants in one task of ``mail_settings``."""

from __future__ import annotations

import time

import pytest
from fake.orchestrator import FakeOrchestrator
from support.run import mail_settings, server

PORT = "Abp.Net.Mail.Smtp.Port"
WRITE = "Settings.UpdateBulk"


@pytest.fixture
def fake():
    with FakeOrchestrator(version="2020.10", tenants=40) as running:
        yield running


def names(fake, count=40):
    return [f"T{number:05d}" for number in range(1, count + 1)]


def run(fake, count=40, check_mode=False, **more):
    tenants = [{"name": name} for name in names(fake, count)]
    options = {"smtp_port": 2525, "allow_password_reuse": True, "tenants": tenants, **more}
    return mail_settings(check_mode=check_mode, server=server(fake, tenant=None), **options)


def test_all_tenants_are_changed_and_the_second_run_changes_none(fake):
    """First run changes, second is a no-op with one read per tenant."""
    first = run(fake).result
    fake.clear_log()
    second = run(fake).result

    assert (first["changed"], second["changed"]) == (True, False), first
    assert {fake.settings(name)[PORT] for name in names(fake)} == {"2525"}
    assert (fake.count("Settings.Read"), fake.count(WRITE)) == (40, 0)


def test_connections_are_kept_from_tenant_to_tenant(fake):
    """As many connections as workers, and one for the first tenant."""
    before = fake.connections
    run(fake, parallel=4)

    assert fake.connections - before <= 5


def test_a_tenant_may_differ_from_the_rest(fake):
    """What is given for a tenant wins."""
    tenants = [{"name": "T00001"}, {"name": "T00002", "smtp_port": 587}]
    run(fake, tenants=tenants)

    assert [fake.settings(name)[PORT] for name in names(fake, 2)] == ["2525", "587"]


def test_check_mode_predicts_the_run(fake):
    """The same changed, updated, diff and plan; nothing is written."""
    foreseen = run(fake, check_mode=True).result
    assert fake.count(WRITE) == 0

    assert run(fake).result == foreseen


def test_a_name_that_appears_twice_is_refused(fake):
    """Two entries for one tenant would contradict each other."""
    done = run(fake, tenants=[{"name": "T00001"}, {"name": "T00001"}]).result

    assert "T00001 appears twice" in done["msg"]
    assert fake.requests == []


def test_the_first_tenant_is_the_canary(fake):
    """What is wrong with the declaration shows there, and the others are not tried."""
    fake.fault(WRITE, "403", tenant="T00001", times=None)
    done = run(fake).result

    assert done["failed"] is True
    assert "0 changed, 0 unchanged, 1 failed, 39 not tried" in done["msg"]
    assert [entry.get("tried") for entry in done["tenants"][1:]] == [False] * 39


def test_the_run_stops_after_max_failures(fake):
    """No further tenant is started once too many failed."""
    fake.fault(WRITE, "403", times=None, after=1)
    done = run(fake, parallel=1, max_failures=3).result

    assert "1 changed, 0 unchanged, 3 failed, 36 not tried" in done["msg"]
    assert done["changed"] is True


@pytest.mark.parametrize("failing", ["T00001", "T00007"])
def test_zero_max_failures_never_stops(fake, failing):
    """Every tenant is tried, also after a first one that failed, and the tally is exact."""
    fake.fault(WRITE, "403", tenant=failing, times=None)
    done = run(fake, max_failures=0).result

    assert "39 changed, 0 unchanged, 1 failed, 0 not tried" in done["msg"]
    assert failing in done["msg"]


def test_a_busy_server_slows_all_and_all_end_right(fake):
    """429 to every tenth request: nothing fails, nothing is lost."""
    fake.fault("Settings.*", "429", times=None, every=10, retry_after=0)
    done = run(fake).result
    fake.clear_faults()

    assert not done.get("failed"), done
    assert {fake.settings(name)[PORT] for name in names(fake)} == {"2525"}


def test_a_plan_holds_for_all_tenants(fake):
    """expect_plan covers the whole task: one tenant that changed in between stops it."""
    plan = run(fake, check_mode=True).result["plan"]
    fake.set_settings("T00003", {"Abp.Net.Mail.Smtp.Host": "elsewhere.example.com"})

    assert run(fake, expect_plan=plan).result["error"] == "plan_changed"
    assert fake.count(WRITE) == 0


def test_the_findings_of_all_tenants_come_together_before_any_connection(fake):
    """Two bad tenants are two findings."""
    tenants = [{"name": "T00001", "smtp_port": 0}, {"name": "T00002", "smtp_host": ""}]
    done = run(fake, tenants=tenants).result

    assert "tenant T00001: smtp_port" in done["msg"]
    assert "tenant T00002: smtp_host" in done["msg"]
    assert fake.requests == []


def test_workers_share_the_patience_a_server_asks_for(fake):
    """A second asked of one worker is waited by all, and asked for once, not by each in turn."""
    fake.fault("Settings.Read", "429", times=1, after=5, retry_after=1)
    started = time.monotonic()
    done = run(fake, parallel=8).result

    assert not done.get("failed"), done
    assert time.monotonic() - started >= 1
    assert [request.status for request in fake.requests].count(429) == 1


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ({"nmae": "T00001"}, "Did you mean name?"),
        ({"name": "T00001", "smtp_prot": 25}, "Did you mean smtp_port?"),
        (["T00001"], "the name of a tenant, or a dictionary"),
    ],
)
def test_a_slip_in_an_entry_is_answered_with_what_was_meant(fake, entry, words):
    """And with all options there are; nothing is asked of the server."""
    failed = run(fake, tenants=[entry]).result

    assert failed["error"] == "invalid_option"
    assert words in failed["msg"]
    assert not fake.requests
