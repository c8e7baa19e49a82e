# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Edit copies of all configuration files below a folder, and report damage, parity and refusals.

    PYTHONPATH=tests:collections python -m measure.field_files FOLDER [--layout LAYOUT] [--list]

Every file whose name says JSON, XML or YAML is copied, read, foreseen, edited and edited again;
other parsers (pyjson5, ruamel.yaml, lxml) compare what was with what is. Nothing in the folder is
changed. Ends with an error if anything was damaged or said differently by check mode.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import tempfile
import typing as t
from collections import Counter
from pathlib import Path

from ansible_collections.rpaops.orchestrator.plugins.module_utils._files.formats import ENDINGS
from support.file_oracle import judged

LARGEST = 4_000_000
DECLARED = {
    "smtp_host": "smtp.example.com",
    "smtp_port": 587,
    "enable_ssl": True,
    "smtp_username": "robot@example.com",
    "default_from_address": "robot@example.com",
}
#: Not every layout has a place for it.
NAME = {"default_from_display_name": "Robots, Inc #1"}
_PLACE = re.compile(r", line \d+, column \d+")
_QUOTED = re.compile(r"'[^']*'|\([^)]*\)")


def files(folder: Path) -> t.Iterator[tuple[str, Path]]:
    """The files to try, with their formats; what a version control keeps for itself is left out."""
    for above, names, found in os.walk(folder):
        names[:] = sorted(name for name in names if name != ".git")
        for name in sorted(found):
            kinds = [kind for ending, kind in ENDINGS.items() if name.lower().endswith(ending)]
            path = Path(above, name)
            if kinds and path.is_file() and path.stat().st_size <= LARGEST:
                yield kinds[0], path


def tried(folder: Path, layout: str) -> t.Iterator[tuple[str, Path, str, str]]:
    """Format, path, how the edit of a copy ended, and what was said."""
    settings = {**DECLARED, **({} if layout == "mail_settings" else NAME)}
    with tempfile.TemporaryDirectory() as scratch:
        for kind, path in files(folder):
            # Under its own name, as that tells the format; alone, as neighbours may matter.
            copy = Path(scratch, path.name)
            copy.write_bytes(path.read_bytes())
            verdict = judged(copy, kind, {"layout": layout}, settings)
            yield kind, path, verdict.word, verdict.text
            copy.unlink()


def reason(text: str) -> str:
    """A refusal without what is particular to one file."""
    return _QUOTED.sub("…", _PLACE.sub("", text))[:110]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--layout", default="app_settings")
    parser.add_argument("--list", action="store_true", help="name every file")
    asked = parser.parse_args()
    ended: Counter[tuple[str, str]] = Counter()
    reasons: Counter[str] = Counter()
    for kind, path, word, said in tried(asked.folder, asked.layout):
        ended[kind, word] += 1
        reasons[reason(said)] += word in ("refused", "disproven")
        if asked.list or word in ("alarm", "disproven"):
            print(f"{word}: {path}: {said}")
    for (kind, word), number in sorted(ended.items()):
        print(f"{number:>8} {kind} {word}")
    print("refused because:")
    for text, number in reasons.most_common():
        print(f"{number:>8} {text}" if number else "", end="\n" if number else "")
    return int(any(word == "alarm" for _kind, word in ended))


if __name__ == "__main__":
    sys.exit(main())
