# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From what a play knows to the rows of a report.

What costs time, all variables of a host and templates of them, is looked at only for hosts of which
there is something to say.
"""

from __future__ import annotations

import functools
import typing as t
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from ...module_utils._version import VERSION
from . import declared
from .model import AS_DECLARED, Place, Report, Row
from .origins import Origins
from .rows import TEXT, proven, rows_of, with_audience
from .surroundings import now, revision

if t.TYPE_CHECKING:
    from .._registered import Registered

Variables = t.Mapping[str, t.Any]


@dataclass(frozen=True)
class Collector:
    """Collects for one report.

    ``options`` are those of the module; ``templates`` makes a ``Template`` for the variables of a
    host; ``applies`` says that changes were really written; paths are relative to ``root``.
    """

    options: Variables
    registered: Registered
    templates: t.Callable[[Variables], declared.Template]
    applies: bool
    root: str
    plans: dict[str, str] = field(default_factory=dict)

    def report(self, task_vars: Variables) -> Report:
        """All rows, without a verdict."""
        rows = tuple(row for host, result in self._results() for row in self._rows(host, result))
        return Report(
            kind=self.options["kind"],
            time=now(),
            collection=VERSION,
            rows=rows,
            revision=revision(self.options["revision"], task_vars),
            plans=self.plans,
        )

    def _results(self) -> t.Iterator[tuple[str, t.Any]]:
        given, hosts = self.options["results"], self.options["hosts"]
        if given is not None:
            yield from ((str(item["host"])[:TEXT], item["result"]) for item in given)
            return
        for host in dict.fromkeys(self.registered.hosts if hosts is None else hosts):
            yield str(host)[:TEXT], self.registered.result(host, self.options["register"])

    def _rows(self, host: str, result: t.Any) -> list[Row]:
        @functools.cache
        def variables() -> Variables:
            return self.registered.variables(host)

        @functools.cache
        def origins() -> Origins:
            return Origins(variables(), self.options["declared_in"].get(host), self.root)

        def place(tenant: str, option: str) -> Place | None:
            return origins()(tenant, option)

        def template(value: t.Any) -> t.Any:
            return self.templates(variables())(value)

        def safe(found: t.Any) -> t.Any:
            return declared.without_secrets(found, variables, template)

        kind = self.options["kind"]
        rows = rows_of(host, safe(result), kind, applies=self.applies, places=place)
        if self.options["proof"]:
            rows = proven(rows, safe(self.registered.known(host).get(self.options["proof"])))
        if self.options["audience"]:
            rows = with_audience(rows, self.registered.known(host).get(self.options["audience"]))
        if isinstance(result, Mapping) and isinstance(result.get("plan"), str):
            self.plans[host] = str(result["plan"])
        return [_placed(row, variables, template) for row in rows]


def _placed(row: Row, variables: t.Callable[[], Variables], template: declared.Template) -> Row:
    """``row`` with the target that its host declares, where the result names none."""
    if row.address or row.outcome == AS_DECLARED:
        return row
    target = declared.target(variables(), template)
    return replace(
        row,
        address=target.get("address", ""),
        level=row.level or target.get("level", ""),
        tenant=row.tenant or target.get("tenant", ""),
    )
