# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Everything that the collection can send, on every place of every era, against the documents."""

from __future__ import annotations

import ast
import importlib
import re
import typing as t

import pytest
from ansible_collections.rpaops.orchestrator.plugins.module_utils._argspec import server as spec
from ansible_collections.rpaops.orchestrator.plugins.module_utils._tenants.listing import tenants
from contract import validator
from contract.facts import table
from contract.jobs import AS_DOCUMENTED, ERAS, Place, do_everything, places, server
from fake.orchestrator import VERSIONS, FakeOrchestrator
from support.places import ROOT
from support.run import arguments

UTILITIES = ROOT / "plugins" / "module_utils"
PACKAGE = "ansible_collections.rpaops.orchestrator.plugins.module_utils"
#: Addresses that are asked for in vain on some versions: that is how these are found out.
PROBES = ("/api/Account/Authenticate", "/api/Account", "/api/antiforgery/generate")
#: The key of an organization at the end of a path.
_KEY = re.compile(r"/[0-9a-f-]{36}$")
TENANTS: dict[str, dict[str, str]] = {"Default": {}, "Other": {}}


#: There is no document of API 13.
DOCUMENTED = tuple(version for version in ERAS if version != "v13")


def log_of(place, mailbox):
    """The requests that all jobs make at a place."""
    refused = place.moved and place.level == "host"
    switches = {"identity_accepts_orchestrator_token": 401 if refused else True, **AS_DOCUMENTED}
    options = {"tenants": TENANTS, "trust": mailbox.ca_path, "switches": switches}
    with FakeOrchestrator(place.version, place.shape, **options) as fake:
        do_everything(fake, place, mailbox)
        return fake.requests


@pytest.mark.parametrize("place", places(ERAS), ids="-".join)
def test_all_that_is_sent_is_documented(place, mailbox):
    """Paths, verbs, query options, members, types and media types of every job's requests."""
    log = log_of(place, mailbox)

    assert len(log) > 10
    if place.version in DOCUMENTED:
        assert validator.validate(log, place.version, place.shape, PROBES) == []


@pytest.mark.parametrize("place", [p for p in places(ERAS) if p.sign_in == "client"], ids="-".join)
def test_an_application_asks_for_the_scopes_that_its_requests_need_and_no_others(place, mailbox):
    """Every operation is covered by a scope that was asked for, and every scope is for one."""
    log = log_of(place, mailbox)
    asked = {s for r in log if r.route == "/connect/token" for s in r.body["scope"].split()}
    needed = [
        set(operation.scopes)
        for request in log
        if (operation := validator.find(request, place.version, place.shape)) and operation.scopes
    ]

    assert all(asked & scopes for scopes in needed)
    assert asked <= set().union(*needed)


def test_the_pages_of_a_list_are_asked_for_as_documented():
    """Where a server cuts a list short, what its link says is sent back, option by option."""
    place = Place("2020.10", "standalone", "host", "user")
    with FakeOrchestrator(place.version, tenants=TENANTS, switches={"page_size": 1}) as fake:
        given = {name: value for name, value in server(fake, place).items() if name != "tenant"}
        options = arguments({"argument_spec": spec()["options"]}, given)
        found = tenants(options, lambda secret: None)
        log = [request for request in fake.requests if request.operation == "Tenants.Read"]

    assert {row["Name"] for row in found} == TENANTS.keys()
    assert len(log) > 1
    assert validator.validate(log, place.version) == []


@pytest.mark.parametrize("scope", ["OR.Administration.Read", "OR.Administration"])
def test_either_scope_is_enough_to_list_the_tenants(scope):
    """An application is asked for no more than one of those that the document names."""
    place = Place("v17", "standalone", "auto", "client")
    granted = {"app-id": {"secret": "app-secret", "scopes": [scope]}}
    with FakeOrchestrator(place.version, tenants=TENANTS, clients=granted) as fake:
        options = arguments({"argument_spec": spec()["options"]}, server(fake, place))
        found = tenants(options, lambda secret: None)

    assert {row["Name"] for row in found} == TENANTS.keys()


def built() -> t.Iterator[tuple[str, str]]:
    """Verb and path of every ``Request`` that stands in the code, looked up in its module."""
    for path in sorted(UTILITIES.rglob("*.py")):
        calls = list(_calls(ast.parse(path.read_text(encoding="utf-8"))))
        if calls:
            name = ".".join(path.relative_to(UTILITIES).with_suffix("").parts)
            names = vars(importlib.import_module(f"{PACKAGE}.{name}"))
            for verb, asked, loops in calls:
                yield from ((verb, route) for route in _routes(asked, names, loops))


def _calls(tree: ast.AST) -> t.Iterator[tuple[str, ast.expr, dict[str, ast.expr]]]:
    for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
        loops = {
            node.target.id: node.iter
            for node in ast.walk(function)
            if isinstance(node, ast.For) and isinstance(node.target, ast.Name)
        }
        handed_in = {argument.arg for argument in function.args.args}
        for node in (node for node in ast.walk(function) if isinstance(node, ast.Call)):
            name = getattr(node.func, "id", "")
            if name == "Request" and not handed_in & _begins(node.args[1]):
                yield ast.literal_eval(node.args[0]), node.args[1], loops
            elif name == "pages":
                yield "GET", node.args[1], loops


def _begins(path: ast.expr) -> set[str]:
    """The names in the beginning of a path; behind that come a key or a query."""
    first = path.values[0] if isinstance(path, ast.JoinedStr) else path
    return {found.id for found in ast.walk(first) if isinstance(found, ast.Name)}


def _routes(
    asked: ast.expr, names: dict[str, t.Any], loops: dict[str, ast.expr]
) -> t.Iterable[str]:
    if isinstance(asked, ast.Name) and asked.id in loops:
        return t.cast("tuple[str, ...]", _value(loops[asked.id], names))
    if isinstance(asked, ast.JoinedStr):
        # What is filled in behind the path is a key or a query.
        parts = [part for part in asked.values if isinstance(part, ast.FormattedValue)][:1]
        return [_value(part.value, names) for part in parts]
    return [_value(asked, names)]


def _value(node: ast.expr, names: dict[str, t.Any]) -> t.Any:
    return eval(compile(ast.Expression(node), "request", "eval"), names)


def is_documented(verb: str, route: str, version: str) -> bool:
    """Whether a version lists a request, with or without a key behind its path."""
    shapes = ("standalone", "suite") if VERSIONS[version].suite_document else ("standalone",)
    surfaces = ("orchestrator", "identity") if VERSIONS[version].identity else ("orchestrator",)
    return any(
        operation.matches(verb, asked, ignore_case=surface == "identity")
        for shape in shapes
        for surface in surfaces
        for document in validator.documents(version, shape, surface)
        for operation in table()[document]
        for asked in (route, f"{route}/key")
    )


@pytest.mark.parametrize("version", DOCUMENTED)
def test_every_request_that_the_code_can_build_is_made_where_it_is_documented(version, mailbox):
    """On each version nothing is sent that no contract test has seen, and nothing else is seen."""
    logs = [log_of(place, mailbox) for place in places((version,))]
    seen = {(r.method, _KEY.sub("", r.route.lower())) for log in logs for r in log}
    can = {(verb, route.lower()) for verb, route in built() if is_documented(verb, route, version)}

    assert seen >= can
    assert {route for _verb, route in seen - can} <= {route.lower() for route in PROBES}


def test_every_request_that_the_code_can_build_is_documented_somewhere():
    """So each of them is made above."""
    lost = [
        request
        for request in built()
        if not any(is_documented(*request, version) for version in DOCUMENTED)
    ]

    assert lost == []
    assert len(set(built())) > 15
