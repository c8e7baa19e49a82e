# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How both APIs list users; nobody's name or address is kept, and nothing is sent but GET."""

from __future__ import annotations

import typing as t

from ...module_utils._errors import Failure
from ...module_utils._server.client import Request
from ...module_utils._targets.open import tenant_header
from ...module_utils._targets.people import CONFIRMED, ORGANIZATION_PATH, PAGE, TENANT_PATH
from ...module_utils._targets.routing import users_scopes
from .answers import IDENTITY, ORCHESTRATOR
from .reach import Door
from .steps import why

if t.TYPE_CHECKING:
    from ...module_utils._server.answer import Answer
    from .answers import Answers
    from .reach import Reach

OF_TENANT = ("email_confirmed", "directory_address")
OF_ORGANIZATION = ("identity_users", "identity_page_size")
FROM_DIRECTORY = "DirectoryUser"
#: Rows that are looked through for a user from a directory, where a filter found none.
MANY = 100
FIELDS = ("$select", "Id,Type,EmailAddress")
CLOSED = "needs the right to read users"


def ask_tenant_users(reach: Reach, answers: Answers) -> None:
    """The users of a tenant; the host has none to ask about."""
    site = reach.sites.orchestrator
    if site is None or reach.is_host:
        return
    bearer = reach.asking_for(users_scopes("tenant"))
    door = Door(reach, site, bearer, tenant_header(reach.server))
    try:
        _ask_confirmed(answers, door)
        _ask_directory(answers, door)
    except Failure as exc:
        answers.leave(why(exc), *OF_TENANT)


def _ask_confirmed(answers: Answers, door: Door) -> None:
    answer = _users(door, ("$select", f"Id,{CONFIRMED}"), ("$top", 1))
    if answer.status == 403:
        answers.leave(CLOSED, *OF_TENANT)
    elif answer.status == 400:
        answers.tell("email_confirmed", ORCHESTRATOR, "selecting it is refused with 400", False)
    elif rows := _rows(answer, "value"):
        there = CONFIRMED in rows[0]
        answers.tell("email_confirmed", ORCHESTRATOR, "yes" if there else "no", there)


def _ask_directory(answers: Answers, door: Door) -> None:
    wanted = ("$filter", f"Type eq '{FROM_DIRECTORY}'")
    for query in ((FIELDS, wanted, ("$top", 1)), (FIELDS, ("$top", MANY))):
        found = [r for r in _rows(_users(door, *query), "value") if r.get("Type") == FROM_DIRECTORY]
        if found:
            address = found[0].get("EmailAddress")
            form = "null" if address is None else "told" if address else "empty"
            answers.tell("directory_address", ORCHESTRATOR, form, form)
            return
    answers.leave("no user from a directory was found", "directory_address")


def ask_organization_users(reach: Reach, answers: Answers, partition: str) -> None:
    """The users of an organization, and how many come at once."""
    bearer = reach.asking_for(users_scopes("organization"))
    request = Request("GET", f"{ORGANIZATION_PATH}/{partition}", query=[("top", PAGE), ("skip", 0)])
    try:
        answer = Door(reach, reach.sites.identity, bearer, {}).ask(request)
        _tell_organization(answers, answer)
    except Failure as exc:
        answers.leave(why(exc), *OF_ORGANIZATION)


def _tell_organization(answers: Answers, answer: Answer) -> None:
    if answer.status == 403:
        answers.leave(CLOSED, *OF_ORGANIZATION)
        return
    there = answer.status not in (404, 405)
    words = f"{'they are' if there else 'they are not'} ({answer.status})"
    answers.tell("identity_users", IDENTITY, words, there)
    said = answer.json() if answer.ok else None
    total = said.get("totalCount") if isinstance(said, dict) else None
    if isinstance(total, int):
        count = len(_rows(answer, "results"))
        is_short = count < min(total, PAGE)
        words = f"{count} at once, of {total}"
        answers.tell("identity_page_size", IDENTITY, words, count if is_short else 0)


def _users(door: Door, *query: tuple[str, t.Any]) -> Answer:
    return door.ask(Request("GET", TENANT_PATH, query=query))


def _rows(answer: Answer, member: str) -> list[t.Mapping[str, t.Any]]:
    """The rows of a list; none for a refusal."""
    said = answer.json() if answer.ok else None
    rows = said.get(member) if isinstance(said, dict) else None
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
