# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""``mail_test``: send a test message, stage by stage, and say exactly where it stops."""

from __future__ import annotations

import time
import typing as t
from dataclasses import dataclass, field

from .._errors import Failure
from .._knowledge.diagnosis import diagnose
from .._mail import stages
from .._mail.mailbox import Seen, wait_until_seen
from .._mail.smtp import IMPLICIT_TLS_PORTS, TROUBLE, Conversation, MailError, as_mail_error
from .._output.redact import clean
from .mail_request import Proof, request, settings_of

if t.TYPE_CHECKING:
    from .._output.context import Context
    from .._output.report import Params
    from .._settings import Values


@dataclass(frozen=True)
class Step:
    """One stage: its name, its stage in the diagnosis table, and the ``stop_after`` it completes.

    ``action`` returns what it found, or None when the stage does not apply.
    """

    name: str
    symptom_stage: str
    action: t.Callable[[Conversation], str | None]
    completes: str = ""


STEPS: tuple[Step, ...] = (
    Step("resolve", "connect", stages.resolve),
    Step("connect", "connect", stages.open_connection),
    Step("implicit_tls", "tls", stages.implicit_tls),
    Step("banner", "banner", stages.banner),
    Step("ehlo", "ehlo", stages.ehlo, "connect"),
    Step("starttls", "starttls", stages.starttls),
    Step("tls", "tls", stages.start_encryption, "tls"),
    Step("mechanisms", "auth", stages.mechanisms),
    Step("login", "auth", stages.login, "auth"),
    Step("sender", "mail", stages.sender),
    Step("recipients", "rcpt", stages.recipients, "recipient"),
    Step("data", "data", stages.data),
    Step("accepted", "end_of_data", stages.accepted, "send"),
)
CHECK_MODE_STOP = "recipient"


@dataclass
class Walk:
    """The stages gone through so far."""

    stages: list[dict[str, t.Any]] = field(default_factory=list)

    def go(self, name: str, action: t.Callable[[], str | None]) -> None:
        """Do one step and note how long it took; raises ``MailError``."""
        started = time.monotonic()
        ok, detail = False, None
        try:
            detail = action()
            ok = True
        except MailError as exc:
            detail = str(exc)
            raise
        except TROUBLE as exc:
            error = as_mail_error(exc)
            detail = str(error)
            raise error from exc
        finally:
            if detail is not None:
                seconds = round(time.monotonic() - started, 3)
                self.stages.append({"name": name, "ok": ok, "seconds": seconds, "detail": detail})


def mail_test(params: Params, check_mode: bool, context: Context) -> dict[str, t.Any]:
    """Prove mail settings from here, or through the server; never a change."""
    road = _through_server if params["via"] == "server" else _from_here
    return road(params, check_mode, context)


def _from_here(params: Params, check_mode: bool, context: Context) -> dict[str, t.Any]:
    settings = settings_of(params, context)
    wish = request(params, settings)
    stop_after = params["stop_after"]
    if check_mode and stop_after == "send":
        stop_after = CHECK_MODE_STOP
    for text in _remarks_before(settings):
        context.warn(text)
    result = send_test(wish, stop_after)
    for text in _remarks_after(result, settings):
        context.warn(text)
    return result


def send_test(wish: Proof, stop_after: str = "send") -> dict[str, t.Any]:
    """Walk through the stages up to ``stop_after``; a ``Failure`` carries the same keys."""
    talk = Conversation.about(wish.mail)
    walk = Walk()
    try:
        for step in STEPS:
            walk.go(step.name, lambda: step.action(talk))  # noqa: B023 - called before the next
            if step.completes == stop_after:
                break
    except MailError as exc:
        found = {**_result(walk, talk), "message_id": wish.message_id}
        raise _failure(exc, step, found, wish) from exc
    finally:
        talk.close()
    result = {**_result(walk, talk), "message_id": wish.message_id}
    if wish.seen is None or stop_after != "send":
        return result
    return _look(wish.seen, wish.token, walk, result)


def _look(seen: Seen, token: str, walk: Walk, result: dict[str, t.Any]) -> dict[str, t.Any]:
    """Wait for the accepted message; a ``Failure`` still says that it was accepted."""
    try:
        walk.go("seen", lambda: wait_until_seen(seen, token))
    except MailError as exc:
        found = diagnose(exc.symptom("seen", None, ()))
        raise Failure(
            "mail_not_seen",
            said=str(exc).rstrip("."),
            advice=found.advice,
            stage="seen",
            diagnosis=found.result(),
            result={**result, "seen": False},
        ) from exc
    return {**result, "seen": True}


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


def _failure(exc: MailError, step: Step, result: dict[str, t.Any], wish: Proof) -> Failure:
    mail = wish.mail
    silent_tls = mail.port in IMPLICIT_TLS_PORTS and not mail.implicit_tls
    conditions = ("port_is_implicit_tls",) if silent_tls else ()
    found = diagnose(exc.symptom(step.symptom_stage, wish.provider, conditions))
    secured = "TLS" if mail.implicit_tls else "STARTTLS" if mail.enable_ssl else "no encryption"
    return Failure(
        "mail_failed",
        where=step.name,
        tried=f"{clean(mail.host)}:{mail.port} with {secured}",
        said=clean(str(exc)).rstrip("."),
        advice=found.advice,
        stage=step.name,
        diagnosis=found.result(),
        result=result,
    )


def _remarks_before(settings: Values) -> t.Iterator[str]:
    if settings.get("smtp_username") and settings.get("use_default_credentials"):
        yield (
            "use_default_credentials is on, so smtp_username and smtp_password are not used: the "
            "Orchestrator would log in as its Windows account, and this test does not log in."
        )


def _remarks_after(result: t.Mapping[str, t.Any], settings: Values) -> t.Iterator[str]:
    offered = [s["detail"] for s in result["stages"] if s["name"] == "mechanisms"]
    if settings.get("smtp_username") and offered and "LOGIN" not in offered[0].split():
        yield (
            f"{settings['smtp_host']} does not offer AUTH LOGIN (seen from this machine); "
            "an Orchestrator that sends with System.Net.Mail cannot sign in there."
        )


def _through_server(params: Params, check_mode: bool, context: Context) -> dict[str, t.Any]:
    from .._targets.open import open_backend

    settings = settings_of(params, context)
    shown = [{"address": address, "code": None, "text": ""} for address in params["recipients"]]
    result = {"changed": False, "accepted": False, "recipients": shown, "stages": []}
    if check_mode:
        return result
    backend = open_backend(params, context.learn, tuple(settings), changing=True)
    try:
        for address in params["recipients"]:
            backend.verify(settings, address)
    finally:
        backend.close()
    return {**result, "accepted": True}
