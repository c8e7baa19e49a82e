# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reports of slices made one, and what is refused."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from ansible_collections.rpaops.orchestrator.plugins.module_utils._errors import Failure
from ansible_collections.rpaops.orchestrator.plugins.module_utils._version import VERSION
from ansible_collections.rpaops.orchestrator.plugins.plugin_utils._reports.as_json import as_json
from ansible_collections.rpaops.orchestrator.plugins.plugin_utils._reports.merged import merged
from ansible_collections.rpaops.orchestrator.plugins.plugin_utils._reports.model import Report, Row
from support.reports import hostile, ordinary


def kept(folder, name, report):
    """The path of ``report`` as JSON."""
    path = folder / name
    path.write_text(report if isinstance(report, str) else as_json(report), encoding="utf-8")
    return str(path)


def refusal(folder, *texts):
    paths = [kept(folder, f"{number}.json", text) for number, text in enumerate(texts)]
    with pytest.raises(Failure) as caught:
        merged(paths)
    assert caught.value.error == "invalid_option"
    return str(caught.value)


@pytest.mark.parametrize("report", [ordinary(), hostile()], ids=["fine", "evil"])
def test_a_report_that_is_read_back_says_the_same(tmp_path, report):
    """Everything that it holds is in its JSON, hostile texts included."""
    found = merged([kept(tmp_path, "one.json", report)])

    assert found.rows == report.rows
    assert (found.kind, found.time, found.plans) == (report.kind, report.time, report.plans)
    assert (found.revision, found.collection) == (report.revision, VERSION)


def test_a_report_that_is_named_twice_is_refused(tmp_path):
    """Its hosts would count twice."""
    path = kept(tmp_path, "one.json", ordinary())

    with pytest.raises(Failure, match="give one of them"):
        merged([path, path])


def test_the_slices_of_a_job_become_one(tmp_path):
    """All rows and plans; as old as the oldest; of all revisions."""
    one = Report("drift", "2026-03-02T00:00:00Z", "1", (Row("a", "", "drift"),), "r2", {"a": "1"})
    two = Report("drift", "2026-03-01T00:00:00Z", "1", (Row("b", "", "error"),), "r1", {"b": "2"})

    found = merged([kept(tmp_path, "1.json", one), kept(tmp_path, "2.json", two)])

    assert [row.host for row in found.rows] == ["a", "b"]
    assert (found.time, found.revision) == (two.time, "r1, r2")
    assert found.plans == {"a": "1", "b": "2"}


def test_a_row_that_is_in_two_reports_is_refused(tmp_path):
    """Nobody could say which of them holds."""
    said = refusal(tmp_path, ordinary(), ordinary())

    assert "orchestrator / HR is in" in said
    assert "0.json and in" in said


def test_reports_of_two_kinds_are_refused(tmp_path):
    """A plan is not a drift."""
    other = replace(ordinary(), kind="plan", rows=())

    assert "one kind cannot be made of drift and plan" in refusal(tmp_path, ordinary(), other)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "is not JSON"),
        ("[" * 100_000, "is not JSON"),
        ("[]", "another format"),
        ("{}", "another format"),
        ("null", "another format"),
    ],
)
def test_what_is_no_report_is_refused(tmp_path, text, words):
    """With the path and what to give instead."""
    said = refusal(tmp_path, text)

    assert words in said
    assert "0.json" in said
    assert "give JSON files that mail_report wrote" in said


def test_a_file_that_is_not_there_is_named():
    """With what the system says of it."""
    with pytest.raises(Failure, match=r"/nowhere/x.json cannot be read \(No such file"):
        merged(["/nowhere/x.json"])


def test_no_report_at_all_is_refused():
    """An empty list would be an empty report."""
    with pytest.raises(Failure, match="names no report"):
        merged([])


def every_place(value, path=()):
    """The path of every member of a document, at any depth."""
    yield path
    listed = dict(enumerate(value)) if isinstance(value, list) else value
    for key, item in listed.items() if isinstance(listed, dict) else ():
        yield from every_place(item, (*path, key))


def with_member(document, path, value):
    """A copy of ``document`` with another value at ``path``."""
    if not path:
        return value
    changed = document.copy()
    changed[path[0]] = with_member(document[path[0]], path[1:], value)
    return changed


#: What the reader computes by itself, so that it does not matter what is there.
COMPUTED = {"$schema", "headline", "verdict", "fail_on", "failed_on", "hosts", "counts"}


def test_a_damaged_report_is_refused_whatever_is_damaged(tmp_path):
    """Every member of a report in turn becomes something that it cannot be."""
    document = json.loads(as_json(hostile(["x"])))
    document["rows"] = document["rows"][:1]
    read = [
        path
        for path in every_place(document)
        if not COMPUTED.intersection(path[:1]) and path[2:3] != ("differs",)
    ]
    for path in read:
        said = refusal(tmp_path, json.dumps(with_member(document, path, {"a": {"b": [None]}})))
        assert "is not a report of this collection" in said, path
    assert len(read) > 40
