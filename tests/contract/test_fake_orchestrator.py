# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The fake's answers, version by version, against the vendor's OpenAPI documents."""

from __future__ import annotations

import pytest
from contract import validator
from contract.facts import table
from fake.orchestrator import VERSIONS, FakeOrchestrator
from fake.orchestrator.application import ROUTES
from support.caller import Caller

ACTIONS = "/odata/Settings/UiPath.Server.Configuration.OData."
HOST = "Abp.Net.Mail.Smtp.Host"
SHAPES = [
    (version, shape)
    for version, facts in VERSIONS.items()
    for shape in ("standalone", "suite")
    if shape == "standalone" or facts.suite_document
]
each_version = pytest.mark.parametrize(("version", "shape"), SHAPES)


@pytest.fixture
def fake(version, shape):
    with FakeOrchestrator(version, shape, mailbox=("127.0.0.1", 9)) as running:
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
    caller.get("/odata/Tenants?$filter=IsActive eq true", host=True)


def tour_what_came_later(caller, facts):
    if facts.verify:
        sent = {"sendTo": "ops@example.com", "smtpSettingModel": model()}
        caller.post(f"{ACTIONS}VerifySmtpSetting", sent)
    if facts.delete_bulk:
        caller.post(f"{ACTIONS}DeleteBulk", {"settingNames": [HOST]})
    if facts.activity_settings:
        caller.get(f"{ACTIONS}GetActivitySettings", bare=True)
    caller.get("/api/Status" if facts.short_status else "/api/Status/Get", bare=True)


@each_version
def test_answers_of_the_orchestrator_surface_are_as_documented(fake, version, shape):
    """Status, media type and schema of every answer are the document's."""
    facts = VERSIONS[version]
    login = "/api/Account" if facts.short_login else "/api/Account/Authenticate"
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
    caller.get("/api/Antiforgery/generate", bare=True)
    caller.form("/connect/token", client_id="app-id", client_secret="app-secret")

    assert validator.validate(fake.requests, version, shape) == []
    statuses = [request.status for request in fake.requests]
    assert statuses == [200, 200, 200, 403, 204, 400, 200, 200]


@pytest.mark.parametrize(("version", "shape"), [pair for pair in SHAPES if pair[0] != "v13"])
def test_an_operation_exists_where_its_document_lists_it(fake, version, shape):
    """The version table and the documents agree on what is there; API 13 has no document."""
    (document,) = validator.documents(version, shape, "orchestrator")
    listed = {(operation.method.upper(), served(operation.path)) for operation in table()[document]}
    caller = Caller(fake, shape)
    for method, route in ROUTES["orchestrator"]:
        caller.call(method, route.replace("()", "('1')"), {} if method != "GET" else None)

    known = {
        (method, route)
        for (method, route), asked in zip(ROUTES["orchestrator"], fake.requests, strict=True)
        if asked.operation != "Unknown"
    }
    # Real servers answer this one; the documents never mention it.
    undocumented = {("GET", "/api/status/version")}
    assert known - undocumented == listed & set(ROUTES["orchestrator"])


def served(path):
    """A documented path in the spelling of the fake's routing table."""
    simple = path.lower().removesuffix("()")
    return f"{simple.partition('(')[0]}()" if "(" in simple else simple


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
