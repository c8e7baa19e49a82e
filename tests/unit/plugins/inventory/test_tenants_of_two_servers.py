# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Two sources of the inventory plugin in one inventory."""

from __future__ import annotations

import pytest
from fake.orchestrator import FakeOrchestrator
from support.inventory import LOGIN, inventory_of, source


@pytest.fixture
def servers():
    tenants = {"Default": {}, "Lyon": {}}, {"Default": {}, "Oslo": {}}
    with FakeOrchestrator(version="2020.10", tenants=tenants[0]) as first:
        with FakeOrchestrator(version="2020.10", tenants=tenants[1]) as second:
            yield first, second


@pytest.fixture
def made(tmp_path):
    """A function from sources, each a server with options, to (address, tenant) by host."""

    def make(*sources):
        paths = [
            source(tmp_path, server, str(number), **LOGIN, **dict(*options))
            for number, (server, *options) in enumerate(sources)
        ]
        hosts = inventory_of(*paths).get_hosts()
        return {h.name: (h.vars["orchestrator_url"], h.vars["orchestrator_tenant"]) for h in hosts}

    return make


@pytest.fixture
def warnings(monkeypatch):
    said = []
    hear = "ansible.utils.display.Display.warning"
    monkeypatch.setattr(hear, lambda _display, text, **_more: said.append(text))
    return said


def test_tenants_of_two_servers_never_share_a_host(servers, made, warnings):
    """The later one gets a name of its own, and the user is told what to do about it."""
    first, second = servers
    found = made((first,), (second,))

    assert found["Default"] == (first.url, "Default")
    assert sorted(found.values()) == sorted(
        [(first.url, "Default"), (first.url, "Lyon"), (second.url, "Default"), (second.url, "Oslo")]
    )
    (said,) = warnings
    (other,) = [host for host, of in found.items() if of == (second.url, "Default")]
    for words in (first.url, second.url, f"'Default' is {other!r}", "host_prefix"):
        assert words in said


def test_a_prefix_keeps_hosts_of_two_servers_apart(servers, made, warnings):
    """The names are the same whichever source comes first, and nobody is warned."""
    prod, test = ((server, {"host_prefix": f"s{n}-"}) for n, server in enumerate(servers))

    assert made(prod, test) == made(test, prod)
    assert set(made(prod, test)) == {"s0-Default", "s0-Lyon", "s1-Default", "s1-Oslo"}
    assert warnings == []


def test_two_sources_of_one_server_describe_the_same_hosts(servers, made, warnings):
    """A slash more or less in its address makes no other server of it."""
    first, _second = servers
    again = {"url": f"{first.url}/"}

    assert set(made((first,), (first, again))) == {"Default", "Lyon"}
    assert warnings == []


def test_a_prefix_that_no_name_begins_with_is_made_plain(servers, made, warnings):
    """It is part of the name of a host, so the same characters are good in it."""
    first, _second = servers
    found = made((first, {"host_prefix": "../"}))

    assert not any(set("./") & set(host) for host in found)
    assert {tenant for _url, tenant in found.values()} == {"Default", "Lyon"}
    assert "cannot be names of hosts" in warnings[0]
