# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The schema of the report: what we write is valid by it, and it says no more than that."""

from __future__ import annotations

import copy
import json

import pytest
from ansible_collections.rpaops.orchestrator.plugins.module_utils._settings import NAMES
from ansible_collections.rpaops.orchestrator.plugins.plugin_utils._reports.as_json import (
    SCHEMA,
    as_json,
)
from ansible_collections.rpaops.orchestrator.plugins.plugin_utils._reports.model import (
    AUDIENCE,
    OUTCOMES,
)
from ansible_collections.rpaops.orchestrator.plugins.plugin_utils._reports.verdict import KINDS
from jsonschema import Draft202012Validator
from support.places import ROOT
from support.reports import hostile, ordinary

TEXT = json.loads((ROOT / "docs/schema/mail-report.schema.json").read_text(encoding="utf-8"))


def complaints(document):
    """Where a document is not what the schema says."""
    return ["/".join(map(str, e.path)) for e in Draft202012Validator(TEXT).iter_errors(document)]


@pytest.mark.parametrize(
    "report", [hostile(), ordinary(), ordinary(0)], ids=["evil", "fine", "bad"]
)
def test_every_report_is_valid(report):
    """Also one with hostile texts in every place."""
    assert complaints(json.loads(as_json(report))) == []


def test_the_schema_is_valid_and_has_the_address_that_reports_name():
    """Editors fetch it from there."""
    Draft202012Validator.check_schema(TEXT)

    assert TEXT["$id"] == SCHEMA
    assert SCHEMA.endswith("/docs/schema/mail-report.schema.json")


def test_the_words_of_the_schema_are_those_of_the_code():
    """Kinds, outcomes and options."""
    known = TEXT["$defs"]

    assert TEXT["properties"]["kind"]["enum"] == list(KINDS)
    assert known["outcome"]["enum"] == [outcome.name for outcome in OUTCOMES]
    assert known["sign"]["anyOf"][1]["const"] == AUDIENCE
    assert known["option"]["enum"] == list(NAMES)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("version",), 2),
        (("format",), "other"),
        (("time",), "yesterday"),
        (("counts", "drift"), -1),
        (("rows", 0, "outcome"), "fine"),
        (("rows", 0, "settings", 0, "option"), "smtp_prot"),
        (("rows", 0, "settings", 3, "declared"), "a password"),
        (("rows", 0, "extra"), 1),
        (("extra",), 1),
        (("rows", 0, "host"), None),
    ],
)
def test_the_schema_refuses_what_is_not_a_report(path, value):
    """A schema that takes everything would prove nothing."""
    document = copy.deepcopy(json.loads(as_json(ordinary())))
    place = document
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value

    assert complaints(document)
