# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where reports are written, and that a set of them is whole."""

from __future__ import annotations

import os

import pytest
from ansible_collections.rpaops.orchestrator.plugins.module_utils._errors import Failure
from ansible_collections.rpaops.orchestrator.plugins.plugin_utils._files import written

TEXTS = {"one.txt": "eins\n", "two.txt": "zw\u00f6lf\n"}


def test_a_relative_folder_starts_where_the_command_was_started(tmp_path, monkeypatch):
    """It is made, and the paths that come back are full ones."""
    monkeypatch.chdir(tmp_path)

    paths = written("new/reports", TEXTS)

    assert paths == [str(tmp_path / "new/reports" / name) for name in TEXTS]
    assert (tmp_path / "new/reports/two.txt").read_text(encoding="utf-8") == "zw\u00f6lf\n"


def test_a_folder_may_begin_at_home(tmp_path, monkeypatch):
    """As in a shell."""
    monkeypatch.setenv("HOME", str(tmp_path))

    assert written("~/reports", TEXTS)[0] == str(tmp_path / "reports/one.txt")


def test_files_are_replaced_and_nothing_else_is_left(tmp_path):
    """Whoever has the old one open keeps it whole."""
    written(str(tmp_path), {"one.txt": "old"})
    with open(tmp_path / "one.txt", encoding="utf-8") as old:
        written(str(tmp_path), TEXTS)
        assert old.read() == "old"

    assert sorted(os.listdir(tmp_path)) == sorted(TEXTS)


def test_a_link_is_replaced_and_not_followed(tmp_path):
    """A report never writes into a file that somebody pointed it at."""
    (tmp_path / "other").write_text("mine", encoding="utf-8")
    (tmp_path / "one.txt").symlink_to(tmp_path / "other")

    written(str(tmp_path), TEXTS)

    assert (tmp_path / "other").read_text(encoding="utf-8") == "mine"
    assert not (tmp_path / "one.txt").is_symlink()


def test_others_may_read_what_the_umask_lets_them(tmp_path):
    """As any file that a command makes."""
    before = os.umask(0o027)
    try:
        written(str(tmp_path), TEXTS)
    finally:
        os.umask(before)

    assert (tmp_path / "one.txt").stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("blocked", ["one.txt", "two.txt"])
def test_none_is_new_when_one_cannot_be(tmp_path, blocked):
    """And no draft is left behind."""
    (tmp_path / blocked).mkdir()

    with pytest.raises(Failure, match="directory: .* cannot be written"):
        written(str(tmp_path), TEXTS)

    assert os.listdir(tmp_path) == [blocked]


@pytest.mark.parametrize("folder", ["file", "file/below", "nul\0"])
def test_a_folder_that_cannot_be_is_named(tmp_path, monkeypatch, folder):
    """With the option and what to do."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").write_text("", encoding="utf-8")

    with pytest.raises(Failure, match="name a folder that can be"):
        written(folder, TEXTS)
