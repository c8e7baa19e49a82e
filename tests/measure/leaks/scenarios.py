# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What can happen to a secret, as tasks: each scenario with secrets of its own.

A scenario whose leaks are Ansible's own, whatever a module does, says so in ``theirs``.
"""

from __future__ import annotations

import json
import typing as t
from dataclasses import dataclass

from .canaries import KINDS, Canary, canary

MODULE = "rpaops.orchestrator.mail_settings"
TEST = "rpaops.orchestrator.mail_test"
#: A task as it is, and one with an environment, which is always a module process of its own.
ROADS = ("controller", "target")
Task = dict[str, t.Any]


@dataclass(frozen=True)
class Stage:
    """The addresses that scenarios talk to: two Orchestrators, and host, port and CA of mail."""

    url: str
    echo_url: str
    mail: tuple[str, int, str]


@dataclass(frozen=True)
class Scenario:
    """``make`` gives the tasks for a tenant, a login password and an SMTP password.

    ``says`` are words of a result, so that it is the case that its name says.
    """

    name: str
    make: t.Callable[[Stage, str, str, str], list[Task]]
    says: str
    theirs: str = ""
    roads: tuple[str, ...] = ROADS


def _server(url: str, tenant: str, login: str, **more: t.Any) -> Task:
    sign_in = {"tenant": tenant, "username": "robot", "password": login}
    return {"url": url, "use_proxy": False, "timeout": 20, "retries": 0, **sign_in, **more}


def _declare(url: str, tenant: str, login: str, secret: t.Any, **more: t.Any) -> Task:
    declared = {
        "server": _server(url, tenant, login),
        "smtp_host": "smtp.example.com",
        "smtp_username": "robot@example.com",
        "smtp_password": secret,
        **more,
    }
    return {MODULE: declared}


def _plain(stage: Stage, tenant: str, login: str, secret: str) -> list[Task]:
    return [_declare(stage.url, tenant, login, secret) for _time in range(2)]


def _check(stage: Stage, tenant: str, login: str, secret: str) -> list[Task]:
    return [{**_declare(stage.url, tenant, login, secret), "check_mode": True, "diff": True}]


def _refused(stage: Stage, tenant: str, login: str, secret: str) -> list[Task]:
    return [_declare(stage.echo_url, tenant, f"{login}!", secret)]


def _echo(stage: Stage, tenant: str, login: str, secret: str) -> list[Task]:
    return [
        _declare(stage.echo_url, tenant, login, secret),
        _declare(stage.echo_url, tenant, login, secret, verify_recipient="ops@example.com"),
    ]


def _exception(stage: Stage, tenant: str, login: str, secret: str) -> list[Task]:
    task = _declare(stage.url, tenant, login, secret)
    task[MODULE]["server"]["username"] = "exception"
    return [task]


def _wrong_type(stage: Stage, tenant: str, login: str, secret: str) -> list[Task]:
    return [_declare(stage.url, tenant, login, [secret])]


def _broken(stage: Stage, tenant: str, login: str, secret: str) -> list[Task]:
    return [_declare(stage.url, tenant, login, f"{secret}\n", smtp_port=0)]


def _loop_safe(stage: Stage, tenant: str, login: str, secret: str) -> list[Task]:
    task = _declare(stage.url, "{{ item }}", login, f"{{{{ leaks_of['{tenant}'] }}}}")
    return [{**task, "loop": [tenant], "vars": {"leaks_of": {tenant: secret}}}]


def _many(stage: Stage, tenant: str, login: str, secret: str) -> list[Task]:
    tenants = [{"name": tenant, "username": "robot", "password": login, "smtp_password": secret}]
    server = {k: v for k, v in _server(stage.url, "", "").items() if v != ""}
    server.pop("username")
    return [{MODULE: {"server": server, "tenants": tenants, "smtp_host": "smtp.example.com"}}]


def _mail(stage: Stage, tenant: str, login: str, secret: str) -> list[Task]:
    host, port, authority = stage.mail
    options = {
        "via": "smtp",
        "smtp_host": host,
        "smtp_port": port,
        "enable_ssl": True,
        "smtp_username": "robot@example.com",
        "smtp_password": secret,
        "default_from_address": "robot@example.com",
        "ca_path": authority,
        "recipients": ["ops@example.com"],
    }
    return [{TEST: options}]


def _async(stage: Stage, tenant: str, login: str, secret: str) -> list[Task]:
    return [
        {**_declare(stage.url, tenant, login, secret), "async": 60, "poll": 1},
        {**_declare(stage.echo_url, tenant, f"{login}!", secret), "async": 60, "poll": 1},
    ]


def _misspelt(stage: Stage, tenant: str, login: str, secret: str) -> list[Task]:
    task = _declare(stage.url, tenant, login, "")
    task[MODULE]["smtp_pasword"] = secret
    return [task]


def _other_option(stage: Stage, tenant: str, login: str, secret: str) -> list[Task]:
    return [_declare(stage.url, tenant, login, "", smtp_port=secret)]


def _loop(stage: Stage, tenant: str, login: str, secret: str) -> list[Task]:
    task = _declare(stage.url, "{{ item.tenant }}", login, "{{ item.secret }}")
    return [{**task, "loop": [{"tenant": tenant, "secret": secret}]}]


def _environment(stage: Stage, tenant: str, login: str, secret: str) -> list[Task]:
    task = _declare(stage.url, tenant, "", "")
    task[MODULE]["server"].pop("password")
    return [{**task, "environment": {"ORCHESTRATOR_PASSWORD": secret}}]


SCENARIOS = (
    Scenario("changed, then unchanged", _plain, '"changed": false'),
    Scenario("check mode with diff", _check, '"diff": {'),
    Scenario("sign-in refused, answer echoes the request", _refused, "sign_in_refused"),
    Scenario("write and verify call refused, answer echoes the request", _echo, "write_refused"),
    Scenario("exception", _exception, "Internal error (ArithmeticError)"),
    # Ansible makes a text of it.
    Scenario("smtp_password of a wrong type", _wrong_type, "smtp_password: it is a list"),
    Scenario("pre-flight errors", _broken, '"preflight"'),
    Scenario("loop over names", _loop_safe, "All items completed"),
    Scenario("many tenants", _many, '"changed": true'),
    Scenario("mail server refuses the login", _mail, "It stopped at login"),
    Scenario("async", _async, "ansible_job_id", roads=("target",)),
    Scenario(
        "misspelt option", _misspelt, "Unsupported parameters", "Ansible shows unknown options."
    ),
    Scenario(
        "secret given to another option",
        _other_option,
        "cannot be converted",
        "It is no secret option.",
    ),
    Scenario("loop over secrets", _loop, "All items completed", "Ansible shows the item."),
    Scenario(
        "environment of the task",
        _environment,
        "sign_in_refused",
        "Ansible puts it on a command line.",
    ),
)
THEIRS = {scenario.name: scenario.theirs for scenario in SCENARIOS if scenario.theirs}


@dataclass(frozen=True)
class Part:
    """One scenario on one road with secrets of one kind; ``tenant`` is its own."""

    scenario: Scenario
    road: str
    tenant: str
    login: Canary
    secret: Canary

    def tasks(self, stage: Stage) -> list[Task]:
        """The tasks; the secrets come from variables named after the tenant, as from a vault."""
        login, secret = (f"{{{{ {kind}_{self.tenant} }}}}" for kind in ("login", "secret"))
        made = self.scenario.make(stage, self.tenant, login, secret)
        return [self._named(task, f"{self.tenant}_{i}") for i, task in enumerate(made)]

    def _named(self, task: Task, number: str) -> Task:
        # The action plugin leaves a task with an environment to the module on the target.
        road = {"LEAKS_ROAD": self.road} if self.road == "target" else {}
        environment = {**road, **task.get("environment", {})}
        more: Task = {"environment": environment} if environment else {}
        name = f"{self.scenario.name} ({self.road}, {number})"
        return {"name": name, **task, **more, "ignore_errors": True, "register": f"found_{number}"}

    def is_shown_by(self, results: t.Mapping[str, t.Any]) -> bool:
        """Whether one of its results has the words of its scenario."""
        mine = [result for name, result in results.items() if f"_{self.tenant}_" in name]
        return any(self.scenario.says in json.dumps(result) for result in mine)

    def variables(self) -> dict[str, str]:
        return {f"login_{self.tenant}": self.login.text, f"secret_{self.tenant}": self.secret.text}


def cast() -> list[Part]:
    """Every scenario on every road with every kind of secret."""
    order = [(s, road, kind) for s in SCENARIOS for road in s.roads for kind in KINDS]
    return [
        Part(
            scenario,
            road,
            f"t{number}",
            canary(scenario.name, kind, f"login {road}"),
            canary(scenario.name, kind, f"secret {road}"),
        )
        for number, (scenario, road, kind) in enumerate(order)
    ]
