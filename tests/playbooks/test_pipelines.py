# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every step of every pipeline of the starting repository, run as its forge would run it.

The forges' own tools are stand-ins that write down what they were told; so is the installation of
packages.  Everything else is real: the repository, the vault's password, the playbooks, a server.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys

import pytest
import yaml
from fake.mailbox import Mailbox
from fake.orchestrator import FakeOrchestrator
from support.ansible_run import environment
from support.places import HERE
from support.repository import EXAMPLE, SERVER_PASSWORD, USERS, VAULT_PASSWORD, filled_in

PORT = "Abp.Net.Mail.Smtp.Port"
REVISION = "0123456789abcdef0123456789abcdef01234567"
JOBS = ("plan", "comment", "apply", "nightly")
#: What a forge gives to a step, whatever its own words for it are.
GIVEN = {
    "GITHUB_REPOSITORY": "acme/mail",
    "GITHUB_SHA": REVISION,
    "NUMBER": "7",
    "CI_COMMIT_SHA": REVISION,
    "CI_MERGE_REQUEST_IID": "7",
    "CI_PROJECT_ID": "12",
    "BUILD_SOURCEVERSION": REVISION,
    "REVISION": REVISION,
    "VAULT_PASSWORD": VAULT_PASSWORD,
}
TOOL = """#!/usr/bin/env bash
echo "$(basename "$0") $*" >> "{log}"
case "$*" in
  *"/notes?"*) cat "{notes}" 2>/dev/null || echo "[]"; exit ;;
esac
case "$1 $2" in
  "pr comment") cat "${{@: -1}}" >> "{log}" 2>/dev/null || true ;;
  "api "*) echo {revision} ;;
  "run download") mkdir -p .plan && cp {artifact}/* .plan/ ;;
esac
"""
PYTHON = """#!/bin/sh
# python3 -m venv FOLDER: what a package index would bring is here already.
[ "$1 $2" = "-m venv" ] || exec "{python}" "$@"
mkdir -p "$3/bin"
ln -sf "{programs}/ansible-playbook" "{programs}/ansible-vault" "$3/bin/"
printf '#!/bin/sh\\n' > "$3/bin/pip"
printf '#!/bin/sh\\ntest -f "$4" && ln -sfn "{collections}" .collections\\n' \\
    > "$3/bin/ansible-galaxy"
chmod +x "$3/bin/pip" "$3/bin/ansible-galaxy"
"""


@pytest.fixture(scope="module")
def mailbox():
    with Mailbox() as running:
        yield running


@pytest.fixture
def fake(mailbox):
    with FakeOrchestrator("2020.10", users=USERS, trust=mailbox.ca_path) as running:
        yield running


class Forge:
    """A copy of the repository with its three values filled in, and stand-ins for tools."""

    def __init__(self, folder, collections, fake, mailbox):
        self.start, self.log, self.artifact = folder / "work", folder / "log", folder / "artifact"
        filled_in(self.start, fake, mailbox)
        self.log.touch()
        facts = {
            "log": self.log,
            "revision": REVISION,
            "artifact": self.artifact,
            "notes": folder / "notes",
        }
        here = {"python": sys.executable, "programs": HERE / "bin", "collections": collections}
        for name, text in (("gh", TOOL), ("glab", TOOL), ("python3", PYTHON)):
            program = folder / "bin" / name
            program.parent.mkdir(exist_ok=True)
            program.write_text(text.format(**facts, **here), encoding="utf-8")
            program.chmod(0o755)
        self._around = environment(folder, **GIVEN, PIPELINE_WORKSPACE=str(folder))
        self._around["PATH"] = f"{folder / 'bin'}:{self._around['PATH']}"

    def run(self, steps):
        """Run the steps one after the other, each in a shell of its own; what they printed."""
        printed = []
        for step in steps:
            command = ["bash", "-e", "-o", "pipefail", "-c", step]
            options = {"cwd": self.start, "env": self._around, "capture_output": True}
            done = subprocess.run(command, check=False, text=True, **options)
            printed.append(done.stdout + done.stderr)
            assert done.returncode == 0, f"{step}\n{printed[-1]}"
        return "".join(printed)

    def keep_the_plan(self):
        """What an artifact is for: the plan of one job is there in another."""
        shutil.move(self.start / ".plan", self.artifact)


@pytest.fixture
def forge(tmp_path, collections, fake, mailbox):
    return Forge(tmp_path, collections, fake, mailbox)


def read(name):
    return yaml.safe_load((EXAMPLE / name).read_text(encoding="utf-8"))


def github(job):
    steps = read(".github/workflows/mail.yml")["jobs"][job]["steps"]
    return [step["run"] for step in steps if "run" in step]


def gitlab(job):
    pipeline = read(".gitlab-ci.yml")
    before = pipeline[job].get("before_script", pipeline["default"]["before_script"])
    return [*before, *pipeline[job]["script"]]


def azure(stage):
    (found,) = [one for one in read("azure-pipelines.yml")["stages"] if one["stage"] == stage]
    (job,) = found["jobs"]
    deploy = job.get("strategy", {}).get("runOnce", {}).get("deploy", {})
    return [step["bash"] for step in job.get("steps") or deploy["steps"] if "bash" in step]


@pytest.mark.parametrize("steps", [github, gitlab, azure], ids=lambda steps: steps.__name__)
def test_a_change_is_planned_reviewed_applied_and_watched(forge, fake, mailbox, steps):
    """The plan says what would change, apply does exactly that, the night proves it."""
    before = len(mailbox.messages)
    forge.run(steps("plan"))
    plan = (forge.start / ".plan" / "mail-plan.md").read_text(encoding="utf-8")
    assert "smtp_host" in plan
    assert fake.count("Settings.UpdateBulk") == 0
    if steps is not gitlab:
        forge.keep_the_plan()
    if steps is azure:
        shutil.move(forge.artifact, forge.artifact.with_name("mail-plan"))

    forge.run(steps("apply"))
    assert fake.settings("Default")[PORT] == str(mailbox.port)
    assert list((forge.start / "reports").glob("*.json"))

    shutil.rmtree(forge.start / "reports")
    forge.run(steps("nightly"))
    assert list((forge.start / "reports").glob("*.xml"))
    assert len(mailbox.messages) >= before + 2


def test_the_plan_is_said_in_the_pull_request_and_updated_in_place(forge):
    """By the forge's own tool, which edits its last comment."""
    forge.run(github("plan"))
    said = forge.log.read_text(encoding="utf-8")

    assert "gh pr comment 7 --edit-last --create-if-none --body-file .plan/mail-plan.md" in said


def test_the_note_of_a_merge_request_is_written_once_and_then_over(forge):
    """As GitLab lists notes: number first, markup escaped, and those of others among them."""
    forge.run(gitlab("plan"))
    mark = (forge.start / ".plan" / "mail-plan.md").read_text(encoding="utf-8").splitlines()[0]
    body = mark.replace("<", "\\u003c").replace(">", "\\u003e")
    others = '{"id":3,"type":null,"body":"about {a} plan","author":{"id":9}}'

    forge.run(gitlab("comment"))
    (forge.log.parent / "notes").write_text(f'[{{"id":41,"type":null,"body":"{body}"}},{others}]')
    forge.run(gitlab("comment"))

    said = [line for line in forge.log.read_text("utf-8").splitlines() if "--method" in line]
    notes, field = "projects/12/merge_requests/7/notes", "--field body=@.plan/mail-plan.md"
    assert said == [
        f"glab api --method POST {notes} {field}",
        f"glab api --method PUT {notes}/41 {field}",
    ]


def programs(name):
    """What the steps of a pipeline of GitLab call besides what is in every shell."""
    return {word for step in gitlab(name) for word in re.findall(r"\b(?:glab|git|python3)\b", step)}


def test_each_job_has_an_image_with_what_it_calls():
    """The slim image has no git, which the collection comes by, and no image of Python has glab."""
    pipeline = read(".gitlab-ci.yml")
    images = {name: pipeline[name].get("image", pipeline["default"]["image"]) for name in JOBS}

    assert programs("plan") == programs("nightly") == {"python3"}
    assert programs("comment") == {"glab"}
    assert {name for name in JOBS if "glab" in programs(name)} == {"comment"}
    assert images["comment"].startswith("registry.gitlab.com/gitlab-org/cli:v")
    assert "slim" not in images["plan"]
    assert all(re.search(r":v?\d+\.\d+\.\d+", image) for image in images.values())


def test_no_secret_is_in_a_plan_a_report_or_what_was_printed(forge, mailbox):
    """Neither that of the vault nor what is in it."""
    printed = forge.run(github("plan"))
    forge.keep_the_plan()
    printed += forge.run(github("apply"))
    files = [*forge.artifact.iterdir(), *(forge.start / "reports").iterdir()]
    text = printed + "".join(path.read_text(encoding="utf-8") for path in files)

    for secret in (SERVER_PASSWORD, mailbox.password, VAULT_PASSWORD):
        assert secret not in text
