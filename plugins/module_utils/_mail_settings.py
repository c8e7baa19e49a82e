# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""M(mail_settings) and M(mail_settings_info) as functions of their arguments.

Private to this collection; may change at any time.
"""

from __future__ import annotations

import datetime
import os
import typing as t

from ._apply import Wish, apply
from ._password import PasswordPolicy
from ._password_record import Record, default_path
from ._providers import dated_warnings, preset, with_preset
from ._settings import wanted
from ._target import open_backend

if t.TYPE_CHECKING:
    from ._run import Context, Params
    from ._settings import Value


def mail_settings(params: Params, check_mode: bool, context: Context) -> dict[str, t.Any]:
    """Declare, prove and apply; the result keys are documented in the module."""
    wish = _wish(params, context)
    backend = open_backend(params, context.redactor.add)
    try:
        outcome = apply(backend, wish, check_mode)
    finally:
        backend.close()
    for text in outcome.warnings:
        context.warn(text)
    return outcome.result()


def _wish(params: Params, context: Context) -> Wish:
    return Wish(
        declared(params, context),
        _password_policy(params),
        params["allow_password_reuse"],
        params["verify_recipient"],
        params["expect_plan"],
    )


def declared(params: Params, context: Context) -> dict[str, Value]:
    """The declared settings, on top of the preset if one is named."""
    settings = wanted(params)
    if not params["preset"]:
        return settings
    provider = preset(params["preset"], params["custom_preset"])
    for text in dated_warnings(provider, datetime.date.today()):
        context.warn(text)
    return with_preset(provider, settings, params["preset_region"])


def _password_policy(params: Params) -> PasswordPolicy:
    path = params["password_record"]
    if path is None and params["server"]:
        path = default_path(params["server"]["url"])
    keep = bool(path) and params["update_password"] == "on_change" and params["smtp_password"]
    record = Record(os.path.expanduser(path)) if keep else None
    return PasswordPolicy(params["update_password"], params["password_version"], record)
