# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Edits of configuration files, each foreseen by check mode, made, and made once more."""

from __future__ import annotations

import json
import os
import typing as t
import xml.etree.ElementTree as ET
from pathlib import Path

import yaml
from support.run import mail_settings, mail_settings_info

Result = dict[str, t.Any]


def run(path: Path, check_mode: bool = False, **options: t.Any) -> Result:
    """One run on a file; ``file`` holds more options of ``config_file``."""
    file = {"path": str(path), **options.pop("file", {})}
    done = mail_settings(check_mode=check_mode, config_file=file, **options)
    return {**done.result, "warnings": done.warnings}


def edit(path: Path, **options: t.Any) -> Result:
    """An edit that must be possible; the run after it finds nothing to do."""
    done = both(path, **options)
    assert not done.get("failed"), done
    assert run(path, **options)["changed"] is False
    return done


def refusal(path: Path, **options: t.Any) -> str:
    """The sentence of an edit that must be refused."""
    done = both(path, **options)
    assert done.get("failed"), (done, path.read_text(encoding="utf-8"))
    assert done["error"] in ("file_refused", "invalid_option"), done
    return str(done["msg"])


def both(path: Path, **options: t.Any) -> Result:
    """Check mode, then the run; fails where they differ, or a refusal left a trace."""
    before, beside = path.read_bytes(), sorted(os.listdir(path.parent))
    foreseen = run(path, True, **options)
    assert (path.read_bytes(), sorted(os.listdir(path.parent))) == (before, beside)

    done = run(path, **options)
    assert {**done, "backup_file": None} == {**foreseen, "backup_file": None}
    if done.get("failed"):
        assert (path.read_bytes(), done["changed"]) == (before, False)
        assert sorted(os.listdir(path.parent)) == beside
    return done


def settings_in(path: Path, **file: t.Any) -> Result:
    """What ``mail_settings_info`` reads in a file."""
    done = mail_settings_info(config_file={"path": str(path), **file}).result
    assert not done.get("failed"), done
    return dict(done["settings"])


def content(path: Path) -> t.Any:
    """What an independent parser reads: an object, or the keys of ``appSettings``."""
    text = path.read_bytes()
    if path.suffix == ".json":
        return json.loads(text)
    if path.suffix in (".yml", ".yaml"):
        return yaml.safe_load(text)
    return {add.get("key"): add.get("value") for add in ET.fromstring(text).iter("add")}


def written(path: Path, text: str) -> Path:
    """Put a text into a file, to the letter; returns the path."""
    path.write_bytes(text.encode())
    return path
