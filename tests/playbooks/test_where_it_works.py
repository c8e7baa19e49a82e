# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where the playbooks work: which hosts, on which machine, in which folder."""

from __future__ import annotations

import json
import os

import pytest
from fake.orchestrator import FakeOrchestrator
from support.run import server

PORT = "Abp.Net.Mail.Smtp.Port"
#: A connection that cannot be made; it must not be tried where an API is asked.
NOWHERE = {"ansible_host": "192.0.2.1", "ansible_ssh_common_args": "-o ConnectTimeout=1"}


@pytest.fixture
def fake():
    with FakeOrchestrator(version="2020.10") as running:
        yield running


def variables(fake, **more):
    return {"mail_server": server(fake), "mail_smtp_port": 2525, **more}


def test_a_server_is_asked_from_here_whatever_its_host_is_called(project, fake):
    """Nothing in the inventory says local, and no way leads to the host."""
    project.inventory({"orchestrator": variables(fake, **NOWHERE)})

    done = project.on("apply")

    assert done.code == 0, done.output
    assert fake.settings("Default")[PORT] == "2525"


def test_an_inventory_that_names_a_connection_is_obeyed(project, fake):
    """Whoever wants another machine to ask says so."""
    project.inventory({"o": variables(fake, ansible_connection="ssh", **NOWHERE)})

    done = project.on("apply")

    assert (done.code, fake.requests) == (4, []), done.output


def test_a_file_is_on_its_host(project):
    """For a file there is a default too: the one of Ansible."""
    project.write("app.json", "{}")
    file = {"mail_config_file": {"path": "app.json"}, "mail_smtp_port": 25}
    project.inventory({"web": {**file, **NOWHERE}})

    assert project.on("apply").code == 4


def test_without_an_inventory_it_is_this_machine(project, fake):
    """The declaration comes from a file of variables."""
    project.write("mail.json", json.dumps(variables(fake)))

    done = project.run("rpaops.orchestrator.apply", "-e", "@mail.json")

    assert done.code == 0, done.output
    assert fake.settings("Default")[PORT] == "2525"


@pytest.mark.parametrize("playbook", ["apply", "drift", "test", "validate"])
@pytest.mark.parametrize(
    "arguments",
    [("-e", "mail_hosts=typo"), ("-e", "mail_hosts=orchestrator", "--limit", "other")],
    ids=["a pattern", "a pattern and a limit"],
)
def test_no_host_is_a_failure(project, fake, playbook, arguments):
    """A run that has looked at nothing is not green, and says so."""
    project.inventory({"orchestrator": variables(fake), "other": variables(fake)})

    done = project.on(playbook, *arguments)

    assert done.code != 0
    pattern = arguments[1].partition("=")[2]
    assert f"Nothing in the inventory matches {pattern}" in " ".join(done.output.split())
    assert not fake.requests


def test_an_inventory_without_hosts_is_a_failure(project, fake):
    """It was given, so this machine was not meant."""
    project.write("empty", "[orchestrators]\n")

    given = ("-i", "empty", "-e", json.dumps(variables(fake)))
    done = project.run("rpaops.orchestrator.drift", *given)

    assert done.code != 0
    assert "Nothing in the inventory matches all" in done.output, done.output


def test_relative_paths_start_where_the_command_was_started(project):
    """The file beside the inventory is the one that is meant, and nothing lands elsewhere."""
    path = project.write("app.json", '{"Abp.Net.Mail.Smtp.Port": "25"}\n')
    file = {"mail_config_file": {"path": "app.json", "backup": True}, "mail_smtp_port": 2525}
    project.inventory({"localhost": {"ansible_connection": "local", **file}})
    installed = sorted(project.collections.rglob("*"))

    done = project.on("apply")

    assert done.code == 0, done.output
    assert json.loads(path.read_text())[PORT] == "2525"
    found = [p for p in project.collections.rglob("*") if "__pycache__" not in p.parts]
    assert [p for p in found if p not in installed] == []


def test_the_record_of_passwords_is_where_it_was_said(project, fake):
    """A cache of a pipeline finds it again, and the collection stays as it was installed."""
    password = {"mail_smtp_password": "correct-horse", "mail_smtp_username": "robot@example.com"}
    record = {"mail_password_record": "cache/record", "mail_smtp_host": "127.0.0.1"}
    project.inventory({"orchestrator": variables(fake, **password, **record)})

    done = project.on("apply")

    assert done.code == 0, done.output
    assert [name for name in os.listdir(project.start / "cache") if name.startswith("record")]
