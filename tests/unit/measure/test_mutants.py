# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Mutants: of every word of a request, wherever one is built, and of nothing that people read."""

from __future__ import annotations

import ast

import pytest
from measure.mutate.equivalent import EQUIVALENT
from measure.mutate.mutants import BUILDERS, PLUGINS, mutants
from support.places import ROOT

ALL = [mutant for path in BUILDERS for mutant in mutants(path)]
WORDS = {mutant.word for mutant in ALL}


def test_every_file_that_builds_a_request_is_changed():
    """A new one cannot be forgotten, except for what the probe only reads."""
    builders = set()
    for path in (ROOT / PLUGINS / "module_utils").rglob("*.py"):
        calls = [n for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.Call)]
        if any(getattr(call.func, "id", "") in ("Request", "pages") for call in calls):
            builders.add(path.relative_to(ROOT / PLUGINS).as_posix())

    assert builders <= set(BUILDERS)


@pytest.mark.parametrize(
    "word",
    [
        *(
            "GET",
            "PUT",
            "DELETE",
            "/odata/Settings",
            "/connect/token",
            "smtpSettings",
            "Content-Type",
        ),
        *("Bearer ", "$filter", "IsActive eq true", ".Read", "PM.Setting", "X-UIPATH-TenantName"),
    ],
)
def test_verbs_paths_members_headers_options_and_scopes_are_changed(word):
    """Also where they are put together, or put into a place of their own."""
    assert word in WORDS


def test_a_mutant_is_the_same_file_with_one_other_word():
    """It can be compiled, and one line differs."""
    for mutant in ALL:
        text = (ROOT / PLUGINS / mutant.path).read_text(encoding="utf-8")
        before, after = text.splitlines(), mutant.applied(text).splitlines()
        differ = [new for old, new in zip(before, after) if old != new]

        assert len(differ) == 1, mutant
        assert mutant.instead in differ[0]
        compile("\n".join(after), mutant.path, "exec")


def test_no_reason_stays_behind_after_its_mutant():
    """What is said to be equivalent is there."""
    assert EQUIVALENT.keys() <= {mutant.named for mutant in ALL}
