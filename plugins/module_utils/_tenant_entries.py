# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The entries of the option ``tenants``: names, or dictionaries with a name and what differs.

Pure.
"""

from __future__ import annotations

import typing as t

from ._argspec import Spec, tenants
from ._errors import invalid
from ._phrase import hints, say

#: Where Ansible's list of what there is begins.
LIST = ". Supported parameters "


def with_tenants(params: t.Mapping[str, t.Any]) -> t.Mapping[str, t.Any]:
    """The arguments of a module with every entry of ``tenants`` as typed options.

    A plain name is a tenant that declares nothing of its own.  Raises ``Failure``.
    """
    entries = params.get("tenants")
    if not entries:
        return params
    spec = tenants()["options"]
    nothing = dict.fromkeys(spec)
    return {**params, "tenants": [_tenant(entry, spec, nothing) for entry in entries]}


def _tenant(entry: t.Any, spec: Spec, nothing: Spec) -> Spec:
    if isinstance(entry, (str, int)) and not isinstance(entry, bool):
        return {**nothing, "name": str(entry)}
    if not isinstance(entry, dict):
        reason = "an entry is the name of a tenant, or a dictionary with its name and what differs"
        raise invalid("tenants", say(reason), "options")
    # Imported late: a list of plain names does not need it.
    from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

    verdict = ArgumentSpecValidator(spec).validate(entry)
    if verdict.error_messages:
        unknown = ["".join(path) for path in sorted(verdict.unsupported_parameters)]
        hint = hints(unknown, spec)
        said = ". ".join(verdict.error_messages).replace(LIST, f". {hint}{LIST[2:]}", 1)
        raise invalid("tenants", said.rstrip("."), "options")
    return t.cast(Spec, verdict.validated_parameters)
