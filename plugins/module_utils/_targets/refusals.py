# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What both APIs have in common when they refuse."""

from __future__ import annotations

import typing as t

from .._errors import Ambiguous, Busy, Failure, Refused
from .._output.redact import clean
from .._phrase import say
from .._server import refusal_text
from .._server.patience import TOO_MANY_REQUESTS
from .._settings import LONGEST_VALUE

if t.TYPE_CHECKING:
    from .._knowledge.diagnosis_row import Attempt
    from .._server.answer import Answer
    from .._server.session import Session
    from .._settings import Values

#: Refusals of a moment: too slow, in conflict with another, too early.
IN_DOUBT = frozenset((408, 409, 425))


def write_refused(session: Session, target: str, answer: Answer) -> Failure:
    """A write that was not answered with a yes; only a plain no says that nothing was stored."""
    refused = 400 <= answer.status < 500 and answer.status not in IN_DOUBT
    kind: type[Failure] = Refused if refused else Ambiguous
    if answer.status == TOO_MANY_REQUESTS and session.site.client.wait_out(answer):
        kind = Busy
    return kind(
        "write_refused",
        target=target,
        code=answer.status,
        reason=refusal_text.reason(answer),
        status=answer.status,
        stage="write",
    )


def doubt_strange_yes(answer: Answer) -> None:
    """Raise ``Ambiguous`` for a yes that is not the server's: a page, broken text, or a no in it.

    Its own is empty, or JSON, by version.
    """
    if not answer.body.strip():
        return
    try:
        answer.json()
    except Failure as exc:
        reason = say("it says yes with something that is not JSON, such as a page")
        raise Ambiguous("bad_answer", target=answer.url, reason=reason, stage="write") from exc
    if refusal_text.says_no(answer):
        said = say("it says yes and no: {reason}", reason=refusal_text.reason(answer))
        raise Ambiguous("bad_answer", target=answer.url, reason=said, stage="write")


def odd_row(key: str, value: t.Any, others: t.Sequence[t.Any]) -> str | None:
    """Why a row is none that a setting has; ``others`` are values that were listed for it before.

    A list is no value, and neither is a text that would fill every result and log.
    """
    if isinstance(value, (list, dict)):
        return say("{key} is not a text", key=key)
    if isinstance(value, str) and len(value) > LONGEST_VALUE:
        return say(
            "{key} has {count} characters, more than {most}",
            key=key,
            count=len(value),
            most=LONGEST_VALUE,
        )
    if others and value not in others:
        return say("it lists {key} twice with different values", key=key)
    return None


def bad_row(target: str, reason: str) -> Failure:
    """An answer with a row that no setting has."""
    return Failure("bad_answer", target=target, reason=reason, stage="read")


def forbidden(session: Session, target: str, answer: Answer, needs: str, stage: str) -> Failure:
    """A 403, with what the caller would need."""
    return Refused(
        "forbidden",
        who=session.who,
        target=target,
        reason=refusal_text.reason(answer),
        permission=needs,
        status=403,
        stage=stage,
    )


def verify_failed(answer: Answer, candidate: Values, recipient: str) -> Failure:
    """The server tried to send the test message; why it could not, and what to do about it."""
    # The tables of providers and diagnoses are large; only a failing proof needs them.
    from .._knowledge.diagnosis import diagnose_text

    said, attempt = refusal_text.reason(answer), _attempt(candidate)
    found = diagnose_text(said, attempt)
    return Failure(
        "verify_failed",
        recipient=recipient,
        tried=_tried(attempt, candidate),
        reason=said.rstrip("."),
        advice=found.advice,
        diagnosis=found.result(),
        status=answer.status,
        stage="verify",
    )


def _tried(attempt: Attempt, candidate: Values) -> str:
    if not candidate:
        return say("the mail server with the settings that it has stored")
    if not attempt.user:
        return attempt.tried
    return say("{tried} as {user}", tried=attempt.tried, user=attempt.user)


def _attempt(candidate: Values) -> Attempt:
    """What the Orchestrator tried, as far as ``candidate`` says it."""
    from .._knowledge.diagnosis_row import Attempt
    from .._knowledge.providers import of_host

    host, port = clean(candidate.get("smtp_host") or ""), candidate.get("smtp_port")
    return Attempt(
        by_server=True,
        host=host,
        port=int(port) if port else None,
        secured=say("SSL") if candidate.get("enable_ssl") else "",
        user=clean(candidate.get("smtp_username") or ""),
        provider=of_host(host) if host else None,
    )


def verify_unsupported(session: Session, target: str, status: int | None = None) -> Failure:
    """A server without a verify call; ``status`` is its answer, None where nobody was asked."""
    return Failure(
        "verify_unsupported",
        target=target,
        version=_version(session),
        status=status,
        stage="verify",
    )


def stored_untestable(session: Session, target: str) -> Failure:
    """A server whose verify call cannot test what is stored."""
    return Failure("stored_untestable", target=target, version=_version(session), stage="verify")


def _version(session: Session) -> str:
    return say("API version {known}", known=session.site.version or "unknown")


def host_closed(session: Session, target: str, answer: Answer, stage: str) -> Failure:
    """The 403 of somebody who belongs to an organization at the host level."""
    return Refused(
        "host_closed",
        who=session.who,
        target=target,
        reason=refusal_text.reason(answer),
        status=403,
        stage=stage,
    )
