# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The role in plays of one's own: batches, rescued hosts, another machine, another user."""

from __future__ import annotations

import json

import pytest
from fake.mailbox import Mailbox
from fake.orchestrator import FakeOrchestrator
from support.roads import PLUGINS, other_python
from support.run import server

PORT = "Abp.Net.Mail.Smtp.Port"
OURS = "rpaops.orchestrator."
ROLE = f"{OURS}mail"
REPORT = {"ansible.builtin.import_role": {"name": ROLE, "tasks_from": "report"}}
DRIFT = {"ansible.builtin.import_role": {"name": ROLE, "tasks_from": "drift"}}


@pytest.fixture
def fake():
    with FakeOrchestrator(version="2020.10", tenants=4) as running:
        yield running


def inventory(project, fake, **more):
    """Four hosts; the last one has drifted."""
    hosts = {f"h{n}": {"mail_server": server(fake, tenant=f"T0000{n}")} for n in range(1, 5)}
    hosts["h4"]["mail_smtp_port"] = 2525
    project.inventory(hosts, mail_smtp_port=25, mail_report_dir="reports", **more)


def outcomes(project):
    rows = json.loads((project.start / "reports/mail-drift.json").read_text())["rows"]
    return {row["host"]: row["outcome"] for row in rows}


def play(project, *tasks, **keywords):
    project.write(
        "play.yml",
        json.dumps([{"hosts": "all", "gather_facts": False, "tasks": tasks, **keywords}]),
    )
    return project.run("play.yml", "-i", "inventory.json")


def test_with_serial_the_last_report_is_of_all_hosts(project, fake):
    """Batches of two, and a verdict on the whole play."""
    inventory(project, fake)

    done = play(project, DRIFT, REPORT, serial=2)

    assert done.code == 2, done.output
    assert outcomes(project) == {
        "h1": "as_declared",
        "h2": "as_declared",
        "h3": "as_declared",
        "h4": "drift",
    }


def test_a_rescued_host_is_an_error_in_the_verdict(project, fake):
    """That somebody went on does not mean that it was looked at."""
    inventory(project, fake)
    fake.fault("Settings.Read", "403", times=None, tenant="T00002")
    rescue = [{"ansible.builtin.debug": {"msg": "never mind"}}]

    done = play(project, {"block": [DRIFT], "rescue": rescue}, REPORT)

    assert done.code == 2, done.output
    assert outcomes(project)["h2"] == "error"


@pytest.fixture(scope="module")
def another(tmp_path_factory):
    return other_python(tmp_path_factory.mktemp("other"))


@pytest.mark.parametrize("road", ["here", "module"])
def test_both_roads_declare_test_and_report_alike(project, tmp_path, another, road):
    """A module in a process of its own, or the work in the controller."""
    account = {"mail_smtp_username": "robot@example.com", "mail_smtp_password": "correct-horse"}
    with Mailbox(username="robot@example.com", password="correct-horse") as mailbox:
        with FakeOrchestrator(version="2020.10", trust=mailbox.ca_path) as fake:
            variables = {
                "mail_server": server(fake),
                "mail_smtp_host": mailbox.host,
                "mail_smtp_port": mailbox.port,
                "mail_enable_ssl": True,
                "mail_default_from_address": "robot@example.com",
                "mail_test_recipients": ["ops@example.com"],
                "mail_test_ca_path": mailbox.ca_path,
                "mail_password_record": "record",
                **account,
            }
            python = {"ansible_python_interpreter": another} if road == "module" else {}
            project.inventory({"o": {**variables, **python}})

            first, second = (
                project.on("apply"),
                project.on("drift", "-e", "mail_report_dir=reports"),
            )
            wrong = project.on("apply", "-e", "mail_smtp_port=0")

            assert (first.code, second.code) == (0, 0), first.output + second.output
            assert fake.settings("Default")["Abp.Net.Mail.Smtp.Password"] == "correct-horse"
            assert len(mailbox.messages) == 1
            assert "mail_smtp_port: " in wrong.output
            assert (project.start / "record").exists()
            assert "correct-horse" not in first.output + second.output + wrong.output


def test_a_file_on_another_machine_is_where_that_machine_has_it(project, tmp_path):
    """Its relative path is not looked for beside the inventory; the report is."""
    connection = {"ansible_connection": "elsewhere"}
    path = tmp_path / "app.json"
    path.write_text(json.dumps({PORT: "25"}))
    file = {"mail_config_file": {"path": str(path)}, "mail_smtp_port": 2525}
    project.inventory({"web": {**file, **connection}}, mail_report_dir="reports")
    plugins = {"ANSIBLE_CONNECTION_PLUGINS": str(PLUGINS / "connection")}

    done = project.on("apply", **plugins)

    assert done.code == 0, done.output
    assert json.loads(path.read_text())[PORT] == "2525"
    assert (project.start / "reports/mail-apply.json").is_file()


@pytest.mark.parametrize("strategy", ["free", "host_pinned"])
def test_the_role_works_under_every_strategy(project, fake, strategy):
    """Its one task is each host's own."""
    inventory(project, fake, mail_allow_password_reuse=True)

    done = play(project, {"ansible.builtin.import_role": {"name": ROLE}}, strategy=strategy)

    assert done.code == 0, done.output
    assert fake.settings("T00004")[PORT] == "2525"


def test_tenants_of_two_servers_are_two_hosts_of_a_play(project, fake):
    """Two sources of the inventory plugin, and each tenant is reached at its own server."""
    login = {"username": "admin", "password": "secret", "use_proxy": False}
    at = {"url": "{{ orchestrator_url }}", "tenant": "{{ orchestrator_tenant }}", **login}
    task = {"rpaops.orchestrator.mail_settings": {"server": at, "smtp_port": 2525}}
    with FakeOrchestrator(version="2020.10", tenants=4) as other:
        for name, one in (("a", fake), ("b", other)):
            source = {"plugin": "rpaops.orchestrator.tenants", "url": one.url, **login}
            project.write(f"{name}.tenants.yml", json.dumps(source))
        project.write(
            "two.yml", json.dumps([{"hosts": "all", "gather_facts": False, "tasks": [task]}])
        )

        done = project.run("two.yml", "-i", "a.tenants.yml", "-i", "b.tenants.yml")

        assert done.code == 0, done.output
        ports = [one.settings(f"T0000{n}").get(PORT) for one in (fake, other) for n in range(1, 5)]
        assert ports == ["2525"] * 8
        assert "host_prefix" in done.stderr


def test_defaults_of_the_action_group_reach_every_module(project, fake):
    """The server stands once in the play; a file beside it is a second target, and refused."""
    project.inventory({"here": {"ansible_connection": "local"}})
    defaults = {"group/rpaops.orchestrator.orchestrator": {"server": server(fake, tenant="T00001")}}
    names = ("mail_settings", "mail_settings_info", "mail_test")
    given = ({"smtp_port": 2525}, {}, {"via": "server", "recipients": ["ops@example.com"]})
    tasks = [
        {f"{OURS}{name}": options, "register": name, "ignore_errors": True}
        for name, options in zip(names, given)
    ]
    file = {f"{OURS}mail_settings": {"config_file": {"path": "x"}, "smtp_port": 25}}
    kept = {"content": "{{ [mail_settings, mail_settings_info, mail_test] | to_json }}"}
    told = {"ansible.builtin.copy": {**kept, "dest": f"{project.start}/told.json", "mode": "0600"}}

    done = play(project, *tasks, told, file, module_defaults=defaults)
    results = json.loads((project.start / "told.json").read_text(encoding="utf-8"))

    assert fake.settings("T00001")[PORT] == "2525"
    assert {result["target"]["tenant"] for result in results} == {"T00001"}
    assert done.code == 2
    assert "mutually exclusive" in done.output
