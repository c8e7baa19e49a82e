# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whom mail reaches: reasons and their order."""

from __future__ import annotations

import pytest
from ansible_collections.rpaops.orchestrator.plugins.module_utils._targets.audience import (
    FROM_DIRECTORY,
    OTHER,
    PERSON,
    UNHEARD,
    Roll,
    User,
    reason,
)

JANE = "jane@example.com"


@pytest.mark.parametrize(
    ("user", "why"),
    [
        (User("jane", JANE), None),
        (User("jane", JANE, is_active=False), "inactive"),
        (User("jane", "", is_active=False, is_confirmed=False), "inactive"),
        (User("jane", "", is_confirmed=False), "no_address"),
        (User("jane", "jane.example.com", is_confirmed=False), "bad_address"),
        (User("jane", JANE, is_confirmed=False), "address_not_confirmed"),
        (User("jane", JANE, FROM_DIRECTORY, is_confirmed=False), None),
        (User("jane", JANE, FROM_DIRECTORY, is_active=False), "inactive"),
    ],
)
def test_the_first_reason_is_the_one_that_is_said(user, why):
    """Nobody repairs the address of somebody who cannot sign in."""
    assert reason(user) == why


@pytest.mark.parametrize(
    "address",
    ["jane", "jane@", "@example.com", "jane doe@example.com", "a@b@c.com", "Jane <j@example.com>",
     "jane@example.com,joe@example.com", "jane@10.0.0.1", "jané@example.com", "jane@-example.com",
     "jane.@example.com", "jane@example..com", "jane@straße.example", "x" * 300],
)  # fmt: skip
def test_an_address_that_no_server_takes_is_bad(address):
    """The same judgement as for the recipients of a test message."""
    assert reason(User("jane", address)) == "bad_address"


@pytest.mark.parametrize("address", [JANE, "o'neil+x@example.co.uk", "jane@bücher.example", "j@m"])
def test_an_odd_but_good_address_is_good(address):
    """No false alarm."""
    assert reason(User("jane", address)) is None


def test_everybody_is_counted_once_and_only_people_are():
    """Reachable, not reachable and unknown add up to all people; unreachable ones are sorted."""
    users = [
        User("zoe", ""),
        User("Adam", "adam"),
        User("jane", JANE),
        User("corp\\joe", "", FROM_DIRECTORY, is_active=False),
        User("new thing", "", UNHEARD),
        User("robot", "", OTHER),
    ]

    assert Roll("tenant", users).audience() == {
        "level": "tenant",
        "users": 5,
        "reachable": 1,
        "unreachable": [
            {"user": "Adam", "reason": "bad_address"},
            {"user": "zoe", "reason": "no_address"},
        ],
        "unknown": 2,
    }


def test_a_stranger_is_an_address_that_nobody_has():
    """Whatever the letters; a group or an inactive user has one as well."""
    roll = Roll(
        "tenant", [User("jane", JANE, PERSON, is_active=False), User("all", "all@x", OTHER)]
    )

    asked = ["Jane@Example.com ", "ALL@X", "ops@example.com"]
    assert roll.strangers(asked) == ["ops@example.com"]


def test_an_address_stays_out_of_whatever_is_printed():
    """Not even the representation of a user shows it."""
    assert JANE not in repr(User("jane", JANE)) + repr(Roll("tenant", [User("jane", JANE)]))
