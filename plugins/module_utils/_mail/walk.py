# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One test message, stage by stage: how far it came, how long each step took, why it stopped."""

from __future__ import annotations

import time
import typing as t
from dataclasses import dataclass, field

from .._errors import Failure
from .._knowledge.diagnosis import diagnose
from .._knowledge.diagnosis_row import Attempt, Condition, Stage
from .._output.redact import clean
from .._phrase import say
from .._settings import IMPLICIT_TLS_PORTS
from . import stages
from .mailbox import Inbox, wait_until_seen
from .smtp import Conversation, Mail, MailError, as_mail_error


@dataclass(frozen=True)
class Proof:
    """A message to send, how to recognise it, and where to look for it afterwards.

    ``provider`` is the id of the row of the provider table whose replies to expect.
    """

    mail: Mail
    provider: str
    token: str
    message_id: str
    inbox: Inbox | None


@dataclass(frozen=True)
class Step:
    """One stage: its name, its stage in the diagnosis table, and the ``stop_after`` it completes.

    ``action`` returns what it found, or None when the stage does not apply.
    """

    name: str
    symptom_stage: Stage
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
        except Exception as exc:
            error = as_mail_error(exc)
            detail = error.phrase
            raise error from exc
        finally:
            if detail is not None:
                seconds = round(time.monotonic() - started, 3)
                self.stages.append({"name": name, "ok": ok, "seconds": seconds, "detail": detail})


def send_test(proof: Proof, stop_after: str = "send") -> dict[str, t.Any]:
    """Walk through the stages up to ``stop_after``; a ``Failure`` carries the same keys."""
    talk = Conversation.about(proof.mail)
    walk = Walk()
    try:
        for step in STEPS:
            walk.go(step.name, lambda: step.action(talk))  # noqa: B023 - called before the next
            if step.completes == stop_after:
                break
    except MailError as exc:
        raise _failure(exc, step, _result(walk, talk, proof), proof) from exc
    finally:
        talk.close()
    result = _result(walk, talk, proof)
    if proof.inbox is None or stop_after != "send":
        return result
    return _look(proof.inbox, proof.token, walk, result)


def _look(inbox: Inbox, token: str, walk: Walk, result: dict[str, t.Any]) -> dict[str, t.Any]:
    """Wait for the accepted message; a ``Failure`` still says that it was accepted."""
    try:
        walk.go("seen", lambda: wait_until_seen(inbox, token))
    except MailError as exc:
        found = diagnose(exc.symptom("seen", None, ()))
        raise Failure(
            "mail_not_seen",
            said=exc.phrase,
            advice=found.advice,
            stage="seen",
            diagnosis=found.result(),
            result={**result, "seen": False},
        ) from exc
    return {**result, "seen": True}


def _result(walk: Walk, talk: Conversation, proof: Proof) -> dict[str, t.Any]:
    replies = talk.replies.items()
    return {
        "changed": False,
        "stages": walk.stages,
        "logged_in": talk.logged_in,
        "accepted": talk.accepted,
        "recipients": [
            {"address": address, "code": code, "text": text} for address, (code, text) in replies
        ],
        "tls": talk.tls,
        "message_id": proof.message_id,
    }


def _failure(exc: MailError, step: Step, result: dict[str, t.Any], proof: Proof) -> Failure:
    mail = proof.mail
    silent_tls = mail.port in IMPLICIT_TLS_PORTS and not mail.implicit_tls
    conditions: tuple[Condition, ...] = ("port_is_implicit_tls",) if silent_tls else ()
    attempt = _attempt(proof)
    symptom = exc.symptom(step.symptom_stage, result["logged_in"], conditions)
    found = diagnose(symptom, attempt)
    return Failure(
        "mail_failed",
        where=step.name,
        tried=attempt.tried,
        said=exc.phrase,
        advice=found.advice,
        stage=step.name,
        diagnosis=found.result(),
        result=result,
    )


def _attempt(proof: Proof) -> Attempt:
    mail = proof.mail
    return Attempt(
        host=clean(mail.host),
        port=mail.port,
        secured=_secured(mail),
        user=clean(mail.username),
        provider=proof.provider,
    )


def _secured(mail: Mail) -> str:
    if mail.implicit_tls:
        return say("TLS")
    return say("STARTTLS") if mail.enable_ssl else say("no encryption")
