# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The quick start, done as it is written: its files and its commands, in an empty folder."""

from __future__ import annotations

import re

import pytest
from fake.mailbox import Mailbox
from fake.orchestrator import FakeOrchestrator
from support.blocks import of
from support.places import PAGES

BLOCKS = of(PAGES / "quickstart.rst")
APP_PASSWORD = "abcd efgh ijkl mnop"
#: Who does as the page says has other names and secrets; here they are those of the stand-ins.
OWN = {"vault_orchestrator_password: ...": "vault_orchestrator_password: secret"}
OWN["vault_gmail_app_password: ..."] = f"vault_gmail_app_password: {APP_PASSWORD}"


@pytest.fixture(scope="module")
def done(tmp_path_factory, collections):
    """Everything that the page says, in its order; each command with what came of it."""
    from support.project import Project

    project = Project(tmp_path_factory.mktemp("newcomer"), collections)
    with Mailbox(username="robots@gmail.com", password=APP_PASSWORD.replace(" ", "")) as mailbox:
        with FakeOrchestrator(version="2020.10", trust=mailbox.ca_path) as fake:
            for block in BLOCKS:
                if block.file:
                    project.write(block.file, _with_own(block.text, fake, mailbox))
            said = [words for b in BLOCKS if b.language == "console" for words in b.commands]
            # The collection is installed already, from a tarball.
            ran = [words for words in said if words[0] != "ansible-galaxy"]
            ended = {" ".join(words): project.run(*words[1:]) for words in ran}
            return project, ended, fake.settings("Default"), list(mailbox.messages)


def _with_own(block, fake, mailbox):
    for said, meant in {"https://orchestrator.example.com": fake.url, **OWN}.items():
        block = block.replace(said, meant)
    if "mail_preset: gmail" in block:
        block += f"mail_smtp_host: {mailbox.host}\nmail_smtp_port: {mailbox.port}\n"
        block += f"mail_test_ca_path: {mailbox.ca_path}\n"
    return block


def test_every_command_of_the_page_succeeds(done):
    """Validate, look, apply, test, watch."""
    _project, ended, _stored, _messages = done

    assert [
        line for line in ended if not line.startswith("ansible-playbook -i inventory.yml ")
    ] == []
    assert {line: one.output for line, one in ended.items() if one.code} == {}
    assert len(ended) == 5


def test_the_settings_hold_and_the_messages_arrived(done):
    """One that proves them beforehand, one after the change, one from the test."""
    _project, ended, stored, messages = done

    assert stored["Abp.Net.Mail.DefaultFromAddress"] == "robots@gmail.com"
    assert len(messages) == 3
    applied = next(one for line, one in ended.items() if line.endswith("apply"))
    assert "proven by a message to ops@example.com" in applied.output
    assert re.search(r"test message <rpaops-\w+@gmail\.com> accepted", applied.output)


def test_the_report_is_where_the_page_says(done):
    """Beside the inventory."""
    project, _ended, _stored, _messages = done

    assert (project.start / "reports/mail-drift.md").is_file()
