# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""``mail_settings_info`` as a function of its arguments."""

from __future__ import annotations

import datetime
import os
import typing as t
from dataclasses import replace

from .._declaration.case import Circumstances
from .._declaration.preflight import check
from .._errors import Failure
from .._output.redact import clean
from .._phrase import Phrase, apart, say
from .._server.environment import completed
from .._settings import NAMES, PASSWORD, Value, Values, fits, shown
from .._targets.open import open_backend

if t.TYPE_CHECKING:
    from .._output.context import Context
    from .._output.report import Params
    from .._targets.backend import Backend
    from .._targets.routed import RoutedSettings

#: How all warnings about people begin.
ABOUT_PEOPLE = ("There is no audience: ", "Nobody in this ")


def no_audience(text: str) -> Phrase:
    """The warning that nobody could be asked about; ``text`` is a sentence."""
    return say("There is no audience: {text}", text=text)


NO_USERS_OF_THE_HOST = no_audience(
    say("the host has no users to ask about; ask at the level of an organization or a tenant.")
)
NO_USERS_OF_A_FILE = no_audience(say("a configuration file has no users to ask about."))


def mail_settings_info(params: Params, check_mode: bool, context: Context) -> dict[str, t.Any]:
    """What holds, without the password; the result keys are documented in the module."""
    params = completed(params, os.environ, context.learn)
    backend = open_backend(params, context.learn)
    try:
        found = backend.read()
        audience = _audience(backend, params, context) if params["audience"] else None
    finally:
        backend.close()
    hidden = _hidden(found.values, context)
    around = Circumstances(datetime.date.today(), era=found.era, version=found.server_version)
    fitting = {name: value for name, value in found.values.items() if name not in hidden}
    declared, refused = declaration(fitting, around)
    for text in (*found.notices, *map(_altered, hidden), *refused):
        context.warn(text)
    return {
        "changed": False,
        "settings": shown(found.values, found.password.is_set),
        "sources": {name: found.sources[name] for name in NAMES if name in found.sources},
        "api": dict(found.api),
        "server_version": found.server_version,
        "declaration": declared,
        "audience": audience,
    }


def _audience(backend: Backend, params: Params, context: Context) -> dict[str, t.Any] | None:
    """Whom mail reaches; where nobody can be asked about, a warning says so."""
    if params["config_file"]:
        context.warn(NO_USERS_OF_A_FILE)
        return None
    try:
        roll = t.cast("RoutedSettings", backend).users()
    except Failure as exc:
        context.warn(no_audience(exc.phrase))
        return None
    if roll.level == "host":
        context.warn(NO_USERS_OF_THE_HOST)
        return None
    found = roll.audience()
    strangers = roll.strangers(params["recipients"] or ())
    if strangers:
        context.warn(_unknown_there(strangers, found))
    return found


def _unknown_there(strangers: t.Sequence[str], audience: t.Mapping[str, t.Any]) -> str:
    said = say(
        "Nobody in this {level} has the address {addresses}: a test message there does not show "
        "that a user gets mail",
        level=audience["level"],
        addresses=", ".join(clean(address, 80) for address in strangers),
    )
    if not audience["unknown"]:
        return say("{said}.", said=said)
    return say(
        "{said}; of {count} of its users the address is not known.",
        said=said,
        count=audience["unknown"],
    )


def _hidden(values: Values, context: Context) -> tuple[str, ...]:
    """Names of ``values`` that a mask would alter: given back, the mask would be stored."""
    known = context.redactor
    return tuple(n for n in NAMES if n in values and known.data(values[n]) != values[n])


def _altered(name: str) -> str:
    return _left_out(
        name,
        say(
            "it holds text that is part of a secret of this task, and that is never shown; declare "
            "it by hand, or sign in in another way"
        ),
    )


def _left_out(name: str, text: str) -> str:
    return say("declaration leaves {option} out: {text}", option=name, text=text)


def declaration(values: Values, around: Circumstances) -> tuple[dict[str, Value], tuple[str, ...]]:
    """The settings as options that change nothing, and warnings about what had to be left out.

    Left out are the password, which cannot be read; a value that the option could not take (a port
    that is no number); and one that the pre-flight rules refuse or would put in other words.
    """
    fitting = {
        name: values[name]
        for name in NAMES
        if name in values and name != PASSWORD and fits(name, values[name])
    }
    implicit_tls = _needs_implicit_tls(fitting, around)
    around = replace(around, implicit_tls="allow" if implicit_tls else "refuse")
    said: list[str] = []
    while True:
        unfit = _unfit(fitting, around)
        if not unfit:
            break
        for name, text in unfit.items():
            del fitting[name]
            said.append(_left_out(name, text))
    more = {"implicit_tls": "allow"} if implicit_tls and "smtp_port" in fitting else {}
    return {**fitting, **more}, tuple(said)


def _needs_implicit_tls(settings: Values, around: Circumstances) -> bool:
    judged = check(settings, None, around)
    return any(finding.rule == "implicit-tls-port" for finding in judged.errors)


def _unfit(settings: Values, around: Circumstances) -> dict[str, str]:
    """Names of ``settings`` that ``mail_settings`` would refuse or reword, and why."""
    judged = check(settings, None, around)
    named = (apart(finding.text) for finding in judged.errors)
    refused = {name: text for name, text in named if name in settings}
    reworded = [n for n in settings if judged.settings.get(n) != settings[n]]
    return refused or {
        n: say("it would become {value!r}", value=judged.settings.get(n)) for n in reworded
    }
