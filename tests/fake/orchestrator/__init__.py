# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A stand-in for UiPath Orchestrator, any version from 2018.1 to API 20, in a thread of its own.

    with FakeOrchestrator(version="2020.10", tenants={"Default": {}}) as fake:
        ...                                     # talk to fake.url
        fake.settings("Default")                # what is stored, password included
        fake.count("Settings.UpdateBulk")       # how often it was asked

Known users unless told otherwise: ``admin`` / ``secret`` in every tenant and at the host; the
application ``app-id`` / ``app-secret`` with every scope.
"""

from __future__ import annotations

import collections
import ssl
import typing as t
import uuid

from . import door, mailer, signin
from . import users as user_lists
from .application import Application
from .context import Server, Verification
from .faults import FAULTS, Rule
from .http_server import Answer, HttpServer
from .log import Request
from .state import Level, Store, organization_id
from .switches import Switches
from .tokens import ALL_PERMISSIONS, ALL_SCOPES, Client, Tokens, User
from .versions import VERSIONS
from .wire import HttpRequest

__all__ = ["FAULTS", "VERSIONS", "Client", "FakeOrchestrator", "Request", "Switches", "User"]

SHAPES = ("standalone", "suite")
_Login = t.Union[str, t.Mapping[str, t.Any]]


def _users(
    tenants: t.Iterable[str],
    given: t.Mapping[str, t.Mapping[str, _Login]] | None,
    host_user: tuple[str, str],
) -> dict[tuple[str, str], User]:
    """``{tenant: {name: password or {"password", "permissions"}}}``, found by tenant and name."""
    users = [User(*host_user, tenant=None)]
    for tenant in tenants:
        for name, login in (given or {}).get(tenant, {"admin": "secret"}).items():
            if isinstance(login, str):
                users.append(User(name, login, tenant))
                continue
            permissions = frozenset(login.get("permissions", ALL_PERMISSIONS))
            users.append(User(name, login["password"], tenant, permissions))
    return {((user.tenant or "").lower(), user.name): user for user in users}


def _clients(given: t.Mapping[str, _Login] | None) -> tuple[Client, ...]:
    """``{id: secret or {"secret", "scopes"}}`` as applications."""
    clients = []
    for name, login in (given or {"app-id": "app-secret"}).items():
        if isinstance(login, str):
            clients.append(Client(name, login))
        else:
            scopes = frozenset(login.get("scopes", ALL_SCOPES))
            clients.append(Client(name, login["secret"], scopes))
    return tuple(clients)


class FakeOrchestrator:
    """The fake as a context manager, and the window of a test into it.

    ``tenants`` maps names to values of their own, or is a number of tenants to invent.
    ``mailbox`` is where verify calls send their message whatever host they name; ``trust`` is the
    certificate authority (path or context) they accept. ``switches`` are the fields of `Switches`.
    ``people`` are the facts of all users of every tenant and of the organization (fields of
    `users.Person`), or a number of users to invent.
    """

    def __init__(
        self,
        version: str = "2020.10",
        shape: str = "standalone",
        organization: str = "acme",
        tenants: t.Mapping[str, t.Mapping[str, str]] | int | None = None,
        host_user: tuple[str, str] = ("admin", "secret"),
        users: t.Mapping[str, t.Mapping[str, _Login]] | None = None,
        mailbox: tuple[str, int] | None = None,
        switches: t.Mapping[str, t.Any] | None = None,
        tls: ssl.SSLContext | None = None,
        *,
        clients: t.Mapping[str, _Login] | None = None,
        host: t.Mapping[str, str] | None = None,
        identity: t.Mapping[str, t.Mapping[str, str]] | None = None,
        people: t.Iterable[t.Mapping[str, t.Any]] | int = 1,
        trust: mailer.Trust = None,
        port: int = 0,
        address: str = "127.0.0.1",
        open_door: bool = False,
        log_limit: int | None = None,
    ) -> None:
        if version not in VERSIONS:
            raise ValueError(f"unknown version {version!r}; known: {', '.join(VERSIONS)}")
        if shape not in SHAPES or (shape == "suite" and not VERSIONS[version].suite_document):
            raise ValueError(f"version {version} has no address shape {shape!r}")
        if isinstance(tenants, int):
            tenants = {f"T{number:05d}": {} for number in range(1, tenants + 1)}
        tenants = {"Default": {}} if tenants is None else tenants
        self._server = Server(
            version=VERSIONS[version],
            shape=shape,
            organization=organization,
            organization_id=organization_id(organization),
            store=Store(tenants),
            switches=Switches(),
            tokens=Tokens(),
            users=_users(tenants, users, host_user),
            clients=_clients(clients),
            mailbox=mailbox,
            trust=trust,
            scheme="https" if tls else "http",
            people=user_lists.people(people),
        )
        self._application = Application(self._server, log_limit)
        self._open_door = open_door
        self._address = address
        self._http = HttpServer(self._answer, address, port, tls)
        self.switch(**(switches or {}))
        self.set_settings(None, host or {})
        for partition, rows in (identity or {}).items():
            self.set_identity_settings(partition, rows)

    def __enter__(self) -> FakeOrchestrator:
        self._http.start_thread()
        return self

    def __exit__(self, *failure: object) -> None:
        self._http.stop()

    def _answer(self, request: HttpRequest) -> Answer:
        if self._open_door and request.path.startswith("/fake/"):
            return door.answer(self, request)
        return self._application(request)

    @property
    def port(self) -> int:
        """The port it listens on."""
        return self._http.port

    @property
    def url(self) -> str:
        """The server as a user would name it: without tenant and surface."""
        name = "localhost" if self._server.scheme == "https" else self._address
        return f"{self._server.scheme}://{name}:{self.port}"

    @property
    def organization_id(self) -> str:
        """The partition of the organization."""
        return self._server.organization_id

    @property
    def requests(self) -> list[Request]:
        """The log, oldest first."""
        return list(self._application.log.records)

    @property
    def operations(self) -> list[str]:
        """The operations of all requests, oldest first."""
        return [request.operation for request in self._application.log.records]

    @property
    def counts(self) -> collections.Counter[str]:
        """How often each operation was called, also when the log keeps only the last requests."""
        return collections.Counter(self._application.log.counts)

    @property
    def verified(self) -> list[Verification]:
        """The verify calls, with the model tried and the error if it failed."""
        return self._server.verified

    @property
    def connections(self) -> int:
        """How many connections were opened so far."""
        return self._http.accepted

    def count(self, operation: str) -> int:
        """How often an operation was called."""
        return self._application.log.counts[operation]

    def clear_log(self) -> None:
        """Forget the requests so far."""
        self._application.log.clear()

    def settings(self, tenant: str) -> dict[str, str]:
        """What holds for a tenant on the Orchestrator surface, the real password included."""
        return self._server.store.effective(self._level(tenant))

    def own_settings(self, tenant: str | None) -> dict[str, str]:
        """Only what the tenant (or the host, None) stores itself."""
        return dict(self._level(tenant).values)

    def host_settings(self) -> dict[str, str]:
        """What holds for the host on the Orchestrator surface."""
        return self._server.store.effective(self._server.store.host)

    def set_settings(self, tenant: str | None, values: t.Mapping[str, str]) -> None:
        """Store values of a tenant, or of the host (None), behind everybody's back."""
        self._server.store.write(self._level(tenant), values)

    def set_active(self, tenant: str, *, active: bool) -> None:
        """Switch a tenant on or off, as a host administrator does."""
        self._level(tenant).active = active

    def set_people(self, people: t.Iterable[t.Mapping[str, t.Any]] | int) -> None:
        """Replace the users of every tenant and of the organization."""
        self._server.people = user_lists.people(people)

    def identity_settings(self, partition: str | None = None) -> dict[str, str | None]:
        """The Identity rows of the host (None, "host") or an organization (name or GUID)."""
        rows = self._server.store.partition(self._partition(partition)).rows
        return {key: row.value for key, row in rows.items()}

    def set_identity_settings(self, partition: str | None, values: t.Mapping[str, str]) -> None:
        """Store Identity rows behind everybody's back."""
        target = self._server.store.partition(self._partition(partition))
        self._server.store.write_rows(target, values)

    def add_token(
        self,
        tenant: str | None = None,
        *,
        kind: str = "tenant",
        text: str | None = None,
        permissions: t.Iterable[str] = ALL_PERMISSIONS,
        scopes: t.Iterable[str] | None = None,
        uses: int = 0,
        seconds: float = 1800,
    ) -> str:
        """Make a ready token (``kind``: tenant, host, application) and return its text."""
        if kind == "tenant":
            tenant = self._level(tenant or "Default").name
        in_organization = kind != "host"
        claims = {"prt_id": self.organization_id} if self._carries_partition(kind) else {}
        token = self._server.tokens.issue(
            kind,
            tenant=tenant if kind == "tenant" else None,
            partition=self.organization_id if in_organization else None,
            permissions=frozenset(permissions),
            scopes=frozenset(ALL_SCOPES if scopes is None else scopes)
            if kind == "application"
            else None,
            seconds=seconds,
            uses=uses,
            claims=claims,
            text=text,
        )
        return token.text

    def expire_tokens(self) -> None:
        """Refuse every token issued so far."""
        self._server.tokens.expire()

    def fault(
        self,
        operation: str,
        fault: str,
        times: int | None = 1,
        after: int = 0,
        every: int | None = None,
        tenant: str | None = None,
        **options: t.Any,
    ) -> None:
        """Let calls of an operation (a pattern) go wrong: ``times`` of them, after sparing some.

        ``every`` n hits each n-th call without end unless ``times`` is given too.
        """
        if every is not None and times == 1:
            times = None
        rule = Rule(operation, fault, times, after, every or 1, tenant, options)
        self._application.rules.append(rule)

    def clear_faults(self) -> None:
        """Behave again."""
        self._application.rules.clear()

    def switch(self, **positions: t.Any) -> None:
        """Turn switches while running."""
        self._server.switches.turn(**positions)
        self._server.pages.clear()
        self._http.latency = self._server.switches.latency

    def begin_anew(
        self,
        tenants: t.Mapping[str, t.Mapping[str, str]],
        host: t.Mapping[str, str] | None = None,
        identity: t.Mapping[str, t.Mapping[str, str]] | None = None,
        switches: t.Mapping[str, t.Any] | None = None,
    ) -> None:
        """Another server at the same address, for the same users: all else is as given here."""
        self._server.store = Store(tenants)
        self._server.switches = Switches()
        self.switch(**(switches or {}))
        self.set_settings(None, host or {})
        for partition, rows in (identity or {}).items():
            self.set_identity_settings(partition, rows)
        self.clear_faults()
        self.clear_log()

    def lose_own(self, name: str) -> None:
        """Let a tenant, or the organization, be made anew under its name."""
        store = self._server.store
        if name == self._server.organization:
            store.partition(self.organization_id).rows = {}
        else:
            self._level(name).values = {}

    def drop_connections(self) -> None:
        """Close every kept-alive connection, as a restart would."""
        self._http.drop_connections()

    def user_token(self, name: str, tenant: str | None = None, issuer: str = "orchestrator") -> str:
        """The token somebody would get by signing in."""
        user = self._server.users[((tenant or "").lower(), name)]
        return signin.user_token(self._server, user, issuer).text

    def _carries_partition(self, kind: str) -> bool:
        server = self._server
        return kind != "host" and server.version.identity and server.switches.prt_id

    def _level(self, tenant: str | None) -> Level:
        if tenant is None:
            return self._server.store.host
        if tenant.lower() not in self._server.store.tenants:
            raise LookupError(f"there is no tenant {tenant!r}")
        return self._server.store.tenants[tenant.lower()]

    def _partition(self, partition: str | None) -> str | None:
        if partition is None or partition.lower() == "host":
            return None
        named = partition == self._server.organization
        return self.organization_id if named else str(uuid.UUID(partition))
