# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The page on security promises nothing that no test holds."""

from __future__ import annotations

import re

import pytest
from support.places import PAGES, TESTS

PAGE = (PAGES / "security.rst").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"``(test_\w+)``", PAGE)))
FILES = [*TESTS.rglob("test_*.py"), *(TESTS / "support").glob("*.py")]
THERE = {
    name
    for path in FILES
    for name in re.findall(r"^\s*def (test_\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)
}


@pytest.mark.parametrize("name", NAMED)
def test_the_test_that_holds_a_promise_is_there(name):
    """A test that is renamed is renamed here as well."""
    assert name in THERE


def test_every_promise_names_what_holds_it():
    """No row of the tables is without one."""
    rows = re.findall(r"^   \* - (.*?)(?=^   \* -|^\S)", PAGE, re.MULTILINE | re.DOTALL)
    promises = [row for row in rows if not row.startswith("What holds")]

    assert len(promises) > 25
    assert [row for row in promises if "``test_" not in row and "make leaks" not in row] == []
