# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Import everything that runs on a target, with the Python of the target.

    python3.9 tests/tools/import_plugins.py SITE-PACKAGES...

Each argument is a folder that holds ansible-core: it lends `ansible.module_utils`, which on a
real target comes with the module.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

COLLECTION = "ansible_collections.rpaops.orchestrator"
ROOT = Path(__file__).resolve().parents[2]


def names() -> list[str]:
    """Return the import names of all modules and their utilities."""
    files = [
        path
        for folder in ("module_utils", "modules")
        for path in sorted((ROOT / "plugins" / folder).rglob("*.py"))
    ]
    return [".".join((COLLECTION, *path.relative_to(ROOT).with_suffix("").parts)) for path in files]


def main() -> int:
    """Import all, and say how many; an import that fails ends with its own traceback."""
    sys.path[:0] = [str(ROOT / "collections"), *sys.argv[1:]]
    for name in names():
        importlib.import_module(name)
    print(f"{len(names())} files imported on Python {sys.version.split()[0]}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
