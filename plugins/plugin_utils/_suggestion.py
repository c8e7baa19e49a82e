# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The nearest right name, for an option that Ansible does not know.

Pure.

Ansible lists all options there are. It says so on both roads of a task, in the words of every
ansible-core that is supported; words that are not recognised are left alone.
"""

from __future__ import annotations

import re
import typing as t

from ..module_utils._phrase import did_you_mean

Options = t.Mapping[str, t.Any]
_SAID = re.compile(r"Unsupported parameters for \(\S+\) module: (.+?)\. Supported parameters ")


def with_suggestion(result: dict[str, t.Any], options: Options) -> dict[str, t.Any]:
    """``result`` with the nearest right names at the end of its message, where there are some."""
    said = _SAID.match(str(result.get("msg", "")))
    if not result.get("failed") or said is None:
        return result
    hint = "".join(_hint(path.strip(), options) for path in said[1].split(","))
    return {**result, "msg": f"{result['msg']} {hint}".rstrip()}


def _hint(path: str, options: Options) -> str:
    *above, name = path.split(".")
    for step in above:
        options = options.get(step, {}).get("options") or {}
    within = "".join(f"{step}." for step in above)
    return did_you_mean(name, options, within)
