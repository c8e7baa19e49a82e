# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Rules that depend on the server are judged once it is known, and over what would result."""

from __future__ import annotations

import json

import pytest
from fake.orchestrator import FakeOrchestrator
from support.run import mail_settings, mail_settings_info, server

PREFIX = "Abp.Net.Mail.Smtp."
RELAY = {"smtp_host": "relay.example.com", "default_from_address": "robot@example.com"}
NO_LOGIN = {**RELAY, "smtp_port": 25, "enable_ssl": True, "use_default_credentials": True}
ERAS = {"2018.1": "mail_tab", "2020.10": "mail_tab", "v13": "identity", "v20": "identity"}


def target(fake, version):
    """The server option; v20 signs in as an application."""
    application = {"username": None, "client_id": "app-id", "client_secret": "app-secret"}
    return server(fake, **(application if version == "v20" else {}))


def both_ways(**options):
    foreseen = mail_settings(check_mode=True, **options)
    done = mail_settings(**options)
    assert (foreseen.result, foreseen.warnings) == (done.result, done.warnings)
    return done


@pytest.mark.parametrize("version", ERAS)
def test_encryption_without_a_login_depends_on_the_era(version):
    """Stored where Identity keeps mail, refused on the Mail tab of old, in check mode too."""
    with FakeOrchestrator(version) as fake:
        done = both_ways(server=target(fake, version), **NO_LOGIN).result

        if ERAS[version] == "identity":
            assert done["changed"] is True, done
            rows = fake.identity_settings("acme")
            assert (rows["Email.Smtp.EnableSsl"], rows["Email.Smtp.UseDefaultCredentials"]) == (
                "true",
                "true",
            )
        else:
            assert (done["error"], fake.own_settings("Default")) == ("preflight", {})
            assert "[ssl-with-default-credentials]" in done["msg"]


@pytest.mark.parametrize("version", ERAS)
def test_the_relay_preset_writes_the_right_pair(version):
    """Encrypted and without a login, in the words of each era; then there is nothing to do."""
    with FakeOrchestrator(version) as fake:
        options = {"server": target(fake, version), "preset": "relay", **RELAY}
        done = both_ways(**options).result

        assert done["changed"] is True, done
        if ERAS[version] == "identity":
            stored, switch, user = fake.identity_settings("acme"), "true", "Email.Smtp.UserName"
            ssl, pair = stored["Email.Smtp.EnableSsl"], "Email.Smtp.UseDefaultCredentials"
        else:
            stored, switch, user = fake.settings("Default"), "false", f"{PREFIX}UserName"
            ssl, pair = stored[f"{PREFIX}EnableSsl"], f"{PREFIX}UseDefaultCredentials"
        assert (ssl, stored[pair], stored[user]) == ("true", switch, "")
        assert mail_settings(**options).result["changed"] is False


def test_the_relay_preset_is_the_old_pair_in_a_file(tmp_path):
    """Files are read by System.Net.Mail."""
    path = tmp_path / "a.json"
    path.write_text("{}")

    mail_settings(config_file={"path": str(path)}, preset="relay", **RELAY)

    held = json.loads(path.read_text())
    assert (held[f"{PREFIX}EnableSsl"], held[f"{PREFIX}UseDefaultCredentials"]) == ("true", "false")


def test_the_relay_preset_in_bulk():
    """Every tenant gets the pair of the server."""
    with FakeOrchestrator("2020.10", tenants=3) as fake:
        names = [{"name": f"T{number:05d}"} for number in (1, 2, 3)]
        options = {"server": server(fake, tenant=None), "preset": "relay", **RELAY}

        done = mail_settings(tenants=names, **options).result

        assert [one["changed"] for one in done["tenants"]] == [True] * 3
        assert {fake.settings(one["name"])[f"{PREFIX}UserName"] for one in names} == {""}


def test_the_declaration_of_a_server_without_a_login_is_whole():
    """Given back, it changes nothing and guards both switches."""
    with FakeOrchestrator("v18") as fake:
        mail_settings(server=server(fake), **NO_LOGIN)

        found = mail_settings_info(server=server(fake))

        declaration = found.result["declaration"]
        assert found.warnings == ()
        assert (declaration["enable_ssl"], declaration["use_default_credentials"]) == (True, True)
        assert mail_settings(server=server(fake), **declaration).result["changed"] is False


@pytest.mark.parametrize("version", ["v15", "v16", "v20"])
def test_a_warning_about_older_versions_is_for_them(version):
    """Mail without a login, on a server that may be one of 2022.4, and on later ones."""
    anonymous = {**RELAY, "smtp_port": 25, "smtp_username": "", "use_default_credentials": False}
    with FakeOrchestrator(version) as fake:
        done = mail_settings(server=target(fake, version), **anonymous)

    assert done.result["changed"] is True, done
    assert [("[anonymous]" in text) for text in done.warnings] == [True] * (version == "v15")


OWN = {f"{PREFIX}EnableSsl": "true", f"{PREFIX}UseDefaultCredentials": "false"}


def test_what_would_result_is_judged_with_what_is_stored():
    """Each half is right, the pair is not; refused in check mode too."""
    with FakeOrchestrator("2020.10", tenants={"Default": OWN}) as fake:
        done = both_ways(server=server(fake), use_default_credentials=True).result

        assert (done["error"], done["stage"]) == ("preflight", "preflight")
        assert "[ssl-with-default-credentials]" in done["msg"]
        assert fake.own_settings("Default") == OWN


def test_what_would_result_with_inherited_values_is_warned_about():
    """The level above may change, so it is said and not refused."""
    with FakeOrchestrator("2020.10") as fake:
        done = both_ways(server=server(fake), enable_ssl=True)

        assert done.result["updated"] == ["enable_ssl"]
        assert [text for text in done.warnings if "[ssl-with-default-credentials]" in text]


def test_what_was_wrong_before_is_nobodys_fault():
    """A stored pair that was never right does not stop another change."""
    wrong = {**OWN, f"{PREFIX}UseDefaultCredentials": "true", f"{PREFIX}Port": "none"}
    with FakeOrchestrator("2020.10", tenants={"Default": wrong}) as fake:
        done = both_ways(server=server(fake), default_from_display_name="Robots")

        assert (done.result["updated"], done.warnings) == (["default_from_display_name"], ())


@pytest.mark.parametrize(
    ("options", "named"),
    [
        ({"state": "inherited", "preset": "gmail"}, "preset"),
        ({"state": "inherited", "preset_region": "eu"}, "preset_region"),
        ({"state": "inherited", "verify_recipient": "a@example.com"}, "verify_recipient"),
        ({"preset_region": "eu"}, "preset_region"),
        ({"custom_preset": {"host": "a.example.com"}}, "custom_preset"),
        ({"verify_recipient": ""}, "verify_recipient"),
        ({"smtp_port": True}, "smtp_port"),
        ({"tenants": [{"name": "Default", "smtp_port": True}]}, "tenant Default: smtp_port"),
    ],
)
def test_what_would_be_ignored_or_misread_is_refused_before_anything_is_sent(options, named):
    """The option is named first."""
    with FakeOrchestrator("v17") as fake:
        done = mail_settings(server=server(fake), **options).result

        assert done["msg"].startswith(f"{named}: "), done
        assert fake.requests == []


def test_a_number_that_is_a_truth_value_never_reaches_a_file(tmp_path):
    """YAML ``yes`` in the wrong line."""
    path = tmp_path / "a.json"
    path.write_text("{}")

    done = mail_settings(config_file={"path": str(path)}, smtp_port=True).result

    assert (done["error"], done["changed"], path.read_text()) == ("preflight", False, "{}")
