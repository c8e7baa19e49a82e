# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A client that nobody here wrote, made from the vendor's document, over the fake and beside us."""

from __future__ import annotations

import pytest
import uipath_orchestrator_rest as foreign
from fake.orchestrator import FakeOrchestrator
from support.run import mail_settings, mail_settings_info, server

HOST, PORT = "Abp.Net.Mail.Smtp.Host", "Abp.Net.Mail.Smtp.Port"
VERSIONS = ("2018.4", "2019.10", "2020.10", "v15", "v17", "v18")


@pytest.fixture(params=VERSIONS)
def fake(request):
    with FakeOrchestrator(request.param) as running:
        yield running


@pytest.fixture
def settings(fake):
    """The foreign client's calls on settings, signed in as the administrator of a tenant."""
    configuration = foreign.Configuration()
    configuration.host = fake.url
    api = foreign.ApiClient(configuration)
    login = foreign.LoginModel(
        tenancy_name="Default", username_or_email_address="admin", password="secret"
    )
    token = foreign.AccountApi(api).account_authenticate(body=login)
    configuration.access_token = token.result
    return foreign.SettingsApi(api)


def declare(fake):
    api = {"api": "orchestrator"}
    options = {"server": server(fake, **api), "smtp_host": "smtp.example.com", "smtp_port": 2525}
    return mail_settings(**options).result


def test_it_reads_what_we_wrote(fake, settings):
    """Our names and values are what a client of the vendor's document finds."""
    assert declare(fake)["changed"] is True

    found = {row.name: row.value for row in settings.settings_get().value}

    assert (found[HOST], found[PORT]) == ("smtp.example.com", "2525")


def test_we_read_what_it_wrote(fake, settings):
    """And what it writes in bulk is what our module finds, and need not be declared again."""
    rows = [foreign.SettingsDto(name=HOST, value="smtp.example.com", scope="Tenant")]
    rows.append(foreign.SettingsDto(name=PORT, value="2525", scope="Tenant"))
    settings.settings_update_bulk(body=foreign.SettingsUpdateBulkRequest(settings=rows))

    read = mail_settings_info(server=server(fake, api="orchestrator")).result["settings"]

    assert (read["smtp_host"], read["smtp_port"]) == ("smtp.example.com", 2525)
    assert declare(fake)["changed"] is False


def test_it_reads_what_web_pages_are_told(settings):
    """The first call of a generated client, on every version."""
    assert settings.settings_get_web_settings().keys


@pytest.mark.parametrize("fake", ["v15", "v17", "v18"], indirect=True)
def test_it_keeps_a_setting_of_its_user_and_learns_where_updates_are(settings, fake):
    """What came later; the tenant's own values stay as they were."""
    row = foreign.SettingsDto(name=HOST, value="own.example.com", scope="User")
    request = foreign.UpdateUserSettingRequest(setting=row)

    assert settings.settings_update_user_setting(body=request).scope == "User"
    assert settings.settings_get_update_settings().update_server_source == "Orchestrator"
    assert fake.own_settings("Default") == {}
