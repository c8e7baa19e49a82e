# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A comparison says what it lacks before it begins."""

from __future__ import annotations

import pytest
from measure.compare.needs import Need, insist
from support.places import HERE

NEEDS = (
    Need("a program", ("no-such-program",), "get it"),
    Need("a file", ("ls", "no-such-file"), "make it"),
    Need("a folder", ("ls", "home"), "never asked for"),
)


def test_all_that_is_missing_is_named_at_once():
    """With the fix of each, once, and nothing that is there."""
    with pytest.raises(SystemExit) as raised:
        insist([*NEEDS, *NEEDS], HERE)

    assert str(raised.value) == "missing: a program (get it)\nmissing: a file (make it)"


def test_nothing_is_said_when_all_is_there():
    """The comparison goes on."""
    insist(NEEDS[2:], HERE)
