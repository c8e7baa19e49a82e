# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The words of refusals: where each is from, and that each is said."""

from __future__ import annotations

import ast
import re

import pytest
from fake.orchestrator.refusals import TEXTS, say
from support.places import TESTS

EVIDENCE = ("recorded", "near to recorded", "the form is recorded", "seen", "documented", "listed")
HANDLERS = sorted((TESTS / "fake" / "orchestrator").glob("*.py"))


@pytest.mark.parametrize("name", TEXTS)
def test_every_text_says_where_it_is_from(name):
    """Recorded, documented, in the words of the framework, or made up."""
    assert TEXTS[name].source.startswith((*EVIDENCE, "the words of ASP.NET", "made up"))


def test_every_text_is_said_with_its_facts_and_no_other_is():
    """A text that nobody says is not known to be right, and a fact left out would show braces."""
    said = {}
    for path in HANDLERS:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "say":
                facts = {given.arg for given in node.keywords}
                if isinstance(node.args[0], ast.Constant):
                    said[node.args[0].value] = facts

    # An application's refusal is called by the word of the standard.
    by_word = {
        "invalid_client": set(),
        "invalid_scope": {"scopes"},
        "unsupported_grant_type": set(),
    }
    assert {**said, **by_word} == {
        name: set(re.findall(r"\{(\w+)\}", text.words)) for name, text in TEXTS.items()
    }


def test_a_fact_that_looks_like_a_name_stays_as_it_is():
    """What somebody sent is never filled in."""
    assert say("no_setting", key="{tenant}") == "The setting {tenant} does not exist."
