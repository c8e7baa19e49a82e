# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A way to sign in: stated by the task, else taken from the environment if it is complete there.

Pure: the environment is an argument.

Ansible's own fallbacks fill one option at a time, so a token from the environment would join the
user of a task, win over it, and go to whatever server the task names.
"""

from __future__ import annotations

import typing as t

from .._argspec import secret_names
from .._errors import invalid
from .._phrase import say
from .proxy import proxy_secrets

Options = t.Mapping[str, t.Any]
Environment = t.Mapping[str, str]

#: The ways to sign in, the first complete one counts, and the options that each of them needs.
WAYS: t.Mapping[str, tuple[str, ...]] = {
    "token": ("access_token",),
    "client": ("client_id", "client_secret"),
    "user": ("username", "password"),
}
#: The options with which a tenant among many may sign in by itself.
OF_A_TENANT = WAYS["user"]


def variable(option: str) -> str:
    """The environment variable that stands in for an option of ``server``."""
    return f"ORCHESTRATOR_{option.upper()}"


def stated(server: Options) -> str | None:
    """The way to sign in that ``server`` holds complete; None when it holds none."""
    return next((way for way, options in WAYS.items() if all(map(server.get, options))), None)


def begun(server: Options) -> tuple[str, str] | None:
    """An option of ``server`` that needs another one, and the missing one; None for none."""
    for way in WAYS:
        missing = _missing(server, way)
        given = [option for option in WAYS[way] if option not in missing]
        if given and missing:
            return given[0], missing[0]
    return None


def with_sign_in(server: Options, environment: Environment) -> Options:
    """``server``, with a way to sign in from ``environment`` when it states none.

    A way that the task has begun is completed, unless the environment means somebody else by it;
    otherwise the first way is taken that the environment holds complete.
    """
    if stated(server):
        return server
    started = [way for way in WAYS if len(_missing(server, way)) < len(WAYS[way])]
    for way in started or WAYS:
        found = {option: environment.get(variable(option)) for option in WAYS[way]}
        given = {option: server[option] for option in WAYS[way] if server.get(option)}
        agreed = all(found[option] in (None, "", value) for option, value in given.items())
        whole = {**found, **given}
        if agreed and all(whole.values()):
            return {**server, **whole}
    return server


def completed(
    params: Options, environment: Environment, learn_secret: t.Callable[[str], None]
) -> Options:
    """The arguments of a module, with a way to sign in wherever there is one.

    ``learn_secret`` is told what came from the environment, passwords of proxies included.
    Raises ``Failure`` when a tenant has a sign-in of its own that could not be used.
    """
    server = params.get("server")
    if not server:
        return params
    _refuse_ignored_sign_ins(server, params.get("tenants") or ())
    server = with_sign_in(server, environment)
    for secret in proxy_secrets(environment):
        learn_secret(secret)
    for option in (option for options in WAYS.values() for option in options):
        if option in secret_names() and server.get(option):
            learn_secret(server[option])
    return {**params, "server": server}


def own_sign_in(tenant: Options) -> dict[str, t.Any]:
    """What ``tenant`` has of its own to sign in with, and nothing of another way beside it."""
    own = {option: tenant[option] for option in OF_A_TENANT if tenant.get(option) is not None}
    others = [o for way, options in WAYS.items() if way != "user" for o in options]
    return {**dict.fromkeys(others), **own} if own else {}


def _missing(server: Options, way: str) -> tuple[str, ...]:
    return tuple(option for option in WAYS[way] if not server.get(option))


def _refuse_ignored_sign_ins(server: Options, tenants: t.Iterable[Options]) -> None:
    way = stated(server)
    if way in (None, "user"):
        return
    named = [str(e.get("name")) for e in tenants if any(e.get(o) for o in OF_A_TENANT)]
    if named:
        reason = say(
            "{names} would sign in with a username and password of its own, but server.{option} "
            "signs in for all tenants; leave one of them out",
            names=", ".join(map(repr, named)),
            option=WAYS[way][0],
        )
        raise invalid("tenants", reason, "sign_in")
