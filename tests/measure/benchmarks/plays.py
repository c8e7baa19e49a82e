# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The same job in several ways, as tasks of a play."""

from __future__ import annotations

import typing as t

MODULE = "rpaops.orchestrator.mail_settings"
PORT_KEY = "Abp.Net.Mail.Smtp.Port"
Tasks = list[dict[str, t.Any]]
#: What sends a task to the module instead of the controller; see the page on speed.
MODULE_ROAD: dict[str, t.Any] = {"environment": {"BENCHMARK_ROAD": "module"}}


def nothing() -> Tasks:
    return [{"ansible.builtin.debug": {"msg": "nothing"}}]


def _server(url: str, **more: t.Any) -> dict[str, t.Any]:
    return {"url": url, "use_proxy": False, **more}


def _declared(port: int, **more: t.Any) -> dict[str, t.Any]:
    return {"smtp_port": port, "allow_password_reuse": True, "password_record": "", **more}


def one(url: str, port: int, tenant: str = "T00001", **more: t.Any) -> Tasks:
    """One tenant with user and password."""
    server = _server(url, tenant=tenant, username="admin", password="secret")
    return [{MODULE: {"server": server, **_declared(port)}, **more}]


def many(url: str, port: int, token: str, parallel: int, **more: t.Any) -> Tasks:
    """The tenants of a variable in one task; without a token, user and password in each."""
    sign_in = {"access_token": token} if token else {"username": "admin", "password": "secret"}
    arguments = {"tenants": "{{ tenants }}", "parallel": parallel, **_declared(port)}
    return [{MODULE: {"server": _server(url, **sign_in), **arguments}, **more}]


#: What a host declares when it has a password: enough that the server can log in somewhere.
WITH_PASSWORD: t.Mapping[str, t.Any] = {
    "smtp_host": "mail.example.com",
    "smtp_username": "robot",
    "smtp_password": "a long password of 1 mailbox",
}


def matching(url: str, port: int, token: str, parallel: int) -> Tasks:
    """All tenants of the server in one task."""
    arguments = {"tenants_matching": ["*"], "parallel": parallel, **_declared(port)}
    return [{MODULE: {"server": _server(url, access_token=token), **arguments}}]


def with_password(url: str, port: int, token: str, parallel: int) -> Tasks:
    """The tenants of a variable in one task, each with a password or with the task's."""
    task = {"smtp_port": port, **WITH_PASSWORD, "tenants": "{{ tenants }}", "parallel": parallel}
    return [{MODULE: {"server": _server(url, access_token=token), **task}}]


def one_with_password(url: str, port: int) -> Tasks:
    """The tenant that a host is named after, with a password."""
    return [{MODULE: {"server": host_server(url), "smtp_port": port, **WITH_PASSWORD}}]


def host_server(url: str) -> dict[str, t.Any]:
    """Where the tenant of a host is."""
    return _server(url, tenant="{{ inventory_hostname }}", username="admin", password="secret")


def host_variables(url: str, port: int) -> dict[str, t.Any]:
    """The variables of the role, the same for all hosts."""
    declared = {"smtp_port": port, **WITH_PASSWORD}
    return {
        "mail_server": host_server(url),
        "ansible_python_interpreter": "{{ ansible_playbook_python }}",
        **{f"mail_{name}": value for name, value in declared.items()},
    }


def one_file(path: str, port: int) -> Tasks:
    """A configuration file."""
    return [{MODULE: {"config_file": {"path": path}, **_declared(port)}}]


def uri_chain(url: str, port: int, count: int = 1) -> Tasks:
    """What one writes without this collection: sign in, read, write what differs, read again."""
    tenant = "{{ 'T%05d' % item }}"
    loop = {"loop": list(range(1, count + 1)), "loop_control": {"label": tenant}}
    login = {"tenancyName": tenant, "usernameOrEmailAddress": "admin", "password": "secret"}
    sign_in = {"url": f"{url}/api/Account/Authenticate", "method": "POST", "body": login}
    settings = f"{url}/odata/Settings"
    bearer = {"Authorization": "Bearer {{ signed_in.results[item - 1].json.result }}"}
    held = (
        "(read.results[item - 1].json.value | selectattr('Id', 'equalto', "
        f"'{PORT_KEY}') | first).Value"
    )
    write = {
        "url": f"{settings}/UiPath.Server.Configuration.OData.UpdateBulk",
        "method": "POST",
        "body": {"settings": [{"Name": PORT_KEY, "Value": str(port)}]},
        "headers": bearer,
        "status_code": [200, 201, 204],
    }
    uri = "ansible.builtin.uri"
    differs = {"when": f"{held} != '{port}'"}
    steps: Tasks = [
        {uri: {**sign_in, "body_format": "json"}, "register": "signed_in"},
        {uri: {"url": settings, "headers": bearer}, "register": "read"},
        {uri: {**write, "body_format": "json"}, **differs},
        {uri: {"url": settings, "headers": bearer}, **differs},
    ]
    return [{**step, **loop, "no_log": True} for step in steps]


def playbook(tasks: Tasks, hosts: str = "localhost", **more: t.Any) -> list[dict[str, t.Any]]:
    interpreter = {"ansible_python_interpreter": "{{ ansible_playbook_python }}"}
    play = {"hosts": hosts, "connection": "local", "gather_facts": False, "vars": interpreter}
    return [{**play, **more, "tasks": tasks}]
