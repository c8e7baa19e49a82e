# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The script that tries any folder of real files changes none of them and reports what it saw."""

from __future__ import annotations

import sys

import pytest
from measure import field_files

FILES = {
    "a/appsettings.json": '{"Settings": {"Abp.Mailing.Smtp.Host": "a"}}',
    "a/odd.json": "[1]",
    "b/values.yaml": "Abp.Net.Mail.Smtp.Host: a\n",
    "b/web.config": "<configuration><appSettings/></configuration>",
    "b/notes.txt": "nothing to do with it",
    ".git/config.json": "{}",
}


@pytest.fixture
def folder(tmp_path):
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    return tmp_path


def test_every_file_of_the_three_formats_is_tried_on_a_copy(folder):
    """How each edit ended; the folder is as it was."""
    ended = {
        str(path.relative_to(folder)): word
        for _kind, path, word, _said in field_files.tried(folder, "app_settings")
    }
    assert ended == {
        "a/appsettings.json": "edited",
        "a/odd.json": "refused",
        "b/values.yaml": "edited",
        "b/web.config": "edited",
    }
    assert {name: (folder / name).read_text() for name in FILES} == FILES


def test_the_report_counts_and_gives_reasons(folder, capsys, monkeypatch):
    """Damage would be an exit code of its own."""
    monkeypatch.setattr(sys, "argv", ["field_files", str(folder)])
    assert field_files.main() == 0
    said = capsys.readouterr().out
    assert "1 json edited" in said
    assert "1 config_file.path: the file must hold one JSON object" in said
