# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The record of what was asked and answered."""

from __future__ import annotations

import collections
import json
import typing as t
from urllib.parse import parse_qsl

from .context import Call
from .wire import Response, Script, member


class Request(t.NamedTuple):
    """One request and how it was answered. ``status`` is 0 when no status line was sent.

    ``path`` is the whole path, ``route`` what follows the base of the surface. ``body`` is parsed
    JSON, a dict for a form, else the text. ``answer`` is the body before a fault spoiled it.
    """

    method: str
    path: str
    query: dict[str, tuple[str, ...]]
    headers: dict[str, str]
    body: t.Any
    status: int
    tenant: str | None
    operation: str
    surface: str
    route: str
    answer: bytes
    answer_type: str
    fault: str | None


def _query(text: str) -> dict[str, tuple[str, ...]]:
    if not text:
        return {}
    found: dict[str, list[str]] = {}
    for name, value in parse_qsl(text, keep_blank_values=True):
        found.setdefault(name, []).append(value)
    return {name: tuple(given) for name, given in found.items()}


def body(call: Call) -> t.Any:
    """What was sent: parsed JSON, a dict for a form, else the text."""
    if call.parsed is not None or not call.request.body:
        return call.parsed
    if "form-urlencoded" in call.request.headers.get("content-type", ""):
        return dict(parse_qsl(call.request.body.decode("utf-8", "replace"), keep_blank_values=True))
    try:
        return json.loads(call.request.body)
    except ValueError:
        return call.request.body.decode("utf-8", "replace")


def tenant(call: Call, sent: t.Any) -> str | None:
    """The tenant a call is about, as far as it can be told."""
    if call.level is not None:
        return call.level.name
    return call.place.tenant or member(sent, "tenancyName")


class Log:
    """The last ``limit`` requests, or all of them."""

    def __init__(self, limit: int | None) -> None:
        self.records: collections.deque[Request] = collections.deque(maxlen=limit)
        self.counts: collections.Counter[str] = collections.Counter()

    def add(
        self,
        call: Call,
        operation: str,
        answer: Response,
        sent: Response | Script,
        fault: str | None,
    ) -> None:
        """Record one call; ``sent`` is what a fault made of the answer."""
        request, parsed = call.request, body(call)
        self.counts[operation] += 1
        self.records.append(
            Request(
                request.method,
                request.path,
                _query(request.query),
                request.headers,
                parsed,
                sent.status,
                tenant(call, parsed),
                operation,
                call.place.surface,
                call.place.route,
                answer.body,
                answer.content_type,
                fault,
            )
        )

    def clear(self) -> None:
        """Forget everything."""
        self.records.clear()
        self.counts.clear()
