# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One declaration on every version, address shape and level, and what it says on the wire."""

from __future__ import annotations

import pytest
from contract import validator
from contract.jobs import AS_DOCUMENTED, places, server
from fake.orchestrator import VERSIONS, FakeOrchestrator
from support.run import mail_settings, mail_settings_info

TESTED = ("2018.1", "2019.10", "2020.10", "v13", "v15", "v16", "v17", "v18", "v20")
SMTP = {
    "use_default_credentials": False,
    "enable_ssl": True,
    "smtp_host": "smtp.example.com",
    "smtp_port": 587,
    "smtp_username": "robot@example.com",
    "smtp_password": "correct-horse-battery",
    "smtp_domain": "",
    "default_from_address": "robot@example.com",
    "default_from_display_name": "Röbot",
}
ALERTS = {"enable_email_alerts": True}
#: Whether a server signs in by password is found out by asking.
LOGINS = ("/api/Account/Authenticate", "/api/Account")
READS = ("Settings.Read", "Identity.Read")
WRITES = ("Settings.UpdateBulk", "Settings.DeleteBulk", "Identity.Update", "Identity.Delete")


def declared(place):
    """The settings that this level can hold."""
    return {**SMTP, **ALERTS} if place.holds_alerts else SMTP


each_place = pytest.mark.parametrize("place", places(TESTED), ids="-".join)


@pytest.fixture
def fake(place):
    tenants = {"Default": {}, "Other": {}}
    options = {"tenants": tenants, "switches": AS_DOCUMENTED}
    with FakeOrchestrator(place.version, place.shape, **options) as one:
        yield one
        if place.version != "v13":
            assert validator.validate(one.requests, place.version, place.shape, LOGINS) == []


def held(fake, place):
    """Everything stored anywhere, by another road than the module reads."""
    stores = [fake.own_settings(None), fake.own_settings("Default"), fake.own_settings("Other")]
    return [*stores, fake.identity_settings("host"), fake.identity_settings("acme")]


@each_place
def test_the_first_run_changes_and_the_second_reads_each_api_once(fake, place, tmp_path):
    """Same YAML everywhere; a no-op costs one read per API that keeps something declared."""
    options = {"server": server(fake, place), "password_record": str(tmp_path / "record")}
    first = mail_settings(**options, **declared(place))
    assert first.result["changed"] is True, first.result
    fake.clear_log()

    second = mail_settings(**options, **declared(place))

    assert second.result["changed"] is False, second.result
    assert second.warnings == ()
    reads = {operation: fake.count(operation) for operation in READS}
    expected = {
        "Settings.Read": int(not place.moved or place.holds_alerts),
        "Identity.Read": int(place.moved),
    }
    assert reads == expected
    assert not any(fake.count(operation) for operation in WRITES)


@each_place
def test_the_values_arrive_where_this_version_keeps_them(fake, place):
    """Host, organization or tenant: exactly one store per API changes."""
    mail_settings(server=server(fake, place), **declared(place))

    host, default, other, identity_host, organization = held(fake, place)
    on_host = place.level == "host"
    switch = {"Alerts.Email.Enabled": "true"} if place.holds_alerts else {}
    key = "Email.Smtp.Host" if place.moved else "Abp.Net.Mail.Smtp.Host"
    stores = (identity_host, organization) if place.moved else (host, default)
    assert stores[0 if on_host else 1][key] == "smtp.example.com"
    if place.moved:
        assert stores[1 if on_host else 0] == {}
    assert switch.items() <= (host if on_host else default).items()
    assert other == {}


@each_place
def test_check_mode_says_the_same_and_writes_nothing(fake, place):
    """Check mode foresees the run on every version."""
    foreseen = mail_settings(check_mode=True, server=server(fake, place), **declared(place)).result
    assert not any(fake.count(operation) for operation in WRITES)

    done = mail_settings(server=server(fake, place), **declared(place)).result

    assert {**foreseen, "settings": None} == {**done, "settings": None}


@each_place
def test_the_declaration_of_info_is_a_no_op(fake, place):
    """What is read can be declared, and says nothing new."""
    mail_settings(server=server(fake, place), **declared(place))
    found = mail_settings_info(server=server(fake, place)).result

    done = mail_settings(server=server(fake, place), **found["declaration"])

    assert done.result["changed"] is False, done.result
    shown = {k: v for k, v in declared(place).items() if v != "" and k != "smtp_password"}
    assert shown.items() <= found["declaration"].items()


@each_place
def test_a_reset_brings_the_inherited_values_back(fake, place):
    """Removed for good where the version can; one clear sentence where it cannot."""
    before = held(fake, place)
    mail_settings(server=server(fake, place), **declared(place))

    options = {"server": server(fake, place), "state": "inherited"}
    done = mail_settings(**options)

    if place.level == "host":
        assert done.result["msg"].startswith("state: nothing is above the host")
    elif VERSIONS[place.version].api < 15 and place.level != "organization":
        assert done.result["error"] == "reset_unsupported", done.result
        assert "API version 15" in done.result["msg"]
    else:
        assert done.result["changed"] is True, done.result
        assert held(fake, place) == before
        assert mail_settings(**options).result["changed"] is False
