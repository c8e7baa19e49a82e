# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From module arguments to what is wished of one target."""

from __future__ import annotations

import datetime
import os
import typing as t

from .._errors import invalid
from .._reconcile.apply import Wish
from .._reconcile.password import PasswordPolicy
from .._reconcile.password_record import PATIENCE, Record, default_path
from .._settings import PASSWORD, wanted
from .preflight import check, surroundings

if t.TYPE_CHECKING:
    from .._output.context import Context
    from .._output.report import Params
    from .._settings import Values

SHORTEST_KEY = 16
SHORT_KEY = (
    f"it has fewer than {SHORTEST_KEY} characters, so it could be guessed; give a random one, for "
    "example of openssl rand -base64 32"
)


def wish_of(params: Params, context: Context, record: Record | None) -> Wish:
    """What is wished, judged by the pre-flight rules; raises ``Failure``."""
    return Wish(
        declared(params, context),
        PasswordPolicy(params["update_password"], params["password_version"], record),
        params["allow_password_reuse"],
        params["verify_recipient"],
        params["expect_plan"],
    )


def declared(params: Params, context: Context) -> Values:
    """The declared settings on top of the preset, judged by all pre-flight rules at once."""
    settings: Values = wanted(params)
    provider = None
    if params["preset"]:
        # The table of providers is large; without a preset nothing of it is needed.
        from .._knowledge.providers import preset, with_preset

        provider = preset(params["preset"], params["custom_preset"])
        settings = with_preset(provider, settings, params["preset_region"])
        # A pasted app password has lost its spaces by now, which makes it another text.
        context.learn(str(settings.get(PASSWORD, "")))
    findings = check(settings, provider, surroundings(params, datetime.date.today()))
    for finding in findings.warnings:
        context.warn(finding.line)
    return findings.demand()


def password_record(params: Params, context: Context) -> Record | None:
    """The record of fingerprints that this task keeps, if it keeps one."""
    key = params["password_record_key"]
    if key is not None and len(key) < SHORTEST_KEY:
        raise invalid("password_record_key", SHORT_KEY, "options")
    path = params["password_record"]
    if path is None and params["server"]:
        path = default_path(params["server"]["url"])
    # A password that is taken away is to be forgotten, whether it was mentioned or not.
    given = [params["smtp_password"], *(one["smtp_password"] for one in params["tenants"] or ())]
    touched = params["state"] == "inherited" or any(password is not None for password in given)
    if not path or not touched:
        return None
    if "\0" in path:
        raise invalid(
            "password_record", "it holds a NUL character; give the path of a file", "options"
        )
    patience = params["server"]["timeout"] if params["server"] else PATIENCE
    record = Record(os.path.expanduser(path), key, patience)
    if record.trouble is not None:
        context.warn(record.trouble)
    return record
