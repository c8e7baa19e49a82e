# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A short run of what ``make fuzz`` feeds for minutes, and every input that once broke a thing."""

from __future__ import annotations

import pytest
from fuzz.peers import explore
from fuzz.targets import CORPUS, TARGETS

KNOWN = sorted(path for path in CORPUS.rglob("*") if path.is_file())


@pytest.mark.parametrize("path", KNOWN, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_what_once_broke_something_breaks_nothing(path):
    """The promises of its target hold for it."""
    TARGETS[path.parent.name].check(path.read_bytes())


@pytest.mark.parametrize("name", TARGETS)
def test_generated_inputs_break_nothing(name):
    """The same few in every run; ``make fuzz`` tries others."""
    explore(TARGETS[name], examples=40)


def test_every_target_has_known_inputs():
    """A new one brings at least what is usual."""
    assert {path.name for path in CORPUS.iterdir()} == set(TARGETS)
