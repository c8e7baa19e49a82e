# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From a server that was set up by hand to files of variables, and back, as a user does it."""

from __future__ import annotations

import json

import pytest
import yaml
from fake.orchestrator import FakeOrchestrator

GMAIL = {
    "Abp.Net.Mail.Smtp.Host": "smtp.gmail.com",
    "Abp.Net.Mail.Smtp.Port": "587",
    "Abp.Net.Mail.Smtp.EnableSsl": "true",
    "Abp.Net.Mail.Smtp.UseDefaultCredentials": "false",
    "Abp.Net.Mail.Smtp.UserName": "robots@gmail.com",
    "Abp.Net.Mail.Smtp.Password": "abcdefghijklmnop",
    "Abp.Net.Mail.Smtp.Domain": "",
    "Abp.Net.Mail.DefaultFromAddress": "robots@gmail.com",
    "Abp.Net.Mail.DefaultFromDisplayName": "Robots",
    "Alerts.Email.Enabled": "true",
}
NAME, PORT = "Abp.Net.Mail.DefaultFromDisplayName", "Abp.Net.Mail.Smtp.Port"
TENANTS = {f"T{number}": GMAIL for number in range(1, 6)}
TENANTS["T3"] = {**GMAIL, NAME: "{{ lookup('pipe', 'id') }} | <b>"}
TENANTS["T5"] = {**GMAIL, PORT: "2525"}
SERVER = {"username": "admin", "password": "secret-of-the-server", "use_proxy": False}


@pytest.fixture
def fake():
    users = {name: {"admin": SERVER["password"]} for name in TENANTS}
    host = ("admin", SERVER["password"])
    with FakeOrchestrator("2020.10", tenants=TENANTS, users=users, host_user=host) as running:
        yield running


@pytest.fixture
def exported(project, fake):
    """The project after an export of all tenants, and what was printed."""
    server = {"url": fake.url, "tenant": "{{ inventory_hostname }}", **SERVER}
    project.inventory({name: {} for name in TENANTS}, mail_server=server)
    return project.on("export", "-e", "mail_export_dir=repository")


def variables(project, *path):
    """A file of variables as plain data, whatever is marked in it."""
    loader = type("Plain", (yaml.SafeLoader,), {})
    loader.add_constructor("!unsafe", lambda loader, node: loader.construct_scalar(node))
    text = project.start.joinpath("repository", *path).read_text(encoding="utf-8")
    return yaml.load(text, loader)


def test_what_all_have_is_written_once_and_a_preset_by_its_name(project, exported):
    """Three tenants alike need no file, the others only what is their own."""
    assert exported.code == 0, exported.output
    assert variables(project, "group_vars", "all", "mail.yml") == {
        "mail_preset": "gmail",
        "mail_enable_email_alerts": True,
        "mail_smtp_username": "robots@gmail.com",
        "mail_default_from_display_name": "Robots",
    }
    own = sorted(path.name for path in (project.start / "repository" / "host_vars").iterdir())
    assert own == ["T3", "T5"]
    five = variables(project, "host_vars", "T5", "mail.yml")
    assert (five["mail_preset"], five["mail_smtp_port"]) == ("", 2525)


def test_it_ends_with_a_plan_of_nothing_to_do(fake, exported):
    """What was written was read again and compared; nothing was written to the server."""
    assert "All 5 hosts are as declared" in exported.output, exported.output
    assert fake.count("Settings.UpdateBulk") == 0


def test_no_secret_is_written_and_those_to_fill_in_are_listed(project, exported):
    """Passwords are references, by one variable for one account."""
    files = [p for p in (project.start / "repository").rglob("*") if p.is_file()]
    text = "".join(path.read_text(encoding="utf-8") for path in files) + exported.output

    assert SERVER["password"] not in text
    assert GMAIL["Abp.Net.Mail.Smtp.Password"] not in text
    assert set(variables(project, "vault.example.yml")) == {
        "vault_mail_smtp_password",
        "vault_orchestrator_password",
    }


@pytest.mark.parametrize("is_secret", [False, True], ids=["a reference", "a secret in clear"])
def test_a_target_that_is_declared_there_is_not_declared_twice(project, fake, is_secret):
    """Unless with a secret, in place of which the export has a reference."""
    reference = "{{ lookup('ansible.builtin.env', 'HOME') and 'secret-of-the-server' }}"
    password = SERVER["password"] if is_secret else reference
    server = {"url": fake.url, "tenant": "{{ inventory_hostname }}", **SERVER}
    project.write("hosts.json", json.dumps({"all": {"hosts": dict.fromkeys(TENANTS)}}))
    target = {"mail_server": {**server, "password": password}}
    project.write("group_vars/all/server.yml", yaml.safe_dump(target))

    done = project.run("rpaops.orchestrator.export", "-i", "hosts.json", "-e", "mail_export_dir=.")

    assert done.code == 0, done.output
    assert (project.start / "group_vars/all/mail_target.yml").exists() is is_secret
    assert (project.start / "group_vars/all/mail.yml").exists()


def test_the_repository_declares_the_same_and_a_line_of_it_changes_one_tenant(
    project, fake, exported
):
    """Commit, fill in the secrets, plan: nothing; one line more: exactly that."""
    secrets = {"vault_mail_smtp_password": GMAIL["Abp.Net.Mail.Smtp.Password"]}
    secrets["vault_orchestrator_password"] = SERVER["password"]
    project.write("repository/group_vars/all/vault.yml", json.dumps(secrets))
    hosts = {name: {} for name in TENANTS}
    project.write("repository/hosts.json", json.dumps({"all": {"hosts": hosts}}))
    drift = ("rpaops.orchestrator.drift", "-i", "repository/hosts.json")

    before = project.run(*drift)
    project.write("repository/host_vars/T1/own.yml", "mail_default_from_display_name: Finance\n")
    after = project.run(*drift)

    assert before.code == 0, before.output
    assert after.code != 0
    assert "T1" in after.output
    assert "Finance" in after.output


def test_a_file_that_is_not_from_an_export_is_not_replaced(project, fake):
    """Somebody's own declaration is worth more than ours."""
    own = project.write("repository/group_vars/all/mail.yml", "mail_smtp_port: 25\n")
    server = {"url": fake.url, "tenant": "{{ inventory_hostname }}", **SERVER}
    project.inventory({name: {} for name in TENANTS}, mail_server=server)

    done = project.on("export", "-e", "mail_export_dir=repository")

    assert done.code != 0
    assert "was not made by an export" in " ".join(done.output.split())
    assert own.read_text() == "mail_smtp_port: 25\n"


def test_a_host_that_cannot_be_read_is_named_and_the_others_are_exported(project, fake):
    """The run is red, and what there is is there."""
    server = {"url": fake.url, "tenant": "{{ inventory_hostname }}", **SERVER}
    project.inventory({name: {} for name in [*TENANTS, "T9"]}, mail_server=server)

    done = project.on("export", "-e", "mail_export_dir=repository")

    assert done.code != 0
    assert "Nothing of T9 is in the export" in " ".join(done.output.split())
    assert variables(project, "group_vars", "all", "mail.yml")["mail_preset"] == "gmail"
