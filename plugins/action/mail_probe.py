# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""``mail_probe``: ask a server what nobody knows of it; runs on the controller only."""

from __future__ import annotations

import typing as t

from ansible.plugins.action import ActionBase

from ..module_utils._output.report import report
from ..plugin_utils._in_process import ended, refused, returned, validated
from ..plugin_utils._probe.options import spec
from ..plugin_utils._probe.work import mail_probe


class ActionModule(ActionBase):
    """The work of ``plugin_utils._probe`` with validated options, and its result."""

    _requires_connection = False

    def run(self, tmp: t.Any = None, task_vars: dict[str, t.Any] | None = None) -> dict[str, t.Any]:
        done = super().run(tmp, task_vars)
        odd = refused(self._task.args, spec())
        if odd is not None:
            return {**done, **odd}
        verdict, options = validated(self, spec())
        made = report(mail_probe, options, self._task.check_mode)
        return ended({**done, **returned(made)}, verdict._no_log_values)
