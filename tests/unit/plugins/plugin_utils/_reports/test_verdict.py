# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a report comes to: its sentence, and whether a pipeline may go on."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from ansible_collections.rpaops.orchestrator.plugins.plugin_utils._reports.model import (
    Audience,
    Report,
    Row,
    Setting,
    Unreached,
)
from ansible_collections.rpaops.orchestrator.plugins.plugin_utils._reports.returned import returned
from ansible_collections.rpaops.orchestrator.plugins.plugin_utils._reports.verdict import (
    DEFAULT_FAIL_ON,
    headline,
    judged,
    summary,
)
from ansible_collections.rpaops.orchestrator.plugins.plugin_utils._reports.words import ending
from ansible_collections.rpaops.orchestrator.plugins.plugin_utils._reports.writers import WRITERS

ALL = ("error", "unreachable", "drift", "not_checked", "not_compared", "as_declared")


def report(*outcomes, kind="drift", **more):
    rows = tuple(Row(f"h{n}", "", outcome, **more) for n, outcome in enumerate(outcomes))
    return Report(kind, "2026-03-01T04:05:06Z", "1.0.0", rows)


@pytest.mark.parametrize(
    ("outcomes", "sentence"),
    [
        ((), "No host was checked."),
        (("as_declared",), "1 host is as declared."),
        (("as_declared",) * 3, "All 3 hosts are as declared."),
        (("drift", "as_declared"), "1 of 2 hosts is not as declared: 1 drift."),
        (("error", "error"), "2 of 2 hosts are not as declared: 2 errors."),
        (
            ALL,
            "5 of 6 hosts are not as declared: 1 error, 1 unreachable, 1 drift, 1 not checked, "
            "1 not compared.",
        ),
    ],
)
def test_the_headline_says_it_in_one_sentence(outcomes, sentence):
    """How many, of how many, and what."""
    assert headline(report(*outcomes)) == sentence


def test_the_headline_counts_tenants_where_there_are_some():
    """300 tenants on one host are not 300 hosts."""
    rows = tuple(Row("h", f"T{n}", "drift" if n == 7 else "as_declared") for n in range(300))

    found = headline(Report("drift", "", "", rows))

    assert found == "1 of 300 tenants on 1 host is not as declared: 1 drift."


@pytest.mark.parametrize(
    ("kind", "outcome", "sentence"),
    [
        ("plan", "drift", "1 of 1 host is not as declared: 1 to change."),
        ("test", "as_declared", "1 host is proven by a test."),
        ("test", "error", "1 of 1 host is not proven by a test: 1 error."),
    ],
)
def test_each_kind_has_its_words(kind, outcome, sentence):
    """A plan changes nothing yet, and a test compares nothing."""
    assert headline(report(outcome, kind=kind)) == sentence


@pytest.mark.parametrize(("kind", "words"), [("plan", "to change"), ("drift", "drift")])
def test_a_row_is_called_what_the_headline_counts(kind, words):
    """For people; programs read the name of the outcome, which is the same in both."""
    found = report("drift", kind=kind)

    assert f"1 {words}" in headline(found)
    assert f"h0: {words}: it would change" in summary(found)
    assert f"| {words} |" in WRITERS["markdown"].write(found)
    assert f">{words}<" in WRITERS["html"].write(found)
    assert json.loads(WRITERS["json"].write(found))["rows"][0]["outcome"] == "drift"


@pytest.mark.parametrize(
    ("evidence", "words"),
    [
        ("fingerprint", "h: nothing to write, password compared by its fingerprint"),
        ("none", "h: nothing to write, nothing to compare the password with"),
        ("not_managed", "h: nothing to write"),
    ],
)
def test_an_ending_says_in_words_what_tells_about_the_password(evidence, words):
    """``password: none`` would read as if there were none."""
    found = ending(Row("h", "", "as_declared", evidence=evidence), applies=True)

    assert f"h: {found}" == words


def test_an_apply_says_how_many_it_changed():
    """They are as declared now."""
    rows = (Row("a", "", "as_declared", applied=("smtp_port",)), Row("b", "", "as_declared"))

    found = headline(Report("apply", "", "", rows))

    assert found == "All 2 hosts are as declared, 1 of them changed by this run."


@pytest.mark.parametrize("outcome", ALL)
def test_a_report_fails_on_what_is_listed(outcome):
    """And on nothing else, as long as one row was compared."""
    mixed = report(outcome, "as_declared")

    assert judged(mixed, [outcome]).failed_on == (outcome,)
    others = [name for name in ALL if name not in (outcome, "as_declared")]
    assert judged(mixed, others).failed_on == ()


def test_by_default_what_cannot_be_compared_or_was_not_asked_is_no_failure():
    """As long as one row was compared."""
    found = judged(report("not_checked", "not_compared", "as_declared"), DEFAULT_FAIL_ON)

    assert found.failed_on == ()


@pytest.mark.parametrize("outcomes", [(), ("not_checked",), ("not_checked", "not_checked")])
def test_a_report_without_a_positive_sign_is_never_green(outcomes):
    """No host, or none that was asked: the absence of bad signs proves nothing."""
    assert judged(report(*outcomes), DEFAULT_FAIL_ON).failed_on == ("not_checked",)
    assert judged(report(*outcomes), []).failed_on == ()


@pytest.mark.parametrize(
    ("audience", "failed"),
    [
        (Audience(2, 2), ()),
        (Audience(2, 1, (Unreached("jane", "no_address"),)), ("audience",)),
        (None, ("audience",)),
    ],
)
def test_an_audience_needs_a_positive_sign(audience, failed):
    """Somebody whom nothing reaches is red, and so is not to know."""
    assert judged(report("as_declared", audience=audience), ["audience"]).failed_on == failed


def test_the_summary_names_the_worst_rows_first_and_counts_the_rest():
    """One line each, in words, with nothing that a terminal would obey."""
    settings = (Setting("smtp_port", 1, 2), Setting("smtp_password", None, None, differs=False))
    rows = (
        Row("a\x1b[31m", "T", "drift", settings),
        Row("b", "", "error", message="refused"),
        Row("c", "", "not_compared"),
        Row("d", "", "as_declared"),
    )

    assert summary(Report("drift", "", "", rows), 2)[1:] == [
        "b: error: refused",
        "a\\x1b[31m / T: drift: smtp_port is 1, declared is 2",
        "and 1 more",
    ]


def test_tenants_of_which_the_same_is_said_share_a_line():
    """Hundreds of equal lines say less than one; those of another host have their own."""
    settings = (Setting("smtp_port", 1, 2),)
    hr = [Row("a", f"T{number}", "drift", settings) for number in range(5)]
    rows = (*hr, Row("a", "T5", "error", message="refused"), Row("b", "T0", "drift", settings))

    assert summary(Report("drift", "", "", rows), 5)[1:] == [
        "a / T5: error: refused",
        "a / T0, T1, T2 and 2 more: drift: smtp_port is 1, declared is 2",
        "b / T0: drift: smtp_port is 1, declared is 2",
    ]


def test_rows_beyond_the_lines_are_counted_as_rows():
    """Not as lines."""
    rows = [Row("a", f"T{n}", "error", message="x" if n else "y") for n in range(4)]

    assert summary(Report("drift", "", "", tuple(rows)), 1)[1:] == [
        "a / T0: error: y",
        "and 3 more",
    ]


MISSED = Audience(
    3, 1, (Unreached("jane", "no_address"), Unreached("joe", "address_not_confirmed")), 0
)


def test_a_verdict_on_people_names_them():
    """Who is not reached, and where nobody knows, stand behind the headline."""
    failed = judged(report("as_declared", audience=MISSED), ["audience"])
    unknown = judged(report("as_declared"), ["audience"])

    said = "mail reaches 1 of 3 people, not jane (no address), joe (address not confirmed)"
    assert summary(failed)[1:] == [f"{failed.rows[0].name}: {said}"]
    assert summary(unknown)[1:] == [f"{unknown.rows[0].name}: it is not known whom mail reaches"]
    assert said in returned(failed, {})["msg"]


@pytest.mark.parametrize("kind", ["drift", "test"])
@pytest.mark.parametrize("fail_on", [["drift"], ["audience"]])
def test_what_is_told_has_one_line_on_the_people_of_a_place(kind, fail_on):
    """Whatever fails; tenants with the same people are one place."""
    one = report("as_declared", audience=MISSED)
    rows = [replace(one.rows[0], host="h", tenant=name) for name in ("A", "B")]
    judgement = judged(replace(one, kind=kind, rows=tuple(rows)), fail_on)

    told = [line for line in returned(judgement, {})["told"] if "mail reaches" in line]

    assert len(told) == 1
    assert told[0].startswith("h (2 tenants): mail reaches 1 of 3 people")


def test_a_sentence_does_not_name_thousands():
    """The JSON report has all of them."""
    missed = tuple(Unreached(f"user{n}", "inactive") for n in range(5000))
    failed = judged(report("as_declared", audience=Audience(5000, 0, missed)), ["audience"])

    assert summary(failed)[1].endswith("user19 (inactive) and 4980 more")
