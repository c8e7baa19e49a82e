# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""M(mail_test): send a test message, stage by stage, and say exactly where it stops.

Private to this collection; may change at any time.
"""

from __future__ import annotations

import time
import typing as t
from dataclasses import dataclass, field

from . import _message, _smtp
from ._diagnosis import diagnose
from ._errors import Failure
from ._providers import of_host, preset, with_preset
from ._redact import clean
from ._settings import PASSWORD, Values, wanted

if t.TYPE_CHECKING:
    from ._run import Context, Params
    from ._smtp import Conversation, Mail


@dataclass(frozen=True)
class Step:
    """One stage: its name, its stage in the diagnosis table, and the C(stop_after) it completes.

    ``action`` returns what it found, or null when the stage does not apply.
    """

    name: str
    symptom_stage: str
    action: t.Callable[[Conversation], str | None]
    completes: str = ""


STEPS: tuple[Step, ...] = (
    Step("resolve", "connect", _smtp.resolve),
    Step("connect", "connect", _smtp.open_connection),
    Step("implicit_tls", "tls", _smtp.implicit_tls),
    Step("banner", "banner", _smtp.banner),
    Step("ehlo", "ehlo", _smtp.ehlo, "connect"),
    Step("starttls", "starttls", _smtp.starttls),
    Step("tls", "tls", _smtp.start_encryption, "tls"),
    Step("mechanisms", "auth", _smtp.mechanisms),
    Step("login", "auth", _smtp.login, "auth"),
    Step("sender", "mail", _smtp.sender),
    Step("recipients", "rcpt", _smtp.recipients, "recipient"),
    Step("data", "data", _smtp.data),
    Step("accepted", "end_of_data", _smtp.accepted, "send"),
)
CHECK_MODE_STOP = "recipient"


@dataclass
class Walk:
    """The stages gone through so far."""

    stages: list[dict[str, t.Any]] = field(default_factory=list)

    def go(self, step: Step, talk: Conversation) -> None:
        """Do one step and note how long it took; raises C(MailError)."""
        started = time.monotonic()
        ok, detail = False, None
        try:
            detail = step.action(talk)
            ok = True
        except Exception as exc:
            error = _smtp.as_mail_error(exc)
            detail = str(error)
            raise error from exc
        finally:
            if detail is not None:
                seconds = round(time.monotonic() - started, 3)
                self.stages.append(
                    {"name": step.name, "ok": ok, "seconds": seconds, "detail": detail}
                )


def mail_test(params: Params, check_mode: bool, context: Context) -> dict[str, t.Any]:
    """Prove mail settings from here, or through the server; never a change."""
    road = _through_server if params["via"] == "server" else _from_here
    return road(params, check_mode, context)


def _from_here(params: Params, check_mode: bool, context: Context) -> dict[str, t.Any]:
    settings = _settings_of(params)
    token = _message.new_token()
    mail = _mail(params, settings, token)
    stop_after = params["stop_after"]
    if check_mode and stop_after == "send":
        stop_after = CHECK_MODE_STOP
    result = prove(mail, stop_after)
    for text in _remarks(result, settings):
        context.warn(text)
    return {**result, "message_id": f"<{token}@{mail.sender.rpartition('@')[2]}>"}


def prove(mail: Mail, stop_after: str) -> dict[str, t.Any]:
    """Walk through the stages up to ``stop_after``; a L(Failure) carries the same keys."""
    talk = _smtp.Conversation.about(mail)
    walk = Walk()
    try:
        for step in STEPS:
            walk.go(step, talk)
            if step.completes == stop_after:
                break
    except _smtp.MailError as exc:
        raise _failure(exc, step, walk, talk) from exc
    finally:
        talk.close()
    return _result(walk, talk)


def _result(walk: Walk, talk: Conversation) -> dict[str, t.Any]:
    answers = talk.answers.items()
    return {
        "changed": False,
        "stages": walk.stages,
        "logged_in": talk.logged_in,
        "accepted": talk.accepted,
        "recipients": [
            {"address": address, "code": code, "text": text} for address, (code, text) in answers
        ],
        "tls": talk.tls,
    }


def _failure(exc: _smtp.MailError, step: Step, walk: Walk, talk: Conversation) -> Failure:
    mail = talk.mail
    found = diagnose(exc.symptom(step.symptom_stage, of_host(mail.host)))
    secured = "TLS" if mail.implicit_tls else "STARTTLS" if mail.enable_ssl else "no encryption"
    return Failure(
        "mail_failed",
        where=step.name,
        tried=f"{mail.host}:{mail.port} with {secured}",
        said=clean(str(exc)).rstrip("."),
        cause=found.cause,
        fix=found.fix,
        stage=step.name,
        diagnosis=found.result(),
        result=_result(walk, talk),
    )


def _remarks(result: t.Mapping[str, t.Any], settings: Values) -> t.Iterator[str]:
    offered = [s["detail"] for s in result["stages"] if s["name"] == "mechanisms"]
    if settings.get("smtp_username") and offered and "LOGIN" not in offered[0].split():
        yield (
            f"{settings['smtp_host']} does not offer AUTH LOGIN (seen from this machine); "
            "an Orchestrator that sends with System.Net.Mail cannot sign in there."
        )


def _settings_of(params: Params) -> dict[str, t.Any]:
    settings: dict[str, t.Any] = dict(wanted(params))
    if params["preset"]:
        provider = preset(params["preset"], params["custom_preset"])
        settings = with_preset(provider, settings, params["preset_region"])
    if not settings.get("smtp_host"):
        raise Failure("invalid_option", option="smtp_host", reason="give it, or a preset.")
    return settings


def _mail(params: Params, settings: t.Mapping[str, t.Any], token: str) -> Mail:
    sender = settings.get("default_from_address") or settings.get("smtp_username") or ""
    message = _message.build(
        sender,
        settings.get("default_from_display_name", ""),
        params["recipients"],
        params["subject"] or _message.SUBJECT,
        params["body"] or _message.BODY,
        token,
    )
    anonymous = settings.get("use_default_credentials", False)
    domain, username = settings.get("smtp_domain"), settings.get("smtp_username", "")
    return _smtp.Mail(
        host=settings["smtp_host"],
        port=settings.get("smtp_port", 587),
        enable_ssl=settings.get("enable_ssl", True),
        username="" if anonymous else f"{domain}\\{username}" if domain else username,
        password=settings.get(PASSWORD, ""),
        sender=sender,
        recipients=tuple(params["recipients"]),
        content=message.as_bytes(),
        timeout=params["timeout"],
        ca_path=params["ca_path"],
        helo=params["helo"],
    )


def _through_server(params: Params, check_mode: bool, context: Context) -> dict[str, t.Any]:
    from ._target import open_backend

    settings = _settings_of(params)
    shown = [{"address": address, "code": None, "text": ""} for address in params["recipients"]]
    result = {"changed": False, "accepted": False, "recipients": shown, "stages": []}
    if check_mode:
        return result
    backend = open_backend(params, context.redactor.add)
    try:
        for address in params["recipients"]:
            backend.verify(settings, address)
    finally:
        backend.close()
    return {**result, "accepted": True}
