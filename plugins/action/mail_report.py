# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""``mail_report``: results become one report; runs on the controller only."""

from __future__ import annotations

import os
import typing as t
from dataclasses import replace

from ansible.plugins.action import ActionBase
from ansible.template import Templar

from ..module_utils._errors import Failure
from ..module_utils._output.report import plain_failure
from ..plugin_utils._files import written
from ..plugin_utils._in_process import refused, validated
from ..plugin_utils._registered import Registered
from ..plugin_utils._reports.collect import Collector
from ..plugin_utils._reports.merged import merged
from ..plugin_utils._reports.model import Report
from ..plugin_utils._reports.options import RELATIONS, file_name, spec
from ..plugin_utils._reports.origins import working_copy
from ..plugin_utils._reports.returned import returned
from ..plugin_utils._reports.verdict import headline, judged
from ..plugin_utils._reports.writers import documents

Variables = t.Mapping[str, t.Any]


class ActionModule(ActionBase):
    """Collects what the hosts registered, writes the report, and fails when it is a bad one."""

    _requires_connection = False
    # One report is about all hosts.
    BYPASS_HOST_LOOP = True

    def run(self, tmp: t.Any = None, task_vars: dict[str, t.Any] | None = None) -> dict[str, t.Any]:
        done = super().run(tmp, task_vars)
        odd = refused(self._task.args, spec())
        if odd is not None:
            return {**done, **odd}
        _verdict, options = validated(self, spec(), **RELATIONS)
        try:
            found = self._told(options, task_vars or {})
        except Exception as exc:  # noqa: BLE001 - whatever happens ends in a sentence
            found = plain_failure(exc)
        return {**done, **found}

    def _told(self, options: Variables, task_vars: Variables) -> dict[str, t.Any]:
        places = [
            {**options, **place, "kind": options["kind"]} for place in (options["also"] or ())
        ]
        named = [(place, file_name(place)) for place in (options, *places) if place["directory"]]
        report = judged(self._report(options, task_vars), options["fail_on"])
        files: dict[str, str] = {}
        more: list[str] = []
        for place, name in named:
            made = documents(report, name, place["formats"])
            try:
                paths = written(place["directory"], made)
            except Failure as exc:
                # What was found is not lost with the files that it could not be written to.
                said = f"{exc} {headline(report)}"
                return {**returned(report, files, more), **plain_failure(exc), "msg": said}
            if place is options:
                files = dict(zip(place["formats"], paths))
            else:
                more += paths
        return returned(report, files, more)

    def _report(self, options: Variables, task_vars: Variables) -> Report:
        if options["merge"] is None:
            return self._collector(options, task_vars).report(task_vars)
        report, stated = merged(options["merge"]), options["revision"]
        return report if stated is None else replace(report, revision=stated)

    def _collector(self, options: Variables, task_vars: Variables) -> Collector:
        def templates(variables: Variables) -> t.Callable[[t.Any], t.Any]:
            return Templar(loader=self._loader, variables=variables).template

        return Collector(
            options=options,
            registered=Registered.of(task_vars),
            templates=templates,
            # A play in check mode has applied nothing.
            applies=options["kind"] == "apply" and not self._task.check_mode,
            root=working_copy(os.getcwd()),
        )
