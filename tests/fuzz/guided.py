# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Search guided by coverage: ``python -m fuzz.guided TARGET FOLDER SECONDS``.

``FOLDER`` keeps the inputs that reach something new; a finding is left where this was started.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import atheris

PRODUCT = "ansible_collections.rpaops.orchestrator"


def main() -> None:
    name, folder, seconds = sys.argv[1:]
    with atheris.instrument_imports(include=[PRODUCT]):
        from .targets import CORPUS, TARGETS
    for number, path in enumerate(sorted((CORPUS / name).iterdir())):
        shutil.copy(path, Path(folder) / f"known-{number}")
    words = Path(folder).parent / f"{Path(folder).name}.dict"
    words.write_text("".join(f"{_quoted(word)}\n" for word in TARGETS[name].words if word))
    options = [f"-dict={words}", f"-max_total_time={seconds}", "-max_len=4096", "-timeout=30"]
    try:
        arguments = [sys.argv[0], *options, f"-artifact_prefix=fuzz-finding-{name}-", folder]
        atheris.Setup(arguments, TARGETS[name].check)
        atheris.Fuzz()
    finally:
        words.unlink()


def _quoted(word: bytes) -> str:
    return '"' + "".join(f"\\x{octet:02x}" for octet in word) + '"'


if __name__ == "__main__":
    main()
