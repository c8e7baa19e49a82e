# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the variables of a host declare, for results that say too little or too much.

A result of our own names its target and holds no secret.  One of Ansible's, about a variable that
is undefined or a host that cannot be reached, names no target, and quotes what it was given.
"""

from __future__ import annotations

import os
import re
import typing as t
from collections.abc import Mapping

from ...module_utils._argspec import secret_names
from ...module_utils._output.redact import Redactor
from ...module_utils._output.target import target_of
from .origins import PREFIX, Variables

#: Takes a raw value, gives what Ansible makes of it; raises for what it cannot.
Template = t.Callable[[t.Any], t.Any]
ENVIRONMENT = ("ORCHESTRATOR_PASSWORD", "ORCHESTRATOR_CLIENT_SECRET", "ORCHESTRATOR_ACCESS_TOKEN")
_QUOTED = re.compile(r"""'([^']+)'|"([^"]+)\"""")


def target(variables: Variables, template: Template) -> dict[str, str]:
    """Address, tenant and level as declared, as far as they can be known."""
    params = {}
    for name in ("server", "config_file"):
        value = variables.get(PREFIX + name)
        parts = value if isinstance(value, Mapping) else _made(value, template)
        if isinstance(parts, Mapping):
            # Only what is shown: what else there is may be a look-up into a vault.
            shown = ("url", "orchestrator_url", "organization", "tenant", "level", "path")
            params[name] = {key: _made(parts[key], template) for key in shown if key in parts}
    return target_of(params)


def ours(result: t.Mapping[str, t.Any]) -> bool:
    """Whether a result comes from a module of this collection, and so is redacted."""
    return "error" in result or "plan" in result or "stages" in result


def without_secrets(
    result: t.Any, variables: t.Callable[[], Variables], template: Template
) -> t.Any:
    """``result``; where it is not ours, the texts that a report shows are redacted."""
    if not isinstance(result, Mapping) or ours(result):
        return result
    if isinstance(result.get("results"), (list, tuple)):
        items = [without_secrets(item, variables, template) for item in result["results"]]
        return {**result, "results": items}
    said = {key: result[key] for key in ("msg", "skip_reason", "warnings") if result.get(key)}
    if not said:
        return result
    return {**result, **Redactor(_secrets(variables(), template)).data(said)}


def _secrets(variables: Variables, template: Template) -> t.Iterator[str]:
    yield from filter(None, map(os.environ.get, ENVIRONMENT))
    declared = {
        name[len(PREFIX) :]: value for name, value in variables.items() if name.startswith(PREFIX)
    }
    for raw in _secret_values(declared):
        made = _made(raw, template)
        if isinstance(made, str) and made:
            yield made
        if isinstance(raw, str):
            # A template that fails is quoted as it stands, with the texts in it.
            yield from (one or other for one, other in _QUOTED.findall(raw))


def _secret_values(value: t.Any) -> t.Iterator[t.Any]:
    if isinstance(value, Mapping):
        for name, item in value.items():
            if name in secret_names() and not isinstance(item, (Mapping, list)):
                yield item
            else:
                yield from _secret_values(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _secret_values(item)


def _made(value: t.Any, template: Template) -> t.Any:
    try:
        return template(value)
    except Exception:  # noqa: BLE001 - whatever a template raises, the report is about that very host
        return None
