# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The inventory plugin, through Ansible's own inventory manager, against a running server."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from ansible.parsing.vault import VaultLib, VaultSecret
from fake.orchestrator import FakeOrchestrator
from support.ansible_run import run
from support.inventory import LOGIN, inventory_of, refusal, source

NAMES = ["Berlin-Sales", "Berlin-Support", "Lyon-Sales"]


@pytest.fixture
def fake():
    with FakeOrchestrator(version="2020.10", tenants={name: {} for name in NAMES}) as running:
        yield running


@pytest.fixture
def hosts(tmp_path):
    """A function from a server and plugin options to the inventory they make."""
    return lambda fake, **options: inventory_of(source(tmp_path, fake, **{**LOGIN, **options}))


def error(folder, fake, **options):
    """What the plugin says about a failure."""
    return refusal(source(folder, fake, **{**LOGIN, **options}))


def test_every_tenant_is_a_host(fake, hosts):
    """Names of hosts are names of tenants, with what the server says about them."""
    inventory = hosts(fake)

    assert sorted(host.name for host in inventory.get_hosts()) == NAMES
    found = inventory.get_host("Lyon-Sales").vars
    assert found["orchestrator_tenant"] == "Lyon-Sales"
    assert found["orchestrator_url"] == fake.url
    assert found["orchestrator_tenant_active"] is True


def test_a_host_has_the_identifiers_of_its_tenant(fake, hosts):
    """The number and the key that the server knows it by."""
    inventory = hosts(fake)

    for name in ("id", "key"):
        known = {inventory.get_host(host).vars[f"orchestrator_tenant_{name}"] for host in NAMES}
        assert len(known - {None}) == len(NAMES)


def test_more_tenants_than_a_page_are_all_listed(hosts):
    """2,500 tenants come in three pages."""
    with FakeOrchestrator(version="2020.10", tenants=2500) as large:
        assert len(hosts(large).get_hosts()) == 2500
        assert large.count("Tenants.Read") == 3


def test_pages_that_the_server_cuts_shorter_are_followed(fake, hosts):
    """A next link is followed even when the page is smaller than asked for."""
    fake.switch(page_size=2)

    assert len(hosts(fake).get_hosts()) == len(NAMES)


def test_variables_and_groups_can_be_composed(fake, hosts):
    """compose, groups and keyed_groups work on the tenant's variables."""
    inventory = hosts(
        fake,
        compose={"ansible_connection": "'local'"},
        keyed_groups=[{"key": "orchestrator_tenant.split('-')[0]", "prefix": "team"}],
        groups={"sales": "'Sales' in orchestrator_tenant"},
    )

    members = {name: sorted(hosts) for name, hosts in inventory.get_groups_dict().items()}
    assert members["team_Berlin"] == ["Berlin-Sales", "Berlin-Support"]
    assert members["sales"] == ["Berlin-Sales", "Lyon-Sales"]
    assert inventory.get_host("Lyon-Sales").vars["ansible_connection"] == "local"


def test_a_cached_list_asks_nothing(fake, hosts, tmp_path):
    """The second run takes the tenants from the cache."""
    cache = {"cache": True, "cache_plugin": "jsonfile", "cache_connection": str(tmp_path / "kept")}
    hosts(fake, **cache)
    fake.clear_log()

    assert len(hosts(fake, **cache).get_hosts()) == len(NAMES)
    assert fake.requests == []


def test_the_cache_holds_no_secret(fake, hosts, tmp_path):
    """What is kept on disk is the list of tenants only."""
    cache = {"cache": True, "cache_plugin": "jsonfile", "cache_connection": str(tmp_path / "kept")}
    hosts(fake, **cache)

    kept = "".join(path.read_text() for path in (tmp_path / "kept").iterdir())
    assert "Lyon-Sales" in kept
    assert "secret" not in kept


def test_sign_in_comes_from_the_environment(fake, hosts, monkeypatch):
    """No password needs to be in the file."""
    monkeypatch.setenv("ORCHESTRATOR_PASSWORD", "secret")

    assert len(hosts(fake, password=None).get_hosts()) == len(NAMES)


def test_a_token_of_the_environment_does_not_win_over_the_file(fake, hosts, monkeypatch):
    """It may be one of another server."""
    monkeypatch.setenv("ORCHESTRATOR_ACCESS_TOKEN", "TOKEN-OF-ANOTHER-SERVER")

    assert len(hosts(fake).get_hosts()) == len(NAMES)
    assert "ANOTHER" not in str([request.headers for request in fake.requests])


@pytest.mark.parametrize(
    "odd",
    [{"retries": float("inf")}, {"retries": "1e999999999"}, {"timeout": 10**400}],
    ids=lambda odd: str(odd)[:24],
)
def test_a_number_beyond_all_numbers_is_refused(fake, tmp_path, odd):
    """Ansible stumbles over it, or works on it without end; which option it is, is said."""
    assert f"{next(iter(odd))}: it is not finite" in error(tmp_path, fake, **odd)
    assert fake.requests == []


def test_an_encrypted_password_is_taken(fake, tmp_path):
    """It is decrypted by Ansible, when it is asked for."""
    vault = VaultLib([("default", VaultSecret(b"pass-phrase"))])
    lines = vault.encrypt("secret").decode().splitlines()
    path = Path(source(tmp_path, fake, username="admin"))
    path.write_text("\n  ".join([f"{path.read_text()}password: !vault |", *lines]))
    (tmp_path / "phrase").write_text("pass-phrase")

    command = ["ansible-inventory", "--list", "--vault-password-file", "phrase", "-i"]
    told = run([*command, str(path)], tmp_path)
    assert set(json.loads(told.stdout)["ungrouped"]["hosts"]) == set(NAMES), told


def test_a_tenant_administrator_is_told_what_is_missing(fake, tmp_path):
    """Only host administrators may list tenants."""
    token = fake.add_token("Lyon-Sales")

    assert "host administrator with the permission" in error(tmp_path, fake, access_token=token)


def test_a_refused_sign_in_names_the_options_and_hides_the_password(fake, tmp_path):
    """The error a user sees, from a server that repeats what it was sent."""
    fake.switch(echo_rejected=True)

    said = error(tmp_path, fake, password="correct-horse-battery")

    assert "refused the sign-in of admin" in said
    assert "Check username and password" in said
    assert "horse" not in said
