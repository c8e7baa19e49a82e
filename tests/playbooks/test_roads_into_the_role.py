# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every road into the role is held to the same: names, undefined variables, inputs."""

from __future__ import annotations

import json

import pytest
from fake.orchestrator import FakeOrchestrator
from support.run import server

PLAYBOOKS = ("apply", "drift", "test", "validate")
ENTRY_POINTS = ("main", "apply", "validate", "test")
#: The ways in which Ansible knows to use a role, and an entry point for each.
ROADS = [
    ("role", "main"),
    *[(f"{how}_role", e) for how in ("import", "include") for e in ENTRY_POINTS],
]
#: Mistakes in variables, and words of what is said about them.
MISTAKES = {
    "undefined": ({"mail_smtp_host": "{{ company_relay_typo }}"}, "company_relay_typo"),
    "undefined_within": ({"mail_custom_preset": {"host": "{{ vault_gone }}"}}, "vault_gone"),
    "misspelt": ({"mail_prest": "gmail"}, "did you mean mail_preset?"),
    "no_address": ({"mail_test_recipients": ["ops@example.com", "bob"]}, "mail_test_recipients"),
    "of_another_type": ({"mail_smtp_port": "many"}, "mail_smtp_port"),
}


@pytest.fixture(scope="module")
def fake():
    with FakeOrchestrator(version="2020.10") as running:
        yield running


def variables(fake, **more):
    test = {"mail_test_recipients": ["ops@example.com"]}
    test["mail_default_from_address"] = "robot@example.com"
    return {"mail_server": server(fake), "mail_smtp_host": "m.example.com", **test, **more}


def refused(done):
    """What is said about each host that was refused."""
    lines = [line for line in done.stdout.splitlines() if line.startswith("fatal: [")]
    return {line[len("fatal: [") : line.index("]")]: line for line in lines}


@pytest.mark.parametrize("playbook", PLAYBOOKS)
def test_every_playbook_refuses_what_the_role_refuses(project, fake, playbook):
    """Each mistake is named, nobody is asked, and the run is red."""
    hosts = {name: variables(fake, **wrong) for name, (wrong, _words) in MISTAKES.items()}
    project.inventory(hosts)
    fake.clear_log()

    done = project.on(playbook)

    said = refused(done)
    assert done.code == 2, done.output
    assert {
        name: words in said[name] for name, (_wrong, words) in MISTAKES.items()
    } == dict.fromkeys(MISTAKES, True), done.output
    assert not fake.requests


def test_every_road_of_ansible_refuses_it(project, fake):
    """A role, an import and an include of every entry point, each with each of the mistakes."""
    hosts = {
        f"{road}-{entry}-{mistake}": wrong
        for road, entry in ROADS
        for mistake, (wrong, _words) in MISTAKES.items()
    }
    project.inventory(hosts, **variables(fake))
    project.write("play.yml", json.dumps([play()]))
    fake.clear_log()

    said = refused(project.run("play.yml", "-i", "inventory.json"))

    silent = {host for host in hosts if MISTAKES[host.split("-")[2]][1] not in said.get(host, "")}
    assert silent == set()
    assert not fake.requests


def play():
    """One play, in which every host goes its own road."""
    role = {"name": "rpaops.orchestrator.mail"}
    roles, tasks = [], []
    for road, entry in ROADS:
        mine = {"when": f"inventory_hostname.startswith('{road}-{entry}-')"}
        if road == "role":
            roles.append({"role": role["name"], **mine})
        else:
            tasks.append({f"ansible.builtin.{road}": {**role, "tasks_from": entry}, **mine})
    return {"hosts": "all", "gather_facts": False, "roles": roles, "tasks": tasks}


def test_a_variable_of_ones_own_is_left_alone(project, fake):
    """Names that are not near, and near ones that are said to be meant."""
    own = {"mail_relay": "x", "mail_tenant": "Default", "mail_other_variables": ["mail_tenant"]}
    project.inventory({"orchestrator": variables(fake, **own, mail_test_recipients=[])})

    done = project.on("validate")

    assert done.code == 0, done.output
