# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every step of every pipeline of the starting repository, run as its forge would run it.

The forges' own tools are stand-ins that write down what they were told; so is the installation of
packages.  Everything else is real: the repository, the vault's password, the playbooks, a server.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys

import pytest
import yaml
from support import forge_tool
from support.ansible_run import environment
from support.forge_tool import REVISION
from support.places import HERE
from support.repository import EXAMPLE, SERVER_PASSWORD, VAULT_PASSWORD, filled_in

pytest.importorskip("jmespath")
pytest.importorskip("jq")

PORT = "Abp.Net.Mail.Smtp.Port"
JOBS = ("plan", "comment", "apply", "nightly")
#: What a forge gives to a step, whatever its own words for it are.
GIVEN = {
    "GITHUB_REPOSITORY": "acme/mail",
    "GITHUB_SHA": REVISION,
    "NUMBER": "7",
    "CI_COMMIT_SHA": REVISION,
    "CI_MERGE_REQUEST_IID": "7",
    "CI_PROJECT_ID": "12",
    "BUILD_REPOSITORY_ID": "the-repository",
    "BUILD_SOURCEVERSION": REVISION,
    "SYSTEM_COLLECTIONURI": "https://dev.azure.com/acme/",
    "SYSTEM_PULLREQUEST_PULLREQUESTID": "7",
    "SYSTEM_TEAMPROJECTID": "the-project",
    "REVISION": REVISION,
    "VAULT_PASSWORD": VAULT_PASSWORD,
}
TOOL = """#!/bin/sh
PYTHONPATH= exec "{python}" "{tool}" "$(basename "$0")" "{folder}" "$@"
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


class Forge:
    """A copy of the repository with its three values filled in, and stand-ins for tools."""

    def __init__(self, folder, collections, fake, mailbox):
        self.start, self.artifact = folder / "work", folder / "artifact"
        self._comments = folder / "comments.json"
        filled_in(self.start, fake, mailbox)
        here = {"python": sys.executable, "programs": HERE / "bin", "collections": collections}
        tool = {"tool": forge_tool.__file__, "folder": folder}
        programs = {"python3": PYTHON, **dict.fromkeys(forge_tool.TOOLS, TOOL)}
        for name, text in programs.items():
            program = folder / "bin" / name
            program.parent.mkdir(exist_ok=True)
            program.write_text(text.format(**here, **tool), encoding="utf-8")
            program.chmod(0o755)
        places = {"PIPELINE_WORKSPACE": folder, "AGENT_TEMPDIRECTORY": folder}
        places["GITHUB_STEP_SUMMARY"] = folder / "summary.md"
        self._around = environment(folder, **GIVEN, **{n: str(p) for n, p in places.items()})
        self._around["PATH"] = f"{folder / 'bin'}:{self._around['PATH']}"

    @property
    def comments(self):
        """What is said in the pull request, by the number of the comment."""
        return json.loads(self._comments.read_text(encoding="utf-8"))

    def say(self, **comments):
        self._comments.write_text(json.dumps(comments), encoding="utf-8")

    def run(self, scripts):
        """Run the scripts one after the other, each in a shell of its own; what they printed."""
        printed = []
        for script in scripts:
            command = ["bash", "--noprofile", "--norc", "-c", script]
            options = {"cwd": self.start, "env": self._around, "capture_output": True}
            done = subprocess.run(command, check=False, text=True, **options)
            printed.append(done.stdout + done.stderr)
            assert done.returncode == 0, f"{script}\n{printed[-1]}"
        return "".join(printed)

    @property
    def plan(self):
        """The plan as a comment."""
        return self.start / ".plan" / "mail-plan.md"

    def keep_the_plan(self):
        """What an artifact is for: the plan of one job is there in another."""
        shutil.move(self.start / ".plan", self.artifact)


@pytest.fixture
def forge(tmp_path, collections, fake, mailbox):
    return Forge(tmp_path, collections, fake, mailbox)


def read(name):
    return yaml.safe_load((EXAMPLE / name).read_text(encoding="utf-8"))


def github(job):
    """A shell for each step; the one that is named ``bash`` ends at the first failure."""
    workflow = read(".github/workflows/mail.yml")
    assert workflow["defaults"]["run"]["shell"] == "bash"
    steps = workflow["jobs"][job]["steps"]
    return [f"set -eo pipefail\n{step['run']}" for step in steps if "run" in step]


def gitlab(job):
    """One shell for a job, which ends at the first failure."""
    return ["\n".join(["set -eo pipefail", *lines_of_gitlab(job)])]


def lines_of_gitlab(job):
    pipeline = read(".gitlab-ci.yml")
    before = pipeline[job].get("before_script", pipeline["default"]["before_script"])
    return [*before, *pipeline[job]["script"]]


def azure(stage):
    """A shell for each step, which goes on after a failure."""
    (found,) = [one for one in read("azure-pipelines.yml")["stages"] if one["stage"] == stage]
    (job,) = found["jobs"]
    deploy = job.get("strategy", {}).get("runOnce", {}).get("deploy", {})
    return [step["bash"] for step in job.get("steps") or deploy["steps"] if "bash" in step]


def commented(steps):
    """What is run for a pull request."""
    return [*steps("plan"), *(steps("comment") if steps is gitlab else ())]


FORGES = pytest.mark.parametrize("steps", [github, gitlab, azure], ids=lambda one: one.__name__)


@FORGES
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


@FORGES
def test_the_plan_is_said_in_the_pull_request_and_written_over(forge, steps):
    """Once, whatever the others said before and after."""
    others = {"3": "about {a} plan", "52": '<!-- another.tool plan --> "quoted"'}
    forge.say(**others)
    forge.run(commented(steps))
    ((mine, first),) = forge.comments.items() - others.items()
    assert first == forge.plan.read_text(encoding="utf-8")

    forge.say(**{mine: f"{first}outdated"}, **others)
    forge.run(commented(steps)[-1:])
    assert forge.comments == {**others, mine: first}


@FORGES
def test_nothing_is_said_where_there_is_no_plan(forge, steps):
    """A run that came to nothing leaves the comment of the one before."""
    forge.say(**{"3": "about a plan"})
    script = commented(steps)[-1]
    if steps is not github:
        forge.run([script])
    steps_of_plan = read(".github/workflows/mail.yml")["jobs"]["plan"]["steps"]
    (condition,) = (one["if"] for one in steps_of_plan if "PATCH" in one.get("run", ""))

    assert "hashFiles('.plan/mail-plan.md') != ''" in condition
    assert forge.comments == {"3": "about a plan"}


def test_a_comment_of_azure_is_not_written_twice_where_the_list_could_not_be_read(forge):
    """Its shell goes on after a failure, unless told otherwise."""
    forge.run(azure("plan"))
    wrong = commented(azure)[-1].replace("starts_with(", "no_such_function(")

    with pytest.raises(AssertionError, match="no_such_function"):
        forge.run([wrong])
    assert len(forge.comments) == 1


def programs(name):
    """What the steps of a pipeline of GitLab call besides what is in every shell."""
    return {
        word
        for step in lines_of_gitlab(name)
        for word in re.findall(r"\b(?:glab|git|python3)\b", step)
    }


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
