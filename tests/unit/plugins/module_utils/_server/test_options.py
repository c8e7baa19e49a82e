# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is refused before anything is sent, and names that are sent though they are odd."""

from __future__ import annotations

import pytest
from fake.orchestrator import FakeOrchestrator
from support.run import mail_settings, mail_settings_info, server

GUID = "12345678-90ab-cdef-1234-567890abcdef"
BAD = [
    ("url", "https://host/?tenant=Default", "query or a fragment"),
    ("url", "https://orch..example.com", "not a host name"),
    ("orchestrator_url", "https://host/größe", "beyond ASCII"),
    ("identity_url", "https://host:99999", "port"),
    ("organization_id", "acme", "not a GUID"),
    ("organization_id", "{" + GUID + "}", "without braces"),
    ("organization_id", GUID + "\n", "not a GUID"),
    ("access_token", "abc\n", "line end"),
    ("access_token", "Bearer abc", "without the word Bearer"),
    ("access_token", "töken", "ASCII"),
    ("tenant", "a\nb", "not a name"),
    ("tenant", "..", "not a name"),
    ("tenant", "\ud800", "half a character"),
    ("organization", " ", "not a name"),
    ("organization", "\udfff", "half a character"),
    ("client_secret", "\ud800", "half a character"),
    ("timeout", float("nan"), "not a time"),
    ("timeout", float("inf"), "not a time"),
    ("timeout", 0, "not a time"),
    ("timeout", -5, "not a time"),
]
NAMES = ["Büro", "テナント", "Ærø & Søn", "100 %"]


@pytest.fixture(scope="module")
def fake():
    with FakeOrchestrator(version="v17") as running:
        yield running


@pytest.mark.parametrize(("option", "value", "said"), BAD)
def test_what_no_server_can_be_asked_with_names_its_option(fake, option, value, said):
    """One sentence instead of an exception of some library, and no request."""
    fake.clear_log()
    nobody = {"username": None, "password": None}
    more = {"client_id": "app", **nobody} if option == "client_secret" else {}

    done = mail_settings_info(server=server(fake, **{option: value}, **more)).result

    assert (done["error"], done["stage"], fake.requests) == ("invalid_option", "options", [])
    assert done["msg"].startswith(f"server.{option}: ")
    assert said in done["msg"]


def test_all_that_is_wrong_is_said_together(fake):
    """Three slips are one run."""
    wrong = server(fake, url="https://h/#/", organization_id="acme", timeout=0)

    done = mail_settings_info(server=wrong).result

    for option in ("url", "organization_id", "timeout"):
        assert f"server.{option}: " in done["msg"]


def test_a_bad_token_is_not_repeated(fake):
    """It may be a good one with a line end."""
    done = mail_settings_info(server=server(fake, access_token="eyJhbGciOi-secret\n")).result

    assert "eyJhbGciOi" not in str(done)


def test_a_name_in_tenants_is_judged_before_the_first_tenant(fake):
    """Nobody is worked on while another one cannot be asked for."""
    fake.clear_log()
    tenants = [{"name": "Default"}, {"name": "a\nb"}]

    done = mail_settings(server=server(fake), tenants=tenants, enable_email_alerts=True).result

    assert (done["error"], fake.requests) == ("invalid_option", [])


@pytest.mark.parametrize("shape", ["standalone", "suite"])
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("way", ["user", "application"])
def test_a_tenant_may_have_any_name(shape, name, way):
    """In the address, in the sign-in, in a header that takes ASCII only."""
    users = {name: {"admin": "secret"}}
    with FakeOrchestrator(version="v17", shape=shape, tenants={name: {}}, users=users) as fake:
        target = server(fake, tenant=name, organization="acme" if shape == "suite" else None)
        if way == "application":
            target.update(
                username=None, password=None, client_id="app-id", client_secret="app-secret"
            )

        done = mail_settings(server=target, enable_email_alerts=True).result

        assert done["changed"] is True, done
        assert fake.settings(name)["Alerts.Email.Enabled"] == "true"


def test_a_server_that_reads_no_encoded_names_is_not_misunderstood():
    """What such a header means is not documented; the refusal is the server's own."""
    with FakeOrchestrator(version="v17", tenants={"Büro": {}}) as fake:
        fake.switch(tenant_header="as_sent")
        token = fake.add_token(kind="application")

        ready = server(fake, tenant="Büro", username=None, password=None, access_token=token)
        done = mail_settings(server=ready, enable_email_alerts=True).result

    assert (done["error"], done["status"]) == ("forbidden", 403)
