# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""``mail_settings`` with ``tenants``: every tenant judged first, then worked on."""

from __future__ import annotations

import typing as t
from collections import Counter
from dataclasses import dataclass, field, replace

from .._deadline import Deadline
from .._declaration.wish import password_record, wish_of
from .._errors import Failure, invalid
from .._output.context import Context
from .._output.report import failed_result
from .._output.vocabulary import OURS
from .._phrase import Cleared, joined, say
from .._reconcile.apply import Outcome, carry_out
from .._server.access import signs_in_to_tenant, transport
from .._server.environment import own_sign_in
from .._server.options import judge, no_name
from .._settings import NAMES
from .._targets.open import Reuse, open_server, shares_mail_settings
from .claims import Claims, mail_part, refuse_two
from .matching import folded, matched, refuse_long
from .pace import SharedPace
from .tally import Result, Tally, outcome
from .workers import run

if t.TYPE_CHECKING:
    from .._output.report import Params
    from .._reconcile.apply import Wish
    from .._reconcile.password_record import Record
    from .._server.connection import Transport

Tenant = t.Mapping[str, t.Any]
Plans = t.Mapping[str, t.Optional[str]]
Wishes = t.Mapping[str, t.Optional["Wish"]]
#: The key of the wish that all tenants share which declare nothing of their own.
ALL = ""


@dataclass(frozen=True)
class Task:
    """What all tenants of a task share; ``plans`` are those that each of them has to keep to."""

    params: Params
    context: Context
    check_mode: bool
    transport: Transport
    wishes: Wishes
    plans: Plans = field(default_factory=dict)
    claims: Claims = field(default_factory=Claims)

    def wish(self, tenant: Tenant) -> Wish:
        name = tenant["name"]
        wish = t.cast("Wish", self.wishes.get(folded(name), self.wishes[ALL]))
        return replace(wish, expect_plan=self.plans[name]) if name in self.plans else wish


class TenantWorker:
    """Works on one tenant after the other (a ``Worker``), over the same connection."""

    def __init__(self, task: Task) -> None:
        self._task = task
        self._reuse = Reuse()

    def work(self, tenant: Tenant) -> Result:
        """One tenant, whatever happens; its own secrets are taken out here and then forgotten."""
        shared = self._task.context
        context = Context(tenant, shared)
        try:
            noted = outcome(tenant["name"], self._one(tenant, context))
        except Exception as exc:  # noqa: BLE001 - one tenant must not end the others
            noted = outcome(tenant["name"], failed_result(exc))
        for text in context.warnings:
            shared.warn(Cleared(context.redactor.data(text)))
        # The outcome of an unchanged tenant holds nothing that a server or a password could be in.
        is_plain = not noted["changed"] and not noted.get("failed")
        return noted if is_plain else _redacted(noted, context)

    def close(self) -> None:
        for client in self._reuse.clients.values():
            client.close()

    def _one(self, tenant: Tenant, context: Context) -> Result:
        task, wish = self._task, self._task.wish(tenant)
        there = server(task.params, tenant)
        # Only a token of this one tenant is forgotten with it.
        learn = context.learn if signs_in_to_tenant(there) else task.context.learn
        names = wish.names
        changing, reuse = not task.check_mode, self._reuse
        backend = open_server(there, learn, task.transport, names, changing=changing, reuse=reuse)
        place = backend.shared_place() if mail_part(wish.declared) else None
        if place is None:
            return carry_out(backend, wish, task.check_mode, context, Outcome.entry)
        with task.claims.turn(place.key, tenant["name"], wish.declared) as still_to_do:
            # The time spent waiting for another tenant does not count for this one.
            deadline = Deadline(there["timeout"])
            for client in reuse.clients.values():
                client.renew(deadline)
            left = wish if still_to_do else _rest(wish)
            return carry_out(backend, left, task.check_mode, context, Outcome.entry)


def _redacted(noted: Result, context: Context) -> Result:
    redacted: Result = context.redactor.data(noted, OURS)
    # The secrets of the whole task went as well, so its sentence is not redacted again.
    return {**redacted, "msg": Cleared(redacted["msg"])} if "msg" in redacted else redacted


def many(params: Params, check_mode: bool, context: Context) -> Result:
    """The result of all tenants; a ``Failure`` carries the same tally."""
    given, wishes = judged(params, context)
    tenants = _meant(params, given, context)
    _refuse_two_declarations(tenants, params, wishes)
    task = Task(params, context, check_mode, transport(params["server"], SharedPace()), wishes)
    if params["expect_plan"] is None:
        return _walk(task, tenants).summary()
    ahead = _walk(replace(task, check_mode=True), tenants)
    foreseen = ahead.summary()
    if not foreseen["changed"]:
        return foreseen
    if foreseen["plan"] != params["expect_plan"]:
        raise Failure(
            "plan_changed", expected=params["expect_plan"], found=foreseen["plan"], stage="guard"
        )
    return foreseen if check_mode else _walk(replace(task, plans=ahead.plans()), tenants).summary()


def judged(params: Params, context: Context) -> tuple[t.Sequence[Tenant], Wishes]:
    """The tenants that are named, and what is wished of each and of all others.

    Raises a ``Failure`` before any connection is opened.
    """
    if params["state"] == "inherited":
        raise invalid("tenants", say("state: inherited is for one tenant at a time; loop"))
    if params["server"]["level"] == "host":
        raise invalid("tenants", say("server.level: host has no tenants; leave one of them out"))
    refuse_long(params["tenants_matching"] or ())
    given = checked(params["tenants"] or ())
    for tenant in given:
        if reason := no_name(tenant["name"]):
            raise invalid("tenants", reason, "options")
        judge(server(params, tenant))
    wishes = _wishes(given, params, context)
    _refuse_two_declarations(given, params, wishes)
    return given, wishes


def _meant(params: Params, given: t.Sequence[Tenant], context: Context) -> t.Sequence[Tenant]:
    """The tenants that are named, or those that the server's own list has for the patterns."""
    if not params["tenants_matching"]:
        return given
    return matched(params["server"], params["tenants_matching"], given, context.learn)


def _rest(wish: Wish) -> Wish:
    """What is left to do for a tenant whose mail settings another one has written."""
    rest = {n: value for n, value in wish.declared.items() if n not in mail_part(wish.declared)}
    return replace(wish, declared=rest, by_era={}, verify_recipient=None)


def _refuse_two_declarations(tenants: t.Sequence[Tenant], params: Params, wishes: Wishes) -> None:
    """Refuse, before anything is sent, what is known to be meant for one place."""
    if shares_mail_settings(params["server"]):
        named = (
            (tenant["name"], wishes.get(folded(tenant["name"]), wishes[ALL])) for tenant in tenants
        )
        refuse_two((name, t.cast("Wish", wish).declared) for name, wish in named)


def _walk(task: Task, tenants: t.Sequence[Tenant]) -> Tally:
    # A walk in check mode claims nothing for the one that follows.
    task = replace(task, claims=Claims())
    names = [tenant["name"] for tenant in tenants]
    brief = bool(task.params["tenants_matching"])
    tally = Tally(names, task.params["max_failures"], task.context.progress, brief)
    parallel = max(1, min(task.params["parallel"], len(tenants)))
    try:
        run(tenants, tally, [TenantWorker(task) for _worker in range(parallel)])
    except BaseException:
        # Ctrl-C, or Ansible's limit for the task, which leaves nothing of a result.
        task.context.progress(f"Interrupted. {tally.sentence()}.")
        raise
    return tally


def _wishes(tenants: t.Sequence[Tenant], params: Params, context: Context) -> Wishes:
    """What is wished of every tenant; the findings of all are reported together.

    Tenants that declare nothing of their own are judged once, under ``ALL``.
    """
    record = password_record(params, context)
    wishes: dict[str, Wish | None] = {ALL: None}
    refused: list[str] = []
    if params["tenants_matching"] or not all(map(differs, tenants)):
        wishes[ALL] = _wish(params, context, record, refused, "")
    for tenant in filter(differs, tenants):
        own = Context(tenant, context)
        name = tenant["name"]
        wishes[folded(name)] = _wish(arguments(params, tenant), own, record, refused, name)
        for text in own.warnings:
            context.warn(Cleared(own.redactor.data(text)))
    if refused:
        raise Failure("preflight", findings=joined(refused), stage="preflight")
    return wishes


def _wish(
    params: Params, context: Context, record: Record | None, refused: list[str], name: str
) -> Wish | None:
    try:
        return wish_of({**params, "expect_plan": None}, context, record)
    except Failure as exc:
        phrase = say("tenant {name}: {why}", name=name, why=exc.phrase) if name else exc.phrase
        refused.append(Cleared(phrase.told(context.redactor.text)))
    return None


def checked(tenants: t.Sequence[Tenant]) -> t.Sequence[Tenant]:
    """``tenants``, every name of them once; else a ``Failure``."""
    counted = Counter(folded(tenant["name"]) for tenant in tenants)
    names = (tenant["name"] for tenant in tenants)
    twice = sorted({name for name in names if counted[folded(name)] > 1})
    if twice:
        reason = say("{twice} appears twice; name every tenant once", twice=", ".join(twice))
        raise invalid("tenants", reason)
    return tenants


def differs(tenant: Tenant) -> bool:
    """Whether a setting is declared for this tenant alone."""
    return any(tenant.get(name) is not None for name in NAMES)


def arguments(params: Params, tenant: Tenant) -> dict[str, t.Any]:
    """The arguments for one tenant; what is given for it wins."""
    settings = {name: tenant[name] for name in NAMES if tenant.get(name) is not None}
    return {**params, **settings, "server": server(params, tenant), "tenants": None}


def server(params: Params, tenant: Tenant) -> dict[str, t.Any]:
    """The option ``server`` for one tenant."""
    return {**params["server"], "tenant": tenant["name"], **own_sign_in(tenant)}
