# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The plan file: what was reviewed, and whether it is still what would be done.

It is the JSON report of ``kind: plan`` (see ``_reports``): a digest for every host, of target,
current and wanted settings, and one for every tenant, to say which of them moved.
"""

from __future__ import annotations

import json
import os
import stat
import typing as t
from dataclasses import dataclass, field

from ...module_utils._errors import Failure
from ...module_utils._output.redact import clean
from .._reports.model import FORMAT, VERSION

Data = t.Mapping[str, t.Any]
#: More than a hundred thousand rows; what is larger is something else.
LARGEST = 1 << 28


@dataclass(frozen=True)
class Plan:
    """A plan as it was read: digests by host, and by host and tenant; why a host has none."""

    path: str
    digests: t.Mapping[str, str]
    tenants: t.Mapping[tuple[str, str], str]
    trouble: t.Mapping[str, str] = field(default_factory=dict)

    def digest(self, host: str) -> str:
        """What ``expect_plan`` takes for ``host``; a ``Failure`` when the plan has nothing."""
        if host in self.digests:
            return self.digests[host]
        why = self.trouble.get(host, "it is not in it")
        raise Failure("plan_missing", path=self.path, host=clean(host), reason=why, stage="guard")

    def demand(self, host: str, found: Data) -> None:
        """Raise ``Failure`` unless what check mode ``found`` is what was planned, or is done."""
        expected = self.digest(host)
        if found.get("changed") is False or found.get("plan") == expected:
            return
        moved = [
            clean(str(entry.get("name")))
            for entry in found.get("tenants") or ()
            if entry.get("plan") != self.tenants.get((host, str(entry.get("name"))))
        ]
        raise Failure(
            "plan_moved",
            path=self.path,
            host=f"{clean(host)} ({', '.join(moved)})" if moved else clean(host),
            options=", ".join(found.get("updated") or ()),
            expected=expected,
            found=found.get("plan"),
            stage="guard",
        )


def read(path: str) -> Plan:
    """The plan in the file ``path``; raises ``Failure`` for what is no plan."""
    try:
        data = json.loads(_text(path))
    except OSError as exc:
        raise _refused(path, f"it cannot be read ({exc.strerror})") from exc
    except (ValueError, RecursionError) as exc:
        raise _refused(path, "it is not JSON") from exc
    known = isinstance(data, dict) and data.get("format") == FORMAT
    if not known or data.get("kind") != "plan":
        raise _refused(path, "it is not a plan of this collection")
    if data.get("version") != VERSION:
        raise _refused(path, "it was written by another version of this collection")
    digests, rows = data.get("plans"), data.get("rows")
    if not isinstance(digests, dict) or not isinstance(rows, list):
        raise _refused(path, "it has no plans or no rows")
    if not all(isinstance(digest, str) and digest for digest in digests.values()):
        raise _refused(path, "a digest in it is not text")
    return _plan(path, digests, [row for row in rows if isinstance(row, dict)])


def _plan(path: str, digests: dict[str, str], rows: t.Sequence[Data]) -> Plan:
    trouble = {
        str(row.get("host")): clean(f"it has no digest there, but: {row.get('message')}")
        for row in rows
        if row.get("host") not in digests
    }
    each = {(str(row.get("host")), str(row.get("tenant"))): str(row.get("plan")) for row in rows}
    return Plan(path, digests, each, trouble)


def _text(path: str) -> str:
    # A pipe or a device would never end.
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    with os.fdopen(descriptor, "rb") as file:
        found = os.fstat(file.fileno())
        if not stat.S_ISREG(found.st_mode):
            raise _refused(path, "it is not a regular file")
        if found.st_size > LARGEST:
            raise _refused(path, "it is too large for a plan")
        return file.read().decode("utf-8")


def _refused(path: str, reason: str) -> Failure:
    return Failure("plan_file", path=clean(path), reason=reason, stage="options")
