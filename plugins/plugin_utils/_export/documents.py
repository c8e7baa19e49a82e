# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""All files of an export: variables of all and of each host, and the secrets to fill in.

Pure.
"""

from __future__ import annotations

import re
import typing as t
from dataclasses import dataclass

from ...module_utils._argspec import secret_names
from .folding import Folded, folded
from .found import PREFIX, Found
from .vars_file import Reference, scalar, vars_file

Values = t.Mapping[str, t.Any]
GROUP, HOST = "group_vars/all", "host_vars/{host}"
VAULT = "vault.example.yml"
PASSWORD = "mail_smtp_password"


@dataclass(frozen=True)
class Export:
    """The files by path below the folder, and the variables that somebody has to fill in."""

    files: t.Mapping[str, str]
    secrets: t.Mapping[str, str]


def export(hosts: t.Sequence[Found], targets: t.Mapping[str, Values]) -> Export:
    """The files for what was ``found``; ``targets`` has ``mail_server`` and the like per host."""
    secrets: dict[str, str] = {}
    settings = folded({one.host: one.values for one in hosts})
    passwords = folded(_passwords(hosts, secrets))
    places = folded(_places(targets, secrets))
    comments = {one.host: _comments(one) for one in hosts}
    files = {
        **_files("mail.yml", "the mail settings", settings, comments),
        **_files("mail_password.yml", "where the passwords are", passwords, {}),
        **_files("mail_target.yml", "where the settings are kept", places, {}),
    }
    if secrets:
        head = "secrets to fill in; encrypt it with ansible-vault as group_vars/all/vault.yml"
        listed = [f"{name}: {what}" for name, what in secrets.items()]
        files[VAULT] = vars_file(head, dict.fromkeys(secrets, ""), listed)
    return Export(files, secrets)


def _files(
    name: str, about: str, parts: Folded, comments: t.Mapping[str, t.Sequence[str]]
) -> dict[str, str]:
    """The files called ``name`` by their paths; a host without anything of its own has none."""
    files: dict[str, str] = {}
    if parts.common:
        files[f"{GROUP}/{name}"] = vars_file(f"{about} of all hosts", parts.common)
    for host, own in parts.own.items():
        said = comments.get(host, ())
        if own or said:
            path = f"{HOST.format(host=host)}/{name}"
            files[path] = vars_file(f"{about} of {host}", own, said)
    return files


def _comments(one: Found) -> list[str]:
    """Inherited values and problems, which declare nothing."""
    inherited = [
        f"{PREFIX}{name}: {scalar(value)}  # inherited ({source}), so not declared"
        for name, (value, source) in one.inherited.items()
    ]
    return [*inherited, *one.problems]


def _passwords(hosts: t.Sequence[Found], secrets: dict[str, str]) -> dict[str, Values]:
    """A reference for each host with a password of its own: one variable for one account."""
    names: dict[tuple[str, str], str] = {}
    found: dict[str, Values] = {}
    for one in hosts:
        found[one.host] = {}
        if one.login is None:
            continue
        if one.login not in names:
            name = f"vault_{PASSWORD}" + (f"_{_slug(one.login, names)}" if names else "")
            names[one.login] = name
            server, user = one.login
            secrets[name] = f"password of {user or 'nobody'} at {server or 'the mail server'}"
        found[one.host] = {PASSWORD: Reference("{{ " + names[one.login] + " }}")}
    return found


def _slug(login: tuple[str, str], taken: t.Sized) -> str:
    word = re.sub(r"[^a-z0-9]+", "_", login[1].lower()).strip("_")
    return f"{word or 'account'}_{len(taken) + 1}"


def _places(targets: t.Mapping[str, Values], secrets: dict[str, str]) -> dict[str, Values]:
    """The targets, with a reference in place of each secret: one variable for one value."""
    names: dict[tuple[str, str], str] = {}

    def referred(host: str, name: str, value: t.Any) -> t.Any:
        if isinstance(value, dict):
            return {key: referred(host, key, item) for key, item in value.items()}
        if name not in secret_names() or isinstance(value, Reference):
            return value
        if (name, value) not in names:
            known = sum(option == name for option, _value in names)
            variable = f"vault_orchestrator_{name}" + (f"_{known + 1}" if known else "")
            names[name, value] = variable
            secrets[variable] = f"server.{name} of {host}"
        return Reference("{{ " + names[name, value] + " }}")

    return {host: referred(host, "", target) for host, target in targets.items()}
