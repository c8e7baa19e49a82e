# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What reading tells of the Identity server; nothing is sent but GET, and the sign-in."""

from __future__ import annotations

import time
import typing as t
import uuid

from ...module_utils._errors import Failure
from ...module_utils._server import refusal_text
from ...module_utils._server.client import Request
from ...module_utils._server.host_sign_in import HOST_TENANT
from ...module_utils._server.session import organization_id
from ...module_utils._server.sign_in import ABSENT as NOT_THERE
from ...module_utils._server.sign_in import Login, PasswordSignIn
from ...module_utils._settings import PASSWORD
from ...module_utils._targets.identity import OPTION_OF, SETTING_PATH
from ...module_utils._targets.wire_keys import IDENTITY as KEYS
from .answers import IDENTITY, SIGN_IN
from .orchestrator_reads import tell_mask
from .questions import QUESTIONS
from .reach import Door
from .rows import TEXTS
from .shapes import ABSENT, number_form, refusal_form, truth_form
from .signing_in import tell_token
from .steps import why
from .users import ask_organization_users

if t.TYPE_CHECKING:
    from ...module_utils._server.answer import Answer
    from .answers import Answers
    from .reach import Reach

OF_IDENTITY = tuple(name for name in QUESTIONS if "identity" in name)
ONE_KEY = [("key", KEYS["smtp_host"])]
#: Older servers refuse a key that they do not know.
KNOWN = tuple(name for name in KEYS if name != "smtp_timeout")


class Rows(dict[str, t.Any]):
    """What an organization stores, as it came: option name to value."""

    def raw(self, name: str) -> t.Any:
        """What stands for a setting; ``ABSENT`` where there is no row."""
        return self.get(name, ABSENT)

    def shown(self, name: str) -> t.Any:
        """The same, None where there is nothing."""
        return self.get(name)


def ask_in_nobodys_name(reach: Reach, answers: Answers) -> bool:
    """What it says without a token; whether there is an Identity server at all."""
    answer = reach.bare(reach.sites.identity, Request("GET", SETTING_PATH, query=ONE_KEY))
    if answer.status in NOT_THERE:
        missing = f"there is no Identity server at this address ({answer.status})"
        answers.leave(missing, *OF_IDENTITY, "prt_id")
        return False
    form = refusal_form(answer)
    seen = f"{answer.status}, {form}"
    certain = (form,) if answer.status == 401 and form in ("empty", "abp") else ()
    answers.tell("identity_unauthenticated", IDENTITY, seen, *certain)
    return True


def ask_with_foreign_token(reach: Reach, answers: Answers) -> None:
    """Whether a token of the Orchestrator serves here."""
    site = reach.sites.orchestrator
    if reach.way != "user" or site is None:
        return
    tenant = HOST_TENANT if reach.is_host else reach.server.get("tenant")
    login = Login(reach.server["username"], reach.server["password"])
    door = Door(
        reach, reach.sites.identity, reach.signed_in(PasswordSignIn(site, tenant, login)), {}
    )
    found = reach.reads(door, Request("GET", SETTING_PATH, query=ONE_KEY))
    refused = isinstance(found, Failure)
    foreign = not isinstance(found, Failure) and refusal_text.wants_other_token(found)
    position: bool | int = 401 if refused else 403 if foreign else True
    words = "yes" if position is True else f"no, refused with {position}"
    answers.tell("identity_accepts_orchestrator_token", IDENTITY, words, position)


def tell_organization(reach: Reach, answers: Answers, token: str) -> None:
    """Whether the token names its organization."""
    if not reach.is_host:
        named = organization_id(token) is not None
        words = "it does" if named else "it does not"
        answers.tell("prt_id", SIGN_IN, words, named)


def ask_for_host(reach: Reach, answers: Answers, door: Door) -> None:
    """The host level, where no organization is named; closed is served as well."""
    answer = door.ask(Request("GET", SETTING_PATH, query=ONE_KEY))
    if refusal_text.wants_other_token(answer):
        return
    served = answer.status != 400
    words = f"{'served' if answer.ok else 'closed to this caller' if served else 'refused'}"
    position = "served" if served else "invalid_partition"
    answers.tell("identity_host", IDENTITY, f"{words} ({answer.status})", position)
    if reach.is_host and answer.ok:
        _ask_for_stranger(answers, door)


def _ask_for_stranger(answers: Answers, door: Door) -> None:
    query = [*ONE_KEY, ("partitionGlobalId", str(uuid.uuid4()))]
    answer = door.ask(Request("GET", SETTING_PATH, query=query))
    words = f"an empty one ({answer.status})" if answer.ok else f"refused with {answer.status}"
    position = "empty" if answer.ok else "refuse"
    answers.tell("identity_unknown_partition", IDENTITY, words, position)


def read_rows(door: Door, partition: str | None) -> Rows:
    """What the level itself stores; raises ``Failure`` where it cannot be read."""
    query = [("key", KEYS[name]) for name in KNOWN]
    query += [("partitionGlobalId", partition)] if partition else []
    answer = door.ask(Request("GET", SETTING_PATH, query=query))
    if not answer.ok:
        raise door.site.unexpected(answer, stage="read")
    return rows_in(answer)


def rows_in(answer: Answer) -> Rows:
    """The rows of an answer."""
    said = answer.json()
    rows = [row for row in said if isinstance(row, dict)] if isinstance(said, list) else []
    named = ((OPTION_OF.get(str(row.get("key")).lower()), row.get("value")) for row in rows)
    return Rows({name: value for name, value in named if name})


def tell_rows(answers: Answers, rows: Rows) -> None:
    """How values look."""
    truths = {truth_form(rows.raw(name)) for name in ("enable_ssl", "use_default_credentials")}
    if spelled := sorted(form for form in truths if form):
        answers.tell("boolean", IDENTITY, " and ".join(spelled), *spelled)
    if form := number_form(rows.raw("smtp_port")):
        answers.tell("port", IDENTITY, form, form)
    tell_mask(answers, rows.raw(PASSWORD), "identity_mask", IDENTITY)


def ask_identity(reach: Reach, answers: Answers) -> None:
    """All that reading tells."""
    if not ask_in_nobodys_name(reach, answers):
        return
    try:
        ask_with_foreign_token(reach, answers)
        begin = time.time()
        door = reach.identity()
        token = door.bearer.token()
        if not answers.to("token_seconds"):
            tell_token(answers, token, begin)
        tell_organization(reach, answers, token)
        ask_for_host(reach, answers, door)
        partition = partition_of(reach, door)
        if partition or reach.is_host:
            rows = read_rows(door, partition)
            reach.names.know_all({name: rows[name] for name in TEXTS if name in rows})
            tell_rows(answers, rows)
        if partition:
            ask_organization_users(reach, answers, partition)
    except Failure as exc:
        answers.leave(why(exc), *OF_IDENTITY)


def partition_of(reach: Reach, door: Door) -> str | None:
    """The organization that is read; None for the host, and where nobody names one."""
    if reach.is_host:
        return None
    named = reach.server.get("organization_id")
    return str(named) if named else organization_id(door.bearer.token())
