# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Signing in, and whose settings a request is about; nothing is sent but GET, and sign-ins."""

from __future__ import annotations

import math
import secrets
import typing as t
from urllib.parse import quote

from ...module_utils._errors import Failure
from ...module_utils._server.client import Request
from ...module_utils._server.session import claims
from ...module_utils._server.sign_in import ABSENT, AUTHENTICATE_PATHS, Login, PasswordSignIn
from ...module_utils._targets.orchestrator import SETTINGS_PATH
from ...module_utils._tenants.listing import SCOPES, TENANTS_PATH
from .answers import ORCHESTRATOR, SIGN_IN
from .reach import Door
from .steps import why

if t.TYPE_CHECKING:
    from ...module_utils._server.site import Site
    from .answers import Answers
    from .reach import Reach

SETTINGS = Request("GET", SETTINGS_PATH, query=[("$top", 1)])
#: From this API version on, 2019.10, there is one address for signing in.
ONE_ADDRESS = 9.0
#: How a name is refused that no tenant has.
REFUSED = (403, 404)


def tell_token(answers: Answers, token: str, fetched: float) -> None:
    """How long a token lives, if it says so; ``fetched`` is when it was asked for."""
    ends = claims(token).get("exp")
    if isinstance(ends, (int, float)):
        seconds = math.ceil(ends - fetched)
        answers.tell("token_seconds", SIGN_IN, f"{seconds} s", seconds)
    else:
        answers.leave("the token does not say it", "token_seconds")


def tell_served(reach: Reach, answers: Answers) -> None:
    """How often a token served, once everything was asked."""
    count = len(reach.seconds)
    accepted = [a.positions for a in answers.to("identity_accepts_orchestrator_token")]
    if reach.is_host and accepted not in ([], [(True,)]):
        answers.leave("the Identity server took no token of the Orchestrator", "token_uses")
    elif reach.served is not None:
        words = f"refused after {reach.served} requests, before it had ended"
        answers.tell("token_uses", SIGN_IN, words, reach.served)
    elif count:
        answers.tell("token_uses", SIGN_IN, f"none was refused in {count} requests", 0)


def ask_login_path(reach: Reach, answers: Answers) -> None:
    """Under which of its two addresses an early server signs in."""
    site = reach.sites.orchestrator
    version = float(site.version or 0) if site is not None else ONE_ADDRESS
    if site is None or reach.way != "user" or version >= ONE_ADDRESS:
        return
    tenant = "Host" if reach.is_host else reach.server.get("tenant")
    way = PasswordSignIn(site, tenant, Login(reach.server["username"], reach.server["password"]))
    there = []
    for path in AUTHENTICATE_PATHS:
        reach.renew()
        answer = site.ask(Request("POST", path, json=way.body))
        there.append(answer.status not in ABSENT)
    position = {(True, True): "both", (True, False): "long", (False, True): "short"}
    if found := position.get((there[0], there[1])):
        paths = [path for path, is_there in zip(AUTHENTICATE_PATHS, there) if is_there]
        answers.tell("login_path", SIGN_IN, " and ".join(paths), found)


def ask_tenants(reach: Reach, answers: Answers) -> None:
    """What the header with the name of a tenant does; a server with organizations has none."""
    if not reach.is_standalone:
        return
    try:
        stranger = _status(reach, f"probe-{secrets.token_hex(6)}")
        if stranger in REFUSED:
            words = f"{stranger}"
            answers.tell("unknown_tenant", ORCHESTRATOR, words, stranger)
        {"user": _ask_as_user, "client": _ask_as_application}.get(reach.way, _ask_nothing)(
            reach, answers, stranger
        )
    except Failure as exc:
        answers.leave(why(exc), "unknown_tenant", "tenant_header", "refused_tenant_header")


def _ask_nothing(reach: Reach, answers: Answers, stranger: int) -> None:
    """Whom a ready token belongs to is not known."""


def _ask_as_user(reach: Reach, answers: Answers, stranger: int) -> None:
    if reach.is_host:
        _ask_as_host(reach, answers, stranger)
        return
    _tell_ignored(answers, stranger)
    if stranger in REFUSED:
        _ask_decoded(reach, answers)
    elif stranger == 200:
        answers.leave("the header is passed over", "tenant_header")


def _tell_ignored(answers: Answers, stranger: int) -> None:
    if stranger in (*REFUSED, 200):
        ignored = stranger == 200
        words = "it is passed over" if ignored else f"refused with {stranger}"
        position = "ignore" if ignored else "refuse"
        answers.tell("refused_tenant_header", ORCHESTRATOR, words, position)


def _ask_decoded(reach: Reach, answers: Answers) -> None:
    """Our own tenant, with its first letter percent-encoded."""
    tenant = str(reach.server.get("tenant") or "")
    if not tenant:
        return
    octets = "".join(f"%{octet:02X}" for octet in tenant[0].encode())
    status = _status(reach, octets + quote(tenant[1:]))
    if status in (*REFUSED, 200):
        words = "it is" if status == 200 else f"it is not ({status})"
        position = "decoded" if status == 200 else "as_sent"
        answers.tell("tenant_header", ORCHESTRATOR, words, position)


def _ask_as_host(reach: Reach, answers: Answers, stranger: int) -> None:
    switch = "allow_host_to_access_tenant_api"
    if stranger == 200:
        _tell_ignored(answers, stranger)
        answers.tell(switch, ORCHESTRATOR, "the header is passed over", True, False)
        return
    tenant = reach.server.get("tenant") or _first_tenant(reach, answers)
    if tenant is None or stranger not in REFUSED:
        return
    status = _status(reach, tenant)
    if status in (*REFUSED, 200):
        words = "it does" if status == 200 else f"refused with {status}"
        answers.tell(switch, ORCHESTRATOR, words, status == 200)
    if status in REFUSED:
        _tell_ignored(answers, stranger)


def _first_tenant(reach: Reach, answers: Answers) -> str | None:
    door = reach.orchestrator(tenant="")
    answer = door.ask(Request("GET", TENANTS_PATH, query=[("$top", 1)])) if door else None
    said = answer.json() if answer is not None and answer.ok else None
    rows = said.get("value") if isinstance(said, dict) else None
    first = rows[0].get("Name") if rows and isinstance(rows[0], dict) else None
    if first is None:
        answers.leave("no tenant could be listed", "allow_host_to_access_tenant_api")
        return None
    reach.names.know("tenant", first)
    return str(first)


def _ask_as_application(reach: Reach, answers: Answers, stranger: int) -> None:
    _ask_decoded(reach, answers)
    count = _ask_for_list(reach, answers)
    status = _status(reach, "")
    if status == 200 and count is not None and count > 1:
        answers.tell("application_without_tenant", ORCHESTRATOR, "a tenant is chosen", "first")
    elif status == 200:
        words = "a tenant is chosen, and there may be no other"
        answers.tell("application_without_tenant", ORCHESTRATOR, words, "first", "refuse")
    else:
        words = f"refused with {status}"
        answers.tell("application_without_tenant", ORCHESTRATOR, words, "refuse")


def _ask_for_list(reach: Reach, answers: Answers) -> int | None:
    """How many tenants an application gets to see, at most two; None where it sees none."""
    site = t.cast("Site", reach.sites.orchestrator)
    door = Door(reach, site, reach.asking_for(SCOPES), {})
    try:
        answer = door.ask(Request("GET", TENANTS_PATH, query=[("$top", 2)]))
    except Failure as exc:
        answers.leave(why(exc), "tenants_for_applications")
        return None
    if answer.status not in (200, 403):
        return None
    words = "it may" if answer.ok else "refused with 403, with the scope"
    answers.tell("tenants_for_applications", ORCHESTRATOR, words, answer.ok)
    return len(answer.json().get("value", ())) if answer.ok else None


def _status(reach: Reach, tenant: str) -> int:
    """The status of a reading with this text in the header; none at all for an empty one."""
    door = t.cast("Door", reach.orchestrator(tenant=tenant))
    found = reach.reads(door, SETTINGS)
    return 401 if isinstance(found, Failure) else found.status
