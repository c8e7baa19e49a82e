# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Compares logged requests and answers with the facts of the vendor's OpenAPI documents.

    assert validate(fake.requests, "2020.10") == []

A refusal (4xx, 5xx) need not be listed.
"""

from __future__ import annotations

import json
import typing as t

import jsonschema
from contract.facts import Operation, Schema, table
from fake.orchestrator import VERSIONS, Request

IDENTITY_DOCUMENTS = (
    "identity-internal-2023-02.json",
    "identity-token.json",
    "identity-external.json",
)
#: Documents on users came later, one for all versions.
USERS_DOCUMENT = "orchestrator-v20.json"


def documents(version: str, shape: str, surface: str) -> tuple[str, ...]:
    """The names of the documents that describe one surface of a version."""
    if surface == "identity":
        return IDENTITY_DOCUMENTS
    facts = VERSIONS[version]
    return (facts.suite_document if shape == "suite" else facts.document, USERS_DOCUMENT)


def validate(
    requests: t.Iterable[Request],
    version: str,
    shape: str = "standalone",
    probes: t.Container[str] = (),
) -> list[str]:
    """All deviations of a log from the documents, as sentences; none when it conforms.

    ``probes`` are routes that may be asked for in vain (a 404 is then no finding).
    """
    findings: list[str] = []
    for request in requests:
        where = f"{request.method} {request.route}"
        operation = find(request, version, shape)
        if operation is not None:
            findings += [f"{where}: {problem}" for problem in _deviations(request, operation)]
        elif not (request.status == 404 and request.route in probes):
            findings.append(f"{where}: not in the documents of {version}")
    return findings


def find(request: Request, version: str, shape: str) -> Operation | None:
    """The documented operation of a request, if there is one."""
    if request.surface not in ("orchestrator", "identity"):
        return None
    in_identity = request.surface == "identity"
    for document in documents(version, shape, request.surface):
        for operation in table()[document]:
            if operation.matches(request.method, request.route, ignore_case=in_identity):
                return operation
    return None


def _deviations(request: Request, operation: Operation) -> t.Iterator[str]:
    for name in sorted(request.query.keys() - operation.query):
        yield f"query option {name} is not documented"
    yield from _body_deviations(request, operation)
    if request.fault is None:
        yield from _answer_deviations(request, operation)


def _body_deviations(request: Request, operation: Operation) -> t.Iterator[str]:
    if request.body is None:
        return
    kind = request.headers.get("content-type", "").partition(";")[0].strip()
    if not operation.bodies:
        yield "no body is documented"
    elif kind not in operation.bodies:
        yield f"content type {kind!r} is none of {', '.join(operation.bodies)}"
    else:
        yield from _schema_deviations("request", request.body, operation.bodies[kind])


def _answer_deviations(request: Request, operation: Operation) -> t.Iterator[str]:
    if not request.answer and request.answer_type:
        yield "an empty answer carries a content type"
    if str(request.status) not in operation.answers:
        if request.status < 400:
            yield f"status {request.status} is none of {', '.join(operation.answers)}"
        return
    schema = operation.answers[str(request.status)]
    if schema is not None and request.status < 400 and "json" in request.answer_type:
        yield from _schema_deviations("answer", json.loads(request.answer), schema)
    elif schema is not None and not request.answer:
        yield "the answer is empty, the document describes a body"


def _schema_deviations(part: str, value: t.Any, schema: Schema) -> t.Iterator[str]:
    checker = jsonschema.FormatChecker()
    for error in jsonschema.Draft202012Validator(schema, format_checker=checker).iter_errors(value):
        place = "/".join(str(step) for step in error.absolute_path)
        yield f"{part} {place or '(top)'}: {error.message}"
