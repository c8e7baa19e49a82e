# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A file replaced as a whole: by one at a time, against nobody, with a copy of what was."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

import pytest
from ansible_collections.rpaops.orchestrator.plugins.module_utils._errors import Failure
from ansible_collections.rpaops.orchestrator.plugins.module_utils._files.text_file import TextFile

TEXT = '{"Abp.Net.Mail.Smtp.Host": "old"}'


def write(path):
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_copies_of_the_same_second_are_all_kept(tmp_path):
    """Four edits, four copies, each of the text before."""
    path = tmp_path / "a.json"
    path.write_text("0")
    copies = [TextFile(str(path)).replace(str(number), backup=True) for number in range(1, 5)]
    assert [Path(copy).read_text() for copy in copies] == ["0", "1", "2", "3"]
    assert sorted(tmp_path.iterdir()) == sorted([path, *map(Path, copies)])


def test_waiting_for_a_lock_ends(tmp_path):
    """Somebody else has locked the folder for good; nothing is touched, also no leftovers."""
    path = write(tmp_path / "a.json")
    leftover = tmp_path / ".a.json.rpaops-abcdefgh"
    leftover.touch()
    descriptor = os.open(tmp_path, os.O_RDONLY)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    with pytest.raises(Failure, match="kept its folder locked"):
        TextFile(str(path)).replace("{}", backup=True, patience=0.01)
    os.close(descriptor)
    assert sorted(tmp_path.iterdir()) == sorted([path, leftover])
    assert path.read_text(encoding="utf-8") == TEXT


def test_an_edit_of_somebody_else_stays(tmp_path):
    """Read, changed by another, then written: refused, and no copy is left."""
    path = write(tmp_path / "a.json")
    held = TextFile(str(path))
    path.write_text("theirs")
    with pytest.raises(Failure, match="changed by somebody else"):
        held.replace("ours", backup=True)
    assert path.read_text() == "theirs"
    assert list(tmp_path.iterdir()) == [path]
