# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Requests and answers as values, and the bodies that the real servers use for refusals."""

from __future__ import annotations

import http
import json
import typing as t

#: The type of a bad request in problem details: .NET names RFC 7231, and RFC 9110 since its 8.
PROBLEM = "https://tools.ietf.org/html/rfc7231#section-6.5.1"
NEW_PROBLEM = "https://tools.ietf.org/html/rfc9110#section-15.5.1"
JSON = "application/json; charset=utf-8"
ODATA = "application/json; odata.metadata=minimal; odata.streaming=true"
HTML = "text/html; charset=utf-8"


class HttpRequest(t.NamedTuple):
    """One request as the transport read it; header names are lower case."""

    method: str
    path: str
    query: str
    headers: dict[str, str]
    body: bytes


class Response(t.NamedTuple):
    """One answer; without a body there is no content type either."""

    status: int
    body: bytes = b""
    content_type: str = ""
    headers: tuple[tuple[str, str], ...] = ()


class Pending(t.NamedTuple):
    """A handler's answer that needs blocking work."""

    job: t.Callable[[], Response]


class Aside(t.NamedTuple):
    """The same for the transport, which runs ``job`` in its executor; a fault may spoil it."""

    job: t.Callable[[], Response | Script]


class Script(t.NamedTuple):
    """An answer that misbehaves on the wire: (verb, argument) steps for the transport.

    Verbs: ``send`` bytes, ``wait`` seconds, ``close``, ``reset``, ``doom`` (the next request on
    this connection is not answered). ``status`` is for the log; 0 when no status line was sent.
    """

    steps: tuple[tuple[str, t.Any], ...]
    status: int = 0


class Refusal(Exception):
    """Carries the answer of a request that a handler will not serve."""

    def __init__(self, response: Response) -> None:
        super().__init__(response.status)
        self.response = response


def as_json(value: t.Any, status: int = 200, content_type: str = JSON) -> Response:
    """Encode the way .NET does: compact, text outside ASCII as it is."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Response(status, text.encode(), content_type)


def business_error(status: int, code: int, message: str) -> Refusal:
    """The error of an OData or API action."""
    body = {"message": message, "errorCode": code, "traceId": "00-4bf92f3577b34da6-01"}
    return Refusal(as_json(body, status))


def abp_error(
    status: int,
    message: str,
    details: str | None = None,
    validation: list[dict[str, t.Any]] | None = None,
) -> Refusal:
    """The envelope of ASP.NET Boilerplate, used for 401, 403 and validation."""
    error = {"code": 0, "message": message, "details": details, "validationErrors": validation}
    body = {
        "message": message,
        "errorCode": 0,
        "result": None,
        "targetUrl": None,
        "success": False,
        "error": error,
        "unAuthorizedRequest": status in (401, 403),
        "__abp": True,
    }
    return Refusal(as_json(body, status))


def abp_result(result: t.Any) -> Response:
    """The same envelope for success."""
    return as_json(
        {
            "result": result,
            "targetUrl": None,
            "success": True,
            "error": None,
            "unAuthorizedRequest": False,
            "__abp": True,
        }
    )


def identity_error(
    form: str, status: int, field: str, message: str, problem: str = PROBLEM
) -> Refusal:
    """A refusal of the Identity server in one of the four shapes that clients have met."""
    named = http.HTTPStatus(status).phrase.replace(" ", "")
    bodies: dict[str, dict[str, t.Any]] = {
        "status": {"StatusCode": status, "StatusDescription": named, "Message": message},
        "problem": {
            "errors": {field: [message]},
            "type": problem,
            "title": "One or more validation errors occurred.",
            "status": status,
            "traceId": "00-4bf92f3577b34da6-01",
        },
        "message": {"errorMessage": message},
        "result": {"succeeded": False, "errors": [{"code": field, "description": message}]},
    }
    return Refusal(as_json(bodies[form], status))


def member(body: t.Any, name: str) -> t.Any:
    """A property of a JSON object by name, whatever its case, as .NET binds it; None if absent."""
    if not isinstance(body, dict):
        return None
    if name in body:
        return body[name]
    lowered = name.lower()
    return next((value for key, value in body.items() if str(key).lower() == lowered), None)
