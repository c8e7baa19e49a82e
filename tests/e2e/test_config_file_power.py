# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Configuration files when the power is cut: an ext4 disk that forgets what it has not written."""

from __future__ import annotations

import fcntl
import os
import struct
import subprocess

import pytest
from support.run import mail_settings

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="disks are mounted by root")

SHUTDOWN = 0x8004587D  # EXT4_IOC_SHUTDOWN
WITHOUT_JOURNAL = 2  # EXT4_GOING_FLAGS_NOLOGFLUSH
OLD = b'{"Abp.Net.Mail.Smtp.Host": "old.example.com"}\n'
NEW = OLD.replace(b"old", b"new")


class Disk:
    """An ext4 disk in a file, whose power can be cut."""

    def __init__(self, folder, options):
        self.image, self.folder, self.options = folder / "image", folder / "disk", options
        with self.image.open("wb") as handle:
            handle.truncate(16 * 1024 * 1024)
        self.folder.mkdir()
        subprocess.run(["mkfs.ext4", "-q", "-F", str(self.image)], check=True)
        self.mount()

    def mount(self):
        command = ["mount", "-o", self.options, str(self.image), str(self.folder)]
        subprocess.run(command, check=True, capture_output=True)

    def unmount(self):
        subprocess.run(["umount", str(self.folder)], check=True)

    def lose_power(self):
        descriptor = os.open(self.folder, os.O_RDONLY)
        fcntl.ioctl(descriptor, SHUTDOWN, struct.pack("I", WITHOUT_JOURNAL))
        os.close(descriptor)
        self.unmount()
        self.mount()


@pytest.fixture(params=["loop", "loop,noauto_da_alloc"])
def disk(request, tmp_path):
    """A disk with the usual options, or one that flushes nothing early for a rename."""
    try:
        made = Disk(tmp_path, request.param)
    except subprocess.CalledProcessError as exc:
        pytest.skip(f"no ext4 disk can be mounted here: {exc}")
    yield made
    made.unmount()


@pytest.mark.parametrize("is_journal_written", [False, True], ids=["at-once", "later"])
def test_an_acknowledged_edit_and_its_backup_outlive_the_power(disk, is_journal_written):
    """Cut right after the answer, or once the disk has written its journal."""
    path = disk.folder / "a.json"
    path.write_bytes(OLD)
    disk.unmount()
    disk.mount()
    options = {"path": str(path), "backup": True}
    done = mail_settings(config_file=options, smtp_host="new.example.com").result
    if is_journal_written:
        with (disk.folder / "other").open("wb") as other:
            os.fsync(other.fileno())
    disk.lose_power()
    (copy,) = disk.folder.glob("a.json.*~")
    assert (done["changed"], done["backup_file"]) == (True, str(copy))
    assert (path.read_bytes(), copy.read_bytes()) == (NEW, OLD)
