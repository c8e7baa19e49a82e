# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which hosts a playbook works on; that there is one is not left to chance."""

from __future__ import annotations

import pytest
from ansible.parsing.dataloader import DataLoader
from ansible_collections.rpaops.orchestrator.plugins.module_utils._errors import Failure
from ansible_collections.rpaops.orchestrator.plugins.plugin_utils._role.hosts import choice

GROUPS = {"all": ["a", "b", "c"], "ungrouped": [], "web": ["a", "b"], "db": ["c"]}
DEFAULT = {"ansible_inventory_sources": ["/etc/ansible/hosts"]}


def chosen(pattern, limit=None, groups=None, **more):
    task_vars = {
        "groups": GROUPS if groups is None else groups,
        "ansible_inventory_sources": ["/x/hosts"],
        **more,
    }
    return choice(
        pattern, {**task_vars, **({"ansible_limit": limit} if limit else {})}, DataLoader()
    )


@pytest.mark.parametrize(
    ("pattern", "limit", "expected"),
    [
        ("", None, "all"),
        ("web", None, "web"),
        (["web", "!b"], None, "web,!b"),
        ("web:db:&all", None, "web:db:&all"),
        ("web", "a", "web"),
        ("", "db", "all"),
        ("~[ab]", "all:!b", "~[ab]"),
    ],
)
def test_a_pattern_that_matches_is_the_pattern(pattern, limit, expected):
    """Ansible itself looks it up; a limit counts."""
    assert chosen(pattern, limit) == expected


@pytest.mark.parametrize(("pattern", "limit"), [("typo", None), ("web", "db"), ("web:&db", None)])
def test_a_pattern_that_matches_nothing_is_a_failure(pattern, limit):
    """With a limit or without."""
    with pytest.raises(Failure) as caught:
        chosen(pattern, limit)

    assert caught.value.error == "no_hosts"
    assert pattern in str(caught.value)
    assert "/x/hosts" in str(caught.value)


def test_without_an_inventory_it_is_this_machine():
    """Nobody named one, and Ansible's own default has no host."""
    assert chosen("", groups={"all": []}, **DEFAULT) == "localhost"


def test_an_inventory_without_hosts_is_a_failure():
    """It was named, so this machine was not meant."""
    with pytest.raises(Failure):
        chosen("", groups={"all": []})
