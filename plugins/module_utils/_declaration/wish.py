# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From module arguments to what is wished of one target."""

from __future__ import annotations

import datetime
import os
import typing as t

from .._argspec import presets
from .._errors import invalid
from .._phrase import say
from .._reconcile.apply import Wish
from .._reconcile.password import PasswordPolicy
from .._reconcile.password_record import PATIENCE, Record, default_path
from .._settings import PASSWORD, wanted
from .._text import why_no_path
from .judge import Judge
from .preflight import check, surroundings

if t.TYPE_CHECKING:
    from .._output.context import Context
    from .._output.report import Params
    from .._settings import Values

PRESETS = tuple(presets())
SHORTEST_KEY = 16
SHORT_KEY = say(
    "it has fewer than {count} characters, so it could be guessed; give a random one, for example "
    "of openssl rand -base64 32",
    count=SHORTEST_KEY,
)


def wish_of(params: Params, context: Context, record: Record | None) -> Wish:
    """What is wished, judged by the pre-flight rules; raises ``Failure``.

    The settings stand on top of the preset; all rules look at them at once.
    """
    _refuse_lonely(params)
    settings: Values = wanted(params)
    provider, eras = None, {}
    if params["preset"]:
        # The table of providers is large; without a preset nothing of it is needed.
        from .._knowledge.providers import by_era, preset, with_preset

        provider = preset(params["preset"], params["custom_preset"])
        eras = by_era(provider, settings)
        settings = with_preset(provider, settings, params["preset_region"])
        # A pasted app password has lost its spaces by now, which makes it another text.
        context.learn(str(settings.get(PASSWORD, "")))
    around = surroundings(params, datetime.date.today())
    findings = check(settings, provider, around)
    for finding in findings.warnings:
        context.warn(finding.line)
    return Wish(
        declared=findings.demand(),
        password=PasswordPolicy(params["update_password"], params["password_version"], record),
        allow_password_reuse=params["allow_password_reuse"],
        verify_recipient=params["verify_recipient"],
        expect_plan=params["expect_plan"],
        by_era=eras,
        judge=Judge(provider, around, frozenset(findings.warnings)),
    )


def refuse_with_inherited(params: Params) -> None:
    """Refuse what has no meaning where values are removed, and might be meant to limit that."""
    given = [name for name in (*PRESETS, "verify_recipient") if params.get(name) is not None]
    if given:
        reason = say(
            "it has no meaning with state: inherited, which removes own values; name the settings "
            "to remove, such as smtp_host, or leave it out"
        )
        raise invalid(given[0], reason, "options")


def _refuse_lonely(params: Params) -> None:
    """Refuse options that would be ignored without a word."""
    for name in PRESETS[1:]:
        if params.get(name) is not None and not params["preset"]:
            raise invalid(name, say("it belongs to a preset; give preset as well"), "options")
    if params["verify_recipient"] == "":
        reason = say("it is empty; give the address of somebody, or leave it out")
        raise invalid("verify_recipient", reason, "options")


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
    trouble = why_no_path(path)
    if trouble:
        reason = say("{why}; give the path of a file", why=trouble)
        raise invalid("password_record", reason, "options")
    patience = params["server"]["timeout"] if params["server"] else PATIENCE
    record = Record(os.path.expanduser(path), key, patience)
    if record.trouble is not None:
        context.warn(record.trouble)
    return record
