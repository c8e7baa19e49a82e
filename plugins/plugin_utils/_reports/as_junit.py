# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The report as JUnit XML, which every pipeline shows as test results.

Pure: no I/O, standard library only.

There is no standard; the form is the one that the Jenkins plugin reads, which others took over: a
test case per row, ``failure`` for what differs, ``error`` for what could not be found out,
``skipped`` for what was not asked.  What the report fails on is never merely skipped.
"""

from __future__ import annotations

import typing as t
import xml.etree.ElementTree as ET
from collections import Counter

from .model import AS_DECLARED, Report, Row
from .text import value_words, visible
from .verdict import KINDS, Kind, headline, outcome_words
from .words import facts, notes, reason

ELEMENTS: t.Mapping[str, str] = {
    "error": "error",
    "unreachable": "error",
    "drift": "failure",
    "not_checked": "skipped",
    "not_compared": "skipped",
}


def as_junit(report: Report) -> str:
    """The whole document, with a line end."""
    elements = [_element_of(row, report) for row in report.rows]
    found = Counter(elements)
    counts = {
        "tests": str(len(report.rows)),
        "failures": str(found["failure"]),
        "errors": str(found["error"]),
        "skipped": str(found["skipped"]),
        "time": "0",
    }
    name = KINDS[report.kind].title
    root = ET.Element("testsuites", {"name": name, **counts})
    # The form has no place for a zone; UTC is what its readers expect.
    stamp = visible(report.time).removesuffix("Z")
    suite = ET.SubElement(root, "testsuite", {"name": name, "timestamp": stamp, **counts})
    _properties(suite, report)
    for row, element in zip(report.rows, elements):
        _case(suite, row, element, KINDS[report.kind])
    ET.SubElement(suite, "system-out").text = headline(report)
    body = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'


def _element_of(row: Row, report: Report) -> str:
    if row.outcome == AS_DECLARED:
        return "failure" if AS_DECLARED in report.fail_on else ""
    element = ELEMENTS[row.outcome]
    return "failure" if element == "skipped" and row.outcome in report.fail_on else element


def _properties(suite: ET.Element, report: Report) -> None:
    held = ET.SubElement(suite, "properties")
    facts = {"kind": report.kind, "revision": report.revision, "collection": report.collection}
    for name, value in facts.items():
        ET.SubElement(held, "property", {"name": name, "value": visible(value)})


def _case(suite: ET.Element, row: Row, element: str, kind: Kind) -> None:
    title = visible(row.tenant) or "mail settings"
    shown = {"classname": visible(row.host), "name": title, "time": "0"}
    case = ET.SubElement(suite, "testcase", shown)
    if element:
        words = f"{outcome_words(row.outcome, kind)}: {visible(reason(row))}"
        attributes = {"message": words}
        if element != "skipped":
            attributes["type"] = row.outcome
        ET.SubElement(case, element, attributes).text = _text(row) or None
    said = notes(row)
    if said:
        ET.SubElement(case, "system-out").text = "\n".join(map(visible, said))


def _text(row: Row) -> str:
    lines = [
        f"{setting.option}: {value_words(setting.before)} -> {value_words(setting.declared)}"
        + (f" ({visible(str(setting.place))})" if setting.place else "")
        for setting in row.settings
    ]
    lines += [f"{label}: {visible(value)}" for label, value in facts(row)]
    return "\n".join(lines)
