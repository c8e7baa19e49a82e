# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The report as JSON: ``docs/schema/mail-report.schema.json``; of a plan, it is the plan file.

Pure: no I/O, standard library only.  One row is one line, so that two reports can be compared with
ordinary tools, and everything beyond ASCII is escaped, so that nothing in it takes effect anywhere.
"""

from __future__ import annotations

import dataclasses
import json
import typing as t

from .model import FORMAT, VERSION, Audience, Place, Proof, Report, Row, Setting
from .verdict import headline

SCHEMA = (
    "https://raw.githubusercontent.com/rpaops/orchestrator/main/docs/schema/mail-report.schema.json"
)


def as_json(report: Report) -> str:
    """The whole document, with a line end."""
    head = {
        "$schema": SCHEMA,
        "format": FORMAT,
        "version": VERSION,
        "kind": report.kind,
        "headline": headline(report),
        "verdict": "failed" if report.failed_on else "passed",
        "fail_on": list(report.fail_on),
        "failed_on": list(report.failed_on),
        "time": report.time,
        "revision": report.revision,
        "collection": report.collection,
        "hosts": report.hosts,
        "counts": report.counts,
        "plans": dict(report.plans),
    }
    lines = [f"  {_dumped(key)}: {_dumped(value)},\n" for key, value in head.items()]
    rows = ",\n".join(f"    {_dumped(row_data(row))}" for row in report.rows)
    return f'{{\n{"".join(lines)}  "rows": [\n{rows}\n  ]\n}}\n'


def _dumped(value: t.Any) -> str:
    return json.dumps(value, ensure_ascii=True)


def row_data(row: Row) -> dict[str, t.Any]:
    """A row as the document has it."""
    return {
        "host": row.host,
        "tenant": row.tenant,
        "outcome": row.outcome,
        "differs": row.differs,
        "settings": [_setting(setting) for setting in row.settings],
        "applied": row.applied,
        "address": row.address,
        "level": row.level,
        "server_version": row.version,
        "plan": row.plan,
        "password_evidence": row.evidence,
        "verified": row.verified,
        "error": row.error,
        "stage": row.stage,
        "message": row.message,
        "diagnosis": dict(row.diagnosis),
        "warnings": row.warnings,
        "declared_in": _members(row.place),
        "proof": _members(row.proof),
        "audience": _members(row.audience),
    }


def _setting(setting: Setting) -> dict[str, t.Any]:
    return {
        "option": setting.option,
        "before": setting.before,
        "declared": setting.declared,
        "differs": setting.differs,
        "declared_in": _members(setting.place),
    }


def _members(part: Place | Proof | Audience | None) -> dict[str, t.Any] | None:
    return None if part is None else dataclasses.asdict(part)
