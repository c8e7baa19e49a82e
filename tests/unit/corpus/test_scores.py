# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How the diagnoses of a corpus are counted."""

from __future__ import annotations

from corpus import Case
from corpus.scores import NO_CAUSE, by_kind, misses, score

RIGHT = Case("auth", "own", None, "535 no", "auth-failed", "test")
WRONG = Case("auth", "own", None, "535 no", "auth-expired", "test")
ADMITTED = Case("data", "own", True, "554 strange", "virus", "test")
NOTHING_TO_TELL = Case("data", "own", True, "554 strange", "generic-5xx", "test")
OVERCLAIMED = Case("data", "own", True, "554 virus", "generic-5xx", "test")


def test_right_admitted_and_wrong_are_told_apart():
    """An admission is not a wrong cause, a cause where none can be told is one."""
    counted = score([RIGHT, WRONG, ADMITTED, NOTHING_TO_TELL, OVERCLAIMED])

    assert counted[:4] == (5, 2, 1, 2)


def test_precision_asks_what_was_claimed_and_recall_what_there_is():
    """A wrong claim costs the kind that it names."""
    scores = by_kind([RIGHT, ADMITTED, OVERCLAIMED])

    assert (scores["credentials"].precision, scores["credentials"].recall) == ("100.0 %", "100.0 %")
    assert (scores["policy"].precision, scores["policy"].recall) == ("0.0 %", "0.0 %")
    assert scores[NO_CAUSE].recall == "0.0 %"


def test_every_miss_is_shown_with_its_words():
    """So that somebody can correct the table, or the label."""
    assert misses([RIGHT, WRONG]) == ["auth, own: 535 no - is auth-expired, was called auth-failed"]
