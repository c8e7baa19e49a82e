# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Compares logged requests and answers with the vendor's OpenAPI documents.

    assert validate(fake.requests, "2020.10") == []

Swagger 2 and OpenAPI 3 are read alike. Where the documents and real servers are known to disagree
the reader follows the servers, and only there: answers may hold null where a property is optional,
an object without properties means any value (that is how the old generator wrote .NET's
``object``), and a refusal (4xx, 5xx) need not be listed.
"""

from __future__ import annotations

import functools
import json
import os
import re
import typing as t
from pathlib import Path

import jsonschema
from fake.orchestrator import VERSIONS, Request
from support.places import ROOT

DOCUMENTS = Path(
    os.environ.get(
        "ORCHESTRATOR_OPENAPI_DIR",
        ROOT / "../shared/reference/openapi",
    )
)
ABSENT = f"skipped: the vendor's OpenAPI documents are not in {DOCUMENTS}"
IDENTITY_DOCUMENTS = ("identity-internal-2023-02.json", "identity-token.json")
_METHODS = ("get", "put", "post", "delete", "patch")
Schema = t.Any


class Operation(t.NamedTuple):
    """One operation of a document. ``bodies`` maps media types to schemas, ``answers`` statuses."""

    document: str
    method: str
    path: str
    query: frozenset[str]
    bodies: dict[str, Schema]
    answers: dict[str, Schema]

    def matches(self, method: str, route: str, *, ignore_case: bool) -> bool:
        """Whether method and route are this operation's; ``()`` at the end is optional."""
        pattern = re.sub(r"\\{\w+\\}", r"[^/]+", re.escape(self.path.removesuffix("()")))
        flags = re.IGNORECASE if ignore_case else 0
        same = re.fullmatch(pattern, route.removesuffix("()"), flags)
        return method.lower() == self.method and same is not None


def available() -> bool:
    """Whether there are documents to compare with."""
    return DOCUMENTS.is_dir()


def documents(version: str, shape: str, surface: str) -> tuple[str, ...]:
    """The names of the documents that describe one surface of a version."""
    if surface == "identity":
        return IDENTITY_DOCUMENTS
    facts = VERSIONS[version]
    return (facts.suite_document if shape == "suite" else facts.document,)


@functools.cache
def operations(document: str) -> tuple[Operation, ...]:
    """All operations of a document, paths without placeholders first."""
    root = json.loads((DOCUMENTS / document).read_text(encoding="utf-8-sig"))
    found = [
        _operation(document, root, method, path, item[method])
        for path, item in root["paths"].items()
        for method in _METHODS
        if method in item
    ]
    return tuple(sorted(found, key=lambda operation: "{" in operation.path))


def _operation(document: str, root: Schema, method: str, path: str, item: Schema) -> Operation:
    parameters = item.get("parameters", [])
    query = frozenset(one["name"] for one in parameters if one["in"] == "query")
    answers = {
        status: _readable(_answer_schema(answer), root, strict=False)
        for status, answer in item["responses"].items()
    }
    bodies = {
        kind: _readable(schema, root, strict=True) for kind, schema in _bodies(item, parameters)
    }
    return Operation(document, method, path, query, bodies, answers)


def _bodies(item: Schema, parameters: list[Schema]) -> list[tuple[str, Schema]]:
    if "requestBody" in item:
        content = item["requestBody"]["content"]
        return [(kind, media["schema"]) for kind, media in content.items()]
    schemas = [one["schema"] for one in parameters if one["in"] == "body"]
    kinds = item.get("consumes") or ["application/json"]
    return [(kind, schema) for schema in schemas for kind in kinds]


def _answer_schema(answer: Schema) -> Schema:
    if "schema" in answer:
        return answer["schema"]
    content = answer.get("content") or {}
    return content.get("application/json", {}).get("schema")


def _readable(schema: Schema, root: Schema, *, strict: bool) -> Schema:
    """A JSON schema with references resolved; strict ones refuse properties that are not named."""
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        target = root
        for name in schema["$ref"].removeprefix("#/").split("/"):
            target = target[name]
        return _readable(target, root, strict=strict)
    plain = {key: value for key, value in schema.items() if key in _KEYWORDS}
    if "items" in schema:
        plain["items"] = _readable(schema["items"], root, strict=strict)
    if "properties" in schema:
        plain.update(_properties(schema, root, strict=strict))
    elif schema.get("type") == "object":
        plain.pop("type")
    if schema.get("nullable"):
        return {"anyOf": [{"type": "null"}, plain]}
    return plain


_KEYWORDS = frozenset({"type", "enum", "required", "maxLength", "minLength", "format"})


def _properties(schema: Schema, root: Schema, *, strict: bool) -> dict[str, Schema]:
    required = schema.get("required", [])
    read = {
        name: _readable(value, root, strict=strict) for name, value in schema["properties"].items()
    }
    if strict:
        return {"properties": read, "additionalProperties": False}
    for name, value in read.items():
        if name not in required:
            read[name] = {"anyOf": [{"type": "null"}, value]}
    return {"properties": read}


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
        for operation in operations(document):
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
