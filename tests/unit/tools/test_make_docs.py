# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The parts of the documentation that are made from data say what the data says."""

from __future__ import annotations

import pytest
from support.page import part
from tools.make_docs import PARTS


@pytest.mark.parametrize(("page", "name", "make"), PARTS, ids=[row[1] for row in PARTS])
def test_a_part_made_from_data_is_current(page, name, make):
    """After a change of the data, somebody ran ``python tests/tools/make_docs.py``."""
    assert part(page, name) == make().strip("\n")
