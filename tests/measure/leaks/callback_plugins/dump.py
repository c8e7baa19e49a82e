# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Write down every result as a callback plugin gets it, the way report plugins do."""

from __future__ import annotations

import json
import os
import typing as t

from ansible.plugins.callback import CallbackBase


class CallbackModule(CallbackBase):
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "notification"
    CALLBACK_NAME = "dump"
    CALLBACK_NEEDS_ENABLED = True

    def _dump(self, result: t.Any, *unused: t.Any, **also_unused: t.Any) -> None:
        # Older versions keep the result in an attribute with an underscore only.
        data = getattr(result, "result", None) or result._result
        with open(os.environ["LEAKS_DUMP"], "a", encoding="utf-8") as handle:
            handle.write(json.dumps(data, default=str, ensure_ascii=False) + "\n")

    v2_runner_on_ok = v2_runner_on_failed = v2_runner_on_skipped = _dump
    v2_runner_on_unreachable = v2_runner_on_async_ok = v2_runner_on_async_failed = _dump
    v2_runner_item_on_ok = v2_runner_item_on_failed = _dump
