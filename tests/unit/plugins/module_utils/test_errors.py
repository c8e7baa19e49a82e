# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The sentences of all failures."""

from __future__ import annotations

import re
import string

import pytest
from ansible_collections.rpaops.orchestrator.plugins.module_utils._errors import TEXTS, Failure
from ansible_collections.rpaops.orchestrator.plugins.module_utils._settings import NAMES

OPTIONS = (*NAMES, "server", "config_file", "expect_plan", "mail_plan_file")


class Anything(dict):
    """A value for every placeholder, whatever its format."""

    def __missing__(self, name):
        return 1.5 if name in ("seconds", "asked") else f"({name})"


@pytest.mark.parametrize("error", TEXTS)
def test_a_sentence_begins_with_a_capital_or_an_option_and_ends_in_one_stop(error):
    """Whatever the facts are that fill it."""
    said = string.Formatter().vformat(TEXTS[error], (), Anything())

    assert said[0].isupper() or said.startswith(("(", *OPTIONS)), said
    assert re.search(r"[^.]\.$", said), said
    assert not re.search(r"\s\s|\s[.,;:]|\.\.(?!\.)", said), said


def test_a_fact_with_a_stop_of_its_own_does_not_bring_a_second_one():
    """Servers end their sentences, and ours go on."""
    said = str(Failure("bad_answer", target="here", reason="The client secret is wrong."))

    assert said.endswith("cannot be read: The client secret is wrong.")
