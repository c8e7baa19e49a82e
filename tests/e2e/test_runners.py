# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What runs our playbooks besides Ansible: the lines of the page, with the programs they name."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import threading

import pytest
from support.commands import Machine, line_of
from support.project import installed
from support.repository import SERVER_PASSWORD, VAULT_PASSWORD, orchestrator

from e2e.tools import environment_of

VAULT = "ANSIBLE_VAULT_PASSWORD_FILE=$HOME/.vault-password"
PORT = "Abp.Net.Mail.Smtp.Port"
#: After so many seconds a rulebook has hung; it takes twenty on a quiet machine.
HUNG = 600


@pytest.fixture
def fake(mailbox):
    with orchestrator(mailbox) as running:
        yield running


@pytest.fixture(scope="session")
def collections(tmp_path_factory):
    return installed(tmp_path_factory.getbasetemp() / "installed")


@pytest.fixture
def machine(tmp_path, collections, fake, mailbox):
    """A function that gives a machine with the programs of one environment."""

    def having(name):
        Machine.of(tmp_path, collections, fake, mailbox)
        return Machine(tmp_path, environment_of(name))

    return having


@pytest.mark.parametrize("program", ["ansible-runner run", "ansible-navigator run"])
def test_it_runs_the_playbook_of_the_repository(machine, fake, mailbox, program):
    """What differs is reported, nothing is written, and no file that it leaves has a secret."""
    there = machine("navigator")

    done = there.run(line_of("gitops", f"{VAULT} {program}"))

    assert "production" in done.stdout, done.output
    assert there.outcomes() == ["drift"]
    assert fake.count("Settings.UpdateBulk") == 0
    kept = [path for path in there.repository.rglob("*") if path.is_file()]
    assert [path for path in kept if any(secret in read(path) for secret in secrets(mailbox))] == []


def secrets(mailbox):
    return [text.encode() for text in (VAULT_PASSWORD, SERVER_PASSWORD, mailbox.password)]


def read(path):
    return b"" if path.is_symlink() else path.read_bytes()


def test_the_rulebook_declares_again_what_drifted(machine, fake, mailbox):
    """The event source sees it, the rule fires, and the server holds what is declared."""
    if shutil.which("java") is None:
        pytest.skip("ansible-rulebook needs Java 17 (on Debian: openjdk-17-jre-headless)")
    there = machine("rulebook")
    assert fake.settings("Default")[PORT] != str(mailbox.port)

    printed = until(there, line_of("gitops", f"{VAULT} ansible-rulebook"), "PLAY RECAP")

    assert fake.settings("Default")[PORT] == str(mailbox.port), printed
    assert not any(secret.decode() in printed for secret in secrets(mailbox))


def until(there, line, sign):
    """What a program prints; at a line with ``sign`` it is ended, with all that it started."""
    with subprocess.Popen(
        ["sh", "-c", line],
        cwd=there.repository,
        env=there.around,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as process:
        hung = threading.Timer(HUNG, os.killpg, (process.pid, signal.SIGKILL))
        hung.start()
        printed = []
        for text in process.stdout:
            printed.append(text)
            if sign in text:
                break
        os.killpg(process.pid, signal.SIGTERM)
        printed += process.stdout
        process.wait()
        hung.cancel()
    return "".join(printed)
