# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the vendor's OpenAPI documents say of the operations that matter here, as facts.

The documents are not part of this repository.  What the tests need of them (operations, members,
types, what is required, scopes) stands in ``facts.json``, one row an operation of a document, made
by ``python tests/tools/make_facts.py`` and held against the documents wherever they are.
"""

from __future__ import annotations

import functools
import json
import re
import typing as t
from pathlib import Path

TABLE = Path(__file__).parent / "facts.json"
Schema = t.Any


class Operation(t.NamedTuple):
    """One operation of a document.

    ``bodies`` maps media types to schemas, ``answers`` statuses.  ``scopes`` are those of which an
    application needs one, and ``permission`` is what a user needs; empty where nothing is said.
    """

    document: str
    method: str
    path: str
    query: frozenset[str]
    bodies: dict[str, Schema]
    answers: dict[str, Schema]
    scopes: tuple[str, ...] = ()
    permission: str = ""

    def matches(self, method: str, route: str, *, ignore_case: bool) -> bool:
        """Whether method and route are this operation's; ``()`` at the end is optional."""
        pattern = re.sub(r"\\{\w+\\}", r"[^/]+", re.escape(self.path.removesuffix("()")))
        flags = re.IGNORECASE if ignore_case else 0
        same = re.fullmatch(pattern, route.removesuffix("()"), flags)
        return method.lower() == self.method and same is not None


@functools.cache
def table() -> dict[str, tuple[Operation, ...]]:
    """The operations of every document by its name, paths without placeholders first."""
    return unpacked(json.loads(TABLE.read_text(encoding="utf-8")))


def packed(documents: t.Mapping[str, t.Sequence[Operation]]) -> dict[str, t.Any]:
    """Documents as plain data, in which equal schemas stand once."""
    known: dict[str, int] = {}

    def number(schema: Schema) -> int:
        return known.setdefault(json.dumps(schema, sort_keys=True), len(known))

    rows = [
        {
            **operation._asdict(),
            "query": sorted(operation.query),
            "bodies": {kind: number(schema) for kind, schema in operation.bodies.items()},
            "answers": {status: number(schema) for status, schema in operation.answers.items()},
        }
        for name in sorted(documents)
        for operation in documents[name]
    ]
    return {"schemas": [json.loads(text) for text in known], "operations": rows}


def unpacked(data: t.Mapping[str, t.Any]) -> dict[str, tuple[Operation, ...]]:
    """The documents that ``packed`` made plain."""
    schemas = data["schemas"]
    found: dict[str, tuple[Operation, ...]] = {}
    for row in data["operations"]:
        operation = Operation(
            **{
                **row,
                "query": frozenset(row["query"]),
                "bodies": {kind: schemas[n] for kind, n in row["bodies"].items()},
                "answers": {status: schemas[n] for status, n in row["answers"].items()},
                "scopes": tuple(row["scopes"]),
            }
        )
        found[operation.document] = (*found.get(operation.document, ()), operation)
    return found
