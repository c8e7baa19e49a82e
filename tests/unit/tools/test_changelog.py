# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""``CHANGELOG.md`` says what the fragments say, and a release makes it so for good."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest
import yaml
from support.places import HERE, ROOT
from tools.make_changelog import UNRELEASED, text

pytestmark = pytest.mark.skipif(
    not (HERE / "bin/antsibull-changelog").exists(), reason="antsibull-changelog is not installed"
)
GIT = ("git", "-c", "user.name=somebody", "-c", "user.email=somebody@example.com")
SHIPPED = ("plugins", "roles", "playbooks", "meta", "docs", "changelogs", "tests/tools")
FRAGMENT = "release_summary: Short.\nminor_changes:\n  - mail_settings - something new.\n"


@pytest.fixture
def clone(tmp_path):
    """A repository with what is here, ready for a version that was never released."""
    clone = tmp_path / "clone"
    ignored = shutil.ignore_patterns("__pycache__", "fragments")
    for name in SHIPPED:
        shutil.copytree(ROOT / name, clone / name, ignore=ignored)
    for name in ("README.md", ".gitignore"):
        shutil.copy(ROOT / name, clone)
    described = yaml.safe_load((ROOT / "galaxy.yml").read_text(encoding="utf-8"))
    (clone / "galaxy.yml").write_text(yaml.safe_dump({**described, "version": "99.0.0"}))
    (clone / "changelogs/fragments").mkdir()
    (clone / "changelogs/fragments/new.yml").write_text(FRAGMENT)
    called(clone, "make_changelog.py")
    for words in (["init", "-q"], ["add", "--all"], ["commit", "-qm", "all"]):
        subprocess.run([*GIT, *words], cwd=clone, check=True)
    return clone


def called(clone, tool, *words):
    """What a command of the Makefile does in that repository."""
    path = f"{HERE / 'bin'}{os.pathsep}{os.environ['PATH']}"
    command = [sys.executable, f"tests/tools/{tool}", *words]
    environment = {**os.environ, "PATH": path, "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        command, cwd=clone, env=environment, capture_output=True, text=True, check=False
    )


def test_the_changelog_says_what_the_fragments_say(monkeypatch):
    """After a change of a fragment somebody ran ``make changelog``."""
    monkeypatch.setenv("PATH", f"{HERE / 'bin'}{os.pathsep}{os.environ['PATH']}")

    assert (ROOT / "CHANGELOG.md").read_text(encoding="utf-8") == text()


def test_a_release_dates_what_the_changelog_said_and_cannot_be_made_twice(clone):
    """Only the sentence about the state goes, no fragment stays, and what is next is said."""
    before = (clone / "CHANGELOG.md").read_text(encoding="utf-8")
    done = called(clone, "release.py", "2031-02-03")
    kept = yaml.safe_load((clone / "changelogs/changelog.yaml").read_text(encoding="utf-8"))

    assert done.returncode == 0, done.stderr
    assert kept["releases"]["99.0.0"]["release_date"] == "2031-02-03"
    assert sentence(UNRELEASED) in before
    assert "something new" in before
    after = (clone / "CHANGELOG.md").read_text(encoding="utf-8")
    assert after == before.replace(sentence(UNRELEASED) + " ", "")
    assert not list((clone / "changelogs/fragments").glob("*.yml"))
    assert "git tag --annotate 99.0.0" in done.stdout
    assert "build/rpaops-orchestrator-99.0.0.tar.gz" in done.stdout
    assert "is released already" in called(clone, "release.py").stderr


def sentence(plain):
    """A sentence as antsibull-changelog writes it in Markdown."""
    marked = plain.replace("``main``", "<code>main</code>")
    return "".join(f"\\{c}" if c in ";." else c for c in marked)


def test_a_tree_with_changes_is_not_released(clone):
    """What is released is what was committed."""
    (clone / "README.md").write_text("other words\n", encoding="utf-8")

    done = called(clone, "release.py")

    assert done.returncode == 1
    assert "README.md" in done.stderr
    assert "99.0.0" not in (clone / "changelogs/changelog.yaml").read_text(encoding="utf-8")


def test_a_day_that_is_none_is_refused(clone):
    """``DATE=tomorrow`` is no date that a reader of the changelog could use."""
    done = called(clone, "release.py", "tomorrow")

    assert done.returncode == 2
    assert "2026-12-31" in done.stderr
