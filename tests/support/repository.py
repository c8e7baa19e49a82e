# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The starting repository as its user has it: copied, filled in, its vault encrypted."""

from __future__ import annotations

import shutil
import subprocess
import typing as t
from pathlib import Path

import yaml
from fake.orchestrator import FakeOrchestrator
from support.ansible_run import environment
from support.places import HERE, ROOT

EXAMPLE = ROOT / "docs" / "examples" / "repository"
VAULT_PASSWORD = "password-of-the-vault"
SERVER_PASSWORD = "secret-of-the-server"
USER = "mail-robot"


def orchestrator(mailbox: t.Any) -> FakeOrchestrator:
    """A server where the repository's user may sign in, and that sends through ``mailbox``."""
    users = {"Default": {USER: SERVER_PASSWORD}}
    return FakeOrchestrator("2020.10", users=users, trust=mailbox.ca_path)


def filled_in(start: Path, fake: t.Any, mailbox: t.Any) -> Path:
    """A copy of the repository at ``start`` that declares the mail of ``mailbox`` for ``fake``."""
    shutil.copytree(EXAMPLE, start)
    variables = start / "inventory" / "group_vars" / "all"
    password = "{{ vault_orchestrator_password }}"
    server = {"url": fake.url, "tenant": "Default", "username": USER, "password": password}
    vault = {
        "vault_orchestrator_password": SERVER_PASSWORD,
        "vault_mail_smtp_password": mailbox.password,
        "vault_mail_password_record_key": "key-of-the-record-0123456789",
    }
    files = {
        "server": {"mail_server": {**server, "use_proxy": False}},
        "mail": _mail(yaml.safe_load((variables / "mail.yml").read_text("utf-8")), mailbox),
        "vault": vault,
    }
    for name, content in files.items():
        (variables / f"{name}.yml").write_text(yaml.safe_dump(content), encoding="utf-8")
    encrypt = [str(HERE / "bin" / "ansible-vault"), "encrypt", str(variables / "vault.yml")]
    around = environment(start.parent, VAULT_PASSWORD=VAULT_PASSWORD)
    subprocess.run(encrypt, cwd=start, env=around, check=True, capture_output=True)
    return start


def _mail(declared: dict[str, t.Any], mailbox: t.Any) -> dict[str, t.Any]:
    """What the repository declares, about a mail server that is here."""
    del declared["mail_preset"]
    return {
        **declared,
        "mail_smtp_host": "localhost",
        "mail_smtp_port": mailbox.port,
        "mail_enable_ssl": True,
        "mail_smtp_username": mailbox.username,
        "mail_default_from_address": mailbox.username,
        "mail_test_ca_path": str(mailbox.ca_path),
    }
