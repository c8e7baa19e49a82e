# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reaching a server to learn about it: each request has ``server.timeout`` for itself.

Requests go through the door of everything else.  What each took is kept, how often a token served,
and what the server said when it refused.
"""

from __future__ import annotations

import time
import typing as t

from ...module_utils._deadline import Deadline
from ...module_utils._errors import Failure
from ...module_utils._server import refusal_text
from ...module_utils._server.access import Sites, sign_in, signs_in_as, transport
from ...module_utils._server.client import Request
from ...module_utils._server.session import Bearer, Session, claims
from ...module_utils._targets.open import TENANT_HEADER, tenant_header
from ...module_utils._targets.routing import READ, READ_AND_WRITE, WHOLE
from .answers import IDENTITY, ORCHESTRATOR, Words
from .shapes import refusal_form

if t.TYPE_CHECKING:
    from ...module_utils._output.context import Context
    from ...module_utils._server.answer import Answer
    from ...module_utils._server.sign_in import SignIn
    from ...module_utils._server.site import Site
    from .anonymous import Anonymous
    from .answers import Answers

#: The scope of each API without its ending.
SCOPES = {"orchestrator": "OR.Settings", "identity": "PM.Setting"}


class Reach:
    """The two APIs of a server, and what was noticed on the way."""

    def __init__(
        self,
        server: t.Mapping[str, t.Any],
        context: Context,
        names: Anonymous,
        answers: Answers,
    ) -> None:
        self.server, self.names, self.answers = server, names, answers
        self.sites = Sites(server, transport(server))
        self.seconds: list[float] = []
        #: After how many requests a token was refused that had not ended.
        self.served: int | None = None
        self._context = context
        self._bearers: dict[str, Bearer] = {}
        self._uses: dict[Bearer, tuple[str, int]] = {}

    @property
    def way(self) -> str:
        """How it signs in: ``token``, ``client`` or ``user``."""
        return signs_in_as(self.server)

    @property
    def is_host(self) -> bool:
        return bool(self.server["level"] == "host")

    @property
    def is_standalone(self) -> bool:
        return not self.server.get("organization")

    def orchestrator(self, *, changing: bool = False, tenant: str | None = None) -> Door | None:
        """The Orchestrator API; None at an address that needs a tenant and has none.

        ``tenant`` goes into the header instead of the usual one; an empty one leaves it out.
        """
        site = self.sites.orchestrator
        if site is None:
            return None
        headers = tenant_header(self.server)
        if tenant is not None:
            headers = {TENANT_HEADER: tenant} if tenant else {}
        return Door(self, site, self.bearer("orchestrator", changing=changing), headers)

    def identity(self, *, changing: bool = False) -> Door:
        """The Identity server."""
        return Door(self, self.sites.identity, self.bearer("identity", changing=changing), {})

    def bearer(self, api: str, *, changing: bool = False) -> Bearer:
        """The token for one API; an application asks for the scope of that one alone."""
        forms = (WHOLE, READ_AND_WRITE) if changing else (READ, WHOLE)
        wishes = [[SCOPES[api] + part for part in parts] for parts in forms]
        known = f"{api} {changing}" if self.way == "client" else ""
        if known not in self._bearers:
            self._bearers[known] = self.asking_for(wishes)
        return self._bearers[known]

    def asking_for(self, wishes: t.Sequence[t.Sequence[str]]) -> Bearer:
        """A token of the usual sign-in; an application asks for one of ``wishes``."""
        return self.signed_in(sign_in(self.server, self.sites, wishes, self._context.learn))

    def signed_in(self, way: SignIn) -> Bearer:
        """A bearer of another kind than the usual one."""
        return Bearer(way, self._context.learn)

    def renew(self) -> None:
        """Give the next request the whole time."""
        for site in (self.sites.orchestrator, self.sites.identity, self.sites.token):
            if site is not None:
                site.client.renew(Deadline(self.server["timeout"]))

    def close(self) -> None:
        for site in (self.sites.orchestrator, self.sites.identity, self.sites.token):
            if site is not None:
                site.client.close()

    def bare(self, site: Site, request: Request) -> Answer:
        """A request in nobody's name."""
        self.renew()
        return self.noted(site, site.ask(request))

    def noted(self, site: Site, answer: Answer) -> Answer:
        """Keep what a refusal said, without secrets; names go when all of them are known."""
        if answer.status >= 400:
            words = self._context.redactor.text(refusal_text.words(answer))
            where = ORCHESTRATOR if site is self.sites.orchestrator else IDENTITY
            asked = f"{answer.method} {answer.url[len(site.url) :]}"
            form = refusal_form(answer)
            self.answers.refusals.append(Words(where, asked, answer.status, form, words))
        return answer

    def learn(self, secret: str) -> None:
        """Take a password of our own out of whatever is said."""
        self._context.learn(secret)

    def count_use(self, bearer: Bearer) -> None:
        """Before each request: how often its token has served."""
        token = bearer.token()
        used, count = self._uses.get(bearer, (token, 0))
        if used != token:
            count = 0
            if not has_ended(used):
                # The old one was refused for its last request, which the new one has served then.
                self.served = self._uses[bearer][1] - 1 if self.served is None else self.served
                count = 1
        self._uses[bearer] = token, count + 1

    def reads(self, door: Door, request: Request) -> Answer | Failure:
        """The answer, or the failure that a refused token ends in."""
        try:
            return door.ask(request)
        except Failure as exc:
            if exc.status != 401:
                raise
            return exc


class Door(Session):
    """An API in the name of a bearer, watched."""

    def __init__(
        self, reach: Reach, site: Site, bearer: Bearer, headers: t.Mapping[str, str]
    ) -> None:
        super().__init__(site, bearer, headers)
        self._reach = reach
        self.learn = reach.learn

    def ask(self, request: Request) -> Answer:
        return self._watched(super().ask, request)

    def tell(self, request: Request) -> Answer:
        return self._watched(super().tell, request)

    def _watched(self, send: t.Callable[[Request], Answer], request: Request) -> Answer:
        self._reach.renew()
        self.bearer.again()
        self._reach.count_use(self.bearer)
        begin = time.monotonic()
        answer = self._reach.noted(self.site, send(request))
        self._reach.seconds.append(time.monotonic() - begin)
        return answer


def has_ended(token: str) -> bool:
    """Whether a token says of itself that it has ended."""
    ends = claims(token).get("exp")
    return isinstance(ends, (int, float)) and time.time() >= ends
