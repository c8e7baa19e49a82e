# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One API of a server: where it answers, which version it names, its unexpected answers."""

from __future__ import annotations

import functools
import re
import typing as t
from urllib.parse import urlsplit

from .._errors import Ambiguous, Failure
from .._phrase import say
from . import refusal_text

if t.TYPE_CHECKING:
    from .answer import Answer
    from .client import Client, Request

_VERSION = re.compile(r"[0-9]{1,4}(?:\.[0-9]{1,4})?")
VERSIONS_HEADER = "api-supported-versions"


class Site:
    """One API: a client of its origin, the path it answers under, the version it has named.

    ``advice`` is where to look when nothing answers at its address.
    """

    def __init__(self, client: Client, url: str, advice: str) -> None:
        self.client, self.url, self._advice = client, url, advice
        self._path = urlsplit(url).path
        self.version: str | None = None

    def ask(self, request: Request) -> Answer:
        """As ``Client.ask``; the path of ``request`` is below that of this API."""
        return self._heard(self.client.ask(self._below(request)))

    def tell(self, request: Request) -> Answer:
        """As ``Client.tell``; the path of ``request`` is below that of this API."""
        return self._heard(self.client.tell(self._below(request)))

    def unexpected(self, answer: Answer, *, stage: str) -> Failure:
        """An answer nobody expects: method, address, status, and the server's own words."""
        absent = answer.status == 404 and self.version is None
        kind = Ambiguous if answer.status >= 500 else Failure
        return kind(
            "address_absent" if absent else "unexpected_status",
            method=answer.method,
            target=answer.url,
            code=answer.status,
            reason=refusal_text.reason(answer),
            advice=self._advice,
            status=answer.status,
            stage=stage,
        )

    def absent(self, error: str, answer: Answer, fix: str) -> Failure:
        """A way to sign in that is not there; at a wrong address it need not be gone."""
        known = say("Its API version is {version}, so the address is right", version=self.version)
        return Failure(
            error,
            target=self.url,
            code=answer.status,
            advice=self._advice if self.version is None else known,
            fix=fix,
            status=answer.status,
            stage="sign_in",
        )

    def _below(self, request: Request) -> Request:
        return request._replace(path=self._path + request.path) if self._path else request

    def _heard(self, answer: Answer) -> Answer:
        self.version = api_version(answer) or self.version
        return answer


def api_version(answer: Answer) -> str | None:
    """The highest API version the server names in its answer headers, such as ``"11.0"``."""
    return _highest(answer.headers.get(VERSIONS_HEADER, ""))


# Every answer of a server names the same.
@functools.lru_cache(maxsize=16)
def _highest(said: str) -> str | None:
    named = said.replace(" ", "").split(",")
    numbers = [text for text in named if _VERSION.fullmatch(text)]
    return max(numbers, key=float, default=None)
