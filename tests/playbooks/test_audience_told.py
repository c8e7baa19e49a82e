# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whom mail does not reach, in real plays: names go everywhere, addresses nowhere."""

from __future__ import annotations

import json

import pytest
import yaml
from fake.mailbox import Mailbox
from fake.orchestrator import FakeOrchestrator
from support.play import play
from support.roads import drive, other_python
from support.run import server

DOMAIN = "canary.example"
PEOPLE = [
    {"name": "jane", "address": f"of-jane@{DOMAIN}"},
    {"name": "nobody"},
    {"name": "typo", "address": f"of-typo.{DOMAIN}"},
    {"name": "left", "address": f"of-left@{DOMAIN}", "active": False},
    {"name": "new", "address": f"of-new@{DOMAIN}", "confirmed": False},
    {"name": "corp\\joe", "kind": "directory_user"},
    {"name": "robot", "kind": "robot", "address": f"of-robot@{DOMAIN}"},
    {"name": "app", "kind": "application"},
    {"name": "everyone", "kind": "group", "address": f"of-all@{DOMAIN}"},
]
MISSED = {"left": "inactive", "new": "address_not_confirmed"}
MISSED = {**MISSED, "nobody": "no_address", "typo": "bad_address"}
INFO = "rpaops.orchestrator.mail_settings_info"


@pytest.fixture(scope="module")
def fake():
    with FakeOrchestrator(version="2020.10", people=PEOPLE) as running:
        yield running


def files(folder):
    """The text of everything that a run left in its folder."""
    paths = (path for path in folder.rglob("*") if path.is_file())
    return "".join(path.read_text(encoding="utf-8", errors="replace") for path in paths)


def test_no_address_shows_at_the_highest_verbosity_on_either_road(fake, tmp_path):
    """Result, output, log: the same on both, with the address of a recipient that was given."""
    given = {"audience": True, "recipients": ["OPS@other.example", f"OF-JANE@{DOMAIN}"]}
    task = {INFO: {"server": server(fake), **given}}
    python = {"vars": {"ansible_python_interpreter": other_python(tmp_path)}}
    tasks = {"here": task, "module": {**task, **python}}

    done = drive(tmp_path, tasks, {"orchestrator": {}}, "-vvvv")

    here, module = done.results["here"], done.results["module"]
    assert (here["audience"], here["warnings"]) == (module["audience"], module["warnings"])
    assert {one["user"]: one["reason"] for one in here["audience"]["unreachable"]} == MISSED
    assert "OPS@other.example" in here["warnings"][0]
    assert done.modules == {"module"}
    shown = done.output + (tmp_path / "ansible.log").read_text(encoding="utf-8")
    assert DOMAIN not in shown.replace(f"OF-JANE@{DOMAIN}", "")


def test_a_report_has_a_line_and_a_list_and_no_address(fake, tmp_path):
    """Every format of the files, and what the task says; the outcome is not drift."""
    compare = {"server": server(fake), "smtp_port": 25, "password_record": ""}
    content = [
        {"rpaops.orchestrator.mail_settings": compare, "check_mode": True, "register": "compared"},
        {INFO: {"server": server(fake), "audience": True}, "register": "people"},
        {
            "rpaops.orchestrator.mail_report": {
                "register": "compared",
                "audience": "people",
                "directory": str(tmp_path / "reports"),
                "fail_on": ["drift", "audience"],
            }
        },
    ]
    path = tmp_path / "play.yml"
    tasks = [{"hosts": "all", "gather_facts": False, "tasks": content}]
    path.write_text(yaml.safe_dump(tasks), encoding="utf-8")

    done = play(str(path), tmp_path, {"orchestrator": {}}, "-vvvv")

    report = json.loads((tmp_path / "reports/mail-drift.json").read_text(encoding="utf-8"))
    (row,) = report["rows"]
    assert (done.code, row["outcome"], report["failed_on"]) == (2, "as_declared", ["audience"])
    assert {one["user"]: one["reason"] for one in row["audience"]["unreachable"]} == MISSED
    page = (tmp_path / "reports/mail-drift.md").read_text(encoding="utf-8")
    assert "Mail reaches 1 of 6 people" in page
    assert DOMAIN not in done.output + files(tmp_path)


def declared(fake, **more):
    """The variables of a host that is as declared and asks for its people."""
    return {"mail_server": server(fake), "mail_smtp_port": 25, "mail_audience": True, **more}


SAID = (
    "mail reaches 1 of 6 people, not left (inactive), new (address not confirmed), nobody (no "
    "address), typo (bad address); of 1 it is not known"
)


@pytest.mark.parametrize("playbook", ["apply", "test"])
def test_a_playbook_says_whom_mail_does_not_reach(fake, playbook, tmp_path):
    """After the settings, or the message; a recipient whom nobody knows gets a note."""
    with Mailbox() as mailbox:
        account = {
            "mail_smtp_host": mailbox.host,
            "mail_smtp_port": mailbox.port,
            "mail_smtp_username": mailbox.username,
            "mail_smtp_password": mailbox.password,
            "mail_test_ca_path": mailbox.ca_path,
            "mail_test_recipients": ["ops@other.example"],
            "mail_use_default_credentials": False,
        }
        fake.set_settings("Default", {"Abp.Net.Mail.Smtp.Port": str(mailbox.port)})
        hosts = {"orchestrator": declared(fake, **account)}

        done = play(f"rpaops.orchestrator.{playbook}", tmp_path, hosts, "--check", "-vvvv")

    assert done.code == 0, done.output[-3000:]
    assert SAID in " ".join(done.output.split()), done.output[-3000:]
    note = "Nobody in this tenant has the address ops@other.example"
    assert note in " ".join(done.output.split())
    assert DOMAIN not in done.output + files(tmp_path)


def test_every_tenant_has_its_own_audience(tmp_path):
    """Users are kept per tenant on servers of that time."""
    with FakeOrchestrator(version="2020.10", tenants=3, people=PEOPLE) as many:
        target = {name: value for name, value in server(many).items() if name != "tenant"}
        wanted = {"mail_server": target, "mail_tenants": ["T00001", "T00003"]}
        hosts = {"orchestrator": declared(many, **wanted)}
        done = play("rpaops.orchestrator.apply", tmp_path, hosts, "--check", "-vv")
        asked = [one.tenant for one in many.requests if one.operation == "Users.Read"]

    assert (done.code, asked) == (0, ["T00001", "T00003"]), done.output[-3000:]
    assert '"audiences"' in done.output


#: What the verdict may fail on, whether that is red, and what is said.
VERDICTS = {
    "by default": (None, 0, SAID),
    "on people": (["drift", "audience"], 2, SAID),
    "without the right": (["audience"], 2, "it is not known whom mail reaches"),
}


@pytest.mark.parametrize("case", VERDICTS)
def test_the_drift_playbook_carries_the_people_and_fails_on_them_where_wanted(case, tmp_path):
    """Never drift; red for those who want it, and then without a positive sign as well."""
    fail_on, code, said = VERDICTS[case]
    permissions = ["Settings.View"] + ["Users.View"] * (case != "without the right")
    users = {"Default": {"admin": {"password": "secret", "permissions": permissions}}}
    with FakeOrchestrator(version="2020.10", people=PEOPLE, users=users) as one:
        wanted = {} if fail_on is None else {"mail_fail_on": fail_on}
        hosts = {"orchestrator": declared(one, mail_report_dir=str(tmp_path / "reports"), **wanted)}
        done = play("rpaops.orchestrator.drift", tmp_path, hosts, "-vvvv")

    text = (tmp_path / "reports/mail-drift.json").read_text(encoding="utf-8")
    (row,) = json.loads(text)["rows"]
    assert (done.code, row["outcome"]) == (code, "as_declared"), done.output[-3000:]
    assert said in " ".join(done.output.split()), done.output[-3000:]
    assert (row["audience"] is None) == (case == "without the right")
    assert DOMAIN not in done.output + files(tmp_path)
