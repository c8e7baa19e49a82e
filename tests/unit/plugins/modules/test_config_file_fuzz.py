# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A short run of the generated configuration files that ``make fuzz`` edits for minutes."""

from __future__ import annotations

import math

import pytest
from fuzz.files import KINDS, many


@pytest.mark.parametrize("kind", KINDS)
def test_generated_files_are_edited_as_other_parsers_see_it_or_refused(kind):
    """Nothing else differs, check mode says the same, the second run is quiet."""
    counted = many([kind], range(1, 301), math.inf)
    assert counted[f"{kind} edited"] > 30, counted
    assert counted[f"{kind} refused"] > 10, counted
