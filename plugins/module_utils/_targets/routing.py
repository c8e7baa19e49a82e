# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which of the two APIs keeps which setting, by version and level.

Pure.

Up to 2021.4 (API 12) the Orchestrator keeps everything, per tenant and for the host.  From 2021.10
(API 13) the Identity server keeps the SMTP settings, per organization and for the host; the alert
switch stays where it was.
"""

from __future__ import annotations

import functools
import typing as t
from dataclasses import dataclass
from itertools import product

from .._errors import Failure, invalid
from .._phrase import say
from .._settings import MAIL, NAMES

FIRST_IDENTITY_API = 13.0
#: ``Email.Smtp.ConnectionTimeout`` came with 2023.10.
FIRST_TIMEOUT_API = 17.0
TIMEOUT = "smtp_timeout"
ALERTS = "enable_email_alerts"
#: What a scope ends in, for the ways to grant it.
WHOLE, READ, READ_AND_WRITE = ("",), (".Read",), (".Read", ".Write")
#: What a scope for reading users begins with, by their level.
USERS: t.Mapping[str, str] = {"tenant": "OR.Users", "organization": "PM.User"}
PER_TENANT = "the alert switch is kept per tenant"


@dataclass(frozen=True)
class Placement:
    """What has to be known to place settings.

    ``names`` are the declared settings; None means: all that this server has at this level, and
    nothing is refused.  ``identity_sure`` where an Identity server certainly keeps mail settings,
    whatever the version.  ``orchestrator_here`` whether the Orchestrator API has an address: one
    with an organization in it needs a tenant as well.  ``tenant_open`` where nobody names the
    tenant, so that the server chooses that of the sign-in.
    """

    names: tuple[str, ...] | None
    level: str
    api: str
    url: str
    identity_sure: bool = False
    orchestrator_here: bool = True
    tenant_open: bool = False

    @property
    def needs_version(self) -> bool:
        """Whether the place depends on the version of the server."""
        asked = NAMES if self.names is None else self.names
        if self.api != "auto" or not self.orchestrator_here:
            return False
        # With the alert switch the Orchestrator is read anyway, and its answer names the version.
        return not self.identity_sure or (ALERTS in asked and self.level != "organization")


@dataclass(frozen=True)
class Places:
    """The option names that each API keeps; an empty one is neither read nor written."""

    orchestrator: tuple[str, ...]
    identity: tuple[str, ...]


# Many tenants of a task ask the same.
@functools.lru_cache(maxsize=64)
def place(placement: Placement, version: str | None) -> Places:
    """Where the settings are kept.

    Raises ``Failure`` for a level or an API that cannot hold one.
    """
    on_identity = mail_moved(placement, version)
    asked = NAMES if placement.names is None else placement.names
    mail = tuple(name for name in asked if name in MAIL)
    identity = mail if on_identity else ()
    orchestrator = tuple(name for name in asked if name not in identity and name != TIMEOUT)
    if placement.names is None:
        return _offered(placement, version, Places(orchestrator, identity))
    _refuse_timeout(placement, version, on_identity)
    _refuse_level(placement, Places(orchestrator, identity))
    return Places(orchestrator, identity)


@functools.lru_cache(maxsize=64)
def notices(placement: Placement, version: str | None, places: Places) -> tuple[str, ...]:
    """Warnings: settings of a tenant that nobody named, and such that nothing reads any more."""
    said: list[str] = []
    if placement.tenant_open and places.orchestrator:
        said.append(_no_tenant(places.orchestrator))
    mail = [name for name in places.orchestrator if name in MAIL]
    if version is None and placement.api == "auto" and mail and placement.names is not None:
        said.append(_unplaced(mail))
    idle = placement.api == "orchestrator" and bool(mail) and placement.names is not None
    if idle and version is not None and float(version) >= FIRST_IDENTITY_API:
        said.append(_no_effect(version, mail))
    return tuple(said)


def _no_tenant(names: t.Sequence[str]) -> str:
    return say(
        "server.tenant is not given, so the server chose the tenant whose {options} this is about, "
        "by the sign-in. Name the tenant.",
        options=", ".join(names),
    )


def _unplaced(names: t.Sequence[str]) -> str:
    return say(
        "The server does not name its API version, so {options} went where servers up to 2021.4 "
        "keep them. Set server.api: identity for a newer one, or server.api: orchestrator to say "
        "that this is right.",
        options=", ".join(names),
    )


def _no_effect(version: str, names: t.Sequence[str]) -> str:
    return say(
        "This server (API version {version}) sends mail by the settings of its Identity server; "
        "what server.api: orchestrator writes for {options} most likely has no effect. Use "
        "server.api: auto.",
        version=version,
        options=", ".join(names),
    )


def mail_moved(placement: Placement, version: str | None) -> bool:
    """Whether the Identity server keeps the SMTP settings, as far as is known."""
    if placement.api != "auto":
        return placement.api == "identity"
    newer = version is not None and float(version) >= FIRST_IDENTITY_API
    return placement.identity_sure or newer


def users_level(placement: Placement, version: str | None) -> str:
    """Whose users get the mail: the ``organization``'s where its Identity server sends it.

    A declared ``level`` of the tenant or the host is what is asked about.
    """
    if placement.level in ("tenant", "host"):
        return placement.level
    return "organization" if mail_moved(placement, version) else "tenant"


def users_scopes(level: str) -> list[list[str]]:
    """The scopes, in turn, of an application that reads the users of a level."""
    return [[USERS[level] + part] for part in (*READ, *WHOLE)]


def scopes(placement: Placement, *, changing: bool) -> list[list[str]]:
    """The scopes an application asks for, in turn, until a list of them is granted.

    Exactly those of the places that are touched.  Whoever only looks asks for the right to read
    first and is content with the whole one; whoever changes asks for the whole one first, which is
    the usual grant, and is content with reading and writing.  Raises ``Failure`` as ``place`` does.
    """
    where = place(placement, None)
    kept = (("OR.Settings", where.orchestrator), ("PM.Setting", where.identity))
    touched = [scope for scope, names in kept if names]
    forms = (WHOLE, READ_AND_WRITE) if changing else (READ, WHOLE)
    # An administrator grants alike on both APIs, as a rule.
    picks = sorted(product(forms, repeat=len(touched)), key=lambda picked: len(set(picked)))
    return [
        [scope + part for scope, parts in zip(touched, picked) for part in parts]
        for picked in picks
    ]


def _offered(placement: Placement, version: str | None, places: Places) -> Places:
    """What can be shown at this level; a level that holds nothing at all is still refused."""
    orchestrator, identity = places.orchestrator, places.identity
    if version is not None and float(version) < FIRST_TIMEOUT_API:
        identity = tuple(name for name in identity if name != TIMEOUT)
    if placement.level == "tenant":
        identity = ()
    if placement.level == "organization" or not placement.orchestrator_here:
        orchestrator = ()
    if not orchestrator and not identity:
        _refuse_level(placement, places)
    return Places(orchestrator, identity)


def _refuse_timeout(placement: Placement, version: str | None, on_identity: bool) -> None:
    if TIMEOUT not in (placement.names or ()):
        return
    if on_identity and placement.api == "identity":
        return
    older = version is not None and float(version) < FIRST_TIMEOUT_API
    if older or not on_identity:
        shown = version or "unknown"
        raise Failure("timeout_unknown", target=placement.url, version=shown, stage="guard")


def _refuse_level(placement: Placement, places: Places) -> None:
    if places.identity and placement.level == "tenant":
        raise _wrong_level(
            placement,
            places.identity,
            "this server keeps the SMTP settings per organization or for the host",
            "organization (or auto, or host)",
        )
    if places.orchestrator and placement.level == "organization":
        where = "the Orchestrator API of this server keeps them per tenant or for the host"
        if not any(name in MAIL for name in places.orchestrator):
            where = PER_TENANT
        raise _wrong_level(placement, places.orchestrator, where, "tenant (or auto)")
    if places.orchestrator and not placement.orchestrator_here:
        raise _no_address(placement, places.orchestrator)


def _no_address(placement: Placement, names: t.Sequence[str]) -> Failure:
    if placement.level == "host":
        return _wrong_level(placement, names, PER_TENANT, "tenant (or auto)")
    reason = say(
        "give the name of the tenant, to whose address {options} belongs", options=", ".join(names)
    )
    return invalid("server.tenant", reason, "guard")


def _wrong_level(placement: Placement, names: t.Sequence[str], where: str, right: str) -> Failure:
    return Failure(
        "wrong_level",
        level=placement.level,
        options=", ".join(names),
        where=where,
        right=right,
        stage="guard",
    )
