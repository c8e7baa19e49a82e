# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the stand-ins need beside Python, said before anything fails to import it.

Run by itself it prints one sentence for the demo, or nothing when all is there.
"""

from __future__ import annotations

import importlib.util
import shlex
import sys

#: Modules that are imported, by the names of the packages that have them.
PACKAGES = {"aiosmtpd": "aiosmtpd", "trustme": "trustme"}


def sentence(who: str) -> str:
    """What ``who`` is lacking and the command that brings it; empty when nothing is."""
    lacking = [name for name, module in PACKAGES.items() if not importlib.util.find_spec(module)]
    if not lacking:
        return ""
    command = f"{shlex.quote(sys.executable)} -m pip install {' '.join(lacking)}"
    return f"{who} needs {' and '.join(lacking)}: {command}"


if __name__ == "__main__":
    print(sentence("The demo"))
