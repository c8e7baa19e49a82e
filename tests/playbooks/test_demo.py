# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The demo, from the installed tarball as its user has it."""

from __future__ import annotations

import json
import os
import socket
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from support.ansible_run import environment, run
from support.places import TESTS

LOCALHOST = ("-i", "localhost,")
DEMO = "rpaops.orchestrator.demo"


@pytest.fixture
def bare(tmp_path):
    """``PYTHONPATH`` on which a Python finds neither package that the stand-ins need."""
    hides = "import sys\nsys.modules.update(aiosmtpd=None, trustme=None)\n"
    folder = tmp_path / "bare"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(hides)
    return str(folder)


def test_the_demo_tells_its_story_and_cleans_up(project):
    """Declared, proven, applied, seen, unchanged; no password in what it prints, nothing left."""
    # Ansible keeps a socket there, whose path has to be short.
    with tempfile.TemporaryDirectory() as folder:
        done = project.run(DEMO, *LOCALHOST, TMPDIR=folder)
        left = list(Path(folder).glob("mail-demo-*"))

    assert done.code == 0, done.output
    assert "proven by 2 messages that arrived, applied, and unchanged the second" in done.output
    assert "abcdefghijklmnop" not in done.output
    assert "abcd efgh ijkl mnop" not in done.output
    assert not left


def test_the_demo_is_quiet_and_ends_with_where_to_go(project):
    """No warning, nothing about its scaffolding but three tasks, and a page that is there."""
    done = project.run(DEMO, *LOCALHOST)

    (guide,) = (word.strip(',"') for word in done.stdout.split() if "quickstart.rst" in word)
    assert "WARNING" not in done.output
    assert done.stdout.count("TASK [") == 9
    assert os.path.isfile(guide)
    assert str(project.collections) in guide


def test_the_demo_names_missing_packages_before_anything_else(project, bare):
    """Both, with the command that installs them for this Python."""
    done = project.run(DEMO, *LOCALHOST, PYTHONPATH=bare)

    assert done.code == 2
    assert done.stdout.count("TASK [") == 1
    assert "The demo needs aiosmtpd and trustme: " in done.output
    assert "-m pip install aiosmtpd trustme" in done.output


def test_a_stand_in_that_does_not_start_says_why(tmp_path, bare):
    """Its own words, no traceback, and no folder is left."""
    around = environment(tmp_path, PYTHONPATH=bare, TMPDIR=str(tmp_path))
    command = [sys.executable, str(TESTS / "fake/stage.py"), "start", "a@example.com", "secret"]

    done = run(command, tmp_path, around)

    assert done.code == 1
    assert "The stand-in mailbox did not start: The mailbox needs aiosmtpd" in done.stderr
    assert "Traceback" not in done.output
    assert not list(tmp_path.glob("mail-demo-*"))


def test_the_stage_ends_with_its_processes(tmp_path):
    """A connection to it is cut, no other is taken, and the folder is gone."""
    around = environment(tmp_path, TMPDIR=str(tmp_path))
    stage = [sys.executable, str(TESTS / "fake/stage.py")]
    begun = run([*stage, "start", "a@example.com", "secret"], tmp_path, around)
    ready = json.loads(begun.stdout)
    address = urlsplit(ready["orchestrator"]["url"])
    door = (address.hostname, address.port)

    with socket.create_connection(door, timeout=60) as connection:
        done = run([*stage, "stop", ready["folder"]], tmp_path, around)
        cut = connection.recv(1)

    assert done.code == 0, done.output
    assert cut == b""
    assert not os.path.exists(ready["folder"])
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(door, timeout=60)
