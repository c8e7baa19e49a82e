# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where things are in a clone."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TESTS = ROOT / "tests"
COLLECTIONS = ROOT / "collections"
PAGES = ROOT / "docs" / "docsite" / "rst"
#: On ``PYTHONPATH`` it makes a task of the user ``exception`` end in an exception.
FAILING = TESTS / "support" / "failing"
#: The environment that this Python belongs to; its programs are in ``bin``.
HERE = Path(sys.executable).parents[1]
