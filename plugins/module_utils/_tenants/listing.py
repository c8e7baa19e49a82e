# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The list of tenants, as a host administrator sees it."""

from __future__ import annotations

import typing as t

from .._errors import invalid
from .._output.redact import clean
from .._phrase import say
from .._server.access import Learn, Options, Sites, sign_in, transport
from .._server.client import Pairs
from .._server.pages import Page, bad_list, pages
from .._server.session import Bearer, Session
from .._targets.refusals import forbidden

if t.TYPE_CHECKING:
    from .._server.answer import Answer

TENANTS_PATH = "/odata/Tenants"
#: The largest page a server gives.
PAGE = 1000
#: Ten times as many as anybody is known to have.
MOST_TENANTS = 100_000
#: Names have at most 64 characters (ABP).
LONGEST_NAME = 256
SCOPES = [["OR.Administration.Read"], ["OR.Administration"]]
NEEDS = "a host administrator with the permission Tenants.View (or the scope OR.Administration)"
#: Besides ``Name``, what is kept of a row (TenantDto), and of which type it is.
KEPT: t.Mapping[str, type] = {"Id": int, "Key": str, "DisplayName": str, "IsActive": bool}

Row = t.Mapping[str, t.Any]


def tenants(server: Options, learn_secret: Learn, *, inactive: bool = False) -> list[Row]:
    """What is known of all tenants by name; inactive ones only when asked for.

    A row has ``Name``, as it is, and the members of ``KEPT``; None for what the server does not
    say, or says in another type.  A text is one harmless line.

    Raises ``Failure`` where the sign-in or the list is refused, and for one that cannot be read.
    """
    sites = Sites(server, transport(server))
    if sites.orchestrator is None:
        reason = say(
            "tenants are listed by standalone servers; with organizations there is no list"
        )
        raise invalid("server.organization", reason)
    session = Session(
        sites.orchestrator, Bearer(sign_in(server, sites, SCOPES, learn_secret), learn_secret)
    )
    try:
        return list(_all(session, [] if inactive else [("$filter", "IsActive eq true")]).values())
    finally:
        sites.orchestrator.client.close()


def _all(session: Session, asked: Pairs) -> dict[str, Row]:
    found: dict[str, Row] = {}
    firsts: set[str] = set()
    for skip in range(0, MOST_TENANTS, PAGE):
        query = [*asked, ("$orderby", "Name"), ("$top", PAGE), ("$skip", skip)]
        url, rows, _total = _slice(session, query)
        # A tenant that is made meanwhile moves the others on, so one may come twice.
        found.update((row["Name"], row) for row in rows)
        if len(rows) < PAGE:
            return found
        first = rows[0]["Name"]
        if first in firsts:
            raise bad_list(url, say("it gives the same tenants again, whatever $skip says"))
        firsts.add(first)
    raise bad_list(url, say("it lists more than {most} tenants", most=MOST_TENANTS))


def _slice(session: Session, query: Pairs) -> Page:
    """The tenants that one query asks for, on however many pages they come."""
    found: list[Row] = []
    for page in pages(session, TENANTS_PATH, query, lambda answer: _refuse(session, answer)):
        found += map(_kept, page.rows)
        if not all(row["Name"] for row in found):
            raise bad_list(page.url, say("it holds no list of tenants"))
        if len(found) > MOST_TENANTS:
            break
    return Page(page.url, found)


def _kept(row: t.Any) -> Row:
    said = row if isinstance(row, dict) else {}
    name = said.get("Name")
    usable = isinstance(name, str) and len(name) <= LONGEST_NAME
    kept: dict[str, t.Any] = {"Name": name if usable else ""}
    for key, kind in KEPT.items():
        value = said.get(key)
        fits = isinstance(value, kind) and isinstance(value, bool) == (kind is bool)
        kept[key] = (clean(value) if isinstance(value, str) else value) if fits else None
    return kept


def _refuse(session: Session, answer: Answer) -> None:
    if answer.status == 403:
        raise forbidden(session, answer.url, answer, NEEDS, "read")
    if not answer.ok:
        raise session.site.unexpected(answer, stage="read")
