# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is a plan, what it says about a host, and when something has moved."""

from __future__ import annotations

import json
import os

import pytest
from ansible_collections.rpaops.orchestrator.plugins.module_utils._errors import Failure
from ansible_collections.rpaops.orchestrator.plugins.plugin_utils._plans.plan_file import read
from ansible_collections.rpaops.orchestrator.plugins.plugin_utils._reports.as_json import as_json
from ansible_collections.rpaops.orchestrator.plugins.plugin_utils._reports.model import Report, Row


def plan(folder, **changed):
    """A plan as the report writes it, with members of the document ``changed``."""
    rows = (
        Row("hr", "A", "drift", plan="digest of A"),
        Row("hr", "B", "drift", plan="digest of B"),
        Row("down", "", "unreachable", message="Connection refused"),
    )
    report = Report("plan", "2026-01-02T03:04:05Z", "1.0.0", rows, plans={"hr": "digest"})
    path = folder / "mail-plan.json"
    path.write_text(json.dumps({**json.loads(as_json(report)), **changed}))
    return str(path)


def refused(path):
    with pytest.raises(Failure) as caught:
        read(path)
    return caught.value


def test_a_host_has_the_digest_that_was_planned(tmp_path):
    """That is what expect_plan takes."""
    assert read(plan(tmp_path)).digest("hr") == "digest"


@pytest.mark.parametrize(
    ("host", "why"), [("new", "it is not in it"), ("down", "Connection refused")]
)
def test_a_host_without_a_digest_is_refused_with_the_reason(tmp_path, host, why):
    """It was added later, or could not be planned."""
    with pytest.raises(Failure, match=why) as caught:
        read(plan(tmp_path)).digest(host)

    assert caught.value.error == "plan_missing"


def test_what_is_as_planned_or_done_is_in_order(tmp_path):
    """The same digest, or nothing left to do."""
    found = read(plan(tmp_path))

    found.demand("hr", {"changed": True, "plan": "digest"})
    found.demand("hr", {"changed": False, "plan": "another"})


@pytest.mark.parametrize("result", [{"changed": True, "plan": "another"}, {"changed": True}, {}])
def test_anything_else_has_moved(tmp_path, result):
    """No digest is not the same digest."""
    with pytest.raises(Failure) as caught:
        read(plan(tmp_path)).demand("hr", result)

    assert caught.value.error == "plan_moved"


def test_the_tenants_that_moved_are_named(tmp_path):
    """One that is new is among them."""
    tenants = [{"name": n, "plan": f"digest of {n}"} for n in "ABC"]
    tenants[1]["plan"] = "another"

    with pytest.raises(Failure, match=r"hr \(B, C\)"):
        read(plan(tmp_path)).demand("hr", {"changed": True, "plan": "x", "tenants": tenants})


@pytest.mark.parametrize(
    "changed",
    [
        {"format": "something"},
        {"kind": "drift"},
        {"version": 2},
        {"plans": ["hr"]},
        {"plans": {"hr": None}},
        {"plans": {"hr": ""}},
        {"rows": None},
    ],
    ids=str,
)
def test_a_document_that_is_no_plan_is_refused(tmp_path, changed):
    """Half a plan could let through what nobody reviewed."""
    assert refused(plan(tmp_path, **changed)).error == "plan_file"


def test_what_is_no_file_to_read_is_refused(tmp_path):
    """A folder, a pipe that nobody writes to, bytes that are no text."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "bytes").write_bytes(b"\xff\xfe{")

    for name in (".", "pipe", "bytes", "missing"):
        assert refused(str(tmp_path / name)).error == "plan_file"
