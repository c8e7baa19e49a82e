# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The in-process road: the work of a module, done by the controller when it is the target.

Building, copying and starting a module costs many times what reading a few settings costs.  Where
the module would run on this machine, as this user, with this Python and these environment
variables, its work is called directly.  Whatever is not certain to be the same goes the ordinary
way, which is the base class: other targets, and arguments that only the module can refuse.
"""

from __future__ import annotations

import contextlib
import os
import sys
import typing as t

import jinja2.lexer
from ansible import constants
from ansible.errors import AnsibleActionFail, AnsibleError
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible.plugins.action import ActionBase
from ansible.plugins.action.normal import ActionModule as ModuleRoad
from ansible.utils.display import Display
from ansible.utils.unsafe_proxy import wrap_var

from ..module_utils._argspec import Spec
from ..module_utils._compat import register_secret
from ..module_utils._output import report
from ..module_utils._output.redact import clean
from ._suggestion import with_suggestion

# Ansible forks a process for each host, and what Jinja compiles for the first template there is
# compiled once for all of them here, as this file is imported before.
jinja2.lexer.get_lexer(jinja2.Environment(trim_blocks=True))

TaskVars = t.Mapping[str, t.Any]
OWN = "{{ ansible_playbook_python }}"
#: How a value becomes one of the type itself, whatever a subclass does: unsafe text stays unsafe
#: through ``str`` before ansible-core 2.19.
NATIVE: t.Mapping[type[t.Any], t.Callable[[t.Any], t.Any]] = {
    str: str.__str__,
    int: int.__int__,
    float: float.__float__,
}


class InProcess(ModuleRoad):
    """An action that does ``work`` here when it can, and otherwise runs the module."""

    spec: t.Callable[[], dict[str, t.Any]]
    work: report.Work

    def run(self, tmp: t.Any = None, task_vars: dict[str, t.Any] | None = None) -> dict[str, t.Any]:
        given = task_vars or {}
        found = self._refused()
        if found is None and self.is_here(given):
            found = self._here(given)
        elif found is None:
            self.announce(self._task.args, given)
        if found is not None:
            return found
        return with_suggestion(super().run(tmp, task_vars), self.spec()["argument_spec"])

    def is_here(self, task_vars: TaskVars) -> bool:
        """Whether the module would run on this machine exactly as this process runs."""
        task, connection = self._task, self._connection
        return (
            is_local(connection)
            and not (connection.become or task.become or self._play_context.become)
            and not task.async_val
            and not any(task.environment or ())
            and self._is_own_interpreter(task_vars)
        )

    def _is_own_interpreter(self, task_vars: TaskVars) -> bool:
        if self._task.delegate_to:
            task_vars = task_vars.get("ansible_delegated_vars", {}).get(self._task.delegate_to, {})
        chosen = constants.config.get_config_value("INTERPRETER_PYTHON", variables=task_vars)
        if chosen == OWN and task_vars.get("ansible_playbook_python") == sys.executable:
            # What nearly every inventory says; a template takes longer than all other questions.
            return True
        name = str(self._templar.template(chosen) or "auto")
        return name.startswith("auto") or _same_program(name, sys.executable)

    def _refused(self) -> dict[str, t.Any] | None:
        """The result for arguments that no option can mean, some of which cannot even be sent."""
        return refused(self._task.args, self.spec()["argument_spec"])

    def _here(self, task_vars: TaskVars) -> dict[str, t.Any] | None:
        """The result of the module, or None when it takes the module to say what is wrong."""
        with _working_folder(self._loader.get_basedir()):
            valid = _validated(self.spec(), self._task.args)
            if valid is None:
                return None
            params = valid.validated_parameters
            done = report.report(type(self).work, params, self._task.check_mode, self.progress)
        result = returned(done)
        if _shows_invocation(task_vars):
            result["invocation"] = {"module_args": report.shown_arguments(params)}
        return ended(result, valid._no_log_values)

    def announce(self, options: t.Any, task_vars: TaskVars) -> None:
        """Say what a module elsewhere is about to do to many tenants: it is silent meanwhile."""
        many = _many(options)
        if many:
            host = self._task.delegate_to or task_vars.get("inventory_hostname")
            told = f"{many} are worked on from {clean(host)}. Nothing is shown from there meanwhile"
            self.progress(f"{told}; the result says which ended how.")

    def progress(self, line: str) -> None:
        # Standard output belongs to the callback, which may be writing JSON.
        Display().display(f"{self._task.action}: {line}", stderr=True)


def _many(options: t.Any) -> str:
    """How many tenants a task is about, in words; empty when it is about one place."""
    if not isinstance(options, t.Mapping):
        return ""
    if options.get("tenants_matching"):
        return "The tenants of the server that match"
    tenants = options.get("tenants")
    if isinstance(tenants, (list, tuple)) and len(tenants) > 1:
        return f"{len(tenants)} tenants"
    return ""


def refused(arguments: t.Any, spec: Spec) -> dict[str, t.Any] | None:
    """The result for arguments that no option can mean; None for all others."""
    try:
        given = plain(arguments)
    except TypeError:
        return None
    except RecursionError:
        # How deep they are can be told without going down.
        given = dict(arguments)
    return report.refusal(given, spec)


def validated(action: ActionBase, spec: Spec, **relations: t.Any) -> tuple[t.Any, dict[str, t.Any]]:
    """Ansible's verdict on the arguments of a task, and its options; its complaints stay short."""
    try:
        found: tuple[t.Any, dict[str, t.Any]] = action.validate_argument_spec(spec, **relations)
    except AnsibleActionFail as exc:
        said, _arguments = report.complaint(str(exc), action._task.args)
        raise exc if said == str(exc) else AnsibleActionFail(said) from None
    return found


def returned(done: report.Report) -> dict[str, t.Any]:
    """What work that was done here returns, as a module does."""
    warnings = {"warnings": list(done.warnings)} if done.warnings else {}
    return {"changed": False, **done.result, **warnings}


def ended(result: t.Mapping[str, t.Any], secrets: t.Iterable[str]) -> dict[str, t.Any]:
    """A redacted result as an action returns it: secrets registered, no text a template."""
    for secret in secrets:
        register_secret(secret)
    return t.cast("dict[str, t.Any]", wrap_var(result))


def is_local(connection: t.Any) -> bool:
    """Whether a connection leads to this machine, and nowhere else."""
    # A class derived from it may lead anywhere, and still report the same transport.
    return type(connection).__module__ == "ansible.plugins.connection.local"


def _same_program(one: str, other: str) -> bool:
    """Whether two paths are one file in one folder: the folder makes a virtual environment."""
    folders = {os.path.realpath(os.path.dirname(path)) for path in (one, other)}
    return len(folders) == 1 and os.path.realpath(one) == os.path.realpath(other)


def _shows_invocation(task_vars: TaskVars) -> bool:
    """Whether results hold the arguments: always before ansible-core 2.21, then by choice."""
    try:
        return bool(constants.config.get_config_value("INJECT_INVOCATION", variables=task_vars))
    except AnsibleError:
        return True


def _validated(spec: dict[str, t.Any], arguments: t.Any) -> t.Any:
    """Ansible's verdict on the arguments; None when there is anything to say about them."""
    relations = {name: value for name, value in spec.items() if name != "supports_check_mode"}
    try:
        verdict = ArgumentSpecValidator(**relations).validate(plain(arguments))
    except (TypeError, RecursionError):
        return None
    spoken = verdict.error_messages or verdict._warnings or verdict._deprecations
    return None if spoken else verdict


def plain(value: t.Any) -> t.Any:
    """Arguments as a module would receive them: without marks of Ansible's, vault texts in clear.

    Raises ``TypeError`` for what has no equal in JSON.
    """
    if isinstance(value, t.Mapping):
        if not all(isinstance(name, str) for name in value):
            raise TypeError("JSON turns every name into text")
        return {plain(name): plain(item) for name, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if value is None or isinstance(value, bool):
        return value
    for native, bare in NATIVE.items():
        if isinstance(value, native):
            return bare(value)
    if "Encrypted" in type(value).__name__:
        return str(value)
    raise TypeError(f"a module cannot receive a {type(value).__name__}")


@contextlib.contextmanager
def _working_folder(folder: str) -> t.Iterator[None]:
    """Where a local module runs: relative paths start at the playbook."""
    before = os.getcwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)
