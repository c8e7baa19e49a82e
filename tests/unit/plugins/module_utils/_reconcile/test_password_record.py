# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The record of fingerprints: private, shared without harm, and never in the way."""

from __future__ import annotations

import hashlib
import json
import os
import stat
import subprocess
import sys
import threading

import pytest
from ansible_collections.rpaops.orchestrator.plugins.module_utils._reconcile import password_record
from support.places import COLLECTIONS

ACCOUNT = ("smtp.example.com", "robot")
SECRET = "correct-horse-battery"
Record = password_record.Record


@pytest.fixture
def path(tmp_path):
    return tmp_path / "state" / "record.jsonl"


@pytest.fixture(autouse=True)
def cheap(monkeypatch):
    """Guessing need not be expensive here."""
    monkeypatch.setitem(password_record.SCRYPT, "n", 2**4)


def remember(path, target="t", password=SECRET, version=None):
    return Record(str(path)).remember(target, ACCOUNT, password, version=version, shown=True)


def matches(path, target="t", password=SECRET, account=ACCOUNT):
    record = Record(str(path))
    entry = record.find(target)
    return entry is not None and record.matches(entry, account, password)


def test_password_is_recognised_in_another_run(path):
    """What one run remembers, the next recognises; another password it does not."""
    assert remember(path) is None
    assert matches(path)
    assert not matches(path, password="another")


def test_fingerprint_is_bound_to_target_host_and_user(path):
    """The same password elsewhere is not recognised."""
    remember(path)
    assert not matches(path, target="u")
    assert not matches(path, account=("smtp.example.com", "other"))
    assert not matches(path, account=("smtp.example.comr", "obot"))


def test_file_and_folder_are_private(path):
    """Nobody else may read the record: 0700 and 0600, whatever the umask."""
    before = os.umask(0)
    try:
        remember(path)
    finally:
        os.umask(before)
    modes = [stat.S_IMODE(p.stat().st_mode) for p in (path.parent, path)]
    assert modes == [0o700, 0o600]


def test_file_holds_neither_password_nor_target(path):
    """Only digests are kept, and equal passwords look different."""
    remember(path, "https://orchestrator.example.com tenant A")
    remember(path, "https://orchestrator.example.com tenant B")
    text = path.read_text(encoding="ascii")
    assert SECRET not in text
    assert "example" not in text
    assert hashlib.sha256(SECRET.encode()).hexdigest() not in text
    entries = [json.loads(line) for line in text.splitlines()[1:]]
    assert len({entry["fingerprint"] for entry in entries}) == 2


def test_salt_differs_between_records(tmp_path):
    """Two records of the same password have nothing in common."""
    texts = []
    for name in ("a", "b"):
        remember(tmp_path / name)
        texts.append((tmp_path / name).read_text(encoding="ascii").splitlines())
    assert json.loads(texts[0][0])["salt"] != json.loads(texts[1][0])["salt"]
    assert json.loads(texts[0][1])["fingerprint"] != json.loads(texts[1][1])["fingerprint"]


def test_last_entry_counts(path):
    """A rotated password replaces the one before."""
    remember(path, version=1)
    remember(path, password="rotated", version=2)
    assert not matches(path)
    assert matches(path, password="rotated")
    assert Record(str(path)).find("t").version == 2


@pytest.mark.parametrize(
    "damage",
    [
        b"not json",
        b"[]",
        b"null",
        b'{"target": 1}',
        b"\xff\xfe\x00",
        b'{"target": "' + hashlib.sha256(b"t").hexdigest().encode() + b'", "fingerprint": 5, '
        b'"version": null, "shown": true}',
        b'{"target": "torn',
    ],
)
def test_damaged_line_does_no_harm(path, damage):
    """A line that is no entry counts as none, and later entries are kept and found."""
    remember(path, "other")
    with path.open("ab") as handle:
        handle.write(damage)
    assert not matches(path, "t")
    assert remember(path, "t") is None
    assert matches(path, "t")
    assert matches(path, "other")


def test_foreign_file_is_left_alone(tmp_path):
    """A file that is no record is never written, and the run is told why nothing is kept."""
    foreign = tmp_path / "notes.txt"
    foreign.write_text("my notes\n", encoding="ascii")
    assert "is not a password record" in remember(foreign)
    assert foreign.read_text(encoding="ascii") == "my notes\n"


def test_link_is_not_followed(tmp_path):
    """A link in place of the record does not make us write elsewhere."""
    (tmp_path / "record").symlink_to(tmp_path / "elsewhere")
    assert "cannot be written" in remember(tmp_path / "record")
    assert not (tmp_path / "elsewhere").exists()


def test_place_that_cannot_be_written_is_a_warning(tmp_path):
    """The write to the server was right; only the record is missing, and that is said."""
    (tmp_path / "file").write_text("", encoding="ascii")
    assert "cannot be written" in remember(tmp_path / "file" / "record")


def test_python_without_scrypt_keeps_nothing(path, monkeypatch):
    """Some Pythons lack scrypt: no fingerprint, and the run is told so."""
    monkeypatch.delattr(hashlib, "scrypt")
    assert "no scrypt" in remember(path)


def test_equal_passwords_cost_one_scrypt(path, monkeypatch):
    """A run over many tenants with one password derives the key once."""
    calls, derive = [], hashlib.scrypt
    monkeypatch.setattr(hashlib, "scrypt", lambda *a, **k: calls.append(1) or derive(*a, **k))
    record = Record(str(path))
    for number in range(50):
        record.remember(f"t{number}", ACCOUNT, SECRET, version=None, shown=True)
    assert len(calls) == 1


def test_threads_share_a_record(path):
    """Eight threads lose no entry."""
    record = Record(str(path))

    def work(first):
        for number in range(first, 80, 8):
            assert record.remember(f"t{number}", ACCOUNT, SECRET, version=None, shown=True) is None

    threads = [threading.Thread(target=work, args=(first,)) for first in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(matches(path, f"t{number}") for number in range(80))


WRITER = """
import sys
from ansible_collections.rpaops.orchestrator.plugins.module_utils._reconcile import password_record
password_record.SCRYPT["n"] = 16
for number in range(40):
    trouble = password_record.Record(sys.argv[1]).remember(
        sys.argv[2] + str(number), ("smtp.example.com", "robot"), "correct-horse-battery",
        version=None, shown=True)
    assert trouble is None, trouble
"""


def test_two_processes_share_a_record(path):
    """Two runs at once, both of which find no record, end with one that holds all."""
    environment = {**os.environ, "PYTHONPATH": str(COLLECTIONS)}
    command = [sys.executable, "-c", WRITER, str(path)]
    runs = [subprocess.Popen([*command, name], env=environment) for name in "ab"]
    assert [run.wait(60) for run in runs] == [0, 0]
    assert all(matches(path, f"{name}{number}") for name in "ab" for number in range(40))


def test_default_place_follows_the_environment(monkeypatch):
    """One file per server, in the state directory of the user."""
    monkeypatch.setenv("XDG_STATE_HOME", "/state")
    one, two = (
        password_record.default_path("https://a.example.com"),
        password_record.default_path("https://b.example.com"),
    )
    assert os.path.dirname(one) == "/state/rpaops.orchestrator"
    assert one != two
    monkeypatch.delenv("XDG_STATE_HOME")
    monkeypatch.setenv("HOME", "/home/robot")
    home = "/home/robot/.local/state/rpaops.orchestrator"
    assert os.path.dirname(password_record.default_path("https://a.example.com")) == home
