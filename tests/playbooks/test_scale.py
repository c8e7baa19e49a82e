# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The recipe of the page on scale, taken from the page itself."""

from __future__ import annotations

import json
import re

import pytest
from fake.orchestrator import FakeOrchestrator
from support.ansible_run import environment
from support.ansible_run import run as run_to_its_end
from support.blocks import of
from support.places import PAGES

BLOCKS = of(PAGES / "scale.rst")
HOST = "Abp.Net.Mail.Smtp.Host"
TENANTS = [f"T{number:05d}" for number in range(1, 8)]


@pytest.fixture(scope="module")
def fake():
    users = {name: {"mail-robot": "secret"} for name in TENANTS}
    with FakeOrchestrator(version="2020.10", tenants=len(TENANTS), users=users) as running:
        yield running


def block(word: str, url: str, language: str = "yaml") -> str:
    """The block of the page that holds ``word``, with another address."""
    text = next(b.text for b in BLOCKS if b.language == language and word in b.text)
    return text.replace("https://orchestrator.example.com", url)


def fewer(text: str) -> str:
    """Commands of the page, for the tenants there are here instead of a thousand."""
    return text.replace("499", "3").replace("500", "4")


@pytest.fixture
def run(fake, tmp_path):
    """A function from further arguments to what the recipe prints."""
    inventory = tmp_path / "orchestrator.tenants.yml"
    inventory.write_text(block("plugin:", fake.url), encoding="utf-8")
    playbook = tmp_path / "apply.yml"
    playbook.write_text(block("hosts: all", fake.url), encoding="utf-8")
    given = ["ansible-playbook", "-i", str(inventory), str(playbook)]
    given += ["-e", "vault_robot_password=secret"]
    surroundings = environment(tmp_path, ORCHESTRATOR_PASSWORD="secret")

    def once(*more):
        done = run_to_its_end([*given, *more], tmp_path, surroundings)
        assert done.code == 0, done.output
        return done.stdout

    return once


def test_the_recipe_declares_every_tenant_as_a_host(fake, run):
    """One host alone first, then the rest; the second run changes nothing."""
    assert run("--forks", "20").count("changed=1") == len(TENANTS)
    assert {fake.settings(name)[HOST] for name in TENANTS} == {"relay.example.com"}
    assert "changed=1" not in run("--forks", "20")


def test_two_controllers_share_the_tenants(fake, run):
    """The patterns of the page leave out nobody, and give nobody to both."""
    for name in TENANTS:
        fake.set_settings(name, {HOST: "old.example.com"})
    patterns = re.findall("--limit '(.*)' apply.yml", fewer(block("--limit", "", "console")))
    first, second = (run("--limit", pattern) for pattern in patterns)

    assert (first.count("changed=1"), second.count("changed=1")) == (4, 3)
    assert {fake.settings(name)[HOST] for name in TENANTS} == {"relay.example.com"}


@pytest.mark.parametrize("drifted", [[], [TENANTS[1], TENANTS[5]]])
def test_two_slices_make_one_report(fake, tmp_path, drifted):
    """Every tenant is in it once, and what differs in either slice makes the whole red."""
    for name in TENANTS:
        fake.set_settings(name, {HOST: "old" if name in drifted else "relay.example.com"})
    files = {
        "orchestrator.tenants.yml": block("plugin:", fake.url),
        "group_vars/all/mail.yml": block("mail_smtp_host", fake.url),
        "group_vars/all/vault.yml": "vault_robot_password: secret\n",
        "merge.yml": block("merge:", fake.url),
        "nightly.sh": fewer(block("slice-2", fake.url, "console")),
    }
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")

    surroundings = environment(tmp_path, ORCHESTRATOR_PASSWORD="secret")
    done = run_to_its_end(["bash", "nightly.sh"], tmp_path, surroundings)

    report = json.loads((tmp_path / "reports" / "mail-drift.json").read_text(encoding="utf-8"))
    outcomes = {row["host"]: row["outcome"] for row in report["rows"]}
    assert outcomes == {n: "drift" if n in drifted else "as_declared" for n in TENANTS}, done.output
    assert len(report["rows"]) == len(TENANTS)
    assert (done.code != 0) == bool(drifted), done.output
