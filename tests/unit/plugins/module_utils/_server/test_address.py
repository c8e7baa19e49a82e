# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where the APIs of a server are."""

from __future__ import annotations

from ansible_collections.rpaops.orchestrator.plugins.module_utils._server.address import addresses

ROOT = "https://orchestrator.example.com"


def found(**server):
    bases = addresses({"url": ROOT, "level": "auto", **server})
    return bases.orchestrator, bases.identity, bases.token


def test_a_standalone_server_answers_at_its_root():
    """Identity is under /identity."""
    assert found() == (ROOT, ROOT + "/identity", ROOT + "/identity")


def test_an_organization_and_a_tenant_are_part_of_the_address():
    """Automation Suite and Cloud; tokens come from the shared Identity address."""
    assert found(url="https://cloud.uipath.com/", organization="acme", tenant="Prod") == (
        "https://cloud.uipath.com/acme/Prod/orchestrator_",
        "https://cloud.uipath.com/acme/identity_",
        "https://cloud.uipath.com/identity_",
    )


def test_the_host_of_a_suite_has_no_orchestrator_address():
    """Its settings are on the shared Identity address."""
    bases = found(organization="acme", tenant="Prod", level="host")

    assert bases == (None, ROOT + "/identity_", ROOT + "/identity_")


def test_explicit_addresses_win():
    """Whatever the shape."""
    bases = found(
        organization="acme", orchestrator_url=ROOT + "/orch/", identity_url="https://id.example.com"
    )

    assert bases == (ROOT + "/orch", "https://id.example.com", "https://id.example.com")


def test_names_are_escaped_in_an_address():
    """A blank or a slash in a name does not break out of its segment."""
    assert found(organization="a b", tenant="x/y")[0] == ROOT + "/a%20b/x%2Fy/orchestrator_"
