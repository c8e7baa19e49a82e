# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Marked parts of pages: filled, read, refused."""

from __future__ import annotations

import pytest
from measure.benchmarks.__main__ import PARTS
from support.page import fill, part, places, require, rows, table
from support.places import PAGES

TEXT = """Words.

.. begin one

old

.. end one

.. begin other

.. end other
"""
#: What the programs that measure write, and where; the play for Windows is read and run by a test.
WRITTEN = {
    "benchmarks.rst": ["machine", *PARTS],
    "config_files.rst": ["versions", "table"],
    "gitops.rst": ["situations"],
    "diagnosis.rst": ["scores", "diagnoses"],
    "mail_check.rst": ["versions", "table"],
    "providers.rst": ["providers"],
    "secrets.rst": ["channels", "ansible"],
    "support.rst": ["cores", "targets", "coverage"],
    "windows.rst": ["play"],
    "wire.rst": ["endings", "mutants"],
}


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "page.rst"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_a_part_is_filled_and_the_rest_stays(page):
    """A backslash is no reference to a group, and a second time changes nothing."""
    for _time in range(2):
        fill(page, "one", "new \\1 é\nlines\n")

    assert page.read_text(encoding="utf-8") == TEXT.replace("old", "new \\1 é\nlines")
    assert part(page, "one") == "new \\1 é\nlines"


def test_an_empty_part_is_a_place(page):
    """It reads as nothing, and takes a text."""
    assert (places(page), part(page, "other")) == (["one", "other"], "")
    fill(page, "other", table([["a", "b"], ["c", "d"]]))

    assert part(page, "other").splitlines()[3:] == ["   * - a", "     - b", "   * - c", "     - d"]


def test_a_table_is_read_back_without_its_head():
    """A picture is drawn from what a page says."""
    assert rows(table([["Way", "s"], ["one", "1.0"], ["other", ""]])) == [
        ["one", "1.0"],
        ["other", ""],
    ]
    assert rows("words") == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (".. begin one", ".. begin none"),
        (".. end one", ".. end none"),
        (".. begin other", ".. begin one"),
        (".. end other", ".. end one"),
        (TEXT, ".. end one\n.. begin one\n"),
    ],
)
def test_a_page_without_one_place_is_left_alone(page, old, new):
    """No mark, a mark too many, marks in the wrong order."""
    page.write_text(TEXT.replace(old, new), encoding="utf-8")
    with pytest.raises(ValueError, match="needs one '.. begin one' and one '.. end one' below"):
        fill(page, "one", "new")

    assert page.read_text(encoding="utf-8") == TEXT.replace(old, new)


def test_a_place_that_is_missing_is_named_before_the_work(page):
    """So that no measurement of a quarter of an hour is lost at its end."""
    require(page, ["one", "other"])
    with pytest.raises(ValueError, match="page.rst needs one '.. begin third'"):
        require(page, ["one", "third"])


@pytest.mark.parametrize("name", sorted(path.name for path in PAGES.glob("*.rst")))
def test_every_marked_part_has_somebody_who_writes_it(name):
    """Or runs it; and whatever is written has its place."""
    assert sorted(places(PAGES / name)) == sorted(WRITTEN.get(name, []))
