# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Goals of the benchmarks: judged by what was measured, and drawn."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from measure.benchmarks.__main__ import GOALS, PICTURE
from measure.benchmarks.goals import Goal
from measure.benchmarks.picture import picture
from support.page import part, places, rows
from support.places import PAGES

SVG = "{http://www.w3.org/2000/svg}"
PAGE = PAGES / "benchmarks.rst"


@pytest.mark.parametrize(("measured", "verdict"), [(1.9, "met"), (2.0, "met"), (2.1, "missed")])
def test_a_goal_is_met_up_to_what_it_allows(measured, verdict):
    """The verdict is the last cell."""
    assert Goal("a play", "2 × debug play", 2.0, measured).row()[-1] == verdict


def test_a_bar_is_as_long_as_the_share_of_the_goal():
    """Half of the goal is half as long as the whole, and another colour means missed."""
    made = [Goal("a < b", "r", 2.0, measured).row() for measured in (1.0, 2.0, 2.1)]
    _paper, half, whole, more = ElementTree.fromstring(picture(made)).iter(f"{SVG}rect")

    assert int(whole.attrib["width"]) == 2 * int(half.attrib["width"])
    assert half.attrib["fill"] == whole.attrib["fill"] != more.attrib["fill"]


@pytest.mark.parametrize(
    "name", [name for name in places(PAGE) if name not in ("machine", "ceiling")]
)
def test_every_table_on_the_page_begins_with_its_head(name):
    """A question that forgot it would lose its first way to it."""
    first = [line for line in part(PAGE, name).splitlines() if line.startswith("   * - ")][:1]

    assert first in ([], ["   * - Work"])


def test_the_picture_on_the_page_shows_the_goals_on_the_page():
    """Both are written together, and nobody changes one of them by hand."""
    tables = [rows(part(PAGE, name)) for name in places(PAGE) if name.endswith(GOALS)]

    assert PICTURE.read_text(encoding="utf-8") == picture([row for rows in tables for row in rows])
