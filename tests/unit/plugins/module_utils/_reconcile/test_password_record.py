# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The record of passwords: what it tells, what it gives away, and what damage does to it."""

from __future__ import annotations

import fcntl
import json
import os
import stat
import subprocess
import sys
import threading

import pytest
from ansible_collections.rpaops.orchestrator.plugins.module_utils._reconcile import (
    password_record,
    record_file,
)
from support.places import ROOT

OWNER = ("smtp.example.com", "robot")
SECRET = "correct-horse-battery"
KEY = "key-of-the-user-0123456789"
Record = password_record.Record


@pytest.fixture
def path(tmp_path):
    return tmp_path / "state" / "record.jsonl"


def remember(path, place="t", password=SECRET, version=None, key=None, patience=5.0):
    record = Record(str(path), key, patience)
    return record.remember(place, OWNER, password, version=version, shown=True)


def matches(path, place="t", password=SECRET, owner=OWNER, key=None):
    record = Record(str(path), key)
    entry = record.find(place)
    return entry is not None and record.matches(entry, owner, password)


def test_password_is_recognised_in_another_run(path):
    """What one run remembers, the next recognises; another password it does not."""
    assert remember(path) is None
    assert matches(path)
    assert not matches(path, password="another")


def test_fingerprint_is_bound_to_place_host_and_user(path):
    """The same password elsewhere is not recognised."""
    remember(path)
    assert not matches(path, place="u")
    assert not matches(path, owner=("smtp.example.com", "other"))
    assert not matches(path, owner=("smtp.example.comr", "obot"))


def test_files_and_folder_are_private(path):
    """Nobody else may read record or key: 0700 and 0600, whatever the umask."""
    before = os.umask(0)
    try:
        remember(path)
    finally:
        os.umask(before)
    made = [path.parent, path, path.with_name("record.jsonl.key")]
    assert [stat.S_IMODE(p.stat().st_mode) for p in made] == [0o700, 0o600, 0o600]
    assert sorted(path.parent.iterdir()) == sorted(made[1:])


def test_the_file_says_nothing_without_its_key(tmp_path):
    """Equal passwords and places look different under two keys, and in two places."""
    for name in ("a", "b"):
        remember(tmp_path / name, "tenant A")
        remember(tmp_path / name, "tenant B")
    lines = [*(tmp_path / "a").open(), *(tmp_path / "b").open()]
    entries = [json.loads(line) for line in lines if "place" in line]
    assert SECRET not in "".join(lines)
    assert "tenant" not in "".join(lines)
    assert [len({entry[k] for entry in entries}) for k in ("place", "fingerprint")] == [4, 4]


def test_last_entry_counts(path):
    """A rotated password replaces the one before."""
    remember(path, version=1)
    remember(path, password="rotated", version=2)
    assert not matches(path)
    assert matches(path, password="rotated")
    assert Record(str(path)).find("t").version == 2


def test_what_is_forgotten_vouches_for_nothing(path):
    """Taking a password away takes its evidence away, in the next run as well."""
    remember(path)
    assert Record(str(path)).forget("t") is None
    assert Record(str(path)).find("t") is None


def test_a_key_of_the_user_makes_the_record_portable(path, tmp_path):
    """A copy of the file alone tells another machine the same, and tells nobody else."""
    remember(path, key=KEY)
    copy = tmp_path / "elsewhere"
    copy.write_bytes(path.read_bytes())
    assert matches(copy, key=KEY)
    assert not matches(copy, key=KEY + "x")
    assert not matches(copy)
    assert not path.with_name("record.jsonl.key").exists()


def test_a_new_key_begins_anew_and_keeps_the_old_lines(path):
    """Rotation: the password counts as unknown once, and going back finds the old evidence."""
    remember(path, key=KEY)
    assert Record(str(path), "another-key-0123456789").find("t") is None
    assert remember(path, key="another-key-0123456789") is None
    assert matches(path, key=KEY)
    assert matches(path, key="another-key-0123456789")


def test_a_forged_line_is_no_evidence(path):
    """Whoever may write the file but has no key cannot make a version or a fingerprint count."""
    remember(path, key=KEY, version=1)
    header, line = path.read_text(encoding="ascii").splitlines()
    forged = {**json.loads(line), "version": 2}
    path.write_text(f"{header}\n{json.dumps(forged)}\n", encoding="ascii")
    assert Record(str(path), KEY).find("t") is None


def test_a_mark_tells_passwords_apart_only_under_the_user_s_key(path):
    """What enters a plan is the same on every machine that has the key, and empty without one."""
    one, two = (Record(str(path), KEY).mark("t", word) for word in ("one", "two"))
    assert one == Record(str(path) + "x", KEY).mark("t", "one") != two
    assert Record(str(path)).mark("t", "one") == ""


@pytest.mark.parametrize(
    "damage",
    [
        b"not json",
        b"[]",
        b"null",
        b'{"place": 1}',
        b"\xff\xfe\x00",
        b'{"place": "torn',
        b"[" * 9999,
    ],
    ids=range(7),
)
def test_damaged_line_does_no_harm(path, damage):
    """A line that is no entry counts as none, and later entries are kept and found."""
    remember(path, "other")
    with path.open("ab") as handle:
        handle.write(damage)
    assert remember(path, "t") is None
    assert matches(path, "t")
    assert matches(path, "other")


@pytest.mark.parametrize("cut", [5, 25, 52])
def test_a_torn_beginning_is_set_aside_and_healed(path, cut):
    """The damaged file keeps another name, what can be read of it goes on, and it is said."""
    remember(path, "other")
    damaged = path.read_bytes()[cut:] if cut == 5 else b"\0" * cut + path.read_bytes()[cut:]
    path.write_bytes(damaged)
    assert "is damaged" in Record(str(path)).trouble
    assert remember(path, "t") is None
    assert path.with_name("record.jsonl.damaged").read_bytes() == damaged
    assert Record(str(path)).trouble is None
    assert matches(path, "t")
    assert matches(path, "other")


def test_foreign_file_is_left_alone(tmp_path):
    """A file that is no record is never written, and the run is told why nothing is kept."""
    foreign = tmp_path / "notes.txt"
    foreign.write_text("my notes\n", encoding="ascii")
    assert "is not a password record" in remember(foreign)
    assert foreign.read_text(encoding="ascii") == "my notes\n"


def test_what_is_no_regular_file_is_neither_read_nor_written(tmp_path):
    """A link leads elsewhere, and a pipe would wait for somebody."""
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    os.mkfifo(tmp_path / "pipe")
    assert "cannot be read" in remember(tmp_path / "link")
    assert "is not a regular file" in remember(tmp_path / "pipe")
    assert not (tmp_path / "elsewhere").exists()


@pytest.mark.parametrize("key", [KEY, KEY + "\ud800"])
def test_a_key_marks_passwords_also_where_no_record_can_be(tmp_path, key):
    """A plan tells passwords apart by the key alone."""
    record = Record(str(tmp_path), key)

    assert "cannot be read" in record.trouble
    assert record.mark("t", "one") == Record(str(tmp_path / "r"), key).mark("t", "one") != ""
    assert record.mark("t", "two") != record.mark("t", "one")
    assert "cannot be read" in record.remember("t", OWNER, SECRET, version=None, shown=True)


@pytest.mark.parametrize("name", ["record.jsonl", "record.jsonl.key"])
def test_a_file_that_others_can_write_is_not_believed(path, name):
    """They could have chosen what is found there."""
    remember(path)
    path.with_name(name).chmod(0o666)
    record = Record(str(path))
    assert record.find("t") is None
    assert "others" in record.trouble or "only its owner" in record.trouble


def test_place_that_cannot_be_written_is_a_warning(tmp_path):
    """The write to the server was right; only the record is missing, and that is said."""
    (tmp_path / "file").write_text("", encoding="ascii")
    assert "cannot be" in remember(tmp_path / "file" / "record")


def test_a_lock_that_nobody_gives_back_ends_with_patience(path):
    """And it is waited for once, not for every tenant again."""
    remember(path)
    record = Record(str(path), patience=0.0)
    with path.open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        said = [record.remember(n, OWNER, SECRET, version=None, shown=True) for n in "ab"]
    assert all("is locked by another run" in text for text in said)


def test_a_record_holds_so_many_places_and_forgets_the_oldest(path, monkeypatch):
    """Eviction: a file that only grew is written again with what still counts."""
    monkeypatch.setattr(password_record, "MOST_PLACES", 3)
    monkeypatch.setattr(password_record, "SLACK", 0)
    for number in range(9):
        remember(path, f"t{number}")
    kept = [number for number in range(9) if matches(path, f"t{number}")]
    assert kept[-3:] == [6, 7, 8]
    assert len(path.read_bytes().splitlines()) <= 9


def test_a_file_beyond_all_measure_is_left_alone(path, monkeypatch):
    """It is not read into memory."""
    remember(path)
    monkeypatch.setattr(record_file, "LARGEST", 100)
    assert "is larger than" in Record(str(path)).trouble


def test_threads_share_a_record(path):
    """Eight threads lose no entry."""
    record = Record(str(path))

    def work(first):
        for number in range(first, 80, 8):
            assert record.remember(f"t{number}", OWNER, SECRET, version=None, shown=True) is None

    threads = [threading.Thread(target=work, args=(first,)) for first in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(matches(path, f"t{number}") for number in range(80))


WRITER = """
import sys
from ansible_collections.rpaops.orchestrator.plugins.module_utils._reconcile import password_record
password_record.SLACK = 5
for number in range(40):
    trouble = password_record.Record(sys.argv[1]).remember(
        sys.argv[2] + str(number), ("smtp.example.com", "robot"), "correct-horse-battery",
        version=None, shown=True)
    assert trouble is None, trouble
"""


def test_two_processes_share_a_record(path):
    """Two runs at once, both of which find no record and no key, end with one that holds all."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "collections")}
    command = [sys.executable, "-c", WRITER, str(path)]
    runs = [subprocess.Popen([*command, name], env=environment) for name in "ab"]
    assert [run.wait() for run in runs] == [0, 0]
    assert all(matches(path, f"{name}{number}") for name in "ab" for number in range(40))


def test_default_place_follows_the_environment(monkeypatch):
    """One file per server, in the state directory of the user."""
    default_path = password_record.default_path
    monkeypatch.setenv("XDG_STATE_HOME", "/state")
    one, two = default_path("https://a.example.com"), default_path("https://b.example.com")
    assert os.path.dirname(one) == "/state/rpaops.orchestrator"
    assert one != two
    monkeypatch.delenv("XDG_STATE_HOME")
    monkeypatch.setenv("HOME", "/home/robot")
    home = "/home/robot/.local/state/rpaops.orchestrator"
    assert os.path.dirname(default_path("https://a.example.com")) == home
