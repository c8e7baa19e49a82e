# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What surrounds the text of a configuration file: mode, access list, links, folders, locks."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import tempfile
from pathlib import Path

import pytest
from support.run import mail_settings

KEY = "Abp.Net.Mail.Smtp.Host"
ROW = f'<add key="{KEY}" value="old"/>'
TEXTS = {
    "config": f"<configuration><appSettings>{ROW}</appSettings></configuration>",
    "json": f'{{"{KEY}": "old"}}',
    "yml": f"{KEY}: old",
}
kinds = pytest.mark.parametrize("kind", list(TEXTS))
needs_lists = pytest.mark.skipif(shutil.which("setfacl") is None, reason="needs setfacl")
is_root = os.geteuid() == 0


def new_file(path):
    path.write_text(TEXTS[path.suffix[1:]])
    return path


def apply(path, backup=False):
    options = {"path": str(path), "backup": backup}
    return mail_settings(config_file=options, smtp_host="new").result


def command(*words):
    done = subprocess.run(words, check=True, capture_output=True, text=True)
    return done.stdout


def assert_edited(path, done):
    assert done["changed"] is True, done
    assert path.read_text() == TEXTS[path.suffix[1:]].replace("old", "new")


def assert_refused(path, done, words):
    assert (done.get("error"), done["changed"]) == ("file_refused", False)
    assert words in done["msg"], done["msg"]
    assert path.read_text() == TEXTS[path.suffix[1:]]


@kinds
@pytest.mark.parametrize("mode", [0o400, 0o600, 0o604, 0o640, 0o666, 0o4755])
def test_the_mode_stays_for_the_file_and_its_copy(tmp_path, kind, mode):
    """Whatever the umask."""
    path = new_file(tmp_path / f"a.{kind}")
    path.chmod(mode)
    before = os.umask(0o027)
    try:
        done = apply(path, backup=True)
    finally:
        os.umask(before)
    assert_edited(path, done)
    modes = [stat.S_IMODE(os.stat(name).st_mode) for name in (path, done["backup_file"])]
    assert modes == [mode, mode]


@kinds
def test_extended_attributes_stay_for_the_file_and_its_copy(tmp_path, kind):
    """Also on a file that its owner may only read."""
    path = new_file(tmp_path / f"a.{kind}")
    try:
        os.setxattr(path, "user.origin", b"setup \0 1")
    except OSError as exc:
        pytest.skip(f"no attributes on this disk: {exc}")
    path.chmod(0o400)
    done = apply(path, backup=True)
    assert_edited(path, done)
    for name in (path, done["backup_file"]):
        assert os.getxattr(name, "user.origin") == b"setup \0 1"


@needs_lists
@kinds
def test_an_access_list_stays(tmp_path, kind):
    """As getfacl shows it."""
    path = new_file(tmp_path / f"a.{kind}")
    path.chmod(0o640)
    command("setfacl", "-m", "u:12345:rw,g:12346:r", str(path))
    before = command("getfacl", "-cpn", str(path))
    done = apply(path, backup=True)
    assert_edited(path, done)
    for name in (path, done["backup_file"]):
        assert command("getfacl", "-cpn", str(name)) == before


@needs_lists
@kinds
def test_the_default_list_of_the_folder_opens_nothing(tmp_path, kind):
    """A file from before the default list has none afterwards either."""
    path = new_file(tmp_path / f"a.{kind}")
    path.chmod(0o640)
    before = command("getfacl", "-cpn", str(path))
    command("setfacl", "-d", "-m", "u:12345:rwx", str(tmp_path))
    done = apply(path, backup=True)
    assert_edited(path, done)
    for name in (path, done["backup_file"]):
        assert command("getfacl", "-cpn", str(name)) == before


@kinds
def test_a_link_to_another_folder_stays_and_the_copy_is_there(tmp_path, kind):
    """A link to a link, one of them relative."""
    (tmp_path / "there").mkdir()
    path = new_file(tmp_path / "there" / f"a.{kind}")
    (tmp_path / "middle").symlink_to(Path("there", path.name))
    link = tmp_path / f"link.{kind}"
    link.symlink_to(tmp_path / "middle")
    done = apply(link, backup=True)
    assert_edited(path, done)
    assert link.readlink() == tmp_path / "middle"
    assert Path(done["backup_file"]).parent == path.parent
    assert sorted(os.listdir(tmp_path)) == sorted([link.name, "middle", "there"])


@kinds
def test_a_link_to_another_disk_stays(tmp_path, kind):
    """The new text is written on the disk of the file, not on that of the link."""
    if not os.path.isdir("/dev/shm") or os.stat("/dev/shm").st_dev == os.stat(tmp_path).st_dev:
        pytest.skip("there is no other disk")
    with tempfile.TemporaryDirectory(dir="/dev/shm") as other:
        path = new_file(Path(other, f"a.{kind}"))
        link = tmp_path / f"link.{kind}"
        link.symlink_to(path)
        assert_edited(path, apply(link))
        assert link.readlink() == path
        assert os.listdir(other) == [path.name]


@kinds
def test_a_hard_link_is_refused_openly(tmp_path, kind):
    """Both names keep the one file."""
    path = new_file(tmp_path / f"a.{kind}")
    os.link(path, tmp_path / "other")
    assert_refused(path, apply(path, backup=True), "hard links")
    assert path.samefile(tmp_path / "other")
    assert sorted(os.listdir(tmp_path)) == sorted([path.name, "other"])


@pytest.mark.skipif(is_root, reason="root may write everywhere")
@kinds
def test_a_folder_that_may_not_be_written_is_named_as_the_reason(tmp_path, kind):
    """Permission denied; the file stays."""
    path = new_file(tmp_path / f"a.{kind}")
    tmp_path.chmod(0o500)
    done = apply(path, backup=True)
    tmp_path.chmod(0o700)
    assert_refused(path, done, "Permission denied")


def missing(folder):
    return folder / "none.json"


def without_parent(folder):
    return folder / "none" / "a.json"


def below_a_file(folder):
    return new_file(folder / "a.json") / "b.json"


def dangling(folder):
    (folder / "link.json").symlink_to(folder / "none.json")
    return folder / "link.json"


def circle(folder):
    (folder / "link.json").symlink_to(folder / "link.json")
    return folder / "link.json"


def pipe(folder):
    os.mkfifo(folder / "pipe.json")
    return folder / "pipe.json"


def device(_folder):
    return Path("/dev/zero")


@pytest.mark.parametrize(
    ("target", "words"),
    [
        (missing, "No such file"),
        (without_parent, "No such file"),
        (below_a_file, "Not a directory"),
        (dangling, "No such file"),
        (circle, "symbolic links"),
        (pipe, "not a regular file"),
        (device, "not a regular file"),
        (Path, "not a regular file"),
    ],
)
def test_what_is_no_file_of_settings_is_refused_at_once(tmp_path, target, words):
    """Nothing is made, nothing waits; the path is the one that was tried, links followed."""
    path = target(tmp_path)
    before = sorted(os.listdir(tmp_path))
    done = apply(path)
    assert (done["failed"], done["error"], done["changed"]) == (True, "file_refused", False)
    assert words in done["msg"], done["msg"]
    assert f"config_file.path: {os.path.realpath(path)} " in done["msg"]
    assert sorted(os.listdir(tmp_path)) == before


@pytest.mark.parametrize("length", [214, 230, 234, 245, 250])
def test_a_name_with_no_room_for_a_longer_one_is_cut_for_what_stands_beside_it(tmp_path, length):
    """The draft and the copy have names of at most 255 bytes, also where a letter has two."""
    path = new_file(tmp_path / f"{'a' * (length % 2)}{'é' * (length // 2)}.json")
    done = apply(path, backup=True)
    assert_edited(path, done)
    copy = Path(done["backup_file"])
    assert copy.read_text() == TEXTS["json"]
    assert copy.name.endswith("~")


def test_what_a_killed_run_left_is_removed_and_nothing_else(tmp_path):
    """Files of users and of other targets may have similar names."""
    path = new_file(tmp_path / "a[1].json")
    others = [
        ".b.json.rpaops-abcdefgh",
        ".a[1].json.rpaops-",
        ".a[1].json.rpaops-notes.txt",
        "a1.json",
    ]
    for name in (".a[1].json.rpaops-abcdefgh", *others):
        (tmp_path / name).touch()
    assert_edited(path, apply(path))
    assert sorted(os.listdir(tmp_path)) == sorted([path.name, *others])


def test_a_name_with_a_nul_character_is_refused():
    """No system has such a name."""
    assert "NUL" in mail_settings(config_file={"path": "a\0.json"}, smtp_host="x").result["msg"]
