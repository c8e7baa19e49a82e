# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From the option ``server`` to connections and a way to sign in."""

from __future__ import annotations

import typing as t

from .._argspec import connection
from .._deadline import Deadline
from .._errors import Failure, invalid
from .._phrase import say
from .address import addresses, where_to_look
from .client import Client
from .connection import NoPace, Pace, Transport
from .environment import begun, stated
from .host_sign_in import HostSignIn
from .options import judge
from .sign_in import ClientCredentials, Login, PasswordSignIn, ReadyToken, SignIn
from .site import Site
from .web_address import Origin

Options = t.Mapping[str, t.Any]
Learn = t.Callable[[str], None]


def transport(server: Options, pace: Pace | None = None) -> Transport:
    """The connection options of ``server``; shared by everything one task sends."""
    options = {name: server[name] for name in connection() if name != "timeout"}
    return Transport(pace=pace or NoPace(), **options)


class Sites:
    """The APIs of a server; those of one origin share a connection and everything a deadline.

    ``clients`` are connections kept from the last tenant; they go on under the new deadline.
    """

    def __init__(
        self, server: Options, shared: Transport, clients: dict[str, Client] | None = None
    ) -> None:
        judge(server)
        self.addresses = addresses(server)
        self.shared, self._deadline = shared, Deadline(server["timeout"])
        self._clients = {} if clients is None else clients
        self._renew()
        base, advice = self.addresses.orchestrator, where_to_look(server, "orchestrator_url")
        self.orchestrator = self._site(base, advice) if base else None
        advice = where_to_look(server, "identity_url")
        self.identity = self._site(self.addresses.identity, advice)
        self.token = self._site(self.addresses.token, advice)

    def begin_again(self, seconds: float) -> None:
        """Go on with another tenant: the time starts anew, and nothing is known of the server."""
        self._deadline = Deadline(seconds)
        self._renew()
        for site in (self.orchestrator, self.identity, self.token):
            if site is not None:
                site.version = None

    def _renew(self) -> None:
        for client in self._clients.values():
            client.renew(self._deadline)

    def _site(self, url: str, advice: str) -> Site:
        reached = str(Origin.of(url))
        if reached not in self._clients:
            self._clients[reached] = Client(reached, self.shared, self._deadline)
        return Site(self._clients[reached], url, advice)


def signs_in_as(server: Options) -> str:
    """A key of ``WAYS``; raises ``Failure`` when no way to sign in is complete."""
    way = stated(server)
    if way is None:
        pair = begun(server)
        why = " (server.{} is given without server.{})".format(*pair) if pair else ""
        raise Failure("sign_in_missing", why=why, stage="sign_in")
    return way


def signs_in_to_tenant(server: Options) -> bool:
    """Whether a sign-in is good for one tenant only."""
    return signs_in_as(server) == "user"


def sign_in(
    server: Options, sites: Sites, scopes: t.Sequence[t.Sequence[str]], learn_secret: Learn
) -> SignIn:
    """The way to sign in that the options name; an application asks for one of ``scopes``."""
    way = signs_in_as(server)
    if way == "token":
        return ReadyToken(server["access_token"])
    if way == "client":
        known = server["client_id"], server["client_secret"]
        return ClientCredentials(sites.token, *known, scopes, sites.shared.granted)
    login = Login(server["username"], server["password"])
    if server["level"] == "host":
        return HostSignIn(sites.orchestrator, sites.token, login, learn_secret)
    if sites.orchestrator is None:
        reason = say("give the name of the tenant in which server.username signs in")
        raise invalid("server.tenant", reason, "sign_in")
    return PasswordSignIn(sites.orchestrator, server.get("tenant"), login)
