# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the checks of every ansible-core make of what they are told."""

from __future__ import annotations

import pytest
from tools.checks import not_installable

RUN = 'Running sanity test "pep8"\nRunning sanity test "pylint"\n'


@pytest.mark.parametrize(
    ("end", "missing"),
    [("ERROR: Could not install packages due to an OSError\n", "pylint"), ("", "")],
    ids=["closed network", "all there"],
)
def test_a_sanity_test_that_cannot_be_had_is_named(end, missing):
    """It is the last one that was begun; a run to the end lacks none."""
    assert not_installable(RUN + end) == missing
