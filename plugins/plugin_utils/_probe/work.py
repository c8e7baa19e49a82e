# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""``mail_probe`` as a function of its arguments."""

from __future__ import annotations

import datetime
import os
import time
import typing as t

from ...module_utils._errors import Failure
from ...module_utils._phrase import Cleared, say
from ...module_utils._server.environment import completed
from ...module_utils._settings import PASSWORD
from .._files import written
from .anonymous import Anonymous
from .answers import IDENTITY, ORCHESTRATOR, Answers
from .document import Facts, as_markdown
from .identity_reads import OF_IDENTITY, ask_identity, partition_of
from .identity_reads import read_rows as read_organization
from .identity_writes import IdentityWrites
from .options import refuse_place
from .orchestrator_reads import ask_filter, tell_mask, tell_rows, tell_speed
from .orchestrator_writes import OrchestratorWrites
from .organization import Organization
from .put_back import with_put_back
from .questions import QUESTIONS
from .reach import Reach
from .rows import TEXTS, read_rows
from .signing_in import ask_login_path, ask_tenants, tell_served, tell_token
from .steps import why
from .tenant import Tenant
from .tenant_restore import TenantRestore
from .users import ask_tenant_users

if t.TYPE_CHECKING:
    from ...module_utils._output.context import Context
    from .answers import Answer
    from .reach import Door

Params = t.Mapping[str, t.Any]
FILE = "mail-probe.md"
LEFT_ALONE = "is about the Orchestrator API, which server.level: organization leaves alone"
#: Questions that the Identity server can answer as well.
OF_BOTH = {*OF_IDENTITY, "boolean", "port", "echo_rejected", "stale_reads", "latency", "prt_id"}
OF_BOTH |= {"token_uses", "token_seconds", "verify_identity"}
NOW_OWN = (
    "This version cannot remove values of a tenant, so {options} are now the tenant's own, with "
    "the values that they had."
)


def mail_probe(params: Params, check_mode: bool, context: Context) -> dict[str, t.Any]:
    """Ask a server what nobody knows of it; the result keys are documented in the module."""
    params = completed(params, os.environ, context.learn)
    refuse_place(params)
    server, answers = params["server"], Answers()
    names = Anonymous(server)
    reach = Reach(server, context, names, answers)
    writes = params["write"] and not check_mode
    probe = _Probe(params, reach, answers)
    try:
        probe.ask(writes=writes)
    finally:
        reach.close()
    if probe.now_own:
        context.warn(say(NOW_OWN, options=", ".join(probe.now_own)))
    facts = Facts(
        version=answers.version,
        way=reach.way,
        level=server["level"],
        is_standalone=reach.is_standalone,
        wrote=writes,
        day=_today(),
    )
    (path,) = written(params["directory"], {FILE: as_markdown(facts, answers, names.hide)})
    return {
        "changed": bool(probe.now_own),
        "path": path,
        "server_version": answers.version,
        "answers": [_shown(answer) for answer in answers.in_order],
        "unanswered": {Cleared(u): Cleared(why_not) for u, why_not in answers.missing.items()},
    }


def _shown(answer: Answer) -> dict[str, t.Any]:
    """An answer for the result; all of its words are ours."""
    return {
        "switch": Cleared(answer.switch),
        "api": Cleared(answer.where),
        "seen": Cleared(answer.seen),
        "positions": [Cleared(p) if isinstance(p, str) else p for p in answer.positions],
    }


class _Probe:
    """All questions, in their order."""

    def __init__(self, params: Params, reach: Reach, answers: Answers) -> None:
        self._params, self._reach, self._answers = params, reach, answers
        self._server = params["server"]
        self.now_own: tuple[str, ...] = ()

    def ask(self, *, writes: bool) -> None:
        """What is read first; writing comes last, with all that is known by then."""
        alone = self._server["level"] == "organization"
        tenant = None if alone else self._ask_orchestrator(writes=writes)
        if alone:
            self._answers.leave(LEFT_ALONE, *(set(QUESTIONS) - OF_BOTH))
        ask_identity(self._reach, self._answers)
        if writes and tenant is not None:
            self._write_tenant(tenant)
        if writes and alone:
            self._write_organization()
        tell_served(self._reach, self._answers)
        tell_speed(self._answers, self._reach.seconds, IDENTITY if alone else ORCHESTRATOR)

    def _ask_orchestrator(self, *, writes: bool) -> Tenant | None:
        """What reading tells of the Orchestrator API; who writes goes on with the tenant."""
        begin = time.time()
        door = self._reach.orchestrator(changing=writes)
        if door is None:
            return None
        tell_token(self._answers, door.bearer.token(), begin)
        rows = read_rows(door)
        self._tell_version(door)
        self._reach.names.know_all({n: rows.raw(n) for n in TEXTS if n in rows.found})
        tell_rows(self._answers, rows)
        tenant = Tenant(door, rows, self._params["smtp_password"])
        if not writes or not tenant.may_touch_password:
            tell_mask(self._answers, rows.raw(PASSWORD), "mask", ORCHESTRATOR)
        ask_filter(self._answers, door, rows)
        ask_login_path(self._reach, self._answers)
        ask_tenants(self._reach, self._answers)
        ask_tenant_users(self._reach, self._answers)
        return tenant

    def _tell_version(self, door: Door) -> None:
        version = self._answers.version = door.site.version
        words = f"API version {version}" if version else "no"
        self._answers.tell("api_header", ORCHESTRATOR, words, version is not None)

    def _write_tenant(self, tenant: Tenant) -> None:
        steps = OrchestratorWrites(self._answers, tenant).steps
        restore = TenantRestore(tenant)
        with_put_back(self._params["directory"], restore, steps)
        self.now_own = restore.now_own

    def _write_organization(self) -> None:
        try:
            door = self._reach.identity(changing=True)
            partition = partition_of(self._reach, door)
            if partition is None:
                raise Failure("organization_missing", who=door.who, stage="sign_in")
            rows = read_organization(door, partition)
        except Failure as exc:
            self._answers.leave(why(exc), "identity_mask", "identity_together")
            return
        organization = Organization(door, partition, rows, self._params["smtp_password"])
        steps = IdentityWrites(self._answers, organization).steps
        with_put_back(self._params["directory"], organization, steps)


def _today() -> str:
    return datetime.datetime.now(datetime.timezone.utc).date().isoformat()
