# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""M(mail_settings) with C(tenants): every tenant judged first, then worked on.

Private to this collection; may change at any time.
"""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, replace

from ._bulk import Account, SharedPace, each, run
from ._errors import Failure
from ._redact import Redactor
from ._run import Context, failed_result, secrets_in
from ._target import open_server, transport
from ._wish import carry_out, password_record, wish_of

if t.TYPE_CHECKING:
    from ._apply import Wish
    from ._connection import Transport
    from ._run import Params

Result = dict[str, t.Any]


@dataclass(frozen=True)
class Task:
    """What all tenants of a task share."""

    context: Context
    check_mode: bool
    transport: Transport
    wishes: t.Mapping[str, Wish]

    def work(self, arguments: Params, kept: dict[str, t.Any]) -> Result:
        """One tenant, whatever happens; its own secrets are taken out here and then forgotten."""
        redactor = Redactor(secrets_in(arguments), parent=self.context.redactor)
        try:
            result = self._one(arguments, kept, redactor)
        except Exception as exc:  # noqa: BLE001 - one tenant must not end the others
            result = failed_result(exc)
        return t.cast(Result, redactor.data(result))

    def _one(self, arguments: Params, kept: dict[str, t.Any], redactor: Redactor) -> Result:
        server = arguments["server"]
        wish = self.wishes[server["tenant"]]
        backend = open_server(
            server, redactor.add, self.transport, tuple(wish.declared), clients=kept
        )
        return carry_out(backend, wish, self.check_mode, self.context)


def many(params: Params, check_mode: bool, context: Context) -> Result:
    """The result of all tenants; a L(Failure) carries the same account."""
    if params["state"] == "inherited":
        raise _refused("tenants", "state: inherited is for one tenant at a time; loop over them.")
    if params["server"]["level"] == "host":
        raise _refused("tenants", "server.level: host has no tenants; leave one of them out.")
    tenants = each(params)
    wishes = _wishes(tenants, params, context)
    task = Task(context, check_mode, transport(params["server"], SharedPace()), wishes)
    if params["expect_plan"] is None:
        return _walk(task, tenants, params)
    foreseen = _walk(replace(task, check_mode=True), tenants, params)
    if foreseen["changed"] and foreseen["plan"] != params["expect_plan"]:
        raise Failure(
            "plan_changed", expected=params["expect_plan"], found=foreseen["plan"], stage="guard"
        )
    return foreseen if check_mode else _walk(task, tenants, params)


def _walk(task: Task, tenants: t.Sequence[tuple[str, Result]], params: Params) -> Result:
    names = [name for name, _arguments in tenants]
    account = Account(names, params["max_failures"], task.context.progress)
    try:
        run(tenants, account, task.work, params["parallel"])
    except KeyboardInterrupt:
        task.context.progress(f"Interrupted. {account.sentence()}.")
        raise
    return account.summary()


def _wishes(
    tenants: t.Sequence[tuple[str, Result]], params: Params, context: Context
) -> dict[str, Wish]:
    """What is wished for every tenant; the findings of all are reported together."""
    record = password_record(params)
    wishes, refused = {}, []
    for name, arguments in tenants:
        try:
            wishes[name] = wish_of({**arguments, "expect_plan": None}, context, record)
        except Failure as exc:
            refused.append(f"tenant {name}: {exc}")
    if refused:
        raise Failure("preflight", findings=" ".join(refused), stage="preflight")
    return wishes


def _refused(option: str, reason: str) -> Failure:
    return Failure("invalid_option", option=option, reason=reason)
