# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The fake's answers, version by version, against the vendor's OpenAPI documents."""

from __future__ import annotations

import pytest
from contract import validator
from contract.facts import table
from contract.jobs import AS_DOCUMENTED
from fake.orchestrator import VERSIONS, FakeOrchestrator
from fake.orchestrator.application import ROUTES
from fake.orchestrator.users import KINDS
from support.caller import Caller

ACTIONS = "/odata/Settings/UiPath.Server.Configuration.OData."
HOST = "Abp.Net.Mail.Smtp.Host"
SHAPES = [
    (version, shape)
    for version, facts in VERSIONS.items()
    for shape in ("standalone", "suite")
    if shape == "standalone" or facts.suite_document
]
ADMINISTRATION = "nothing here makes, changes or removes a tenant"
#: Documented, and not served.
LEFT_OUT = {
    ("POST", "/odata/tenants"): ADMINISTRATION,
    ("PUT", "/odata/tenants()"): ADMINISTRATION,
    ("PATCH", "/odata/tenants()"): ADMINISTRATION,
    ("DELETE", "/odata/tenants()"): ADMINISTRATION,
    ("POST", f"{ACTIONS.lower().replace('settings', 'tenants')}setactive"): ADMINISTRATION,
    ("GET", "/api/status/verifyhostavailibility"): "asks another host, for webhooks",
    ("GET", "/api/account/login"): "what a browser needs to draw the sign-in page",
}
#: Served, and in none of the documents.
UNDOCUMENTED = {
    ("GET", "/api/status/version"): "seen: UiPathOrch, from API 13 on",
    ("GET", f"{ACTIONS.lower()}getupdatesettings"): "in clients made from the whole document",
}
PEOPLE = [{"name": f"a {kind}", "kind": kind, "address": None} for kind in KINDS]
each_version = pytest.mark.parametrize(("version", "shape"), SHAPES)


@pytest.fixture
def fake(version, shape):
    with FakeOrchestrator(version, shape, mailbox=("127.0.0.1", 9), people=PEOPLE) as running:
        yield running


def model(**fields):
    return {"Host": "smtp.example.com", "Port": 587, "EnableSsl": True, **fields}


def tour_the_orchestrator_surface(caller, login):
    bulk = {"settings": [{"Name": HOST, "Value": "smtp.example.com"}]}
    caller.post(login, {"usernameOrEmailAddress": "admin", "password": "secret"}, bare=True)
    caller.post(login, {"usernameOrEmailAddress": "admin", "password": "wrong"}, bare=True)
    caller.get("/odata/Settings", bare=True)
    caller.get("/odata/Settings")
    caller.get("/odata/Settings?$top=3&$skip=1&$count=true&$select=Name,Value")
    caller.get(f"/odata/Settings('{HOST}')")
    caller.put(f"/odata/Settings('{HOST}')", {"Name": HOST, "Value": "mail.example.com"})
    caller.post(f"{ACTIONS}UpdateBulk", bulk)
    caller.post(f"{ACTIONS}UpdateBulk", {"settings": [{"Name": "No.Such.Key", "Value": ""}]})
    caller.get(f"{ACTIONS}GetAuthenticationSettings", bare=True)
    caller.get(f"{ACTIONS}GetWebSettings")
    caller.get("/odata/Tenants?$filter=IsActive eq true", host=True)
    caller.get("/odata/Users?$select=Id,UserName,EmailAddress,IsActive,Type&$top=2&$count=true")
    caller.get("/odata/Users")


def tour_what_came_later(caller, facts):
    if facts.verify:
        sent = {"sendTo": "ops@example.com", "smtpSettingModel": model()}
        caller.post(f"{ACTIONS}VerifySmtpSetting", sent)
    if facts.delete_bulk:
        caller.post(f"{ACTIONS}DeleteBulk", {"settingNames": [HOST]})
    if facts.services_settings:
        caller.get(f"{ACTIONS}GetServicesSettings", bare=True, X_ROBOT_LICENSE="0123")
    if facts.user_settings:
        caller.post(f"{ACTIONS}UpdateUserSetting", {"setting": {"Name": HOST, "Value": "x"}})
    if facts.activity_settings:
        caller.get(f"{ACTIONS}GetActivitySettings", bare=True)
    caller.get("/api/Status" if facts.short_status else "/api/Status/Get", bare=True)


@each_version
def test_answers_of_the_orchestrator_surface_are_as_documented(fake, version, shape):
    """Status, media type and schema of every answer are the document's."""
    facts = VERSIONS[version]
    login = "/api/Account" if facts.short_login else "/api/Account/Authenticate"
    fake.switch(**AS_DOCUMENTED)
    caller = Caller(fake, shape)

    tour_the_orchestrator_surface(caller, login)
    tour_what_came_later(caller, facts)

    absent = () if facts.authenticate else (login,)
    assert validator.validate(fake.requests, version, shape, absent) == []
    assert {request.status for request in fake.requests} >= {200, 401, 404}


@pytest.mark.parametrize(("version", "shape"), [pair for pair in SHAPES if pair[0][0] == "v"])
def test_answers_of_the_identity_surface_are_as_documented(fake, version, shape):
    """The same for rows, deletion, the test message and the token endpoint."""
    caller = Caller(fake, shape, surface="identity")
    partition = fake.organization_id
    rows = [
        {"key": "Email.Smtp.Host", "value": "smtp.example.com"},
        {"key": "Email.Smtp.Port", "value": "587"},
        {"key": "Email.Smtp.FromEmail", "value": "robot@example.com"},
    ]
    caller.put("/api/Setting", {"settings": rows, "partitionGlobalId": partition})
    caller.get(f"/api/Setting?key=Email.Smtp.Host&partitionGlobalId={partition}")
    caller.get("/api/Setting?key=Email.Smtp.Host", host=True)
    caller.get("/api/Setting?key=Email.Smtp.Host")
    named = {"settings": ["Email.Smtp.Host"], "partitionGlobalId": partition}
    caller.call("DELETE", "/api/Setting", named)
    smtp = {"host": "smtp.example.com", "port": 587, "fromAddress": "robot@example.com"}
    sent = {"recipient": "ops@example.com", "smtpSettings": smtp}
    caller.post("/api/Setting/VerifySmtpSettings", sent)
    caller.get(f"/api/User/users/{partition}?top=1000&skip=1")
    caller.get("/api/Antiforgery/generate", bare=True)
    caller.form("/connect/token", client_id="app-id", client_secret="app-secret")

    assert validator.validate(fake.requests, version, shape) == []
    statuses = [request.status for request in fake.requests]
    assert statuses == [200, 200, 200, 403, 204, 400, 200, 200, 200]


@pytest.mark.parametrize(
    ("version", "shape", "surface"),
    [
        (version, shape, surface)
        for version, shape in SHAPES
        for surface in ("orchestrator", "identity")
        if version != "v13" and (surface == "orchestrator" or VERSIONS[version].identity)
    ],
)
def test_exactly_the_documented_operations_are_there(fake, version, shape, surface):
    """In both directions: what is served is documented, and what is documented is served."""
    documented = {
        (operation.method.upper(), served(operation.path))
        for document in validator.documents(version, shape, surface)
        for operation in table()[document]
    }
    fake.switch(**AS_DOCUMENTED)
    there = {route for route in ROUTES[surface] if exists(fake, shape, surface, *route)}

    assert there - UNDOCUMENTED.keys() <= documented
    assert documented - LEFT_OUT.keys() <= there
    assert not there & LEFT_OUT.keys()


def exists(fake, shape, surface, method, route):
    """Whether a route leads to an operation."""
    key = "('1')" if "settings()" in route else "(1)"
    path = route.replace("/()", "/1").replace("()", key)
    Caller(fake, shape, surface).call(method, path, {} if method != "GET" else None)
    return fake.requests[-1].operation != "Unknown"


def served(path):
    """A documented path in the spelling of the fake's routing table."""
    simple = path.lower().removesuffix("()")
    for key in ("{settingid}", "{partitionglobalid}"):
        if simple.endswith(key):
            return simple.replace(key, "()")
    return f"{simple.partition('(')[0]}()" if "(" in simple else simple


def test_what_is_left_out_is_documented_somewhere():
    """No reason stays behind after its operation."""
    everything = {
        (operation.method.upper(), served(operation.path))
        for operations in table().values()
        for operation in operations
    }

    assert LEFT_OUT.keys() <= everything
    assert not UNDOCUMENTED.keys() & everything


def test_an_undocumented_request_is_found():
    """The validator can fail: wrong names, types, query options and addresses are all reported."""
    with FakeOrchestrator("2020.10") as fake:
        caller = Caller(fake, "standalone")
        caller.get("/odata/Settings?$search=mail")
        caller.post(f"{ACTIONS}UpdateBulk", {"settings": [{"Name": HOST, "Text": "x"}]})
        caller.post(f"{ACTIONS}UpdateBulk", {"settings": [{"Name": HOST, "Value": 25}]})
        caller.get("/odata/NoSuchThing")
        found = validator.validate(fake.requests, "2020.10")

    assert len(found) == 4
    assert "$search" in found[0]
    assert "'Text' was unexpected" in found[1]
    assert "25 is not of type 'string'" in found[2]
    assert "not in the documents" in found[3]
