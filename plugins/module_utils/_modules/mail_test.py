# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""``mail_test``: send a test message, stage by stage, and say exactly where it stops."""

from __future__ import annotations

import os
import typing as t

from .._errors import Failure
from .._mail.login import WINDOWS
from .._mail.walk import send_test
from .._phrase import say
from .._server.environment import completed
from .._targets.backend import Intent
from .mail_request import is_about_stored, recipients_of, request, settings_of

if t.TYPE_CHECKING:
    from .._output.context import Context
    from .._output.report import Params
    from .._settings import Values
    from .._targets.backend import Backend

#: What a backend is opened for when no setting is named: wherever mail settings are.
ANY_MAIL = ("smtp_host",)
CHECK_MODE_STOP = "recipient"


def mail_test(params: Params, check_mode: bool, context: Context) -> dict[str, t.Any]:
    """Prove mail settings from here, or through the server; never a change."""
    params = completed(params, os.environ, context.learn)
    road = _through_server if params["via"] == "server" else _from_here
    return road(params, check_mode, context)


def judge(params: Params, context: Context) -> None:
    """Raise ``Failure`` for arguments that cannot be used; opens no connection."""
    params = completed(params, os.environ, context.learn)
    if params["via"] == "smtp":
        request(params, settings_of(params, context))
        return
    recipients_of(params)
    if not is_about_stored(params):
        settings_of(params, context)


def _from_here(params: Params, check_mode: bool, context: Context) -> dict[str, t.Any]:
    settings = settings_of(params, context)
    proof = request(params, settings)
    stop_after = params["stop_after"]
    if check_mode and stop_after == "send":
        stop_after = CHECK_MODE_STOP
    for text in _remarks_before(settings):
        context.warn(text)
    result = send_test(proof, stop_after)
    for text in _remarks_after(result, settings):
        context.warn(text)
    return result


def _remarks_before(settings: Values) -> t.Iterator[str]:
    if settings.get("smtp_username") and settings.get("use_default_credentials"):
        yield say(
            "use_default_credentials is on, so smtp_username and smtp_password are not used: the "
            "Orchestrator would log in as its Windows account, and this test does not log in."
        )


def _remarks_after(result: t.Mapping[str, t.Any], settings: Values) -> t.Iterator[str]:
    offered = [s["detail"] for s in result["stages"] if s["name"] == "mechanisms"]
    usable = {"LOGIN", *WINDOWS}
    if settings.get("smtp_username") and offered and usable.isdisjoint(offered[0].split()):
        yield say(
            "{host} does not offer AUTH LOGIN (seen from this machine); an Orchestrator that sends "
            "with System.Net.Mail cannot sign in there.",
            host=settings["smtp_host"],
        )


def _through_server(params: Params, check_mode: bool, context: Context) -> dict[str, t.Any]:
    # Imported late: a test from here needs no backend.
    from .._targets.open import open_backend

    stored = is_about_stored(params)
    recipients = [{"address": to, "code": None, "text": ""} for to in recipients_of(params)]
    settings = {} if stored else settings_of(params, context)
    tested = "stored" if stored else "given"
    result = {"changed": False, "accepted": False, "tested": tested, "stages": []}
    names = tuple(settings) or ANY_MAIL
    backend = open_backend(params, context.learn, names, changing=not check_mode)
    try:
        if check_mode:
            backend.foresee(Intent(candidate=settings), backend.read())
        else:
            _verify(backend, settings, recipients, result)
    finally:
        backend.close()
    return {**result, "accepted": not check_mode, "recipients": recipients}


def _verify(
    backend: Backend, settings: Values, recipients: list[dict[str, t.Any]], result: dict[str, t.Any]
) -> None:
    """One message to each; a ``Failure`` tells who got one before."""
    for recipient in recipients:
        try:
            backend.verify(settings, recipient["address"])
        except Failure as exc:
            exc.result = {**result, "recipients": recipients, **exc.result}
            raise
        recipient["text"] = say("sent by the server")
