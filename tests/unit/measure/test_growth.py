# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The exponent that the benchmarks give for what grows."""

from __future__ import annotations

import math

import pytest
from measure.benchmarks.growth import LEAST, exponent

SIZES = (1000, 2000, 4000, 8000)


@pytest.mark.parametrize("power", [0.0, 0.5, 1.0, 2.0])
def test_the_exponent_is_the_power_that_something_grows_with(power):
    """Whatever it costs by the piece."""
    measured = {size: 0.003 * size**power for size in SIZES}

    assert exponent(measured) == pytest.approx(power)


def test_a_fixed_cost_beside_the_growth_makes_the_exponent_smaller():
    """So it is taken of the time above an empty play."""
    assert exponent({size: 5 + size / 1000 for size in SIZES}) < 0.6


def test_a_difference_below_the_clock_is_a_number_all_the_same():
    """An empty play may take longer than the smallest case beside it."""
    found = exponent({1000: -0.2, 2000: LEAST})

    assert math.isclose(found, 0.0)
