# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The ways to get a bearer token.

User and password go to the Orchestrator; a host administrator may also take the way of the sign-in
page of the Identity server, which is the only one where the Orchestrator has none.  Applications
(client credentials) go to the Identity server.  A ready token goes nowhere.
"""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, field

from .._errors import Failure
from .._output.redact import clean
from . import refusal_text
from .http import Request
from .site import Site, unexpected

if t.TYPE_CHECKING:
    from .answer import Answer

#: 2018.1 and 2018.2 list the sign-in under the short path.
AUTHENTICATE_PATHS = ("/api/Account/Authenticate", "/api/Account")
#: The steps of the sign-in page.
FORGERY_PATH = "/api/antiforgery/generate"
LOGIN_PATH = "/api/Account/Login"
TOKEN_PATH = "/api/Account/ClientAccessToken"
HOST_TENANT = "Host"
NEVER = float("inf")
#: What to assume of an application's token whose life is not stated.
USUAL_SECONDS = 3600.0


@dataclass(frozen=True)
class Token:
    """A bearer token and the seconds it lives."""

    text: str = field(repr=False)
    seconds: float = NEVER


class SignIn(t.Protocol):
    """A way to get a bearer token.  ``renewable`` tells whether there is a second one."""

    who: str
    renewable: bool

    def token(self, *, refused: bool) -> Token:
        """A fresh token; ``refused`` when the server did not take the one before.

        Raises ``Failure`` when the sign-in is refused.
        """


class ReadyToken:
    """A token that the user brought; there is no second one."""

    who = "server.access_token"
    renewable = False

    def __init__(self, token: str) -> None:
        self._token = token

    def token(self, *, refused: bool) -> Token:
        return Token(self._token)


@dataclass(frozen=True)
class Login:
    """User name and password."""

    username: str
    password: str = field(repr=False)


class PasswordSignIn:
    """A user of a tenant; tenant ``Host`` is the host."""

    renewable = True

    def __init__(self, orchestrator: Site, tenant: str | None, login: Login) -> None:
        self._site, self._tenant, self._login = orchestrator, tenant, login
        self.who = f"{clean(login.username)} in tenant {clean(tenant or 'of its own')}"

    def token(self, *, refused: bool) -> Token:
        answer = self.ask()
        if answer.status == 404:
            raise Failure("authenticate_absent", target=self._site.url, status=404, stage="sign_in")
        return Token(_token_in(answer, self._refused))

    def ask(self) -> Answer:
        """The answer to the sign-in; 404 where the server has none."""
        body = {
            "tenancyName": self._tenant,
            "usernameOrEmailAddress": self._login.username,
            "password": self._login.password,
        }
        given = {name: value for name, value in body.items() if value is not None}
        for path in AUTHENTICATE_PATHS:
            answer = self._site.ask(Request("POST", path, json=given))
            if answer.status != 404:
                break
        return answer

    def _refused(self, answer: Answer) -> Failure:
        options = "server.tenant, server.username and server.password"
        return _refusal(answer, self._site, self.who, options)


class HostSignIn:
    """A host administrator: the Orchestrator's own sign-in first, the Identity server's second.

    The second is for servers whose Orchestrator has no sign-in (404, or no address of the host
    level at all), and for Identity servers that refuse a token of the Orchestrator.
    """

    renewable = True

    def __init__(self, orchestrator: Site | None, identity: Site, login: Login) -> None:
        self._orchestrator, self._identity, self._login = orchestrator, identity, login
        self.who = f"{clean(login.username)} of the host"

    def token(self, *, refused: bool) -> Token:
        if self._orchestrator is not None and not refused:
            answer = PasswordSignIn(self._orchestrator, HOST_TENANT, self._login).ask()
            if answer.status != 404:
                return Token(_token_in(answer, self._refused_by(self._orchestrator)))
        return self._through_the_sign_in_page()

    def _through_the_sign_in_page(self) -> Token:
        start = self._identity.ask(Request("GET", FORGERY_PATH))
        if not start.ok:
            raise Failure(
                "authenticate_absent",
                target=self._identity.url,
                status=start.status,
                stage="sign_in",
            )
        cookies = _cookies(start)
        body = {
            "partitionName": "host",
            "usernameOrEmail": self._login.username,
            "password": self._login.password,
            "rememberLogin": False,
        }
        headers = {"X-XSRF-TOKEN": cookies.get("XSRF-TOKEN", ""), "Cookie": _joined(cookies)}
        login = self._identity.ask(Request("POST", LOGIN_PATH, json=body, headers=headers))
        if not login.ok:
            raise self._refused_by(self._identity)(login)
        headers = {"Cookie": _joined({**cookies, **_cookies(login)})}
        answer = self._identity.ask(Request("GET", TOKEN_PATH, headers=headers))
        text = answer.body.decode("utf-8", "replace").strip().strip('"')
        if not answer.ok or not text or text[:1] in "<{":
            raise self._refused_by(self._identity)(answer)
        return Token(text)

    def _refused_by(self, site: Site) -> t.Callable[[Answer], Failure]:
        options = "server.username and server.password of a host administrator"
        return lambda answer: _refusal(answer, site, self.who, options)


class ClientCredentials:
    """A confidential external application; it belongs to one organization.

    ``wishes`` are lists of scopes to ask for in turn: a server refuses scopes that were not
    granted, and which of two sufficient ones was granted cannot be known before.
    """

    renewable = True

    def __init__(
        self, identity: Site, client_id: str, secret: str, wishes: t.Sequence[t.Sequence[str]]
    ) -> None:
        self._site, self._client_id, self._secret = identity, client_id, secret
        self._wishes = tuple(" ".join(scopes) for scopes in wishes)
        self.who = f"application {clean(client_id)}"

    def token(self, *, refused: bool) -> Token:
        for scope in self._wishes:
            answer = self._ask(scope)
            if "invalid_scope" not in _error(answer):
                break
        if not answer.ok:
            raise self._refused(answer)
        said = answer.json()
        life = said.get("expires_in")
        seconds = float(life) if isinstance(life, (int, float)) else USUAL_SECONDS
        return Token(_token_in(answer, self._refused, "access_token"), seconds)

    def _ask(self, scope: str) -> Answer:
        form = {
            "grant_type": "client_credentials",
            "client_id": self._client_id,
            "client_secret": self._secret,
            "scope": scope,
        }
        return self._site.ask(Request("POST", "/connect/token", form=form))

    def _refused(self, answer: Answer) -> Failure:
        options = "server.client_id and server.client_secret"
        if "invalid_scope" in _error(answer):
            options = f"that the application was granted the application scopes {self._wishes[-1]}"
        return _refusal(answer, self._site, self.who, options)


def _token_in(answer: Answer, refused: t.Callable[[Answer], Failure], name: str = "result") -> str:
    said = answer.json() if answer.ok else None
    text = said.get(name) if isinstance(said, dict) else None
    if not isinstance(text, str) or not text:
        raise refused(answer)
    return text


def _error(answer: Answer) -> str:
    return refusal_text.oauth_error(answer) if answer.status in (400, 401) else ""


def _cookies(answer: Answer) -> dict[str, str]:
    lines = answer.headers.get("set-cookie", "").split("\n")
    pairs = (line.split(";", 1)[0].strip().partition("=") for line in lines)
    return {name: value for name, _equals, value in pairs if name}


def _joined(cookies: t.Mapping[str, str]) -> str:
    return "; ".join(f"{name}={value}" for name, value in cookies.items())


def _refusal(answer: Answer, site: Site, who: str, options: str) -> Failure:
    if answer.status not in (400, 401, 403) and not answer.ok:
        return unexpected(answer, stage="sign_in")
    return Failure(
        "sign_in_refused",
        target=site.url,
        who=who,
        reason=refusal_text.reason(answer),
        options=options,
        status=answer.status,
        stage="sign_in",
    )
