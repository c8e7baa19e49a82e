# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reads the vendor's OpenAPI documents, where they are; Swagger 2 and OpenAPI 3 alike.

Where the documents and real servers are known to disagree the reader follows the servers, and only
there: answers may hold null where a property is optional, an object without properties means any
value (that is how the old generator wrote .NET's ``object``).
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

from contract.facts import Operation, Schema
from support.places import ROOT

DOCUMENTS = Path(os.environ.get("ORCHESTRATOR_OPENAPI_DIR", ROOT / "../shared/reference/openapi"))
#: Documents on users, which came later, are in a folder beside.
FOLDERS = (DOCUMENTS, DOCUMENTS.with_name("openapi-users"))
ABSENT = f"skipped: the vendor's OpenAPI documents are not in {DOCUMENTS}"
_METHODS = ("get", "put", "post", "delete", "patch")


def available() -> bool:
    """Whether there are documents to compare with."""
    return DOCUMENTS.is_dir()


def read_all() -> dict[str, tuple[Operation, ...]]:
    """The operations of all documents by their names."""
    paths = sorted(path for folder in FOLDERS for path in folder.glob("*.json"))
    return {path.name: operations(path) for path in paths}


def operations(document: Path) -> tuple[Operation, ...]:
    """All operations of a document, paths without placeholders first."""
    root = json.loads(document.read_text(encoding="utf-8-sig"))
    found = [
        _operation(document.name, root, method, path, item[method])
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
    said = item.get("description", "")
    scopes = re.search(r"required scopes: ([\w. ]+?)\.(?:\s|$)", said)
    permission = re.search(r"Required permissions: ([\w. ]+?)\.?(?:\s*$)", said)
    return Operation(
        document,
        method,
        path,
        query,
        bodies,
        answers,
        tuple(scopes[1].split(" or ")) if scopes else (),
        permission[1] if permission else "",
    )


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
