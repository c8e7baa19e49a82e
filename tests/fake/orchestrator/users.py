# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The users that both surfaces list; who signs in with which password is another matter."""

from __future__ import annotations

import typing as t
import uuid

from .context import Call, Operation, Server
from .surface_a import listed
from .surface_b import ADMIN, bad_number, partition_of, query_of
from .wire import Response, as_json

#: What a kind of user is called on the Orchestrator and on the Identity surface.
KINDS = {
    "user": ("User", "user"),
    "directory_user": ("DirectoryUser", "directoryUser"),
    "robot": ("Robot", "robot"),
    "robot_account": ("DirectoryRobot", "robotAccount"),
    "group": ("DirectoryGroup", "directoryGroup"),
    "application": ("DirectoryExternalApplication", "application"),
}
_LONGEST_PAGE, _USUAL_PAGE = 1000, 10
_NAMESPACE = uuid.UUID("0c7f4a52-7a0d-4b57-93c8-6f0c2b6de3a1")


class Person(t.NamedTuple):
    """One user of a tenant and of the organization; ``kind`` is a key of ``KINDS``, or new."""

    name: str
    address: str | None = None
    kind: str = "user"
    active: bool = True
    confirmed: bool = True


def people(given: t.Iterable[t.Mapping[str, t.Any]] | int) -> list[Person]:
    """Users from their facts, or a number of users to invent, all of whom mail reaches."""
    if isinstance(given, int):
        numbers = range(1, given + 1)
        return [Person(f"user{n:05d}", f"person{n:05d}@example.com") for n in numbers]
    return [Person(**facts) for facts in given]


def _address(server: Server, person: Person) -> str | None:
    """The address, where the server tells that of a user of a directory."""
    shown = server.switches.directory_address
    if person.kind != "directory_user" or shown == "told":
        return person.address
    return {"null": None, "empty": ""}[shown]


def _tenant_row(server: Server, number: int, person: Person) -> dict[str, t.Any]:
    row: dict[str, t.Any] = {
        "Name": None,
        "Surname": None,
        "UserName": person.name,
        "EmailAddress": _address(server, person),
        "IsActive": person.active,
        "Type": KINDS.get(person.kind, (person.kind,))[0],
    }
    if server.version.email_confirmed and server.switches.email_confirmed:
        row["IsEmailConfirmed"] = person.confirmed
    return {**row, "Id": number}


def read_of_tenant(server: Server, call: Call) -> Response:
    """The users of a tenant."""
    rows = [_tenant_row(server, n, who) for n, who in enumerate(server.people, start=1)]
    return listed(server, call, rows, "Users")


def _organization_row(server: Server, person: Person) -> dict[str, t.Any]:
    return {
        "id": str(uuid.uuid5(_NAMESPACE, person.name)),
        "userName": person.name,
        "email": _address(server, person),
        "emailConfirmed": person.confirmed,
        "isActive": person.active,
        "type": KINDS.get(person.kind, ("", person.kind))[1],
        "invitationAccepted": True,
    }


def read_of_organization(server: Server, call: Call) -> Response:
    """The users of an organization, page by page."""
    partition_of(server, call, {"partitionglobalid": call.key})
    given = {name: values[0] for name, values in query_of(call).items()}
    top, skip = (_number(server, given, *one) for one in (("top", _USUAL_PAGE), ("skip", 0)))
    if top > _LONGEST_PAGE:
        raise bad_number(server, "top", given["top"])
    page = min(top, server.switches.identity_page_size or top)
    shown = server.people[skip : skip + page]
    rows = [_organization_row(server, person) for person in shown]
    return as_json({"totalCount": len(server.people), "results": rows})


def _number(server: Server, given: t.Mapping[str, str], name: str, usual: int) -> int:
    text = given.get(name, str(usual))
    if not (text.isascii() and text.isdigit()):
        raise bad_number(server, name, text)
    return int(text)


TENANT_ROUTES: dict[tuple[str, str], Operation] = {
    ("GET", "/odata/users"): Operation(
        "Users.Read", read_of_tenant, "Users.View", ("OR.Users", "OR.Users.Read")
    ),
}
ORGANIZATION_ROUTES: dict[tuple[str, str], Operation] = {
    ("GET", "/api/user/users/()"): Operation(
        "Identity.Users",
        read_of_organization,
        ADMIN,
        ("PM.User", "PM.User.Read"),
        lambda server: server.switches.identity_users,
    ),
}
