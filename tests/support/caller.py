# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A plain HTTP client for tests of the Orchestrator fake; it shares no code with the collection."""

from __future__ import annotations

import http.client
import json
import typing as t
from urllib.parse import urlencode

from fake.orchestrator import FakeOrchestrator

_BASES = {
    ("standalone", "orchestrator"): "",
    ("standalone", "identity"): "/identity",
    ("suite", "orchestrator"): "/acme/Default/orchestrator_",
    ("suite", "identity"): "/acme/identity_",
}


class Answer(t.NamedTuple):
    """One answer; header names are lower case."""

    status: int
    headers: dict[str, str]
    text: bytes

    def json(self) -> t.Any:
        """The parsed body."""
        return json.loads(self.text)


class Caller:
    """Calls a surface of the fake as tenant, as host, or without a token."""

    def __init__(
        self,
        fake: FakeOrchestrator,
        shape: str = "standalone",
        surface: str = "orchestrator",
        tenant: str = "Default",
    ) -> None:
        self._fake = fake
        self._base = _BASES[shape, surface]
        self._tenant = fake.add_token(tenant)
        self._host = fake.add_token(kind="host")

    def call(
        self,
        method: str,
        route: str,
        body: t.Any = None,
        *,
        bare: bool = False,
        host: bool = False,
        timeout: float = 5,
        **headers: str,
    ) -> Answer:
        """One request on a connection of its own."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if not bare:
            sent.setdefault("Authorization", f"Bearer {self._host if host else self._tenant}")
        if body is not None and not isinstance(body, str):
            sent["Content-Type"] = "application/json"
            body = json.dumps(body)
        connection = http.client.HTTPConnection("127.0.0.1", self._fake.port, timeout=timeout)
        try:
            connection.request(method, self._base + route.replace(" ", "%20"), body, sent)
            answer = connection.getresponse()
            received = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, received, answer.read())
        finally:
            connection.close()

    def get(self, route: str, **options: t.Any) -> Answer:
        """Read."""
        return self.call("GET", route, **options)

    def post(self, route: str, body: t.Any, **options: t.Any) -> Answer:
        """Send JSON."""
        return self.call("POST", route, body, **options)

    def put(self, route: str, body: t.Any, **options: t.Any) -> Answer:
        """Replace with JSON."""
        return self.call("PUT", route, body, **options)

    def form(self, route: str, **fields: str) -> Answer:
        """Ask for a token as an application does."""
        body = urlencode({"grant_type": "client_credentials", **fields})
        kind = "application/x-www-form-urlencoded"
        return self.call("POST", route, body, bare=True, Content_Type=kind)
