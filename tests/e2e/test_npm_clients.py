# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Two clients in another language, written by others from other material, over the fake."""

from __future__ import annotations

import json
import shutil
import subprocess

import pytest
from fake.orchestrator import FakeOrchestrator
from support.places import ROOT, TESTS
from support.run import mail_settings, mail_settings_info, server

HERE = TESTS / "e2e" / "npm"
FOLDER = ROOT / "build" / "npm"
CLIENTS = tuple(json.loads((HERE / "package.json").read_text(encoding="utf-8"))["dependencies"])
VERSIONS = ("2018.1", "2018.4", "2019.10", "2020.4", "2020.10", "v15", "v18")
HOST, PORT = "Abp.Net.Mail.Smtp.Host", "Abp.Net.Mail.Smtp.Port"
DECLARED = {"smtp_host": "smtp.example.com", "smtp_port": 2525}


@pytest.fixture(scope="session")
def installed():
    """A folder with both packages, in the versions that are named there."""
    if shutil.which("npm") is None:
        pytest.fail("npm is missing; install it (on Debian: apt-get install npm)")
    FOLDER.mkdir(parents=True, exist_ok=True)
    wanted, complete = (HERE / "package.json").read_bytes(), FOLDER / ".complete"
    if not complete.exists() or complete.read_bytes() != wanted:
        (FOLDER / "package.json").write_bytes(wanted)
        quietly = ["--ignore-scripts", "--no-package-lock", "--no-audit", "--no-fund"]
        subprocess.run(["npm", "install", *quietly], cwd=FOLDER, check=True)
        complete.write_bytes(wanted)
    return FOLDER


@pytest.fixture(params=VERSIONS)
def fake(request):
    with FakeOrchestrator(request.param) as running:
        yield running


def drive(folder, client, fake, **changes):
    """Let a client read, and write ``changes`` back; what it read, by name."""
    command = ["node", str(HERE / "drive.js"), client, fake.url]
    done = subprocess.run(
        command, cwd=folder, input=json.dumps(changes), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return {row["Name"]: row["Value"] for row in json.loads(done.stdout.splitlines()[-1])}


def declare(fake):
    return mail_settings(server=server(fake, api="orchestrator"), **DECLARED).result


@pytest.mark.parametrize("client", CLIENTS)
def test_it_signs_in_and_reads_what_we_wrote(installed, fake, client):
    """Our names and values are what it finds."""
    assert declare(fake)["changed"] is True

    found = drive(installed, client, fake)

    assert (found[HOST], found[PORT]) == ("smtp.example.com", "2525")


@pytest.mark.parametrize("client", CLIENTS)
def test_we_read_what_it_wrote(installed, fake, client):
    """Whole rows, as it read them, in bulk; they need not be declared again."""
    drive(installed, client, fake, **{HOST: "smtp.example.com", PORT: "2525"})

    found = mail_settings_info(server=server(fake, api="orchestrator")).result["settings"]

    assert {name: found[name] for name in DECLARED} == DECLARED
    assert declare(fake)["changed"] is False
