# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the two APIs of a server answer: standalone, Automation Suite, Cloud, or as told.

Pure.

Source of the shapes: the vendor's API guides.  A standalone server answers at its root and under
``/identity``; an Automation Suite or Cloud under ``/{organization}/{tenant}/orchestrator_`` and
``/{organization}/identity_``, its host level under ``/identity_``.
"""

from __future__ import annotations

import typing as t
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from .._errors import invalid

Options = t.Mapping[str, t.Any]


@dataclass(frozen=True)
class Origin:
    """What one connection reaches: scheme, host and port of an address."""

    tls: bool
    host: str
    port: int

    @classmethod
    def of(cls, url: str) -> Origin:
        """The origin of ``url``; raises ``ValueError`` for a port that is no number."""
        parts = urlsplit(url)
        tls = parts.scheme == "https"
        return cls(tls, parts.hostname or "", parts.port or (443 if tls else 80))

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        usual = self.port == (443 if self.tls else 80)
        return f"{'https' if self.tls else 'http'}://{host}{'' if usual else f':{self.port}'}"


@dataclass(frozen=True)
class Addresses:
    """Base addresses without a slash at the end.

    ``orchestrator`` is None where no tenant is named and the shape needs one.  ``token`` is where
    ``connect/token`` and the sign-in page of the Identity server are.
    """

    orchestrator: str | None
    identity: str
    token: str


def addresses(server: Options) -> Addresses:
    """The bases for the ``server`` option.

    Explicit ones win.  Raises ``Failure`` for no address.
    """
    root = _base("url", server["url"])
    usual = _in_organization(root, server) if server.get("organization") else _standalone(root)
    orchestrator, identity = server.get("orchestrator_url"), server.get("identity_url")
    return Addresses(
        _base("orchestrator_url", orchestrator) if orchestrator else usual.orchestrator,
        _base("identity_url", identity) if identity else usual.identity,
        _base("identity_url", identity) if identity else usual.token,
    )


def _standalone(root: str) -> Addresses:
    return Addresses(root, root + "/identity", root + "/identity")


def _in_organization(root: str, server: Options) -> Addresses:
    shared = root + "/identity_"
    if server["level"] == "host":
        return Addresses(None, shared, shared)
    organization = f"{root}/{quote(server['organization'], safe='')}"
    tenant = server.get("tenant")
    orchestrator = f"{organization}/{quote(tenant, safe='')}/orchestrator_" if tenant else None
    return Addresses(orchestrator, organization + "/identity_", shared)


def _base(option: str, given: t.Any) -> str:
    url = str(given).rstrip("/")
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        reason = f"{url!r} is not a web address; write it as https://orchestrator.example.com"
        raise invalid(f"server.{option}", reason)
    if parts.username or parts.password:
        reason = "it holds credentials; use server.username and server.password for them"
        raise invalid(f"server.{option}", reason)
    return url
