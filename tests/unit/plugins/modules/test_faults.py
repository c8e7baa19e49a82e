# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every fault at every operation ends verified, untouched, or unknown and stated."""

from __future__ import annotations

import time

import pytest
from ansible_collections.rpaops.orchestrator.plugins.module_utils._reconcile import read_back
from ansible_collections.rpaops.orchestrator.plugins.module_utils._server import patience
from fake.orchestrator import FakeOrchestrator
from fake.orchestrator.faults import FAULTS
from support.run import mail_settings, server

OPERATIONS = ["Authenticate", "Settings.Read", "Settings.UpdateBulk"]
HOST = "Abp.Net.Mail.Smtp.Host"
#: How a run may admit that it does not know what holds.
STATED = {"ambiguous_write", "not_stored"}


@pytest.fixture(autouse=True)
def hasty(monkeypatch):
    """Wait less than a real run would; the order of events stays."""
    monkeypatch.setattr(patience, "FIRST_WAIT", 0.01)
    monkeypatch.setattr(read_back, "SETTLING", (0.0, 0.01))


@pytest.fixture(scope="module")
def fake():
    with FakeOrchestrator(version="2020.10") as running:
        yield running


def run(fake, **server_options):
    fake.set_settings("Default", {HOST: "old.example.com"})
    options = server(fake, timeout=1.5, retries=2, **server_options)
    started = time.monotonic()
    result = mail_settings(
        server=options, smtp_host="new.example.com", allow_password_reuse=True
    ).result
    assert time.monotonic() - started < 3, "longer than the deadline"
    return result, fake.settings("Default")[HOST]


def acceptable(result, held):
    if not result.get("failed"):
        return held == "new.example.com" and result["changed"]
    if held == "old.example.com":
        return "Traceback" not in result["msg"]
    return result["error"] in STATED


@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_that_strikes_once_ends_well(fake, operation, fault):
    """No success without the effect, no traceback, nothing beyond the deadline."""
    fake.fault(operation, fault, times=1, retry_after=0, seconds=0.05, megabytes=40)

    result, held = run(fake)

    assert acceptable(result, held), (result, held)
    assert result.get("error") != "internal", result


@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize("fault", ["429", "500", "502", "503", "504", "reset-before"])
def test_a_fault_that_stays_fails_in_one_sentence(fake, operation, fault):
    """A server that never recovers is named, and what holds is not claimed to be new."""
    fake.fault(operation, fault, times=None, retry_after=0)

    result, held = run(fake)
    fake.clear_faults()

    assert result["failed"] is True
    assert acceptable(result, held), (result, held)
    assert fake.url in result["msg"]


def test_a_write_whose_answer_was_lost_is_not_repeated(fake):
    """Reading back shows that it arrived."""
    fake.clear_log()
    fake.fault("Settings.UpdateBulk", "lost-answer")

    result, held = run(fake)

    assert (result["changed"], held) == (True, "new.example.com")
    assert fake.count("Settings.UpdateBulk") == 1


def test_a_write_that_did_not_arrive_is_sent_again(fake):
    """A write is sent again after a read showed that it did not arrive."""
    fake.clear_log()
    fake.fault("Settings.UpdateBulk", "reset-before")

    result, held = run(fake)

    assert (result["changed"], held) == (True, "new.example.com")


def test_a_token_that_expires_in_the_middle_is_renewed_once(fake):
    """Signing in again is tried once after a 401."""
    fake.clear_log()
    fake.fault("Settings.UpdateBulk", "401")

    result, held = run(fake)

    assert (result["changed"], held) == (True, "new.example.com")
    assert fake.count("Authenticate") == 2
