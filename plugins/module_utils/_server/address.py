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

from .._output.redact import clean
from .._phrase import say
from .web_address import Origin

Options = t.Mapping[str, t.Any]
CHECK_URL = say(
    "Check server.url, which is taken for that of a standalone server; an Automation Suite "
    "or Automation Cloud needs server.organization as well"
)


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
    """The bases for the ``server`` option, which was judged before; explicit ones win."""
    root = _base(server["url"])
    usual = _in_organization(root, server) if server.get("organization") else _standalone(root)
    orchestrator, identity = server.get("orchestrator_url"), server.get("identity_url")
    return Addresses(
        orchestrator=_base(orchestrator) if orchestrator else usual.orchestrator,
        identity=_base(identity) if identity else usual.identity,
        token=_base(identity) if identity else usual.token,
    )


def where_to_look(server: Options, explicit: str) -> str:
    """What to check when nothing answers; ``explicit`` is the option that wins over the shape."""
    if server.get(explicit):
        return say("Check server.{option}", option=explicit)
    if not server.get("organization"):
        return CHECK_URL
    organization, tenant = (clean(server.get(n) or "") for n in ("organization", "tenant"))
    named = say(" and server.tenant ({tenant})", tenant=tenant) if tenant else say("")
    return say(
        "Check server.organization ({organization}){named} against the address in the browser; "
        "a standalone server has no organization: leave server.organization out",
        organization=organization,
        named=named,
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


def _base(given: t.Any) -> str:
    """``given`` in one form: the host in ASCII, no slash at the end."""
    url = str(given).rstrip("/")
    return url if url.isascii() else str(Origin.of(url)) + urlsplit(url).path
