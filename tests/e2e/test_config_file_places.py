# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Configuration files of other users, and in places that only root can make."""

from __future__ import annotations

import contextlib
import os
import subprocess
import tempfile
from pathlib import Path

import pytest
from support.run import mail_settings

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="owners and mounts are for root")

NOBODY, GROUP, STAFF = 65534, 65534, 50
OLD = '{"Abp.Net.Mail.Smtp.Host": "old"}\n'
NEW = OLD.replace("old", "new")
backups = pytest.mark.parametrize("backup", [False, True], ids=["alone", "backup"])


def apply(path, backup=False):
    """A run that check mode has foreseen: it says the same, and a refusal in the same words."""
    options = {"path": str(path), "backup": backup}
    foreseen = mail_settings(True, config_file=options, smtp_host="new").result
    done = mail_settings(config_file=options, smtp_host="new").result
    assert done.get("msg") == foreseen.get("msg")
    assert done["changed"] == foreseen["changed"]
    return done


@contextlib.contextmanager
def as_nobody():
    """What follows has the rights of nobody."""
    groups = os.getgroups()
    os.setgroups([])
    os.setegid(GROUP)
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)
        os.setegid(0)
        os.setgroups(groups)


@pytest.fixture
def folder():
    """A folder of nobody with a file of nobody; nobody may walk there."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name, "a.json")
        path.write_text(OLD)
        apply(path)  # imports what is imported late, while root may
        path.write_text(OLD)
        for each in (name, path):
            os.chown(each, NOBODY, GROUP)
        yield Path(name)


def assert_refused(folder, done, words):
    assert (done.get("error"), done["changed"]) == ("file_refused", False), done
    assert words in done["msg"]
    assert (folder / "a.json").read_text() == OLD
    assert os.listdir(folder) == ["a.json"]


def test_owner_and_group_stay_for_the_file_and_its_copy(folder):
    """Root edits a file of somebody else."""
    os.chown(folder / "a.json", NOBODY, STAFF)
    done = apply(folder / "a.json", backup=True)
    for name in (folder / "a.json", done["backup_file"]):
        assert (os.stat(name).st_uid, os.stat(name).st_gid) == (NOBODY, STAFF)


def test_a_folder_that_hands_down_its_group_does_not_change_that_of_the_file(folder):
    """The setgid bit; the user edits a file of their own."""
    os.chown(folder, NOBODY, STAFF)
    folder.chmod(0o2770)
    with as_nobody():
        done = apply(folder / "a.json", backup=True)
    for name in (folder / "a.json", done["backup_file"]):
        assert os.stat(name).st_gid == GROUP


@backups
def test_an_owner_that_cannot_be_kept_is_a_refusal(folder, backup):
    """The file of another user in a folder of one's own."""
    os.chown(folder / "a.json", 0, 0)
    with as_nobody():
        done = apply(folder / "a.json", backup)
    assert_refused(folder, done, "Operation not permitted")


@backups
def test_a_folder_that_may_not_be_written_is_a_refusal(folder, backup):
    """Although the file itself might be."""
    os.chown(folder, 0, 0)
    folder.chmod(0o755)
    with as_nobody():
        done = apply(folder / "a.json", backup)
    assert_refused(folder, done, "Permission denied")


@pytest.mark.parametrize("mode", [0o300, 0o600, 0o000])
def test_a_folder_that_may_not_be_listed_or_entered_is_a_refusal(folder, mode):
    """No lock can be taken there, or no file be found."""
    folder.chmod(mode)
    with as_nobody():
        done = apply(folder / "a.json", backup=True)
    assert_refused(folder, done, "Permission denied")


def test_a_leftover_of_somebody_else_in_a_sticky_folder_is_in_nobodys_way(folder):
    """It cannot be removed; the edit is made."""
    stranger = folder / ".a.json.rpaops-abcdefgh"
    stranger.touch()
    os.chown(folder, 0, 0)
    folder.chmod(0o1777)
    with as_nobody():
        done = apply(folder / "a.json")
    assert (done["changed"], (folder / "a.json").read_text()) == (True, NEW)
    assert sorted(os.listdir(folder)) == [stranger.name, "a.json"]


@pytest.mark.parametrize("flag", ["i", "a"])
@backups
def test_a_locked_file_is_refused_and_no_copy_is_left(folder, flag, backup):
    """Immutable, or for appending only."""
    path = folder / "a.json"
    locked = subprocess.run(["chattr", f"+{flag}", str(path)], capture_output=True, check=False)
    if locked.returncode:
        pytest.skip("the disk has no such flags")
    done = apply(path, backup)
    subprocess.run(["chattr", f"-{flag}", str(path)], check=True)
    assert_refused(folder, done, "Operation not permitted")


@backups
def test_a_file_of_somebody_else_in_a_sticky_folder_is_a_refusal(folder, backup):
    """Everybody may make files there, and only owners replace them."""
    os.chown(folder, 0, 0)
    folder.chmod(0o1777)
    os.chown(folder / "a.json", 0, GROUP)
    (folder / "a.json").chmod(0o666)
    with as_nobody():
        done = apply(folder / "a.json", backup)
    assert_refused(folder, done, "Operation not permitted")


@backups
def test_a_folder_for_appending_only_is_a_refusal(folder, backup):
    """Files can be made there, but none can be replaced."""
    locked = subprocess.run(["chattr", "+a", str(folder)], capture_output=True, check=False)
    if locked.returncode:
        pytest.skip("the disk has no such flags")
    try:
        done = apply(folder / "a.json", backup)
    finally:
        subprocess.run(["chattr", "-a", str(folder)], check=True)
    assert_refused(folder, done, "Operation not permitted")


@backups
def test_a_file_that_is_mounted_by_itself_is_a_refusal(folder, backup):
    """As containers have their configuration; nothing can take the place of a mount."""
    path = folder / "a.json"
    source = folder.parent / f"{folder.name} source"
    source.write_text(OLD)
    try:
        subprocess.run(["mount", "--bind", str(source), str(path)], check=True)
        try:
            done = apply(path, backup)
            assert_refused(folder, done, "mounted by itself")
        finally:
            subprocess.run(["umount", str(path)], check=True)
    finally:
        source.unlink()


@backups
def test_a_disk_that_is_full_is_known_beforehand(folder, backup):
    """There is room for the old text only; a copy needs as much again."""
    size = ["-o", "size=64k"]
    subprocess.run(["mount", "-t", "tmpfs", *size, "tmpfs", str(folder)], check=True)
    try:
        text = OLD + " " * (24_000 if backup else 40_000)
        (folder / "a.json").write_text(text)
        done = apply(folder / "a.json", backup)
        assert "No space left on device" in done["msg"]
        assert (folder / "a.json").read_text() == text
    finally:
        subprocess.run(["umount", str(folder)], check=True)


@backups
def test_a_disk_that_is_read_only_is_a_refusal(folder, backup):
    """Mounted so."""
    subprocess.run(["mount", "-t", "tmpfs", "tmpfs", str(folder)], check=True)
    try:
        (folder / "a.json").write_text(OLD)
        subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
        assert_refused(folder, apply(folder / "a.json", backup), "Read-only file system")
    finally:
        subprocess.run(["umount", str(folder)], check=True)
