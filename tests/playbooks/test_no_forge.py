# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The starting repository on a machine of one's own: the lines of the page, as cron and git do."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
import yaml
from support.commands import Machine, line_of
from support.places import ROOT

PORT = "Abp.Net.Mail.Smtp.Port"
CRON = line_of("gitops", "37 3 * * *").split(maxsplit=5)[5]
PULL = line_of("gitops", "ANSIBLE_VAULT_PASSWORD_FILE=$HOME/.vault-password ansible-pull")


@pytest.fixture
def machine(tmp_path, collections, fake, mailbox):
    return Machine.of(tmp_path, collections, fake, mailbox)


def as_cron(machine):
    """With what cron gives to a line, and nothing else."""
    around = {"HOME": str(machine.home), "LOGNAME": "robot", "SHELL": "/bin/sh"}
    return machine.run(CRON, machine.home, {**around, "PATH": "/usr/bin:/bin"})


def test_a_line_for_cron_mails_when_the_night_was_red(machine, fake):
    """Nothing that differs was written; the report says it as well."""
    done = as_cron(machine)

    assert done.code == 0, done.output
    assert "production" in done.stdout
    assert machine.outcomes() == ["drift"]
    assert fake.count("Settings.UpdateBulk") == 0


def test_a_line_for_cron_is_silent_when_all_is_as_declared(machine, fake, mailbox):
    """Cron sends a mail for any output."""
    applied = machine.run(".venv/bin/ansible-playbook apply.yml", around=with_vault(machine))
    assert applied.code == 0, applied.output

    done = as_cron(machine)

    assert (done.code, done.output, machine.outcomes()) == (0, "", ["as_declared"])


def test_the_hook_of_pre_commit_judges_what_is_to_be_committed(machine):
    """By the line that pre-commit runs, with the arguments that its file tells of."""
    text = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    (hook,) = yaml.safe_load(text)
    (arguments,) = re.findall(r"args: \[(.*)\]", text)
    line = f"{hook['entry']} {arguments.replace(',', '')}"
    declared = machine.repository / "inventory/group_vars/all/mail.yml"
    assert re.search(hook["files"], str(declared))

    good = machine.run(line, around=with_vault(machine))
    declared.write_text(declared.read_text("utf-8").replace("smtp_port", "smtp_prot"), "utf-8")
    bad = machine.run(line, around=with_vault(machine))

    assert (good.code, bad.code) == (0, 2), good.output + bad.output
    assert "did you mean mail_smtp_port?" in bad.output


def with_vault(machine):
    return {**machine.around, "ANSIBLE_VAULT_PASSWORD_FILE": str(machine.home / ".vault-password")}


@pytest.mark.skipif(" " in sys.prefix, reason="ansible-pull cannot start from a path with a blank")
def test_a_pull_applies_what_was_pushed(machine, fake, mailbox):
    """From a bare repository into an empty folder; what is pushed later comes with the next."""
    bare, start = machine.folder / "pushed.git", machine.folder / "empty"
    start.mkdir()
    line = PULL.replace("https://git.example.com/mail-settings.git", str(bare))
    git(machine, "init", "-q", "-b", "main", ".")
    commit(machine)
    git(machine, "clone", "-q", "--bare", ".", str(bare))

    first = machine.run(line, start)
    assert first.code == 0, first.output
    assert fake.settings("Default")[PORT] == str(mailbox.port)

    declared = machine.repository / "inventory/group_vars/all/mail.yml"
    text = declared.read_text(encoding="utf-8").replace("Robots", "Later")
    declared.write_text(text, encoding="utf-8")
    commit(machine)
    git(machine, "push", "-q", str(bare), "main")
    second = machine.run(line, start)
    assert second.code == 0, second.output
    assert fake.settings("Default")["Abp.Net.Mail.DefaultFromDisplayName"] == "Later"


def commit(machine):
    git(machine, "add", "-A")
    git(machine, "commit", "-q", "-m", "Declare")


def git(machine, *arguments):
    who = ["-c", "user.name=Robot", "-c", "user.email=robot@example.com"]
    command = ["git", *who, *arguments]
    subprocess.run(command, cwd=machine.repository, env=machine.around, check=True)
