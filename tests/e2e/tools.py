# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Other programs that run our playbooks, each in a virtual environment of its own."""

from __future__ import annotations

import subprocess
import sys
import typing as t

from support.places import ROOT

if t.TYPE_CHECKING:
    from pathlib import Path

#: What each needs; raised on purpose, as what they do is asserted word for word.
PACKAGES: t.Mapping[str, tuple[str, ...]] = {
    "navigator": ("ansible-core==2.21.5", "ansible-navigator==26.10.0", "ansible-runner==2.4.3"),
    "rulebook": ("ansible-core==2.21.5", "ansible-rulebook==1.3.2"),
}


def environment_of(name: str) -> Path:
    """The virtual environment of ``name``, made where it is missing or has other versions."""
    folder, wanted = ROOT / "build" / "tools" / name, "\n".join(PACKAGES[name])
    complete = folder / ".complete"
    if not complete.exists() or complete.read_text(encoding="utf-8") != wanted:
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], check=True)
        pip = [str(folder / "bin" / "pip"), "install", "--quiet", *PACKAGES[name]]
        subprocess.run(pip, check=True)
        complete.write_text(wanted, encoding="utf-8")
    return folder
