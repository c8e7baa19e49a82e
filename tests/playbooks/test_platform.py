# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A workflow of an Automation Platform: jobs that have no file in common, but what one hands over.

Each job is a machine of its own with a copy of the repository.  What ``set_stats`` has collected in
one job is, as the platform does it, a variable of the next.
"""

from __future__ import annotations

import json

import pytest
from support.commands import Machine

NAME, PORT = "Abp.Net.Mail.DefaultFromDisplayName", "Abp.Net.Mail.Smtp.Port"
PLAYBOOK = ".venv/bin/ansible-playbook"


@pytest.fixture
def job(tmp_path, collections, fake, mailbox):
    """Run a playbook of the repository on a machine of its own, with what came from before."""

    def run(playbook, handed_over=None, arguments=""):
        folder = tmp_path / f"job-{len(list(tmp_path.iterdir()))}"
        folder.mkdir()
        machine = Machine.of(folder, collections, fake, mailbox)
        (machine.home / "handed_over.json").write_text(json.dumps(handed_over or {}))
        around = {"ANSIBLE_VAULT_PASSWORD_FILE": str(machine.home / ".vault-password")}
        around["ANSIBLE_SHOW_CUSTOM_STATS"] = "1"
        line = f"{PLAYBOOK} {playbook} -e @../handed_over.json {arguments}"
        return machine.run(line, around={**machine.around, **around})

    return run


def handed_over(done):
    """The variables that a job leaves to the next."""
    (line,) = [line for line in done.stdout.splitlines() if line.strip().startswith("RUN: ")]
    return json.loads(line.strip().removeprefix("RUN: "))


def planned(job, fake):
    done = job("plan.yml", arguments="-e mail_plan_dir=plan")
    assert done.code == 0, done.output
    assert fake.count("Settings.UpdateBulk") == 0
    return handed_over(done)


def test_what_was_planned_in_one_job_is_applied_in_the_next(job, fake, mailbox):
    """A text of the server that looks like a template is a text in both, and on the way."""
    fake.set_settings("Default", {NAME: "{{ lookup('ansible.builtin.pipe', 'exit 1') }}"})
    plan = planned(job, fake)

    done = job("apply.yml", plan)

    assert done.code == 0, done.output
    assert fake.settings("Default")[PORT] == str(mailbox.port)
    assert plan.keys() == {"reviewed_plan"}


def test_what_moved_after_the_approval_is_not_applied(job, fake):
    """The plan is what was approved."""
    plan = planned(job, fake)
    fake.set_settings("Default", {NAME: "By hand"})

    done = job("apply.yml", plan)

    assert done.code == 2
    assert '"error": "plan_moved"' in done.output
    assert fake.count("Settings.UpdateBulk") == 0


def test_a_job_of_its_own_applies_what_is_declared(job, fake, mailbox):
    """Without a workflow nothing was handed over, and nothing has to be."""
    done = job("apply.yml")

    assert done.code == 0, done.output
    assert fake.settings("Default")[PORT] == str(mailbox.port)


def test_a_plan_that_came_to_nothing_is_not_handed_over(job):
    """The workflow ends with it."""
    done = job("plan.yml", arguments="-e mail_plan_dir=plan -e mail_prest=gmail")

    assert done.code == 2
    assert "reviewed_plan" not in done.stdout
