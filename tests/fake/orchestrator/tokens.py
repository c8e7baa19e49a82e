# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Users, applications and the bearer tokens they get."""

from __future__ import annotations

import base64
import dataclasses
import itertools
import json
import time
import typing as t

ALL_PERMISSIONS = frozenset(
    {
        "Settings.View",
        "Settings.Edit",
        "Settings.Delete",
        "Tenants.View",
        "Users.View",
        "Organization.Admin",
    }
)
ALL_SCOPES = frozenset(
    {
        "OR.Settings",
        "OR.Settings.Read",
        "OR.Settings.Write",
        "OR.Administration",
        "OR.Administration.Read",
        "OR.Users",
        "OR.Users.Read",
        "PM.Setting",
        "PM.Setting.Read",
        "PM.Setting.Write",
        "PM.User",
        "PM.User.Read",
    }
)


@dataclasses.dataclass(frozen=True)
class User:
    """Somebody who signs in with a password; ``tenant`` is None for the host."""

    name: str
    password: str
    tenant: str | None
    permissions: frozenset[str] = ALL_PERMISSIONS


@dataclasses.dataclass(frozen=True)
class Client:
    """An application registered in the organization."""

    id: str
    secret: str
    scopes: frozenset[str] = ALL_SCOPES


@dataclasses.dataclass
class Token:
    """Who the bearer is. People have no ``scopes``; host and applications have no ``tenant``."""

    text: str
    kind: str  # host | tenant | application
    tenant: str | None
    partition: str | None
    permissions: frozenset[str]
    scopes: frozenset[str] | None
    expires: float
    uses_left: int
    issuer: str = "identity"  # | orchestrator
    user: str = ""

    def may(self, permission: str) -> bool:
        """Whether the bearer holds the permission; applications are bound by scopes instead.

        The empty one is everybody's who signed in.
        """
        return self.scopes is not None or not permission or permission in self.permissions

    def in_scope(self, scopes: t.Collection[str]) -> bool:
        """Whether one of the scopes was granted; people carry none and need none."""
        return self.scopes is None or not scopes or not self.scopes.isdisjoint(scopes)


def _segment(value: t.Any) -> str:
    raw = json.dumps(value, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


_HEADER = _segment({"alg": "RS256", "typ": "JWT"})


class Tokens:
    """Issues tokens and finds their bearers."""

    def __init__(self) -> None:
        self._known: dict[str, Token] = {}
        self._serial = itertools.count(1)

    def issue(
        self,
        kind: str,
        *,
        tenant: str | None = None,
        partition: str | None = None,
        permissions: frozenset[str] = ALL_PERMISSIONS,
        scopes: frozenset[str] | None = None,
        seconds: float = 1800,
        uses: int = 0,
        claims: t.Mapping[str, t.Any] | None = None,
        text: str | None = None,
        issuer: str = "identity",
        user: str = "",
    ) -> Token:
        """Make a token that looks like a JWT; ``uses`` 0 means any number of times."""
        number = next(self._serial)
        payload = {**(claims or {}), "jti": number, "exp": int(time.time() + seconds)}
        text = text or f"{_HEADER}.{_segment(payload)}.{_segment(['signature', number])}"
        token = Token(
            text=text,
            kind=kind,
            tenant=tenant,
            partition=partition,
            permissions=permissions,
            scopes=scopes,
            expires=time.monotonic() + seconds,
            uses_left=uses or -1,
            issuer=issuer,
            user=user,
        )
        self._known[text] = token
        return token

    def find(self, authorization: str) -> Token | None:
        """The bearer of a valid token; each look-up is one use."""
        token = self.peek(authorization)
        if token is None or token.uses_left == 0 or time.monotonic() >= token.expires:
            return None
        token.uses_left -= 1
        return token

    def peek(self, authorization: str) -> Token | None:
        """The same without counting a use, and for expired tokens too."""
        scheme, _space, text = authorization.partition(" ")
        return self._known.get(text) if scheme.lower() == "bearer" else None

    def expire(self) -> None:
        """Every token issued so far is refused from now on."""
        self._known.clear()
