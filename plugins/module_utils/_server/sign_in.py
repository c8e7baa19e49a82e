# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The ways to get a bearer token.

User and password go to the Orchestrator, those of a host administrator by ``host_sign_in``.
Applications (client credentials) go to the Identity server.  A ready token goes nowhere.
"""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, field

from .._errors import Failure
from .._output.redact import clean
from .._phrase import say
from . import refusal_text
from .client import Request
from .site import Site

if t.TYPE_CHECKING:
    from .answer import Answer

#: 2018.1 and 2018.2 list the sign-in under the short path.
AUTHENTICATE_PATHS = ("/api/Account/Authenticate", "/api/Account")
#: How a server says that it has no such sign-in.
ABSENT = frozenset((404, 405))
APPLICATION_OR_TOKEN = say(
    "Give server.client_id and server.client_secret, or server.access_token, as newer versions "
    "have no other way"
)
USER = say("Give server.username and server.password, as older versions have no other way")
NEVER = float("inf")
#: What to assume of an application's token whose life is not stated.
USUAL_SECONDS = 3600.0
LONGEST_LIFE = 1_000_000_000


#: Which of several wishes was granted.
Granted = dict[tuple[str, ...], str]


@dataclass(frozen=True)
class Token:
    """A bearer token and the seconds it lives."""

    text: str = field(repr=False)
    seconds: float = NEVER


class SignIn(t.Protocol):
    """A way to get a bearer token.

    ``renewable`` tells whether there is a second one.
    """

    renewable: bool

    @property
    def who(self) -> str:
        """Who signs in, for messages."""

    @property
    def has_other_road(self) -> bool:
        """Whether another kind of token may be had where the first kind is not accepted."""

    def token(self, refused_by: Site | None = None) -> Token:
        """A fresh token; ``refused_by`` is the API that did not take the one before.

        Raises ``Failure`` when the sign-in is refused.
        """


class ReadyToken:
    """A token that the user brought; there is no second one."""

    who = say("server.access_token")
    renewable = has_other_road = False

    def __init__(self, token: str) -> None:
        self._token = token

    def token(self, refused_by: Site | None = None) -> Token:
        return Token(self._token)


@dataclass(frozen=True)
class Login:
    """User name and password."""

    username: str
    password: str = field(repr=False)


class PasswordSignIn:
    """A user of a tenant; tenant ``Host`` is the host."""

    renewable, has_other_road = True, False

    def __init__(self, orchestrator: Site, tenant: str | None, login: Login) -> None:
        self._site, self._tenant, self._login = orchestrator, tenant, login

    @property
    def who(self) -> str:
        user, tenant = clean(self._login.username), self._tenant
        if not tenant:
            return say("{user} without a tenant", user=user)
        return say("{user} in tenant {tenant}", user=user, tenant=clean(tenant))

    def token(self, refused_by: Site | None = None) -> Token:
        answer = self.ask()
        if answer.status in ABSENT:
            raise self._site.absent("authenticate_absent", answer, APPLICATION_OR_TOKEN)
        return Token(token_in(answer, self._refused))

    def ask(self) -> Answer:
        """The answer to the sign-in; 404 where the server has none."""
        for path in AUTHENTICATE_PATHS:
            answer = self._site.ask(Request("POST", path, json=self.body))
            if answer.status not in ABSENT:
                break
        return answer

    @property
    def body(self) -> dict[str, str]:
        """What is sent, under whichever of ``AUTHENTICATE_PATHS``."""
        body = {
            "tenancyName": self._tenant,
            "usernameOrEmailAddress": self._login.username,
            "password": self._login.password,
        }
        return {name: value for name, value in body.items() if value is not None}

    def _refused(self, answer: Answer) -> Failure:
        options = "server.tenant, server.username and server.password"
        return refused(answer, self._site, self.who, options)


class ClientCredentials:
    """A confidential external application; it belongs to one organization.

    ``wishes`` are lists of scopes to ask for in turn: a server refuses scopes that were not
    granted, and which of two sufficient ones was granted cannot be known before.  ``granted`` is
    where it is kept for those who ask next, so that a run has at most one sign-in refused.
    """

    renewable, has_other_road = True, False

    def __init__(
        self,
        identity: Site,
        client_id: str,
        secret: str,
        wishes: t.Sequence[t.Sequence[str]],
        granted: Granted,
    ) -> None:
        self._site, self._client_id, self._secret = identity, client_id, secret
        self._wishes, self._granted = tuple(" ".join(scopes) for scopes in wishes), granted

    @property
    def who(self) -> str:
        return say("application {name}", name=clean(self._client_id))

    def token(self, refused_by: Site | None = None) -> Token:
        known = self._granted.get(self._wishes, self._wishes[0])
        for scope in dict.fromkeys((known, *self._wishes)):
            answer = self._ask(scope)
            if "invalid_scope" not in _error(answer):
                break
        if answer.status in ABSENT:
            raise self._site.absent("client_absent", answer, USER)
        if not answer.ok:
            raise self._refused(answer)
        text = token_in(answer, self._refused, "access_token")
        self._granted[self._wishes] = scope
        return Token(text, _seconds(answer.json().get("expires_in")))

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
            enough = " or ".join(self._wishes[:2])
            options = f"that the application was granted the application scopes {enough}"
        return refused(answer, self._site, self.who, options)


def _seconds(life: t.Any) -> float:
    """How long a token lives; a server may write any number there, or none."""
    is_number = isinstance(life, (int, float)) and not isinstance(life, bool)
    return float(min(max(life, 0), LONGEST_LIFE)) if is_number else USUAL_SECONDS


def token_in(answer: Answer, refuse: t.Callable[[Answer], Failure], name: str = "result") -> str:
    """The token under ``name``; raises what ``refuse`` makes of an answer without one."""
    said = answer.json() if answer.ok else None
    text = said.get(name) if isinstance(said, dict) else None
    if not isinstance(text, str) or not text:
        raise refuse(answer)
    return text


def refused(answer: Answer, site: Site, who: str, options: str) -> Failure:
    """A sign-in that brought no token, in the server's own words."""
    if answer.status not in (400, 401, 403) and not answer.ok:
        return site.unexpected(answer, stage="sign_in")
    reason: str = refusal_text.reason(answer)
    if answer.ok:
        said = refusal_text.words(answer)
        reason = say("HTTP {code} without a token", code=answer.status)
        reason = say("{what}: {said}", what=reason, said=said) if said else reason
    return Failure(
        "sign_in_refused",
        target=site.url,
        who=who,
        reason=reason,
        options=options,
        status=answer.status,
        stage="sign_in",
    )


def _error(answer: Answer) -> str:
    return refusal_text.oauth_error(answer) if answer.status in (400, 401) else ""
