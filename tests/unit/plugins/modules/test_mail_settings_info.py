# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""``mail_settings_info``: what is shown, and that it can be declared again."""

from __future__ import annotations

import pytest
from fake.orchestrator import FakeOrchestrator
from support.run import mail_settings, mail_settings_info, server

BY_HAND = {
    "Alerts.Email.Enabled": "TRUE",
    "Abp.Net.Mail.Smtp.EnableSsl": "True",
    "Abp.Net.Mail.Smtp.UseDefaultCredentials": "False",
    "Abp.Net.Mail.Smtp.Host": "SMTP.Example.com",
    "Abp.Net.Mail.Smtp.Port": " 587 ",
    "Abp.Net.Mail.Smtp.UserName": "robot@example.com",
    "Abp.Net.Mail.Smtp.Password": "stored-secret-1",
    "Abp.Net.Mail.DefaultFromDisplayName": "Röbot {{ 7 * 7 }}",
}
NAME = "Abp.Net.Mail.DefaultFromDisplayName"


@pytest.fixture
def fake():
    with FakeOrchestrator(version="2020.10", tenants={"Default": BY_HAND}) as running:
        yield running


def test_settings_are_shown_as_options_without_the_password(fake):
    """Typed values; of the password only that one is set."""
    done = mail_settings_info(server=server(fake))

    assert done.result["settings"]["smtp_port"] == 587
    assert done.result["settings"]["smtp_password_set"] is True
    assert "stored-secret" not in str(done)


def test_sources_tell_own_from_inherited_values(fake):
    """As far as rows say: tenant, or the host and its defaults."""
    sources = mail_settings_info(server=server(fake)).result["sources"]

    assert (sources["smtp_host"], sources["smtp_domain"]) == ("tenant", "host")


def test_a_server_that_names_no_sources_is_not_guessed_about(fake):
    """Older versions leave the scope empty."""
    fake.switch(scope="null")

    sources = mail_settings_info(server=server(fake)).result["sources"]

    assert set(sources.values()) == {"unknown"}


@pytest.mark.parametrize("boolean", ["true", "True", "json", "1"])
def test_what_was_set_up_by_hand_can_be_declared_without_a_change(fake, boolean):
    """Odd cases of booleans and numbers are no difference."""
    fake.switch(boolean=boolean)
    found = mail_settings_info(server=server(fake)).result["declaration"]

    done = mail_settings(server=server(fake), **found)

    assert done.result["changed"] is False, done.result
    assert fake.count("Settings.UpdateBulk") == 0


def test_a_value_that_no_option_takes_is_shown_but_not_declared(fake):
    """A port that is no number cannot be given back."""
    fake.set_settings("Default", {"Abp.Net.Mail.Smtp.Port": "smtp"})

    found = mail_settings_info(server=server(fake)).result

    assert found["settings"]["smtp_port"] == "smtp"
    assert "smtp_port" not in found["declaration"]


SECRETS = {
    "password of the sign-in": {"password": "ExampleCompany2024!"},
    "token": {"access_token": "of-ExampleCompany", "username": None, "password": None},
    "from the environment": {"username": None, "password": None},
}


@pytest.mark.parametrize("kind", SECRETS)
@pytest.mark.parametrize("name", ["Robots of ExampleCompany", "RXhhbXBsZUNvbXBhbnkyMDI0IQ=="])
def test_a_value_that_a_mask_would_alter_is_left_out(kind, name, monkeypatch):
    """Given back, the mask would be stored: a secret shares eight letters with the name."""
    password = "ExampleCompany2024!"
    users = {"Default": {"admin": password}}
    with FakeOrchestrator(version="2020.10", users=users) as fake:
        fake.set_settings("Default", {**BY_HAND, NAME: name})
        fake.add_token("Default", text="of-ExampleCompany")
        if kind == "from the environment":
            monkeypatch.setenv("ORCHESTRATOR_USERNAME", "admin")
            monkeypatch.setenv("ORCHESTRATOR_PASSWORD", password)
        target = server(fake, **SECRETS[kind])

        done = mail_settings_info(server=target)
        again = mail_settings(server=target, **done.result["declaration"])

        altered = done.result["settings"]["default_from_display_name"] != name
        assert altered == ("default_from_display_name" not in done.result["declaration"])
        assert altered or kind == "token"
        assert altered == any("leaves default_from_display_name out" in w for w in done.warnings)
        assert (again.result["changed"], fake.settings("Default")[NAME]) == (False, name)


ODD = {
    "default credentials with SSL": ("Abp.Net.Mail.Smtp.UseDefaultCredentials", "true"),
    "implicit TLS": ("Abp.Net.Mail.Smtp.Port", "465"),
    "dot at the end of the host": ("Abp.Net.Mail.Smtp.Host", "smtp.example.com."),
    "address as host": ("Abp.Net.Mail.Smtp.Host", "smtp://smtp.example.com:25"),
    "no host": ("Abp.Net.Mail.Smtp.Host", ""),
    "domain before an address": ("Abp.Net.Mail.Smtp.Domain", "CORP"),
    "port out of range": ("Abp.Net.Mail.Smtp.Port", "70000"),
    "sender beyond ASCII": ("Abp.Net.Mail.DefaultFromAddress", "röbot@example.com"),
}


@pytest.mark.parametrize("oddity", ODD)
def test_what_mail_settings_would_refuse_is_not_declared(oddity):
    """A server may hold what nobody could declare; the rest is still a no-op."""
    key, value = ODD[oddity]
    with FakeOrchestrator(version="2018.4", tenants={"Default": {**BY_HAND, key: value}}) as hand:
        found = mail_settings_info(server=server(hand))
        done = mail_settings(server=server(hand), **found.result["declaration"])

    assert done.result["changed"] is False, done.result
    assert len(found.result["declaration"]) >= 7
    assert bool(found.warnings) is (oddity != "implicit TLS")


def test_looking_costs_one_read_per_api():
    """No more on a server with two."""
    with FakeOrchestrator(version="v18") as new:
        mail_settings_info(server=server(new))

        found = new.operations
        assert found == ["Authenticate", "Settings.Read", "Identity.Read"]
