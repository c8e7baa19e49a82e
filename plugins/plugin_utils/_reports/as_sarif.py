# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The report as SARIF 2.1.0, which code scanning shows beside the line of the declaration.

Pure: no I/O, standard library only.

A result for every setting that differs, and one for every row that could not be compared; what is
as declared is no result.  https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

import hashlib
import json
import typing as t
from dataclasses import dataclass
from urllib.parse import quote

from .model import AS_DECLARED, FORMAT, Place, Report, Row, Setting
from .text import visible
from .verdict import headline
from .words import reason, sentence

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
DOCUMENTATION = "https://github.com/rpaops/orchestrator/blob/main/docs/docsite/rst/reports.rst"
#: GitHub shows 5,000 results of a run, and refuses a file with more than 25,000.
MOST_RESULTS = 5000
ROOT = "%SRCROOT%"

#: For code scanning takes no result without a place: the root itself, where no file is known.
NOWHERE = Place(".")


@dataclass(frozen=True)
class Rule:
    """What code scanning shows of an outcome; ``fix`` says what to do."""

    name: str
    level: str
    text: str
    fix: str


RULES: t.Mapping[str, Rule] = {
    "error": Rule(
        "MailSettingsError",
        "error",
        "The mail settings could not be compared.",
        "Read the message; it names the option and the fix.",
    ),
    "unreachable": Rule(
        "MailSettingsUnreachable",
        "error",
        "The host or its Orchestrator could not be reached.",
        "Check server.url, DNS, firewall and proxy.",
    ),
    "drift": Rule(
        "MailSettingDrift",
        "warning",
        "A mail setting is not as declared.",
        "Apply the declaration, or declare what is there.",
    ),
    "not_checked": Rule(
        "MailSettingsNotChecked",
        "warning",
        "The mail settings were not looked at.",
        "See why the task did not run for this host.",
    ),
    "not_compared": Rule(
        "MailPasswordNotCompared",
        "note",
        "Whether the mail password is as declared is not known.",
        "Keep a password_record that travels with the declaration, or raise password_version.",
    ),
}
Data = dict[str, t.Any]


def as_sarif(report: Report) -> str:
    """The whole document, with a line end."""
    found = [result for row in report.worst_first for result in _results(row)]
    run: Data = {
        "tool": {"driver": _driver(report)},
        "automationDetails": {"id": f"mail-{report.kind}/"},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {ROOT: {"description": {"text": "The root of the working copy."}}},
        "invocations": [_invocation(report, len(found))],
        "properties": {"revision": visible(report.revision), "counts": report.counts},
        "results": found[:MOST_RESULTS],
    }
    document = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(document, ensure_ascii=True) + "\n"


def _driver(report: Report) -> Data:
    return {
        "name": FORMAT,
        "version": visible(report.collection),
        "informationUri": DOCUMENTATION,
        "rules": [_rule(outcome, rule) for outcome, rule in RULES.items()],
    }


def _rule_id(outcome: str) -> str:
    return f"mail-{outcome.replace('_', '-')}"


def _rule(outcome: str, rule: Rule) -> Data:
    return {
        "id": _rule_id(outcome),
        "name": rule.name,
        "shortDescription": {"text": rule.text},
        "fullDescription": {"text": f"{rule.text} {rule.fix}"},
        "help": {"text": rule.fix},
        "helpUri": DOCUMENTATION,
        "defaultConfiguration": {"level": rule.level},
    }


def _invocation(report: Report, found: int) -> Data:
    said = [headline(report)]
    if found > MOST_RESULTS:
        said.append(f"{found - MOST_RESULTS} more results are in the JSON report.")
    return {
        # The tool did its work, whatever it found.
        "executionSuccessful": True,
        "endTimeUtc": report.time,
        "toolExecutionNotifications": [
            {"level": "note", "message": {"text": _text(text)}} for text in said
        ],
    }


def _results(row: Row) -> t.Iterator[Data]:
    if row.outcome == AS_DECLARED:
        return
    if row.drifted:
        yield from (_result(row, sentence(setting), setting) for setting in row.drifted)
    else:
        yield _result(row, reason(row))


def _result(row: Row, said: str, setting: Setting | None = None) -> Data:
    option = setting.option if setting else ""
    where = f" ({row.address})" if row.address else ""
    place = (setting and setting.place) or row.place or NOWHERE
    return {
        "ruleId": _rule_id(row.outcome),
        "ruleIndex": list(RULES).index(row.outcome),
        "level": RULES[row.outcome].level,
        "message": {"text": _text(f"{row.name}{where}: {said}")},
        "partialFingerprints": {"mailSetting/v1": _fingerprint(row, option)},
        "properties": {"host": visible(row.host), "tenant": visible(row.tenant)},
        "locations": [_location(place)],
    }


def _text(text: str) -> str:
    """Plain text; brackets would make a link (3.11.6)."""
    shown = visible(text).replace("\\", "\\\\")
    return shown.replace("[", "\\[").replace("]", "\\]")


def _fingerprint(row: Row, option: str) -> str:
    """The same for the same setting of the same target, night after night."""
    identity = json.dumps([row.host, row.tenant, row.outcome, option])
    return hashlib.sha256(identity.encode("ascii")).hexdigest()


def _location(place: Place) -> Data:
    if place.path.startswith("/"):
        artifact = {"uri": f"file://{quote(place.path, errors='replace')}"}
    else:
        artifact = {"uri": quote(place.path, errors="replace"), "uriBaseId": ROOT}
    # Without a line it is the whole file, which code scanning shows at its first line.
    region = {"startLine": max(1, place.line or 1)}
    return {"physicalLocation": {"artifactLocation": artifact, "region": region}}
