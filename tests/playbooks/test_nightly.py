# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The nightly proof: what is stored really sends mail, and a night tells when it no longer does."""

from __future__ import annotations

import datetime
import json

import pytest
from ansible_collections.rpaops.orchestrator.plugins.module_utils._knowledge.providers import (
    dated_warnings,
    preset,
)
from fake.mailbox import Mailbox
from fake.orchestrator import FakeOrchestrator
from support.run import server

USER, PASSWORD = "robot@example.com", "correct-horse-battery"
ALWAYS = ("-e", "mail_test_when=always", "-e", "mail_report_dir=reports")


@pytest.fixture(scope="module")
def mailbox():
    with Mailbox(username=USER, password=PASSWORD) as running:
        yield running


def declared(fake, mailbox, **more):
    """What the repository says; the password is in the pipeline that applies, not at night."""
    return {
        "mail_server": server(fake, **more),
        "mail_smtp_host": mailbox.host,
        "mail_smtp_port": mailbox.port,
        "mail_enable_ssl": True,
        "mail_use_default_credentials": False,
        "mail_smtp_username": USER,
        "mail_default_from_address": USER,
        "mail_test_recipients": ["ops@example.com"],
        "mail_test_ca_path": mailbox.ca_path,
    }


def night(project, variables, *arguments):
    """Compare and prove; the process, and the one row of the report."""
    project.inventory({"o": variables})
    done = project.on("drift", *ALWAYS, *arguments)
    (row,) = json.loads((project.start / "reports/mail-drift.json").read_text())["rows"]
    return done, row


@pytest.fixture
def identity(mailbox, project):
    """A server that can test what it has stored, after an apply."""
    with FakeOrchestrator(version="v20", trust=mailbox.ca_path) as fake:
        token = {"access_token": fake.add_token(kind="host"), "level": "host"}
        variables = declared(fake, mailbox, tenant=None, username=None, password=None, **token)
        project.inventory({"o": {**variables, "mail_smtp_password": PASSWORD}})
        done = project.on("apply", "-e", "mail_test_when=changed")
        assert done.code == 0, done.output
        yield fake, variables


def test_what_is_stored_is_proven_without_its_password(project, mailbox, identity):
    """One message a night, sent by the server; the certificate is looked at from here."""
    _fake, variables = identity
    before = len(mailbox.messages)

    done, row = night(project, variables)

    assert (done.code, row["outcome"]) == (0, "as_declared"), done.output
    assert (row["proof"]["ok"], len(mailbox.messages)) == (True, before + 1)
    assert 80 <= row["proof"]["days_left"] <= 90
    assert PASSWORD not in json.dumps(row) + done.output


def test_a_password_that_was_changed_by_hand_turns_the_night_red(project, mailbox, identity):
    """It cannot be read, so it looks as declared; only the proof tells."""
    fake, variables = identity
    fake.set_identity_settings(None, {"Email.Smtp.Password": "changed-by-hand"})

    done, row = night(project, variables)

    assert (done.code, row["outcome"], row["proof"]["ok"]) == (2, "error", False), done.output
    assert "The test message failed" in row["message"]
    assert "changed-by-hand" not in json.dumps(row) + done.output


def test_a_server_that_cannot_test_what_it_has_is_tested_from_here(project, mailbox):
    """Up to 2021.4 the verify call needs the password, so the declared settings are proven."""
    with FakeOrchestrator(version="2020.10", trust=mailbox.ca_path) as fake:
        variables = {**declared(fake, mailbox), "mail_smtp_password": PASSWORD}
        project.inventory({"o": variables})
        assert project.on("apply").code == 0
        before = len(mailbox.messages)

        done, row = night(project, variables)

    assert (done.code, row["outcome"], row["proof"]["ok"]) == (0, "as_declared", True), done.output
    assert len(mailbox.messages) == before + 1
    assert row["proof"]["message_id"] == str(mailbox.messages[-1].parsed["Message-ID"])
    assert 80 <= row["proof"]["days_left"] <= 90


def test_a_night_without_a_proof_and_one_in_check_mode_send_nothing(project, mailbox, identity):
    """Comparing is no reason to write to anybody."""
    _fake, variables = identity
    before = len(mailbox.messages)

    done, row = night(project, variables, "-e", "mail_test_when=changed")
    checked, _row = night(project, variables, "--check")

    assert (done.code, checked.code, row["proof"]) == (0, 0, None)
    assert len(mailbox.messages) == before


def test_the_test_playbook_proves_what_is_stored(project, mailbox, identity):
    """No password in the pipeline; reports, and a line for every host."""
    _fake, variables = identity
    project.inventory({"o": variables})
    before = len(mailbox.messages)

    done = project.on("test", "-e", "mail_test_via=server", "-e", "mail_report_dir=reports")

    report = json.loads((project.start / "reports/mail-test.json").read_text())
    assert (done.code, report["verdict"]) == (0, "passed"), done.output
    assert len(mailbox.messages) == before + 1


def test_a_failed_test_is_red(project, mailbox, identity):
    """With the stage and what to do."""
    _fake, variables = identity
    project.inventory({"o": {**variables, "mail_smtp_password": "wrong-horse-battery"}})

    done = project.on("test")

    assert done.code == 2
    assert "login" in done.output
    assert "wrong-horse" not in done.output


def test_what_ends_at_a_date_is_in_the_report_before_it_ends(project, mailbox, identity):
    """The caveats of the provider that are news today; which those are, its table knows."""
    fake, variables = identity
    presets = {"mail_preset": "microsoft365"}
    news = dated_warnings(preset("microsoft365"), datetime.date.today())

    _done, row = night(project, {**variables, **presets}, "-e", "mail_test_when=changed")

    assert [text for text in news if not any(text in said for said in row["warnings"])] == []
    assert fake.count("Settings.UpdateBulk") == 0
