# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a server said about a refusal, whichever of its many error shapes it used.

Pure.

The shapes: OData business error, ABP envelope, Identity result, ASP.NET problem details, OAuth
error, HTML page of a gateway, nothing at all.
"""

from __future__ import annotations

import http
import math
import typing as t

from .._errors import Failure
from .._output.redact import clean
from .._phrase import say
from .patience import BUSY, retry_after

if t.TYPE_CHECKING:
    from .answer import Answer


#: What an Identity server says, with 403, about a token that another server made.
SCOPE_LACKING = ("oauth authorization failed", "scope")


def reason(answer: Answer) -> str:
    """The server's own words, cleaned and capped; the HTTP reason where it has none.

    Ends in how long a busy server asks to wait, if it does.
    """
    said = words(answer)
    asked = retry_after(answer.headers) if answer.status in BUSY else None
    if asked is not None:
        said = said.rstrip(" .")
    found = said or say("{known}", known=_http_reason(answer.status))
    if asked is None:
        return found
    return say("{found}; it asks to wait {wait} s", found=found, wait=math.ceil(asked))


def words(answer: Answer) -> str:
    """The server's own words, cleaned and capped; empty where it has none."""
    said = _said(answer)
    return clean(next(filter(None, (extract(said) for extract in _EXTRACTORS)), ""))


def says_no(answer: Answer) -> bool:
    """Whether the body of an answer, whatever its status, denies that anything came of it."""
    said = _said(answer)
    return isinstance(said, dict) and False in (said.get("succeeded"), said.get("success"))


def wants_other_token(answer: Answer) -> bool:
    """Whether a 403 is about the scope of the token, not about who holds it (recorded shape)."""
    said = _text(_said(answer), "errorMessage").lower() if answer.status == 403 else ""
    return any(word in said for word in SCOPE_LACKING)


def _said(answer: Answer) -> t.Any:
    try:
        return answer.json()
    except Failure:
        return None


def oauth_error(answer: Answer) -> str:
    """The error word of an OAuth refusal, such as ``invalid_scope``; empty when it is none."""
    return _text(_said(answer), "error")


def _http_reason(status: int) -> str:
    try:
        return http.HTTPStatus(status).phrase
    except ValueError:
        return "no reason given"


def _text(said: t.Any, *names: str) -> str:
    found = (said.get(name) for name in names) if isinstance(said, dict) else ()
    return next((text for text in found if isinstance(text, str) and text.strip()), "")


def _abp(said: t.Any) -> str:
    error = said.get("error") if isinstance(said, dict) else None
    if not isinstance(error, dict):
        return ""
    parts = [_text(error, "message"), _text(error, "details")]
    found = error.get("validationErrors")
    parts += [_text(item, "message") for item in (found if isinstance(found, list) else ())]
    return " ".join(dict.fromkeys(filter(None, parts)))


def _errors(said: t.Any) -> str:
    inner = said.get("result") if isinstance(said, dict) else None
    holder = inner if isinstance(inner, dict) and "errors" in inner else said
    errors = holder.get("errors") if isinstance(holder, dict) else None
    if isinstance(errors, list):
        return " ".join(filter(None, (_text(item, "description", "code") for item in errors)))
    if isinstance(errors, dict):
        lists = (texts for texts in errors.values() if isinstance(texts, list))
        return " ".join(text for texts in lists for text in texts if isinstance(text, str))
    return ""


_EXTRACTORS: tuple[t.Callable[[t.Any], str], ...] = (
    _abp,
    lambda said: _text(said, "message", "errorMessage", "Message"),
    _errors,
    lambda said: " ".join(filter(None, (_text(said, "error"), _text(said, "error_description")))),
    lambda said: _text(said, "title"),
)
