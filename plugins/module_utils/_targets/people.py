# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The users of a tenant (Orchestrator API) and of an organization (Identity API).

Wire names stop here.

A list may be long and a server may give it in shorter pages than asked for, so it is asked for in
the longest pages there are, with the fields that matter alone, and it has an end.
"""

from __future__ import annotations

import typing as t

from .._errors import Failure
from .._output.redact import clean
from .._phrase import say
from .._server import refusal_text
from .._server.client import Request
from .._server.pages import Page, bad_list, pages
from . import audience
from .audience import User

if t.TYPE_CHECKING:
    from .._server.answer import Answer
    from .._server.client import Pairs
    from .._server.session import Session

TENANT_PATH = "/odata/Users"
ORGANIZATION_PATH = "/api/User/users"
#: The longest page that both APIs give (documented).
PAGE = 1000
MOST_USERS = 100_000
#: From API 19 or 20 on a user of a tenant has no ``IsEmailConfirmed``; 18 still has it.
FIRST_UNCONFIRMED_API = 19.0
FIELDS = ("Id", "UserName", "EmailAddress", "IsActive", "Type")
CONFIRMED = "IsEmailConfirmed"
NAMELESS = "(without a name)"
LONGEST_ADDRESS = 320
#: The kinds of users on both APIs (UserDto.Type, UserType), in lower case.
KINDS: t.Mapping[str, str] = {
    "user": audience.PERSON,
    "directoryuser": audience.FROM_DIRECTORY,
    "robot": audience.OTHER,
    "robotaccount": audience.OTHER,
    "directoryrobot": audience.OTHER,
    "directorygroup": audience.OTHER,
    "application": audience.OTHER,
    "directoryexternalapplication": audience.OTHER,
}
NEEDS: t.Mapping[str, str] = {
    "tenant": "the permission Users.View, or the scope OR.Users or OR.Users.Read",
    "organization": "organization administration, or the scope PM.User or PM.User.Read",
}
Row = t.Mapping[str, t.Any]


class Keys(t.NamedTuple):
    """What the identifier and the fields of a ``User`` are called in a row."""

    id: str
    name: str
    address: str
    kind: str
    is_active: str
    is_confirmed: str


OF_TENANT = Keys("Id", "UserName", "EmailAddress", "Type", "IsActive", CONFIRMED)
IN_ORDER = [("$orderby", OF_TENANT.id)]
OF_ORGANIZATION = Keys("id", "userName", "email", "type", "isActive", "emailConfirmed")


class Source(t.NamedTuple):
    """Who lists the users of which ``level``, and at which ``target``, for messages."""

    session: Session
    level: str
    target: str

    def refuse(self, answer: Answer) -> None:
        """Raise ``Failure`` for an answer that is no list."""
        if answer.status == 403:
            raise self._closed(refusal_text.reason(answer), 403)
        if not answer.ok:
            raise self.session.site.unexpected(answer, stage="read")

    def _closed(self, reason: str, status: int) -> Failure:
        return Failure(
            "users_closed",
            who=self.session.who,
            target=self.target,
            reason=reason,
            permission=NEEDS[self.level],
            status=status,
            stage="read",
        )


def tenant_users(source: Source) -> list[User]:
    """All users of the tenant that ``source`` is about; raises ``Failure``."""
    version = float(source.session.site.version or 0)
    fields = FIELDS if version >= FIRST_UNCONFIRMED_API else (*FIELDS, CONFIRMED)
    try:
        rows = _all(_of_tenant(source, [("$select", ",".join(fields))]), OF_TENANT.id)
    except Failure as exc:
        # A server that has not all of these fields takes none of them.
        if exc.status != 400:
            raise
        rows = _all(_of_tenant(source, []), OF_TENANT.id)
    return [_user(row, OF_TENANT) for row in rows]


def organization_users(source: Source, partition: str) -> list[User]:
    """All users of the organization whose identifier is ``partition``; raises ``Failure``."""
    rows = _all(_of_organization(source, partition), OF_ORGANIZATION.id)
    return [_user(row, OF_ORGANIZATION) for row in rows]


def _of_tenant(source: Source, asked: Pairs) -> t.Iterator[Page]:
    """The pages with users; ``total`` of each is how many there are in all, as far as is told."""
    skip, total = 0, 1
    while skip < total:
        found = 0
        query = [*asked, *IN_ORDER, ("$top", PAGE), ("$skip", skip), ("$count", "true")]
        for page in pages(source.session, TENANT_PATH, query, source.refuse):
            found += len(page.rows)
            total = page.total if page.total is not None else total
            yield Page(page.url, page.rows, total)
        # Without a count a full page may be followed by another one.
        skip += PAGE
        if page.total is None:
            total = skip + 1 if found >= PAGE else skip


def _of_organization(source: Source, partition: str) -> t.Iterator[Page]:
    skip, total = 0, 1
    while skip < total:
        query = [("top", PAGE), ("skip", skip)]
        answer = source.session.ask(Request("GET", f"{ORGANIZATION_PATH}/{partition}", query=query))
        source.refuse(answer)
        said = answer.json()
        rows = said.get("results") if isinstance(said, dict) else None
        count = said.get("totalCount") if isinstance(said, dict) else None
        if not isinstance(rows, list) or not isinstance(count, int):
            raise bad_list(answer.url, say("it holds no list of users"))
        # A server may give less than was asked for at a time.
        skip, total = skip + len(rows), count if rows else 0
        yield Page(answer.url, rows, total)


def _all(found: t.Iterable[Page], key: str) -> list[Row]:
    """Every row once, told apart by the member ``key``.

    A list that goes in a circle, or on for ever, is a ``Failure``.
    """
    rows: dict[t.Any, Row] = {}
    for url, some, total in found:
        before = len(rows)
        for row in some:
            if not isinstance(row, dict):
                raise bad_list(url, say("it holds no list of users"))
            rows[row[key] if isinstance(row.get(key), (int, str)) else object()] = row
        if some and len(rows) == before:
            raise bad_list(url, say("it gives the same users again, whatever page is asked for"))
        if max(len(rows), total or 0) > MOST_USERS:
            raise bad_list(url, say("it lists more than {most} users", most=MOST_USERS))
    return list(rows.values())


def _user(row: Row, keys: Keys) -> User:
    kind = row.get(keys.kind)
    return User(
        name=clean(_text(row, keys.name)) or NAMELESS,
        address=_text(row, keys.address),
        # The oldest servers have no kinds.
        kind=audience.PERSON if kind is None else KINDS.get(str(kind).lower(), audience.UNHEARD),
        is_active=row.get(keys.is_active) is not False,
        is_confirmed=row.get(keys.is_confirmed) is not False,
    )


def _text(row: Row, key: str) -> str:
    value = row.get(key)
    # Longer than any address; so it is none, and need not be kept.
    return value[: LONGEST_ADDRESS + 1].strip() if isinstance(value, str) else ""
