# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The list of tenants, as a host administrator sees it."""

from __future__ import annotations

import typing as t
from urllib.parse import urlsplit

from .._errors import Failure, invalid
from .._server import refusal_text
from .._server.access import Learn, Options, Sites, sign_in, transport
from .._server.http import Pairs, Request
from .._server.session import Bearer, Session
from .._server.site import unexpected

if t.TYPE_CHECKING:
    from .._server.http import Answer

TENANTS_PATH = "/odata/Tenants"
#: The largest page a server gives.
PAGE = 1000
SCOPES = [["OR.Administration.Read"], ["OR.Administration"]]
NEEDS = "a host administrator with the permission Tenants.View (or the scope OR.Administration)"

Row = t.Mapping[str, t.Any]


def tenants(server: Options, learn_secret: Learn, *, inactive: bool = False) -> list[Row]:
    """The rows (TenantDto) of all tenants by name; inactive ones only when asked for."""
    sites = Sites(server, transport(server))
    if sites.orchestrator is None:
        reason = "tenants are listed by standalone servers; with organizations there is no list"
        raise invalid("server.organization", reason)
    session = Session(sites.orchestrator, Bearer(sign_in(server, sites, SCOPES), learn_secret))
    try:
        return _all_pages(session, [] if inactive else [("$filter", "IsActive eq true")])
    finally:
        sites.orchestrator.client.close()


def _all_pages(session: Session, asked: Pairs) -> list[Row]:
    found: list[Row] = []
    skip = 0
    while True:
        query = [*asked, ("$orderby", "Name"), ("$top", PAGE), ("$skip", skip)]
        page, link = _page(session, session.ask(Request("GET", TENANTS_PATH, query=query)))
        rows = list(page)
        while link:
            page, link = _page(session, session.ask(Request("GET", f"{TENANTS_PATH}?{link}")))
            rows += page
        found += rows
        skip += PAGE
        if len(rows) < PAGE:
            return found


def _page(session: Session, answer: Answer) -> tuple[list[Row], str]:
    """The rows of an answer, and the query of the rest that the server did not give."""
    if answer.status == 403:
        raise Failure(
            "forbidden",
            who=session.who,
            target=answer.url,
            reason=refusal_text.reason(answer),
            permission=NEEDS,
            status=403,
            stage="read",
        )
    if not answer.ok:
        raise unexpected(answer, stage="read")
    said = answer.json()
    rows = said.get("value") if isinstance(said, dict) else None
    if not isinstance(rows, list) or not all(isinstance(r, dict) and r.get("Name") for r in rows):
        reason = "it holds no list of tenants"
        raise Failure("bad_answer", target=answer.url, reason=reason, stage="read")
    return rows, urlsplit(str(said.get("@odata.nextLink") or "")).query
