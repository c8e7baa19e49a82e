# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reports to look at and to read back: one as people meet it, and one that means harm."""

from __future__ import annotations

import typing as t

from ansible_collections.rpaops.orchestrator.plugins.plugin_utils._reports.model import (
    Audience,
    Place,
    Proof,
    Report,
    Row,
    Setting,
    Unreached,
)
from ansible_collections.rpaops.orchestrator.plugins.plugin_utils._reports.verdict import judged

#: Texts that servers, inventories and people may put into a report, and that mean something in one
#: format or another.
TEXTS: tuple[str, ...] = (
    "a | b",
    "a\\|b",
    "\\",
    "`code` and ``more``",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</code></td></table><h1>x",
    "&lt;b&gt; &amp; & &#124;",
    "\"quoted\" 'single'",
    "]]> <!-- x --> <![CDATA[",
    "line\nfeed\r\nand\rmore",
    "\n\n# heading\n\n- item\n\n```\nfence",
    "tab\there",
    "nul\x00bell\x07esc\x1b[31mred\x1b]0;title\x07",
    "c1 \x85 \x9b31m next",
    "lines\u2028and\u2029paragraphs",
    "right\u202eto left\u2066\u200b\ufeff",
    "half \ud800 and \udfff",
    "not a character \ufffe \uffff",
    "[link](https://evil.example/) ![img](https://evil.example/x.png)",
    "https://evil.example/ www.evil.example mail@evil.example",
    "@everyone #1 !1 $1",
    "{{ 7 * 7 }} {% raw %} ${x} %(x)s",
    "*bold* _it_ ~~gone~~ __x__",
    '{host="a"} 1 # HELP',
    "=cmd|' /C calc'!A0",
    "name with spaces  twice ",
    "",
    " ",
    "\u00fcml\u00e4ut \u65e5\u672c\u8a9e \U0001f600",
    "x" * 3000,
)
TIME = "2026-03-01T04:05:06Z"


def hostile(texts: t.Sequence[str] = TEXTS) -> Report:
    """A report with each of ``texts`` in every place that text can be in, once per outcome."""
    outcomes = ("error", "unreachable", "drift", "not_checked", "not_compared", "as_declared")
    rows = [
        _hostile_row(f"{number}{text}", text, outcome)
        for number, text in enumerate(texts)
        for outcome in outcomes
    ]
    report = Report("drift", TIME, "1.0.0", tuple(rows), "".join(texts)[:500], {"h": texts[0]})
    return judged(report, ["drift", "error", "unreachable"])


def _hostile_row(host: str, text: str, outcome: str) -> Row:
    return Row(
        host=host,
        tenant=text + outcome,
        outcome=outcome,
        settings=(Setting("smtp_host", text, text, place=Place(text or "x", 3)),),
        address=text,
        level=text,
        version=text,
        plan=text,
        evidence=text,
        error=text,
        stage=text,
        message=text,
        diagnosis={"id": text, "cause": text, "fix": text},
        warnings=(text,),
        place=Place(text or "x"),
        proof=Proof(False, text, text, text, 3),
        audience=Audience(2, 1, (Unreached(text, text),)),
    )


def ordinary(fine: int = 12) -> Report:
    """A report as people meet it: one row of every outcome, and ``fine`` as declared."""
    address = "https://orchestrator.example.com"
    place = Place("group_vars/all.yml", 12)
    at: dict[str, t.Any] = {"address": address, "level": "tenant", "version": "11.0"}
    drift = Row(
        "orchestrator",
        "HR",
        "drift",
        (
            Setting("smtp_host", "smtp.old.example.com", "smtp.example.com", place=place),
            Setting("smtp_port", 2525, 587, place=Place("group_vars/all.yml", 13)),
            Setting("enable_ssl", False, True, place=Place("group_vars/all.yml", 14)),
            Setting("smtp_password", "(set)", "(will be set: nothing to go by)", differs=False),
        ),
        plan="1f0c8f8b5d3b3f5a" * 4,
        evidence="none",
        place=place,
        warnings=("Gmail ends app passwords of this kind on 2027-01-31.",),
        **at,
    )
    refused = "{} refused the sign-in of admin: Invalid credentials. Check server.password."
    others = (
        Row("suite", "Finance", "error", error="sign_in_refused", stage="sign_in", place=place,
            message=refused.format("https://suite.example.com"), address="https://suite.example.com"),
        Row("old", "", "unreachable", error="unreachable", address="https://old.example.com",
            message="Cannot reach https://old.example.com: Connection refused. Check server.url."),
        Row("spare", "", "not_checked", message="no result: the task did not run for this host"),
        Row("orchestrator", "Sales", "not_compared",
            (Setting("smtp_password", "(set)", "(will be set: nothing to go by)", differs=False),),
            evidence="none", **at),
    )  # fmt: skip
    good = [Row("orchestrator", f"Team {number}", "as_declared", **at) for number in range(fine)]
    proven = Row(
        "mailer", "Default", "as_declared", proof=Proof(True, "accepted", days_left=9), **at
    )
    rows = (drift, *others, *good, proven)
    report = Report("drift", TIME, "1.0.0", rows, "4f2a9c1", {"orchestrator": "1f0c8f8b"})
    return judged(report, ["drift", "error", "unreachable"])
