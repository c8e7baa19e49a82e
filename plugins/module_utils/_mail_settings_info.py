# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""M(mail_settings_info) as a function of its arguments.

Private to this collection; may change at any time.
"""

from __future__ import annotations

import typing as t

from ._settings import BY_NAME, NAMES, PASSWORD, Value, Values, public
from ._target import open_backend

if t.TYPE_CHECKING:
    from ._run import Context, Params

TYPES: t.Mapping[str, type] = {"bool": bool, "int": int}


def mail_settings_info(params: Params, check_mode: bool, context: Context) -> dict[str, t.Any]:
    """What holds, without the password; the result keys are documented in the module."""
    backend = open_backend(params, context.redactor.add)
    try:
        found = backend.read()
    finally:
        backend.close()
    for text in found.notices:
        context.warn(text)
    return {
        "changed": False,
        "settings": public(found.values, found.password.is_set),
        "sources": {name: found.sources[name] for name in NAMES if name in found.sources},
        "api": dict(found.api),
        "server_version": found.server_version,
        "declaration": declaration(found.values),
    }


def declaration(values: Values) -> dict[str, Value]:
    """The settings as options that change nothing.

    A value that the option could not take (a port that is no number) is left out, as is the
    password, which cannot be read.
    """
    return {
        name: values[name]
        for name in NAMES
        if name in values and name != PASSWORD and _fits(name, values[name])
    }


def _fits(name: str, value: Value) -> bool:
    kind = TYPES.get(BY_NAME[name].kind, str)
    # To Python a truth value is a number, to the Mail tab it is not.
    return isinstance(value, kind) and isinstance(value, bool) == (kind is bool)
