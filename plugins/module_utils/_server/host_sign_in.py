# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The two roads of a host administrator to a bearer token.

The Orchestrator's own sign-in comes first.  The sign-in page of the Identity server is for servers
whose Orchestrator has none (404, or no address of the host level at all), and for Identity servers
that refuse a token of the Orchestrator: with 401, or with 403 and a word about its scope.
"""

from __future__ import annotations

import typing as t

from .._errors import Failure
from .._output.redact import clean
from .._phrase import say
from . import refusal_text
from .client import Request
from .sign_in import ABSENT, Login, PasswordSignIn, Token, refused, token_in

if t.TYPE_CHECKING:
    from .answer import Answer
    from .site import Site

#: The steps of the sign-in page.
FORGERY_PATH = "/api/antiforgery/generate"
LOGIN_PATH = "/api/Account/Login"
TOKEN_PATH = "/api/Account/ClientAccessToken"
HOST_TENANT = "Host"
#: Characters of what may be the cookie of a session.
SHORTEST_SECRET, LONGEST_SECRET = 8, 32768
OPTIONS = "server.username and server.password of a host administrator"


class HostSignIn:
    """A host administrator (a ``SignIn``); ``learn_secret`` is told the cookies of the page."""

    renewable = True

    def __init__(
        self,
        orchestrator: Site | None,
        identity: Site,
        login: Login,
        learn_secret: t.Callable[[str], None],
    ) -> None:
        self._orchestrator, self._identity, self._login = orchestrator, identity, login
        self._learn_secret = learn_secret
        self._through_page = orchestrator is None

    @property
    def who(self) -> str:
        return say("{user} of the host", user=clean(self._login.username))

    @property
    def has_other_road(self) -> bool:
        return not self._through_page

    def token(self, refused_by: Site | None = None) -> Token:
        if refused_by is not None and refused_by is not self._orchestrator:
            self._through_page = True
        if self._orchestrator is not None and not self._through_page:
            answer = PasswordSignIn(self._orchestrator, HOST_TENANT, self._login).ask()
            if answer.status not in ABSENT:
                return Token(token_in(answer, self._refused_by(self._orchestrator)))
            self._through_page = True
        return self._from_page()

    def _from_page(self) -> Token:
        start = self._identity.ask(Request("GET", FORGERY_PATH))
        if not start.ok:
            self._through_page = self._orchestrator is None
            fix = say("Give server.access_token of a host administrator")
            raise self._identity.absent("authenticate_absent", start, fix)
        cookies = self._cookies(start)
        body = {
            "partitionName": "host",
            "usernameOrEmail": self._login.username,
            "password": self._login.password,
            "rememberLogin": False,
        }
        headers = {"X-XSRF-TOKEN": cookies.get("XSRF-TOKEN", ""), "Cookie": _joined(cookies)}
        login = self._identity.ask(Request("POST", LOGIN_PATH, json=body, headers=headers))
        # Some answer 200 to a wrong password as well, and say the rest in the body.
        if not login.ok or refusal_text.says_no(login):
            raise self._refused_by(self._identity)(login)
        headers = {"Cookie": _joined({**cookies, **self._cookies(login)})}
        answer = self._identity.ask(Request("GET", TOKEN_PATH, headers=headers))
        text = answer.body.decode("utf-8", "replace").strip().strip('"')
        if not answer.ok or not text or text[:1] in "<{":
            raise self._refused_by(self._identity)(answer)
        return Token(text)

    def _cookies(self, answer: Answer) -> dict[str, str]:
        lines = answer.headers.get("set-cookie", "").split("\n")
        pairs = (line.split(";", 1)[0].strip().partition("=") for line in lines)
        found = {name: value for name, _equals, value in pairs if name}
        # A short one names a language or a theme, and would take that word out of every text.
        for value in found.values():
            if SHORTEST_SECRET <= len(value) <= LONGEST_SECRET:
                self._learn_secret(value)
        return found

    def _refused_by(self, site: Site) -> t.Callable[[Answer], Failure]:
        return lambda answer: refused(answer, site, self.who, OPTIONS)


def _joined(cookies: t.Mapping[str, str]) -> str:
    return "; ".join(f"{name}={value}" for name, value in cookies.items())
