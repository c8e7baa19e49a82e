# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Work that grows with the rows, and with nothing else."""

from __future__ import annotations

import sys

import pytest
from ansible_collections.rpaops.orchestrator.plugins.plugin_utils._reports.model import Report
from ansible_collections.rpaops.orchestrator.plugins.plugin_utils._reports.rows import rows_of
from ansible_collections.rpaops.orchestrator.plugins.plugin_utils._reports.verdict import judged
from ansible_collections.rpaops.orchestrator.plugins.plugin_utils._reports.writers import WRITERS

DIFF = {"before": {"smtp_port": 25}, "after": {"smtp_port": 587}}


def report(count):
    """A report of one task over ``count`` tenants, every second of which differs."""
    tenants = [
        {"name": f"T{n}", "changed": bool(n % 2), "plan": "p", "updated": ["smtp_port"] * (n % 2)}
        for n in range(count)
    ]
    diffs = [{**DIFF, "before_header": f"tenant T{n}"} for n in range(1, count, 2)]
    result = {"changed": True, "plan": "p", "tenants": tenants, "diff": diffs}
    rows = rows_of("h", result, "drift", applies=False)
    return judged(Report("drift", "2026-03-01T04:05:06Z", "1", tuple(rows)), ["drift"])


def calls(work):
    """How many functions ``work`` calls: a measure of time that no other process disturbs."""
    counted = 0

    def note(_frame, event, _argument):
        nonlocal counted
        counted += event in ("call", "c_call")

    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(None)
    return counted


def test_making_rows_grows_with_the_tenants():
    """Ten times as many, not a hundred times the work."""
    assert calls(lambda: report(2000)) < 12 * calls(lambda: report(200))


@pytest.mark.parametrize("form", WRITERS)
def test_writing_grows_with_the_rows(form):
    """In every format."""
    small, large = report(200), report(2000)

    assert calls(lambda: WRITERS[form].write(large)) < 12 * calls(
        lambda: WRITERS[form].write(small)
    )
