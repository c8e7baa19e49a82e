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
from ._errors import Failure
from ._password import PasswordPolicy
from ._password_record import Record, default_path
from ._preflight import check, surroundings
from ._providers import preset, with_preset
from ._settings import NAMES, PASSWORD, wanted
from ._target import open_backend

if t.TYPE_CHECKING:
    from ._run import Context, Params
    from ._settings import Values


def mail_settings(params: Params, check_mode: bool, context: Context) -> dict[str, t.Any]:
    """Declare, prove and apply; the result keys are documented in the module."""
    if params["state"] == "inherited":
        return inherited(params, check_mode, context)
    wish = _wish(params, context)
    backend = open_backend(params, context.redactor.add, tuple(wish.declared))
    try:
        outcome = apply(backend, wish, check_mode)
    finally:
        backend.close()
    for text in (*outcome.change.current.notices, *outcome.warnings):
        context.warn(text)
    return outcome.result()


def inherited(params: Params, check_mode: bool, context: Context) -> dict[str, t.Any]:
    """Remove own values: of the settings that are mentioned, or of all."""
    from ._inherit import inherit

    if params["server"] and params["server"]["level"] == "host":
        reason = "nothing is above the host; declare its values with state: present instead"
        raise Failure("invalid_option", option="state", reason=reason, stage="guard")
    mentioned = tuple(wanted(params))
    backend = open_backend(params, context.redactor.add, mentioned or None, changing=True)
    try:
        names = mentioned or NAMES
        result, warnings = inherit(backend, names, check_mode, params["expect_plan"])
    finally:
        backend.close()
    for text in warnings:
        context.warn(text)
    return result


def _wish(params: Params, context: Context) -> Wish:
    return Wish(
        declared(params, context),
        _password_policy(params),
        params["allow_password_reuse"],
        params["verify_recipient"],
        params["expect_plan"],
    )


def declared(params: Params, context: Context) -> Values:
    """The declared settings on top of the preset, judged by all pre-flight rules at once."""
    settings: Values = wanted(params)
    provider = None
    if params["preset"]:
        provider = preset(params["preset"], params["custom_preset"])
        settings = with_preset(provider, settings, params["preset_region"])
        # A pasted app password has lost its spaces by now, which makes it another text.
        context.redactor.add(str(settings.get(PASSWORD, "")))
    findings = check(settings, provider, surroundings(params, datetime.date.today()))
    for finding in findings.warnings:
        context.warn(f"{finding.text} [{finding.rule}]")
    return findings.demand()


def _password_policy(params: Params) -> PasswordPolicy:
    path = params["password_record"]
    if path is None and params["server"]:
        path = default_path(params["server"]["url"])
    keep = bool(path) and params["update_password"] == "on_change" and params["smtp_password"]
    record = Record(os.path.expanduser(path)) if keep else None
    return PasswordPolicy(params["update_password"], params["password_version"], record)
