# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What every handler gets: the server as a whole, and the one call at hand."""

from __future__ import annotations

import dataclasses
import json
import typing as t

from . import mailer
from .refusals import say
from .state import Level, Store
from .switches import Switches
from .tokens import Client, Token, Tokens, User
from .versions import Version
from .wire import HttpRequest, Pending, Refusal, Response, abp_error

if t.TYPE_CHECKING:
    from .users import Person


class Verification(t.NamedTuple):
    """One verify call: what was tried, and the error text of a failure."""

    surface: str
    recipient: str
    model: mailer.Model
    error: str | None


@dataclasses.dataclass
class Server:
    """The whole state of the fake; the surfaces are functions over it."""

    version: Version
    shape: str
    organization: str
    organization_id: str
    store: Store
    switches: Switches
    tokens: Tokens
    users: t.Mapping[tuple[str, str], User]
    clients: tuple[Client, ...]
    mailbox: tuple[str, int] | None
    trust: mailer.Trust
    scheme: str = "http"
    verified: list[Verification] = dataclasses.field(default_factory=list)
    sessions: dict[str, User] = dataclasses.field(default_factory=dict)
    people: list[Person] = dataclasses.field(default_factory=list)
    pages: dict[t.Any, bytes] = dataclasses.field(default_factory=dict)

    def mail(
        self, surface: str, model: mailer.Model, recipient: str, failed: t.Callable[[str], Refusal]
    ) -> Pending:
        """Send the test message aside; ``failed`` makes the refusal from the mail error."""

        def job() -> Response:
            try:
                mailer.send(model, recipient, self.mailbox, self.trust)
            except mailer.MailFailure as error:
                self.verified.append(Verification(surface, recipient, model, str(error)))
                return failed(str(error)).response
            self.verified.append(Verification(surface, recipient, model, None))
            return Response(200)

        return Pending(job)


class Place(t.NamedTuple):
    """Where an address leads: the surface, what comes before and after its base."""

    surface: str
    base: str
    route: str
    organization: str | None = None
    tenant: str | None = None


@dataclasses.dataclass
class Call:
    """One request on its way through the state machine."""

    request: HttpRequest
    place: Place
    key: str = ""
    token: Token | None = None
    level: Level | None = None
    parsed: t.Any = None

    @property
    def target(self) -> Level:
        """The level the call reads or writes, settled by the authorization of its surface."""
        assert self.level is not None
        return self.level

    def json(self) -> t.Any:
        """The parsed body; not JSON is the refusal of the framework."""
        if self.parsed is None:
            try:
                self.parsed = json.loads(self.request.body)
            except ValueError as error:
                raise abp_error(400, say("invalid"), say("not_json")) from error
        return self.parsed

    def address(self, scheme: str) -> str:
        """The absolute address of the base this call came through."""
        return f"{scheme}://{self.request.headers.get('host', '')}{self.place.base}"


def since(fact: str) -> t.Callable[[Server], bool]:
    """Whether a column of the version table is true."""
    return lambda server: bool(getattr(server.version, fact))


Handler = t.Callable[[Server, Call], t.Union[Response, Pending]]


@dataclasses.dataclass(frozen=True)
class Operation:
    """One row of the routing table.

    ``permission`` and ``scopes`` are what the bearer needs: without a permission the call is
    anonymous, the empty one is everybody's who signed in.  ``there`` is whether a server has it.
    """

    name: str
    handler: Handler
    permission: str | None = None
    scopes: tuple[str, ...] = ()
    there: t.Callable[[Server], bool] = lambda server: True
