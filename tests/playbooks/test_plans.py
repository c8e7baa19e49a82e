# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A plan that was reviewed, applied on another machine: exactly that, or nothing at all."""

from __future__ import annotations

import json
import re
import shutil

import pytest
from fake.mailbox import Mailbox
from fake.orchestrator import FakeOrchestrator
from support.project import Project
from support.run import server

WRITE = "Settings.UpdateBulk"
PORT, HOST = "Abp.Net.Mail.Smtp.Port", "Abp.Net.Mail.Smtp.Host"
TENANTS = ("T00001", "T00002", "T00003", "T00004", "T00005")
SECRETS = ("correct-horse", "another-horse", "of the record, long enough")


@pytest.fixture
def fake():
    with FakeOrchestrator(version="2020.10", tenants=5) as running:
        yield running


@pytest.fixture
def elsewhere(tmp_path_factory, collections):
    """Another machine: another home, another folder."""
    return Project(tmp_path_factory.mktemp("elsewhere"), collections)


def declared(fake, tenant, **more):
    return {"mail_server": server(fake, tenant=tenant), "mail_smtp_port": 2525, **more}


def hosts(fake):
    """Two that are to be changed, and one that is as declared."""
    return {
        "finance": declared(fake, "T00001"),
        "hr": declared(fake, "T00002"),
        "it": declared(fake, "T00003", mail_smtp_port=25),
    }


def planned(project, inventory, *arguments):
    """Plan, and the path of the plan."""
    project.inventory(inventory)
    done = project.on("plan", "-e", "mail_plan_dir=plan", *arguments)
    path = project.start / "plan/mail-plan.json"
    assert done.code == 0, done.output
    assert f"Written: {path}" in done.output
    return path


def apply(project, inventory, plan, *arguments):
    """Apply a copy of the plan in the project."""
    project.inventory(inventory)
    (project.start / "plan").mkdir(exist_ok=True)
    if plan != project.start / "plan/mail-plan.json":
        shutil.copy(plan, project.start / "plan")
    return project.on("apply", "-e", "mail_plan_file=plan/mail-plan.json", *arguments)


def test_a_plan_changes_nothing_and_applies_on_another_machine(project, elsewhere, fake):
    """What was reviewed is what is written; a second time nothing is left to do."""
    plan = planned(project, hosts(fake))
    assert fake.count(WRITE) == 0

    first = apply(elsewhere, hosts(fake), plan)
    second = apply(elsewhere, hosts(fake), plan)

    assert (first.code, second.code) == (0, 0), first.output + second.output
    # Of two tasks one has written, the other looked.
    assert re.search(r"^hr +: ok=\d+ +changed=1 ", first.output, re.MULTILINE)
    assert [fake.settings(name)[PORT] for name in TENANTS[:3]] == ["2525", "2525", "25"]
    assert fake.count(WRITE) == 2


def test_the_plan_shows_every_setting_before_and_after(project, fake):
    """For programs and for people, and for both the same."""
    plan = planned(project, hosts(fake))

    report = json.loads(plan.read_text())
    rows = {row["host"]: row for row in report["rows"]}
    (change,) = rows["hr"]["settings"]
    assert (change["option"], change["before"], change["declared"]) == ("smtp_port", 25, 2525)
    assert report["plans"].keys() == {"finance", "hr", "it"}
    assert "| `smtp_port` | `25` | `2525` |" in plan.with_suffix(".md").read_text()


MOVES = {
    "the live side": lambda fake, inventory: fake.set_settings(
        "T00002", {HOST: "by.hand.example.com"}
    ),
    "the declaration": lambda fake, inventory: inventory["hr"].update(mail_smtp_port=2526),
    "a host that is new": lambda fake, inventory: inventory.update(new=declared(fake, "T00004")),
    "a host that is down": lambda fake, inventory: inventory["hr"].update(
        mail_server=server(fake, url="http://127.0.0.1:9", retries=0)
    ),
    "a host that is unreachable": lambda fake, inventory: inventory["hr"].update(
        ansible_connection="ssh", ansible_host="127.0.0.1", ansible_port=9
    ),
    "a misspelt variable": lambda fake, inventory: inventory["hr"].update(mail_prest="gmail"),
}


@pytest.mark.parametrize("moved", MOVES)
def test_what_moved_since_stops_all_hosts_before_the_first_write(project, fake, moved):
    """Nobody gets half of what was reviewed."""
    inventory = {
        name: {**found, "mail_smtp_host": "a.example.com"} for name, found in hosts(fake).items()
    }
    plan = planned(project, inventory)
    MOVES[moved](fake, inventory)

    done = apply(project, inventory, plan)

    assert done.code != 0, done.output
    assert ("new" if "new" in moved else "hr") in done.stdout
    assert fake.count(WRITE) == 0


def test_of_many_tenants_the_one_that_moved_is_named(project, fake):
    """One digest for the host, and one for each tenant."""
    inventory = {"all_of_them": {**declared(fake, None), "mail_tenants": list(TENANTS)}}
    plan = planned(project, inventory)
    fake.set_settings("T00004", {PORT: "2526"})

    done = apply(project, inventory, plan)

    assert "what was planned for all_of_them (T00004)" in " ".join(done.output.split())
    assert fake.count(WRITE) == 0


def test_a_part_of_a_plan_may_be_applied(project, fake):
    """``--limit`` leaves the others for later, one that is down among them."""
    inventory = hosts(fake)
    plan = planned(project, inventory)
    inventory["hr"]["mail_server"]["url"] = "http://127.0.0.1:9"

    done = apply(project, inventory, plan, "--limit", "finance,it")

    assert done.code == 0, done.output
    assert [fake.settings(name)[PORT] for name in TENANTS[:2]] == ["2525", "25"]


BAD_PLANS = {
    "missing": (None, "cannot be read"),
    "not JSON": ("{", "is not JSON"),
    "another report": (
        '{"format": "rpaops.orchestrator.mail_report", "kind": "drift"}',
        "not a plan",
    ),
    "a list": ("[]", "not a plan"),
    "of a later version": (
        '{"format": "rpaops.orchestrator.mail_report", "kind": "plan", "version": 99}',
        "another version",
    ),
}


@pytest.mark.parametrize("bad", BAD_PLANS)
def test_what_is_no_plan_is_refused(project, fake, bad):
    """The path is named, and nothing is written."""
    text, words = BAD_PLANS[bad]
    path = project.write("plan/mail-plan.json", text or "")
    if text is None:
        path.unlink()
    project.inventory(hosts(fake))

    done = project.on("apply", "-e", "mail_plan_file=plan/mail-plan.json")

    said = " ".join(done.output.split())
    assert done.code != 0
    assert f"mail_plan_file: {path}" in said, said
    assert words in said
    assert not fake.requests


def test_a_plan_that_was_not_looked_at_first_is_refused(project, fake):
    """In the variables of a group it would reach the first host before the last one is seen."""
    plan = planned(project, hosts(fake))
    project.inventory(hosts(fake), mail_plan_file=str(plan))

    done = project.on("apply")

    assert done.code == 2
    assert "was not looked at on all hosts first" in " ".join(done.output.split())
    assert fake.count(WRITE) == 0


def test_a_host_that_could_not_be_planned_is_not_applied(project, fake):
    """The plan says why it has no digest."""
    inventory = {**hosts(fake), "down": declared(fake, "T00004")}
    inventory["down"]["mail_server"].update(url="http://127.0.0.1:9", retries=0)
    project.inventory(inventory)
    assert project.on("plan", "-e", "mail_plan_dir=plan").code == 2
    inventory["down"]["mail_server"].update(url=fake.url)

    done = apply(project, inventory, project.start / "plan/mail-plan.json")

    said = " ".join(done.output.split())
    assert "has no plan for down" in said, said
    assert "Cannot reach http://127.0.0.1:9" in said
    assert fake.count(WRITE) == 0


def password(**more):
    account = {"mail_smtp_username": "robot@example.com", "mail_smtp_host": "127.0.0.1"}
    record = {"mail_password_record": "passwords.record", "mail_password_record_key": SECRETS[2]}
    return {"mail_smtp_password": SECRETS[0], **account, **record, **more}


def test_a_plan_with_a_password_holds_where_there_is_no_record(project, elsewhere, fake):
    """And holds no password, which another one is told from by its keyed fingerprint."""
    inventory = {"finance": {**declared(fake, "T00001"), **password()}}
    plan = planned(project, inventory)
    changed = {"finance": {**inventory["finance"], "mail_smtp_password": SECRETS[1]}}

    another = apply(elsewhere, changed, plan)
    meant = apply(elsewhere, inventory, plan)

    assert (another.code, meant.code) == (2, 0), another.output + meant.output
    assert fake.settings("T00001")["Abp.Net.Mail.Smtp.Password"] == SECRETS[0]
    said = plan.read_text() + plan.with_suffix(".md").read_text() + another.output + meant.output
    assert not [secret for secret in SECRETS if secret in said]


def test_the_record_of_apply_travels_to_a_runner_that_starts_empty(project, elsewhere, fake):
    """Written by apply, read by drift on another machine; the password is compared, not guessed."""
    inventory = {"finance": {**declared(fake, "T00001"), **password()}}
    project.inventory(inventory)
    assert project.on("apply").code == 0
    elsewhere.inventory(inventory)
    shutil.copy(project.start / "passwords.record", elsewhere.start)

    same = elsewhere.on("drift")
    inventory["finance"]["mail_smtp_password"] = SECRETS[1]
    elsewhere.inventory(inventory)
    other = elsewhere.on("drift")

    assert (same.code, other.code) == (0, 2), same.output + other.output
    assert "smtp_password is" in other.output


def test_apply_leaves_evidence_for_those_who_audit(project, fake):
    """Before and after, the plan, who got which message, when, of which revision; no secret."""
    with Mailbox(username="robot@example.com", password=SECRETS[0]) as mailbox:
        account = {"mail_smtp_username": "robot@example.com", "mail_smtp_password": SECRETS[0]}
        where = {"mail_smtp_host": mailbox.host, "mail_smtp_port": mailbox.port}
        proof = {
            "mail_enable_ssl": True,
            "mail_default_from_address": "robot@example.com",
            "mail_test_recipients": ["ops@example.com"],
            "mail_test_ca_path": mailbox.ca_path,
        }
        project.inventory({"finance": {**declared(fake, "T00001"), **account, **where, **proof}})

        given = ("-e", "mail_evidence_dir=evidence", "-e", "mail_revision=abc123")
        done = project.on("apply", *given)

    assert done.code == 0, done.output
    (path,) = (project.start / "evidence").glob("mail-apply-*Z.json")
    assert f"Written: {path}" in done.output
    evidence = json.loads(path.read_text())
    (row,) = evidence["rows"]
    assert (evidence["kind"], evidence["revision"]) == ("apply", "abc123")
    assert {s["option"]: s["declared"] for s in row["settings"]}["smtp_port"] == mailbox.port
    assert row["proof"]["message_id"] == str(mailbox.messages[0].parsed["Message-ID"])
    assert row["plan"]
    assert SECRETS[0] not in path.read_text() + path.with_suffix(".md").read_text() + done.output


def test_check_mode_leaves_no_evidence_of_what_was_not_done(project, fake):
    """Nothing was applied."""
    project.inventory(hosts(fake))

    assert project.on("apply", "--check", "-e", "mail_evidence_dir=evidence").code == 0
    assert not (project.start / "evidence").exists()
