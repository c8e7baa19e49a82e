# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The playbook ``drift`` in every situation of a night: outcomes, exit status, six reports."""

from __future__ import annotations

import pytest
from support.page import part, table
from support.places import PAGES
from support.situations import CANARIES, HEADER, ODD, SITUATIONS, Situation, orchestrator, run, seen

PAGE = PAGES / "gitops.rst"


@pytest.fixture(scope="module")
def fake():
    with orchestrator() as running:
        yield running


@pytest.mark.parametrize("name", SITUATIONS)
def test_a_night_comes_to_what_the_page_says(project, fake, name):
    """Reports in all six formats, whatever happened; the collection itself is left alone."""
    installed = contents(project.collections)

    night = run(SITUATIONS[name], project, fake)

    row = "\n".join(table([HEADER, seen(name, night)]).splitlines()[-len(HEADER) :])
    assert row in part(PAGE, "situations"), night.done.output
    assert contents(project.collections) == installed
    assert not [
        word for word in CANARIES if word in night.done.output + "".join(night.texts.values())
    ]
    assert fake.count("Settings.UpdateBulk") == 0


def contents(folder):
    """The files of a folder and when they were changed."""
    found = (p for p in folder.rglob("*") if p.is_file() and "__pycache__" not in p.parts)
    return {path: path.stat().st_mtime_ns for path in found}


def test_the_page_tells_of_every_situation_and_of_no_other():
    """Whoever adds one runs ``python tests/tools/make_situations.py``."""
    told = [line for line in part(PAGE, "situations").splitlines() if line.startswith("   * - ")]

    assert len(told) == len(SITUATIONS) + 1


def test_a_change_by_hand_is_red_and_names_setting_value_and_wanted_one(project, fake):
    """In the terminal and in every report that people read."""
    night = run(Situation({"o": {"mail_smtp_port": 2525}}), project, fake)

    assert night.done.code == 2
    assert "o / T00001: drift: smtp_port is 25, declared is 2525" in night.done.output
    for ending in ("md", "html", "junit.xml", "sarif", "json"):
        assert [w for w in ("smtp_port", "25", "2525") if w not in night.texts[ending]] == [], (
            ending
        )


@pytest.mark.parametrize("ending", ["md", "junit.xml", "sarif", "html", "prom"])
def test_odd_names_take_no_effect(odd, ending):
    """No markup, no further line, no bell."""
    text = odd.texts[ending]

    assert "line\nend" not in text
    assert "\x07" not in text
    assert ending not in ("html", "junit.xml") or "<b>x" not in text
    assert ending != "md" or "a|b`" not in text


@pytest.fixture(scope="module")
def odd(tmp_path_factory, collections, fake):
    from support.project import Project

    name = next(name for name, night in SITUATIONS.items() if set(night.hosts) == set(ODD))
    return run(SITUATIONS[name], Project(tmp_path_factory.mktemp("odd"), collections), fake)
