# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From the ``server`` or ``config_file`` option to a backend."""

from __future__ import annotations

import functools
import typing as t
from dataclasses import dataclass, field
from urllib.parse import quote

from .._phrase import say
from .._server.access import (
    Learn,
    Options,
    Sites,
    sign_in,
    signs_in_as,
    signs_in_to_tenant,
    transport,
)
from .._server.environment import stated
from .._server.options import judge
from .._server.session import Bearer, Session
from .._settings import MAIL
from .place import on_server
from .routing import Placement, scopes, users_scopes

if t.TYPE_CHECKING:
    from .._server.address import Addresses
    from .._server.client import Client
    from .._server.connection import Transport
    from .._server.site import Site
    from .backend import Backend
    from .identity import IdentitySettings
    from .orchestrator import OrchestratorSettings
    from .place import Place
    from .routed import RoutedSettings

Names = t.Optional[t.Sequence[str]]
TENANT_HEADER = "X-UIPATH-TenantName"


def open_backend(
    params: Options, learn_secret: Learn, names: Names = None, *, changing: bool | None = None
) -> Backend:
    """The backend that the module arguments name; nothing is sent or opened yet.

    ``names`` are the settings it is opened for; None means all that there are at this level.
    ``changing`` says whether to ask for the right to change them; by default when they are named.
    """
    if params.get("config_file"):
        from .config_file import ConfigFile

        return ConfigFile(params["config_file"], learn_secret)
    changing = names is not None if changing is None else changing
    return open_server(params["server"], learn_secret, names=names, changing=changing)


@functools.cache
def backends() -> tuple[type[IdentitySettings], type[OrchestratorSettings], type[RoutedSettings]]:
    """The classes of the APIs, imported when first needed; a file needs none of them."""
    from .identity import IdentitySettings
    from .orchestrator import OrchestratorSettings
    from .routed import RoutedSettings

    return IdentitySettings, OrchestratorSettings, RoutedSettings


@dataclass(frozen=True)
class Door:
    """What is the same for all tenants that differ in their names alone, if no address has these.

    ``options`` are those of ``server`` without a name, ``names`` the settings, ``scopes`` what an
    application asks for.
    """

    options: Options = field(repr=False)
    names: Names
    sites: Sites
    placement: Placement
    scopes: list[list[str]]


@dataclass
class Reuse:
    """What a run over many tenants keeps from one to the next.

    These are connections, tokens by scope, and the door that the last tenant went through.
    """

    clients: dict[str, Client] = field(default_factory=dict)
    bearers: dict[str, Bearer] = field(default_factory=dict)
    door: Door | None = None


def open_server(
    server: Options,
    learn_secret: Learn,
    shared: Transport | None = None,
    names: Names = None,
    *,
    changing: bool = True,
    reuse: Reuse | None = None,
) -> RoutedSettings:
    """The settings of an Orchestrator at the level and tenant that ``server`` names."""
    identity_settings, orchestrator_settings, routed_settings = backends()
    reuse = reuse or Reuse()
    door = _door(server, shared, names, reuse, changing=changing)
    sites, placement = door.sites, door.placement
    bearer = _bearer(server, sites, door.scopes, learn_secret, reuse)
    host = server["level"] == "host"
    orchestrator = None
    if (site := sites.orchestrator) is not None:
        session = Session(site, bearer, tenant_header(server))
        place = _place(server, site)
        orchestrator = orchestrator_settings(session, place, host=host)
    identity = identity_settings(
        Session(sites.identity, bearer),
        host=host,
        partition=server.get("organization_id"),
        names=MAIL if names is None else names,
    )
    sessions = functools.partial(_user_session, server, sites, bearer, learn_secret)
    return routed_settings(placement, bearer, site, orchestrator, identity, sessions)


def _door(
    server: Options, shared: Transport | None, names: Names, reuse: Reuse, *, changing: bool
) -> Door:
    """The door of before, where ``server`` differs from that of before in the name alone."""
    options, known = {**server, "tenant": None}, reuse.door
    if known is not None and known.options == options and known.names == names:
        judge({"tenant": server["tenant"]})
        known.sites.begin_again(server["timeout"])
        return known
    sites = Sites(server, shared or transport(server), reuse.clients)
    placement = _placement(server, names, sites.addresses)
    # An application asks for scopes; everybody else has what they have.
    wishes = scopes(placement, changing=changing) if signs_in_as(server) == "client" else []
    door = Door(options, names, sites, placement, wishes)
    reuse.door = door if server.get("tenant") and not server.get("organization") else None
    return door


def shares_mail_settings(server: Options) -> bool:
    """Whether all tenants of ``server`` certainly keep their mail settings in one place.

    An address with an organization has one, and an application belongs to one.
    """
    return server["api"] != "orchestrator" and _is_later(server)


def _is_later(server: Options) -> bool:
    # Organizations, and applications that sign in by themselves, came with the Identity server.
    return bool(server.get("organization")) or stated(server) == "client"


def _bearer(
    server: Options, sites: Sites, scopes: list[list[str]], learn_secret: Learn, reuse: Reuse
) -> Bearer:
    """The token of before, where it is good for more than one tenant; else a new sign-in."""
    if signs_in_to_tenant(server):
        return Bearer(sign_in(server, sites, scopes, learn_secret), learn_secret)
    scope = str(scopes)
    if scope in reuse.bearers:
        return reuse.bearers[scope].again()
    reuse.bearers[scope] = Bearer(sign_in(server, sites, scopes, learn_secret), learn_secret)
    return reuse.bearers[scope]


def _user_session(
    server: Options, sites: Sites, bearer: Bearer, learn_secret: Learn, level: str
) -> Session:
    """A session that may read the users of ``level``; an application asks for that right alone."""
    if signs_in_as(server) == "client":
        bearer = Bearer(sign_in(server, sites, users_scopes(level), learn_secret), learn_secret)
    if level == "organization":
        return Session(sites.identity, bearer)
    return Session(t.cast("Site", sites.orchestrator), bearer, tenant_header(server))


def _placement(server: Options, names: Names, bases: Addresses) -> Placement:
    return Placement(
        names=None if names is None else tuple(names),
        level=server["level"],
        api=server["api"],
        url=str(server["url"]),
        identity_sure=_is_later(server),
        orchestrator_here=bases.orchestrator is not None,
        tenant_open=signs_in_as(server) == "user"
        and server["level"] != "host"
        and not server.get("tenant"),
    )


def tenant_header(server: Options) -> dict[str, str]:
    """The header that names the tenant, where neither the address nor the token does."""
    tenant = server.get("tenant")
    if not tenant or server["level"] == "host" or server.get("organization"):
        return {}
    if tenant.isascii():
        return {TENANT_HEADER: tenant}
    # How a server reads other letters in a header is not documented, and a user's token needs none:
    # it is of the tenant that was named, in JSON, at the sign-in.
    return {} if signs_in_to_tenant(server) else {TENANT_HEADER: quote(tenant)}


def _place(server: Options, site: Site) -> Place:
    """What the Orchestrator API keeps: the host's own settings, or those of one tenant."""
    if server["level"] == "host":
        return on_server("orchestrator", site.url, "host")
    if server.get("tenant"):
        return on_server("orchestrator", site.url, "tenant", str(server["tenant"]))
    way = signs_in_as(server)
    who = {"user": server.get("username"), "client": server.get("client_id")}.get(way)
    # Whom a ready token belongs to is known to the server alone.
    name = say("of {user}", user=who) if who else say("of the access token")
    return on_server("orchestrator", site.url, "tenant", name, certain=who is not None)
