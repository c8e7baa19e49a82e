# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Some hundred cases of the model; ``make model`` runs ten thousand."""

from __future__ import annotations

import pytest
from ansible_collections.rpaops.orchestrator.plugins.module_utils._reconcile import read_back
from ansible_collections.rpaops.orchestrator.plugins.module_utils._reconcile import store as storing
from ansible_collections.rpaops.orchestrator.plugins.module_utils._server import patience
from fake.orchestrator import FAULTS

from .cases import POSITIONS, SLOW, case
from .play import Play

CASES, PIECES = 330, 11
#: What a mutant does to the collection, and the rule that finds it.
MUTANTS = {
    "believes every yes": (read_back.Writing, "missing", property(lambda self: ())),
    "sends what nobody declared": (
        storing.Store,
        "send",
        lambda self, part, along: self.backend.write(
            {**self.change.after, **self._wanted(part)}, self.change.current, along
        ),
    ),
}


@pytest.fixture(scope="module")
def play():
    kept = read_back.SETTLING, patience.FIRST_WAIT, patience.REFUSAL_STEP
    playing = Play()
    yield playing
    playing.close()
    read_back.SETTLING, patience.FIRST_WAIT, patience.REFUSAL_STEP = kept


def numbers(start):
    """Every eleventh case, without those that wait for a peer that never answers."""
    chosen = range(start, CASES, PIECES)
    return [n for n in chosen if not {f["fault"] for f in case(n).faults} & {*SLOW}]


@pytest.mark.parametrize("start", range(PIECES))
def test_what_a_run_says_is_what_holds(play, start):
    """No case breaks a rule."""
    wrong = {number: found for number in numbers(start) if (found := play.wrong(case(number)))}

    assert wrong == {}


@pytest.mark.parametrize("mutant", MUTANTS)
def test_a_collection_that_breaks_a_rule_is_found_out(play, monkeypatch, mutant):
    """The rules can fail."""
    owner, name, other = MUTANTS[mutant]
    monkeypatch.setattr(owner, name, other)

    assert any(play.wrong(case(number)) for number in numbers(2) + numbers(5))


def test_the_cases_of_the_named_command_turn_every_switch_and_meet_every_fault():
    """Every position of every switch, and every fault at every kind of request."""
    cases = [case(number) for number in range(10_000)]
    switches = {str(item) for one in cases for item in one.switches.items()}
    faults = {(f["operation"], f["fault"]) for one in cases for f in one.faults}

    assert {str(position) for position in POSITIONS} <= switches
    operations = {operation for operation, _fault in faults}
    assert len(operations) == 8
    assert {(o, f) for o in operations for f in FAULTS} <= faults


def test_the_same_number_is_the_same_case():
    """A wrong case can be looked at again."""
    assert case(7) == case(7) != case(8)
