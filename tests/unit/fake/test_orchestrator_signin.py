# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Signing in to the fake: passwords, applications, the Identity login page, and tokens that end."""

from __future__ import annotations

import base64
import json

import pytest
from fake.orchestrator import VERSIONS, FakeOrchestrator
from support.caller import Caller

LOGIN = "/api/Account/Authenticate"
BY_PASSWORD = [name for name, facts in VERSIONS.items() if facts.authenticate]


@pytest.fixture
def fake():
    with FakeOrchestrator("v16") as running:
        yield running


@pytest.fixture
def caller(fake):
    return Caller(fake)


@pytest.fixture
def identity(fake):
    return Caller(fake, surface="identity")


def login(caller, tenant, password="secret", path=LOGIN):
    body = {
        "tenancyName": tenant,
        "usernameOrEmailAddress": "admin",
        "password": password,
    }
    return caller.post(path, body, bare=True)


def claims(token):
    payload = token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))


@pytest.mark.parametrize("version", BY_PASSWORD)
def test_a_password_gives_a_token_for_its_tenant(version):
    """The token reads what the tenant holds."""
    with FakeOrchestrator(version, tenants={"Blue": {}, "Red": {}}) as fake:
        caller = Caller(fake, tenant="Red")
        token = login(caller, "Red").json()["result"]
        caller.get("/odata/Settings", Authorization=f"Bearer {token}")

        assert [request.tenant for request in fake.requests] == ["Red", "Red"]


@pytest.mark.parametrize(
    ("version", "position", "statuses"),
    [
        ("2018.1", "both", {LOGIN: 200, "/api/Account": 200}),
        ("2018.1", "long", {LOGIN: 200, "/api/Account": 404}),
        ("2018.2", "short", {LOGIN: 404, "/api/Account": 200}),
        ("2018.3", "short", {LOGIN: 200, "/api/Account": 404}),
    ],
)
def test_the_login_address_of_early_versions_is_a_switch(version, position, statuses):
    """Documents and clients disagree before 2018.3; from then on it is the full one."""
    with FakeOrchestrator(version, switches={"login_path": position}) as fake:
        caller = Caller(fake)
        found = {route: login(caller, "Default", path=route).status for route in statuses}

    assert found == statuses


@pytest.mark.parametrize("name", ["Host", "host", "HOST"])
def test_the_host_signs_in_under_its_name_in_any_case(caller, name):
    """Users of a tenant do not see the list of tenants."""
    token = login(caller, name).json()["result"]

    rows = caller.get("/odata/Tenants", Authorization=f"Bearer {token}").json()["value"]

    assert [row["Name"] for row in rows] == ["Default"]
    assert caller.get("/odata/Tenants").status == 403


@pytest.mark.parametrize("status", [400, 401])
def test_a_wrong_password_is_refused_with_the_status_of_the_switch(fake, caller, status):
    """Both are seen in the wild."""
    fake.switch(wrong_login=status)

    answer = login(caller, "Default", "wrong")

    assert answer.status == status
    assert "Invalid username" in answer.json()["message"]


def test_api_20_has_no_login_with_a_password():
    """The operation left the document, so the address is gone."""
    with FakeOrchestrator("v20") as fake:
        assert login(Caller(fake), "Default").status == 404


def test_a_token_ends_by_uses_and_by_order(fake, caller):
    """Two uses are two calls; an expired token is a 401."""
    bearer = {"Authorization": f"Bearer {fake.add_token('Default', uses=2)}"}
    statuses = [caller.get("/odata/Settings", **bearer).status for _each in range(3)]
    fake.expire_tokens()

    assert statuses == [200, 200, 401]
    assert caller.get("/odata/Settings").status == 401


@pytest.mark.parametrize("carried", [True, False])
def test_a_token_may_carry_its_organization(fake, identity, carried):
    """The claim that clients read the partition from can be missing."""
    fake.switch(prt_id=carried)

    answer = identity.form("/connect/token", client_id="app-id", client_secret="app-secret")

    known = claims(answer.json()["access_token"]).get("prt_id")
    assert known == (fake.organization_id if carried else None)


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"client_secret": "wrong"}, "invalid_client"),
        ({"scope": "OR.Jobs"}, "invalid_scope"),
        ({"grant_type": "password"}, "unsupported_grant_type"),
    ],
)
def test_an_application_is_refused_by_name_of_the_error(identity, changes, error):
    """The standard's error names, with 400."""
    fields = {"client_id": "app-id", "client_secret": "app-secret", **changes}

    answer = identity.form("/connect/token", **fields)

    assert (answer.status, answer.json()["error"]) == (400, error)


def test_scopes_bind_an_application(fake, caller):
    """A token for reading cannot write."""
    token = fake.add_token(kind="application", scopes=["OR.Settings.Read"])
    bearer = {"Authorization": f"Bearer {token}"}
    bulk = "/odata/Settings/UiPath.Server.Configuration.OData.UpdateBulk"

    assert caller.get("/odata/Settings", **bearer).status == 200
    assert caller.post(bulk, {"settings": []}, **bearer).status == 403


def test_the_identity_login_page_leads_to_a_host_token(fake, identity):
    """Cookie, repeated header, session, token as text; without the header it is refused."""
    body = {"partitionName": "host", "usernameOrEmail": "admin", "password": "secret"}
    cookie = identity.get("/api/antiforgery/generate", bare=True).headers["set-cookie"]
    pair = cookie.partition(";")[0]
    headers = {"Cookie": pair, "X_XSRF_TOKEN": pair.partition("=")[2]}

    refused = identity.post("/api/Account/Login", body, bare=True)
    session = identity.post("/api/Account/Login", body, bare=True, **headers).headers["set-cookie"]
    token = identity.get("/api/Account/ClientAccessToken", bare=True, Cookie=session).text.decode()

    assert refused.status == 400
    bearer = {"Authorization": f"Bearer {token}"}
    assert identity.get("/api/Setting?key=Email.Smtp.Host", **bearer).json() == []


@pytest.mark.parametrize("allowed", [True, False])
def test_an_application_may_list_the_tenants_of_a_standalone_server(fake, caller, allowed):
    """With the scope of the administration, as documented; whether it really may is a switch."""
    fake.switch(tenants_for_applications=allowed)
    token = fake.add_token(kind="application", scopes=["OR.Administration.Read"])
    other = fake.add_token(kind="application", scopes=["OR.Settings"])

    found = [
        caller.get("/odata/Tenants", Authorization=f"Bearer {text}").status
        for text in (token, other)
    ]

    assert found == [200 if allowed else 403, 403]


@pytest.mark.parametrize(("position", "status"), [("refuse", 400), ("first", 200)])
def test_an_application_that_names_no_tenant_meets_the_switch(position, status):
    """Where there are several; with one there is nothing to choose."""
    switches = {"application_without_tenant": position}
    with FakeOrchestrator("v16", tenants={"A": {}, "B": {}}, switches=switches) as fake:
        bearer = f"Bearer {fake.add_token(kind='application')}"

        assert (
            Caller(fake, tenant="A").get("/odata/Settings", Authorization=bearer).status == status
        )


@pytest.mark.parametrize("status", [403, 404])
def test_a_tenant_that_nobody_knows_is_refused_with_the_status_of_the_switch(fake, caller, status):
    """Whoever asks."""
    fake.switch(unknown_tenant=status)
    bearers = [f"Bearer {fake.add_token(kind=kind)}" for kind in ("tenant", "application")]

    found = {
        caller.get("/odata/Settings", Authorization=bearer, X_UIPATH_TenantName="Nobody").status
        for bearer in bearers
    }

    assert found == {status}
