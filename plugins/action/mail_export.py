# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""``mail_export``: what holds becomes variables of the role; runs on the controller only."""

from __future__ import annotations

import os
import typing as t
from collections.abc import Mapping

from ansible.plugins.action import ActionBase
from ansible.template import Templar
from ansible.utils.unsafe_proxy import wrap_var

from ..module_utils._compat import declared_at
from ..module_utils._errors import Failure, invalid
from ..module_utils._output.context import secrets_in
from ..module_utils._output.redact import clean
from ..module_utils._output.report import plain_failure
from ..module_utils._phrase import say
from ..plugin_utils._export.documents import Export, export
from ..plugin_utils._export.found import found
from ..plugin_utils._export.vars_file import MARK, TEMPLATE, Reference
from ..plugin_utils._files import written
from ..plugin_utils._in_process import plain, refused, validated
from ..plugin_utils._registered import Registered

Variables = t.Mapping[str, t.Any]
TARGETS = ("mail_server", "mail_config_file")
FOREIGN = (
    "{path} was not made by an export, so it is not replaced; move it away, or name another folder"
)
SPEC = {
    "directory": {"type": "str", "required": True},
    "register": {"type": "str", "default": "mail_found"},
}


class ActionModule(ActionBase):
    """Collects what the hosts registered, and writes it as files of variables."""

    _requires_connection = False
    # One export is about all hosts.
    BYPASS_HOST_LOOP = True

    def run(self, tmp: t.Any = None, task_vars: dict[str, t.Any] | None = None) -> dict[str, t.Any]:
        done = super().run(tmp, task_vars)
        odd = refused(self._task.args, SPEC)
        if odd is not None:
            return {**done, **odd}
        _verdict, options = validated(self, SPEC)
        try:
            result = self._told(options, task_vars or {})
        except Exception as exc:  # noqa: BLE001 - whatever happens ends in a sentence
            result = plain_failure(exc)
        # Texts of servers are in it: none of them is a template.
        return {**done, **wrap_var(result)}

    def _told(self, options: Variables, task_vars: Variables) -> dict[str, t.Any]:
        registered = Registered.of(task_vars)
        results = {host: registered.result(host, options["register"]) for host in registered.hosts}
        read = {host: one for host, one in results.items() if _is_read(one)}
        folder = os.path.abspath(os.path.expanduser(options["directory"]))
        declared = {host: registered.variables(host) for host in read}
        targets = {host: self._target(declared[host]) for host in read}
        made = export(
            [found(h, plain(one), is_top=_is_top(targets[h])) for h, one in read.items()],
            {h: {} if _is_there(declared[h], one, folder) else one for h, one in targets.items()},
        )
        changed = [path for path, text in made.files.items() if _differs(folder, path, text)]
        if not self._task.check_mode:
            written(folder, {path: made.files[path] for path in changed})
        return _returned(folder, made, changed, [h for h in results if h not in read])

    def _target(self, variables: Variables) -> dict[str, t.Any]:
        """Where the settings of a host are kept, with the templates that its owner wrote."""
        template = Templar(loader=self._loader, variables=variables).template
        return {n: _raw(variables[n], template) for n in TARGETS if n in variables}


def _is_read(result: t.Any) -> bool:
    return isinstance(result, Mapping) and "declaration" in result and not result.get("failed")


def _is_there(variables: Variables, target: Variables, folder: str) -> bool:
    """Whether the owner of ``folder`` wrote the target there already, without a secret."""
    is_open = any(not TEMPLATE.search(secret) for secret in secrets_in(target))
    return not is_open and all(_is_written(variables[name], folder) for name in target)


def _is_written(value: t.Any, folder: str) -> bool:
    place = declared_at(value)
    path = os.path.realpath(place[0]) if place is not None else ""
    root = os.path.realpath(folder)
    if not path.startswith(
        tuple(os.path.join(root, f"{kind}_vars", "") for kind in ("group", "host"))
    ):
        return False
    with open(path, encoding="utf-8", errors="replace") as file:
        return MARK not in file.read()


def _is_top(target: Variables) -> bool:
    return (target.get("mail_server") or {}).get("level") == "host"


def _raw(value: t.Any, template: t.Callable[[t.Any], t.Any]) -> t.Any:
    if isinstance(value, Mapping):
        return {str(key): _raw(item, template) for key, item in value.items()}
    if isinstance(value, str) and TEMPLATE.search(value):
        whole = template(value)
        is_dictionary = isinstance(whole, Mapping)
        return _raw(whole, template) if is_dictionary else Reference(plain(value))
    return plain(value)


def _differs(folder: str, path: str, text: str) -> bool:
    """Whether a file is not there yet or says something else; refuses one that is not ours."""
    full = os.path.join(folder, path)
    try:
        with open(full, encoding="utf-8", errors="replace") as file:
            before = file.read()
    except FileNotFoundError:
        return True
    except OSError as exc:
        reason = say("{path} cannot be read ({why})", path=full, why=exc.strerror)
        raise invalid("directory", reason) from exc
    if MARK not in before:
        raise invalid("directory", say(FOREIGN, path=full))
    return before != text


def _returned(
    folder: str, made: Export, changed: t.Sequence[str], missed: t.Sequence[str]
) -> dict[str, t.Any]:
    there = clean(folder, 500)
    said = f"{len(made.files)} files in {there}, {len(changed)} of them new or changed."
    if made.secrets:
        said += f" Secrets to fill in: {', '.join(made.secrets)}."
    found = {
        "changed": bool(changed),
        "directory": folder,
        "files": [os.path.join(folder, path) for path in made.files],
        "secrets": dict(made.secrets),
        "missed": list(missed),
    }
    if not missed:
        return {**found, "msg": said}
    failure = Failure("export_incomplete", hosts=", ".join(missed), done=said)
    return {**plain_failure(failure), **found}
