# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Generated pages of the site, as they are changed before the site is made of them."""

from __future__ import annotations

import pytest
from tools import site_pages

INDEX = """.. _plugins_in_a.b:

A.B
===

Changelog
---------

changes

.. _plugin_index:

Plugin Index
------------

plugins

Guides
------

guides

Reference
---------

pages

Role Index
----------

roles
"""


def entry(name, *variables):
    """An entry point of a role, as it is generated."""
    rows = "".join(f".. _x__parameter-{name}__{variable}:\n" for variable in variables)
    label = f".. _x__entrypoint-{name}:\n\nEntry point {name}, as a.b.c#role:{name}:x says\n"
    return f"\n{label}\nParameters\n^^^^^^^^^^\n{rows}\n.. Notes\n"


def test_the_front_page_says_what_it_is_and_then_lists_pages():
    """In the order of somebody who is new, with the label that other pages point to."""
    made = site_pages.front(INDEX, "What it is")

    assert made.startswith(".. _plugins_in_a.b:\n\nWhat it is\n")
    assert made.index("guides") < made.index("pages") < made.index("roles") < made.index("changes")


def test_a_front_page_without_a_list_is_an_error():
    """Whoever generates it may call the lists otherwise one day."""
    with pytest.raises(ValueError, match="no Guides"):
        site_pages.front(INDEX.replace("Guides\n", "Guide\n"), "")


def test_the_variables_of_a_role_are_listed_once():
    """Unless an entry point has others; main is the first."""
    page = "Head\n" + entry("apply", "x", "y") + entry("main", "x", "y") + entry("report", "z")

    made = site_pages.role(page + "\n.. Extra links\nend")

    assert made.index("entrypoint-main") < made.index("entrypoint-apply")
    assert "parameter-apply__x" not in made
    assert "parameter-main__y" in made
    assert "parameter-report__z" in made
    assert made.count("#role:main:x") == 2
    assert made.endswith("\n.. Extra links\nend")


def test_the_install_command_fetches_from_git():
    """A module page does not send anybody to a registry that does not have it."""
    assert site_pages.install("ansible\\-galaxy collection install rpaops.orchestrator`.").endswith(
        "install git+https://github.com/rpaops/orchestrator.git`."
    )
