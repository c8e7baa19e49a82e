# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The query options of OData, as far as lists of settings and tenants need them."""

from __future__ import annotations

import re
import typing as t
from urllib.parse import parse_qsl, quote

from .refusals import say
from .wire import business_error

Rows = list[dict[str, t.Any]]

_OPTIONS = frozenset({"$expand", "$filter", "$select", "$orderby", "$top", "$skip", "$count"})
_LARGEST_TOP = 1000
#: The members of a row, in requests and answers.
SETTING = ("Name", "Value", "Scope", "Id")
_COMPARISON = re.compile(r"^(\w+) (eq|ne) (?:'((?:[^']|'')*)'|(\w+))$")
_CALL = re.compile(r"^(startswith|contains|endswith)\((\w+), ?'((?:[^']|'')*)'\)$")
_CALLS: dict[str, t.Callable[[str, str], bool]] = {
    "startswith": str.startswith,
    "endswith": str.endswith,
    "contains": str.__contains__,
}
_WORDS = {"true": True, "false": False, "null": None}


def bound(body: t.Any, names: t.Collection[str], what: str) -> dict[str, t.Any]:
    """A JSON object as OData binds it: exactly these members in these letters, or nothing at all.

    What does not bind is then missing: a refusal without a word about the reason.
    """
    if isinstance(body, dict) and all(name in names or "@odata." in name for name in body):
        return body
    raise business_error(400, 0, say("not_bound", what=what))


def options(query: str) -> dict[str, str]:
    """The ``$`` options of a query string; an unknown one is refused as the servers do."""
    given = dict(parse_qsl(query, keep_blank_values=True))
    unknown = sorted(name for name in given if name.startswith("$") and name not in _OPTIONS)
    if unknown:
        raise business_error(400, 1000, f"Invalid OData query options: {unknown[0]}")
    return given


def _term(text: str) -> t.Callable[[dict[str, t.Any]], bool]:
    comparison = _COMPARISON.match(text)
    if comparison:
        name, operator, quoted, word = comparison.groups()
        wanted: t.Any = quoted.replace("''", "'") if quoted is not None else _WORDS.get(word, word)
        return lambda row: (row.get(name) == wanted) is (operator == "eq")
    call = _CALL.match(text)
    if call:
        function, name, part = _CALLS[call[1]], call[2], call[3].replace("''", "'")
        return lambda row: function(str(row.get(name) or ""), part)
    raise business_error(400, 1000, f"Invalid OData query options: $filter={text}")


def matches(rows: Rows, text: str) -> Rows:
    """The rows for which a filter of comparisons, joined by ``and`` and ``or``, holds."""
    groups = [
        [_term(part.strip()) for part in group.split(" and ")] for group in text.split(" or ")
    ]
    return [row for row in rows if any(all(term(row) for term in group) for group in groups)]


def _number(given: dict[str, str], name: str) -> int | None:
    text = given.get(name)
    if text is None:
        return None
    if not text.isdigit() or (name == "$top" and int(text) > _LARGEST_TOP):
        raise business_error(400, 1000, f"Invalid OData query options: {name}={text}")
    return int(text)


def _names(listed: str) -> list[str]:
    return [name.strip() for name in listed.split(",")]


def _refuse_unknown(rows: Rows, given: dict[str, str]) -> None:
    """What no row has can neither be selected nor ordered by."""
    asked = [*_names(given.get("$select", "")), given.get("$orderby", "").partition(" ")[0]]
    for name in filter(None, asked):
        if rows and name not in rows[0]:
            raise business_error(400, 1000, say("no_property", name=name))


def apply(rows: Rows, given: dict[str, str], page_size: int, address: str) -> dict[str, t.Any]:
    """Filter, order, page and project; ``address`` is where the next page would be asked for."""
    if "$filter" in given:
        rows = matches(rows, given["$filter"])
    _refuse_unknown(rows, given)
    if "$orderby" in given:
        name, _space, direction = given["$orderby"].partition(" ")
        rows = sorted(rows, key=lambda row: str(row.get(name)), reverse=direction == "desc")
    answer: dict[str, t.Any] = {}
    if given.get("$count", "").lower() == "true":
        answer["@odata.count"] = len(rows)
    skip, top = _number(given, "$skip") or 0, _number(given, "$top")
    rows = rows[skip:] if top is None else rows[skip : skip + top]
    if page_size and len(rows) > page_size:
        rest = {name: value for name, value in given.items() if name != "$skip"}
        if top is not None:
            rest["$top"] = str(top - page_size)
        pairs = [f"{name}={quote(value)}" for name, value in rest.items()]
        query = "&".join([*pairs, f"$skip={skip + page_size}"])
        answer["@odata.nextLink"] = f"{address}?{query}"
        rows = rows[:page_size]
    if "$select" in given:
        names = _names(given["$select"])
        rows = [{name: row[name] for name in names if name in row} for row in rows]
    return {**answer, "value": rows}
