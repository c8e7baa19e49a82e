# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Signing in, and requests that carry the sign-in.

Private to this collection; may change at any time.
"""

from __future__ import annotations

import typing as t

from . import _server_text
from ._compat import register_secret
from ._errors import Ambiguous, Failure
from ._http import Answer, Client
from ._redact import clean

#: 2018.1 and 2018.2 list the sign-in under the short path.
AUTHENTICATE_PATHS = ("/api/Account/Authenticate", "/api/Account")
HOST_TENANT = "Host"


class SignIn(t.Protocol):
    """A way to get a bearer token."""

    who: str

    def token(self) -> str:
        """A fresh bearer token; raises L(Failure) when the sign-in is refused."""


class ReadyToken:
    """A token that the user brought; there is no second one."""

    who = "server.access_token"

    def __init__(self, token: str) -> None:
        self._token = token

    def token(self) -> str:
        return self._token


class PasswordSignIn:
    """User and password of a tenant, or of the host (tenant C(Host))."""

    def __init__(self, client: Client, tenant: str | None, username: str, password: str) -> None:
        self._client, self._tenant = client, tenant
        self._username, self._password = username, password
        self.who = f"{clean(username)} in tenant {clean(tenant or 'of its own')}"

    def token(self) -> str:
        body = {
            "tenancyName": self._tenant,
            "usernameOrEmailAddress": self._username,
            "password": self._password,
        }
        answer = self._post({k: v for k, v in body.items() if v is not None})
        result = answer.json() if answer.ok else None
        token = result.get("result") if isinstance(result, dict) else None
        if not token:
            raise self._refused(answer)
        return str(token)

    def _post(self, body: t.Mapping[str, str]) -> Answer:
        for path in AUTHENTICATE_PATHS:
            answer = self._client.read("POST", path, json=body)
            if answer.status != 404:
                return answer
        return answer

    def _refused(self, answer: Answer) -> Failure:
        if answer.status in (400, 401, 403) or answer.ok:
            return Failure(
                "sign_in_refused",
                url=self._client.base_url,
                who=self.who,
                reason=_server_text.reason(answer),
                options="server.tenant, server.username and server.password",
                status=answer.status,
                stage="sign_in",
            )
        return unexpected(answer, stage="sign_in")


class Session:
    """Requests in the name of a sign-in; a token that expires in the middle is renewed once."""

    def __init__(
        self,
        client: Client,
        sign_in: SignIn,
        learn_secret: t.Callable[[str], None],
        headers: t.Mapping[str, str] | None = None,
    ) -> None:
        self.client = client
        self._learn_secret = learn_secret
        self.who = sign_in.who
        self._sign_in = sign_in
        self._headers = dict(headers or {})
        self._renewed = False

    def read(self, method: str, path: str, **request: t.Any) -> Answer:
        """As L(Client.read), signed in."""
        return self._signed(self.client.read, method, path, request)

    def once(self, method: str, path: str, **request: t.Any) -> Answer:
        """As L(Client.once), signed in.  A 401 means that nothing was done, so it is sent again."""
        return self._signed(self.client.once, method, path, request)

    def _signed(
        self, send: t.Callable[..., Answer], method: str, path: str, request: dict[str, t.Any]
    ) -> Answer:
        if "Authorization" not in self._headers:
            self._renew()
        answer = send(method, path, headers=self._headers, **request)
        if answer.status == 401 and not self._renewed and not isinstance(self._sign_in, ReadyToken):
            self._renewed = True
            self._renew()
            answer = send(method, path, headers=self._headers, **request)
        if answer.status == 401:
            raise self._rejected(answer)
        return answer

    def _renew(self) -> None:
        token = self._sign_in.token()
        register_secret(token)
        self._learn_secret(token)
        self._headers["Authorization"] = f"Bearer {token}"

    def _rejected(self, answer: Answer) -> Failure:
        if isinstance(self._sign_in, ReadyToken):
            return Failure(
                "sign_in_refused",
                url=answer.url,
                who=self.who,
                reason=_server_text.reason(answer),
                options="that the token is complete, not expired, and made for this server",
                status=401,
                stage="sign_in",
            )
        return Failure("token_expired", url=answer.url, status=401, stage="sign_in")


def unexpected(answer: Answer, *, stage: str) -> Failure:
    """An answer nobody expects, as an error with method, address, status and the server's words."""
    kind = Ambiguous if answer.status >= 500 else Failure
    return kind(
        "unexpected_status",
        method=answer.method,
        url=answer.url,
        code=answer.status,
        reason=_server_text.reason(answer),
        status=answer.status,
        stage=stage,
    )
