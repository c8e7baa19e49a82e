# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Configuration files when the process is killed, the disk fails or is full, others write too."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import stat
import subprocess
import threading
from pathlib import Path

import pytest
from support.run import mail_settings

from . import strace
from .starter import install

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="owners and mounts are for root")

OLD_PASSWORD, PASSWORD = "battery-staple-old", "correct-horse-new"
PREFIX = "Abp.Net.Mail.Smtp"
TEXTS = {
    "xml": f"""<configuration>
  <appSettings>
    <!-- keep me -->
    <add key="{PREFIX}.Host" value="old.example.com" />
    <add key="{PREFIX}.Password" value="{OLD_PASSWORD}" />
  </appSettings>
</configuration>
""",
    "json": f"""{{
  // keep me
  "{PREFIX}.Host": "old.example.com",
  "{PREFIX}.Password": "{OLD_PASSWORD}"
}}
""",
    "yaml": f"""# keep me
{PREFIX}.Host: old.example.com
{PREFIX}.Password: '{OLD_PASSWORD}'
""",
}
MODE = 0o640
DECLARED = {"smtp_host": "smtp.example.com", "smtp_password": PASSWORD}
kinds = pytest.mark.parametrize("kind", list(TEXTS))
backups = pytest.mark.parametrize("backup", [False, True], ids=["alone", "backup"])


@pytest.fixture(scope="module", autouse=True)
def scratch(tmp_path_factory):
    """A folder for the logs of strace; without a strace that works there is no test."""
    try:
        install("strace", "strace")
        subprocess.run(["strace", "-f", "-o", "/dev/null", "true"], check=True)
    except subprocess.CalledProcessError:
        pytest.skip("strace is missing, or may not trace here")
    return tmp_path_factory.mktemp("scratch")


class Edit:
    """A file with an owner, an attribute and a leftover beside it, and the edit to make there."""

    def __init__(self, folder, kind, backup=False):
        folder.mkdir()
        self.path = folder / f"a.{kind}"
        self.stale = folder / f".a.{kind}.rpaops-stale000"
        self.old = TEXTS[kind].encode()
        self.new = self.old.replace(b"old.example.com", b"smtp.example.com")
        self.new = self.new.replace(OLD_PASSWORD.encode(), PASSWORD.encode())
        self.options = {"config_file": {"path": str(self.path), "backup": backup}, **DECLARED}
        self.renew()

    def renew(self):
        for path in self.path.parent.iterdir():
            path.unlink()
        self.path.write_bytes(self.old)
        self.stale.write_text(OLD_PASSWORD)
        self.path.chmod(MODE)
        self.stale.chmod(0o600)
        os.chown(self.path, 1234, 1234)
        os.setxattr(self.path, "user.origin", b"setup")

    @property
    def others(self):
        return [path for path in self.path.parent.iterdir() if path != self.path]

    def assert_nothing_is_wider(self):
        for path in (self.path, *self.others):
            status = path.stat()
            assert stat.S_IMODE(status.st_mode) & ~MODE == 0, path
            assert status.st_uid in (0, 1234), path

    def assert_others_are_copies(self):
        assert [path for path in self.others if path.read_bytes() != self.old] == []
        assert [path for path in self.others if path.name.startswith(".")] == []


@backups
@kinds
def test_killed_anywhere_the_file_is_old_or_new_and_the_next_run_ends_it(
    tmp_path, scratch, kind, backup
):
    """SIGKILL before every call that changes something; the next run leaves nothing lying about."""
    edit = Edit(tmp_path / "it", kind, backup)
    places = strace.points(edit.path, strace.run(scratch, edit.options).calls)
    assert len(places) > 8, places
    for at in places:
        edit.renew()
        killed = strace.run(scratch, edit.options, at, "signal=SIGKILL")
        assert (killed.code, killed.out) == (-signal.SIGKILL, ""), at
        assert edit.path.read_bytes() in (edit.old, edit.new), at
        edit.assert_nothing_is_wider()

        assert not mail_settings(**edit.options).failed, at
        assert edit.path.read_bytes() == edit.new, at
        edit.assert_others_are_copies()


@pytest.mark.parametrize("errno", ["ENOSPC", "EIO", "EDQUOT", "EACCES"])
@backups
@kinds
def test_a_call_that_fails_is_admitted_and_the_file_is_what_the_result_says(
    tmp_path, scratch, kind, backup, errno
):
    """Ok and new, failed and old, or failed for want of a confirmation and new; nothing else."""
    edit = Edit(tmp_path / "it", kind, backup)
    places = strace.points(edit.path, strace.run(scratch, edit.options).calls)
    swept = next(n for n, at in enumerate(places) if at.call == "unlink" and "stale" in at.line)
    for number, at in enumerate(places):
        edit.renew()
        ended = strace.run(scratch, edit.options, at, f"error={errno}")
        assert "INJECTED" in "".join(ended.calls), at
        now, result = edit.path.read_bytes(), ended.result
        if result.get("failed") and result["error"] == "file_refused":
            kept = [edit.stale] if number <= swept else []
            assert (now, result["changed"], edit.others) == (edit.old, False, kept), at
        else:
            assert (now, result["changed"]) == (edit.new, True), at
            assert result.get("error", "file_unconfirmed") == "file_unconfirmed", at
        assert not [word for word in (PASSWORD, OLD_PASSWORD) if word in ended.out + ended.err]
        assert ended.err == ""
        edit.assert_nothing_is_wider()


def test_only_the_folder_may_fail_after_the_new_text_is_in_place(tmp_path, scratch):
    """The last call is its fsync; the failure says that the file changed, and names the copy."""
    edit = Edit(tmp_path / "it", "json", backup=True)
    last = strace.points(edit.path, strace.run(scratch, edit.options).calls)[-1]
    edit.renew()
    result = strace.run(scratch, edit.options, last, "error=EIO").result
    assert (last.call, result["error"]) == ("fsync", "file_unconfirmed")
    assert "did not confirm" in result["msg"]
    assert (result["changed"], edit.path.read_bytes()) == (True, edit.new)
    assert Path(result["backup_file"]).read_bytes() == edit.old


@pytest.mark.parametrize(("call", "errno"), [("listxattr", "EOPNOTSUPP"), ("fsync", "EINVAL")])
def test_what_a_disk_cannot_do_is_no_failure(tmp_path, scratch, call, errno):
    """Some disks have no attributes, some cannot flush a folder."""
    edit = Edit(tmp_path / "it", "json")
    last = strace.points(edit.path, strace.run(scratch, edit.options).calls)[-1]
    edit.renew()
    at = last if call == last.call else strace.Point(call, 1, "")
    ended = strace.run(scratch, edit.options, at, f"error={errno}")
    assert "INJECTED" in "".join(ended.calls)
    assert (ended.result.get("error"), edit.path.read_bytes()) == (None, edit.new)


@contextlib.contextmanager
def disk(folder, kilobytes):
    """A disk of that size, in memory."""
    folder.mkdir()
    size = ["-o", f"size={kilobytes}k"]
    subprocess.run(["mount", "-t", "tmpfs", *size, "tmpfs", str(folder)], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.parametrize(("kilobytes", "backup"), [(64, False), (112, True)], ids=["new", "backup"])
@kinds
def test_a_full_disk_leaves_the_file_and_nothing_else(tmp_path, kind, kilobytes, backup):
    """40 kB, with too little room for the new text or for the backup; then there is room."""
    with disk(tmp_path / "disk", kilobytes):
        edit = Edit(tmp_path / "disk" / "it", kind, backup)
        filler = "<!--%s-->\n" if kind == "xml" else "# %s\n" if kind == "yaml" else "//%s\n"
        edit.old += (filler % ("x" * 40_000)).encode()
        edit.renew()
        result = mail_settings(**edit.options).result
        assert "No space left" in result["msg"], result
        assert (edit.path.read_bytes(), edit.others) == (edit.old, [edit.stale])

        subprocess.run(["mount", "-o", "remount,size=1m", str(tmp_path / "disk")], check=True)
        assert mail_settings(**edit.options).result["changed"] is True
        edit.assert_others_are_copies()


WRITERS = {
    "smtp_host": "host-{}.example.com",
    "smtp_domain": "domain-{}",
    "smtp_username": "user-{}",
    "default_from_address": "sender-{}@example.com",
    "default_from_display_name": "Robot {}",
    "smtp_port": "{}",
}


def edits(process, path, name, found):
    """Twelve edits of one setting; who finds the file changed asks again."""
    for number in range(1, 13):
        wanted = WRITERS[name].format(number)
        options = {"config_file": {"path": str(path)}, name: wanted}
        result = {"error": "file_changed"}
        while result.get("error") == "file_changed":
            result = strace.ask(process, options)
        found.append((result["changed"], str(result["diff"]["before"].get(name))))


def read_all_the_time(path, done, seen):
    while not done.is_set():
        seen.add(path.read_bytes())


@kinds
def test_six_writers_lose_nothing_and_a_reader_sees_whole_files(tmp_path, kind):
    """Twelve edits each, of one setting each; every edit finds the one before it."""
    edit = Edit(tmp_path / "it", kind)
    edit.old = edit.old.replace(OLD_PASSWORD.encode(), b"")
    edit.renew()
    processes = {name: strace.start() for name in WRITERS}
    found = {name: [] for name in WRITERS}
    threads = [
        threading.Thread(target=edits, args=(processes[name], edit.path, name, found[name]))
        for name in WRITERS
    ]
    done, seen = threading.Event(), set()
    reader = threading.Thread(target=read_all_the_time, args=(edit.path, done, seen))
    for thread in (reader, *threads):
        thread.start()
    for thread in threads:
        thread.join()
    done.set()
    reader.join()
    for process in processes.values():
        process.communicate()
    for name, text in WRITERS.items():
        assert [before for _changed, before in found[name]][1:] == [
            text.format(number) for number in range(1, 12)
        ]
        assert text.format(12).encode() in edit.path.read_bytes()
    ends = {"xml": b"</configuration>\n", "json": b"}\n", "yaml": b"\n"}[kind]
    assert [text for text in seen if b"keep me" not in text or not text.endswith(ends)] == []
    assert edit.others == []


@kinds
def test_what_a_stranger_writes_meanwhile_is_not_overwritten(tmp_path, scratch, kind):
    """Stopped after each call before the rename, while somebody without our lock edits the file."""
    edit = Edit(tmp_path / "it", kind)
    places = strace.points(edit.path, strace.run(scratch, edit.options).calls)
    before = [at for at in places if at.call != "rename"][:-1]
    assert len(before) > 5
    for at in before:
        edit.renew()
        with strace.stopped(scratch, edit.options, at) as process:
            edit.path.write_bytes(edit.old + b"\n")
            process.send_signal(signal.SIGCONT)
            result = json.loads(process.communicate()[0])
        assert result["error"] == "file_changed", at
        assert (edit.path.read_bytes(), edit.others) == (edit.old + b"\n", []), at


def test_a_killed_holder_of_the_lock_holds_nobody_up(tmp_path, scratch):
    """One run stops while it holds the lock and is killed; the waiting one goes on."""
    edit = Edit(tmp_path / "it", "json")
    places = strace.points(edit.path, strace.run(scratch, edit.options).calls)
    written = next(at for at in places if at.call == "fsync")
    edit.renew()
    with strace.stopped(scratch, edit.options, written) as holder:
        with strace.start() as waiting:
            strace.say(waiting, edit.options)
            holder.kill()
            result = json.loads(waiting.communicate()[0])
    assert (result["changed"], edit.path.read_bytes()) == (True, edit.new)
    assert edit.others == []
