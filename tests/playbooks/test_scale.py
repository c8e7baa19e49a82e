# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The recipe of the page on scale, taken from the page itself."""

from __future__ import annotations

import re

import pytest
from fake.orchestrator import FakeOrchestrator
from support.ansible_run import environment
from support.ansible_run import run as run_to_its_end
from support.places import PAGES

PAGE = (PAGES / "scale.rst").read_text(encoding="utf-8")
HOST = "Abp.Net.Mail.Smtp.Host"
TENANTS = [f"T{number:05d}" for number in range(1, 8)]


@pytest.fixture(scope="module")
def fake():
    users = {name: {"mail-robot": "secret"} for name in TENANTS}
    with FakeOrchestrator(version="2020.10", tenants=len(TENANTS), users=users) as running:
        yield running


def block(word: str, url: str) -> str:
    """The YAML block of the page that holds ``word``, with another address."""
    found = re.findall(r"\.\. code-block:: yaml\n(?:   :\w+:.*\n)*\n((?:   .*\n|\n)+)", PAGE)
    text = next(text for text in found if word in text).replace("\n   ", "\n")[3:]
    return text.replace("https://orchestrator.example.com", url)


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
    first = run("--limit", "all[0:3]")
    second = run("--limit", "all[4:6]")

    assert (first.count("changed=1"), second.count("changed=1")) == (4, 3)
    assert {fake.settings(name)[HOST] for name in TENANTS} == {"relay.example.com"}
