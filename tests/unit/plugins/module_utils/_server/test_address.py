# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where the APIs of a server are."""

from __future__ import annotations

import pytest
from ansible_collections.rpaops.orchestrator.plugins.module_utils._errors import Failure
from ansible_collections.rpaops.orchestrator.plugins.module_utils._server.address import (
    Origin,
    addresses,
)

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


@pytest.mark.parametrize("option", ["url", "orchestrator_url", "identity_url"])
@pytest.mark.parametrize(
    "address", ["orchestrator.example.com", "ftp://a", "https://", "http://a:b"]
)
def test_what_is_no_web_address_is_refused_by_the_option_s_name(option, address):
    """Before anything is sent."""
    with pytest.raises(Failure, match=f"server.{option}: .* is not a web address"):
        found(**{option: address})


def test_credentials_in_an_address_are_refused_without_repeating_them():
    """They would end up in messages and logs."""
    with pytest.raises(Failure, match="holds credentials") as caught:
        found(url="https://admin:hunter22@orchestrator.example.com")

    assert "hunter22" not in str(caught.value)


def test_the_origin_is_what_one_connection_reaches():
    """Two APIs of one origin share a connection."""
    assert str(Origin.of(ROOT + ":8443/acme/identity_")) == ROOT + ":8443"
    assert Origin.of(ROOT + ":443/a") == Origin.of(ROOT.upper() + "/b")
