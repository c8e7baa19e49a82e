# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which API keeps what, by version and level."""

from __future__ import annotations

import pytest
from ansible_collections.rpaops.orchestrator.plugins.module_utils._errors import Failure
from ansible_collections.rpaops.orchestrator.plugins.module_utils._targets.routing import (
    Placement,
    Places,
    notices,
    place,
)

ALERTS, HOST, TIMEOUT = "enable_email_alerts", "smtp_host", "smtp_timeout"


def asked(*names, level="auto", api="auto", **more):
    return Placement(names or None, level, api, "https://orchestrator.example.com", **more)


def refusal(placement, version):
    with pytest.raises(Failure) as caught:
        place(placement, version)
    return str(caught.value)


@pytest.mark.parametrize("version", [None, "8.0", "11.0", "12.0"])
def test_an_old_or_silent_server_keeps_everything_on_the_orchestrator_api(version):
    """Up to 2021.4."""
    assert place(asked(ALERTS, HOST), version) == Places((ALERTS, HOST), ())


@pytest.mark.parametrize("version", ["13.0", "15.0", "20.0"])
def test_a_newer_server_keeps_only_the_alert_switch_there(version):
    """From 2021.10."""
    assert place(asked(ALERTS, HOST), version) == Places((ALERTS,), (HOST,))


def test_an_api_that_keeps_nothing_declared_is_left_alone():
    """Neither read nor written."""
    assert place(asked(ALERTS), "17.0") == Places((ALERTS,), ())
    assert place(asked(HOST), "17.0") == Places((), (HOST,))


def test_an_organization_is_always_on_identity():
    """Automation Suite and Cloud never kept mail settings elsewhere; no version is needed."""
    assert place(asked(HOST, identity_sure=True), None) == Places((), (HOST,))
    assert not asked(HOST, identity_sure=True).needs_version


@pytest.mark.parametrize(("api", "version"), [("orchestrator", "20.0"), ("identity", "11.0")])
def test_an_explicit_api_wins_over_the_version(api, version):
    """The user may know better."""
    assert getattr(place(asked(HOST, api=api), version), api) == (HOST,)


def test_the_alert_switch_is_on_the_orchestrator_api_whatever_is_said():
    """It never moved."""
    assert place(asked(ALERTS, api="identity"), "17.0").orchestrator == (ALERTS,)


def test_mail_settings_of_a_tenant_are_refused_where_organizations_have_them():
    """The right level is named."""
    said = refusal(asked(HOST, level="tenant"), "17.0")

    assert said.startswith("server.level: tenant cannot hold smtp_host")
    assert "Use server.level: organization (or auto, or host)." in said


def test_mail_settings_of_an_organization_are_refused_where_tenants_have_them():
    """Before 2021.10 there is no such level."""
    said = refusal(asked(HOST, level="organization"), "11.0")

    assert "per tenant or for the host" in said
    assert "Use server.level: tenant (or auto)." in said


def test_the_alert_switch_of_an_organization_is_refused():
    """It is one per tenant."""
    said = refusal(asked(ALERTS, HOST, level="organization"), "17.0")

    assert "cannot hold enable_email_alerts: the alert switch is kept per tenant" in said


def test_the_alert_switch_of_a_suite_s_host_is_refused():
    """There is no Orchestrator address at that level."""
    placement = asked(ALERTS, level="host", identity_sure=True, orchestrator_here=False)

    assert "Use server.level: tenant" in refusal(placement, None)


def test_the_alert_switch_needs_a_tenant_in_the_address_of_an_organization():
    """server.tenant is what is missing."""
    placement = asked(ALERTS, identity_sure=True, orchestrator_here=False)

    assert refusal(placement, None).startswith("server.tenant: give the name of the tenant")


@pytest.mark.parametrize("version", ["11.0", "13.0", "16.0"])
def test_the_timeout_is_refused_before_2023_10(version):
    """Servers before API 17 do not know it."""
    assert "API version 17" in refusal(asked(TIMEOUT), version)


def test_the_timeout_goes_to_an_older_server_that_is_named_explicitly():
    """api=identity insists."""
    assert place(asked(TIMEOUT, api="identity"), "15.0").identity == (TIMEOUT,)


def test_the_timeout_is_refused_on_the_orchestrator_api():
    """It has no key there."""
    assert "Identity API" in refusal(asked(TIMEOUT, api="orchestrator"), "17.0")


@pytest.mark.parametrize(("version", "shown"), [("16.0", False), ("17.0", True), (None, True)])
def test_looking_skips_what_a_version_does_not_have(version, shown):
    """Info refuses nothing that it can leave out."""
    placement = asked(identity_sure=True)

    assert (TIMEOUT in place(placement, version).identity) is shown


@pytest.mark.parametrize(
    ("level", "empty"), [("tenant", "identity"), ("organization", "orchestrator")]
)
def test_looking_at_a_level_shows_what_is_kept_there(level, empty):
    """A tenant has the alert switch, an organization the mail settings."""
    found = place(asked(level=level), "17.0")

    assert getattr(found, empty) == ()
    assert found != Places((), ())


@pytest.mark.parametrize(
    ("version", "said"), [("16.0", "version 16.0)"), (None, "version unknown)")]
)
def test_a_timeout_that_nothing_keeps_is_refused_with_the_version(version, said):
    """As far as the server tells it."""
    assert said in refusal(asked(TIMEOUT, api="orchestrator"), version)


def test_looking_at_a_level_that_does_not_exist_is_refused():
    """Nothing to show is no answer."""
    assert "cannot hold" in refusal(asked(level="organization"), "11.0")


@pytest.mark.parametrize(("version", "warned"), [("12.0", False), ("13.0", True), (None, False)])
def test_a_write_that_nothing_reads_is_warned_about(version, warned):
    """SMTP through the Orchestrator API from API 13 on."""
    placement = asked(HOST, api="orchestrator")

    said = notices(placement, version, place(placement, version))

    assert bool(said) is warned
    assert all("no effect" in text and "smtp_host" in text for text in said)


def test_a_tenant_that_nobody_named_is_warned_about():
    """A standalone server puts the sign-in somewhere, and says nothing about it."""
    placement = asked(ALERTS, HOST, tenant_open=True)

    (said,) = notices(placement, "17.0", place(placement, "17.0"))

    assert "chose the tenant whose enable_email_alerts this is about" in said
