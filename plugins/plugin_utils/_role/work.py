# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The work of the role on one host, as one task.

One task costs one process per host; four of them, with a validation before each, would cost more
than all the work.  What the variables say is judged first, all of it; then the work of
``mail_settings`` and of ``mail_test`` is done on the road that they would take themselves.
"""

from __future__ import annotations

import os
import typing as t
from dataclasses import dataclass

from ansible.errors import AnsibleActionFail, AnsibleError
from ansible.plugins.action import ActionBase

from ...module_utils._errors import Failure
from ...module_utils._modules import mail_settings, mail_settings_info, mail_test
from ...module_utils._output import report
from ...module_utils._output.context import Context
from ...module_utils._output.vocabulary import OURS
from .._in_process import InProcess, ended, is_local
from .given import Declared, as_options, declared
from .hosts import demand_match
from .people import INFO, with_people
from .variables import SETTINGS, TEST
from .wording import in_role_words

Result = dict[str, t.Any]
WORK: t.Mapping[str, report.Work] = {
    SETTINGS: mail_settings.mail_settings,
    TEST: mail_test.mail_test,
}


@dataclass(frozen=True)
class Job:
    """What a task of the role does: compare or declare, and test (``due``: when it is due)."""

    settings: bool
    test: str
    connects: bool = True


JOBS: t.Mapping[str, Job] = {
    "apply": Job(settings=True, test="due"),
    "validate": Job(settings=True, test="due", connects=False),
    "test": Job(settings=False, test="always"),
}


#: The jobs that say whom mail reaches where ``mail_audience`` asks for it.
ABOUT_PEOPLE = ("apply", "drift", "test")


class RoleAction(InProcess):
    """The action ``mail_role``."""

    _supports_async = False
    _said: Declared | None = None

    def run(self, tmp: t.Any = None, task_vars: dict[str, t.Any] | None = None) -> Result:
        ActionBase.run(self, tmp, task_vars)
        given = task_vars or {}
        secrets: set[str] = set()
        try:
            result = self._with_people(self._job(given, secrets), given)
        except AnsibleError:
            raise
        except Exception as exc:  # noqa: BLE001 - no exception may carry a secret past this point
            redactor = Context(as_options(given)).redactor
            result = redactor.data(report.failed_result(exc), OURS)
        return ended({key: v for key, v in result.items() if v is not None}, secrets)

    def _job(self, task_vars: t.Mapping[str, t.Any], secrets: set[str]) -> Result:
        job = self._asked()
        demand_match(
            self._templar.template(task_vars.get("mail_hosts") or ""), task_vars, self._loader
        )
        said = declared(
            task_vars,
            self._templar.template,
            target=job.settings,
            start=os.getcwd(),
            here=is_local(self._connection),
        )
        self._said = said
        secrets.update(said.secrets)
        due = job.test == "always" or bool(said.test["recipients"])
        judged = _judged(said, job, due)
        if judged or not job.connects:
            return judged or {"changed": False}
        found = self._step(SETTINGS, said, task_vars) if job.settings else {}
        if not job.settings:
            return self._step(TEST, said, task_vars)
        if due and self._is_time(said, found):
            return _together(found, self._step(TEST, said, task_vars))
        return found

    def _with_people(self, found: Result, task_vars: t.Mapping[str, t.Any]) -> Result:
        """``found`` with whom mail reaches, where somebody asked for it."""
        said, job = self._said, self._task.args.get("job", "apply")
        if said is None or not said.run["mail_audience"] or job not in ABOUT_PEOPLE:
            return found
        if found.get("failed"):
            return found

        def ask(options: report.Params, given: report.Params) -> Result:
            if self.is_here(task_vars):
                done = report.report(mail_settings_info.mail_settings_info, options, True)
                answer: Result = {**done.result, "warnings": list(done.warnings)}
            else:
                name = f"rpaops.orchestrator.{INFO}"
                answer = self._execute_module(name, dict(given), task_vars=task_vars)
            return t.cast(Result, in_role_words(answer, SETTINGS))

        return with_people(found, said, ask)

    def _asked(self) -> Job:
        arguments = dict(self._task.args)
        name = arguments.pop("job", "apply")
        if arguments or name not in JOBS:
            raise AnsibleActionFail(f"mail_role: its one option is job, one of {', '.join(JOBS)}.")
        return JOBS[name]

    def _is_time(self, said: Declared, found: Result) -> bool:
        """Whether a message is sent after the settings: after a change, or after every run."""
        wanted = found.get("changed") or said.run["mail_test_when"] == "always"
        return bool(wanted) and not found.get("failed") and not self._task.check_mode

    def _step(self, module: str, said: Declared, task_vars: t.Mapping[str, t.Any]) -> Result:
        """What ``module`` finds, on the road that it would take itself, in words of the role."""
        if self.is_here(task_vars):
            params = said.settings if module == SETTINGS else said.test
            done = report.report(WORK[module], params, self._task.check_mode, self.progress)
            found: Result = {"changed": False, **done.result}
            if done.warnings:
                found["warnings"] = list(done.warnings)
        else:
            found = self._execute_module(
                module_name=f"rpaops.orchestrator.{module}",
                module_args=said.arguments(module),
                task_vars=task_vars,
            )
            found.pop("invocation", None)
        return t.cast(Result, in_role_words(found, module))


def _judged(said: Declared, job: Job, due: bool) -> Result | None:
    """A failed result when the inputs of a part that comes later could not be used."""
    parts: list[tuple[str, t.Callable[..., None], report.Params]] = []
    if job.settings and not job.connects:
        parts.append((SETTINGS, mail_settings.judge, said.settings))
    if due:
        parts.append((TEST, mail_test.judge, said.test))
    failed = [found for part in parts if (found := _refused(*part)).get("failed")]
    if not failed:
        return None
    return {**failed[0], "msg": " ".join(found["msg"] for found in failed)}


def _refused(module: str, judge: t.Callable[..., None], params: report.Params) -> Result:
    def work(params: report.Params, check_mode: bool, context: Context) -> Result:
        judge(params, context)
        return {}

    found = dict(report.report(work, params, True).result)
    return t.cast(Result, in_role_words(found, module))


def _together(found: Result, test: Result) -> Result:
    """The result of both: the settings', with the test in it; failed when the test failed."""
    both = {**found, "test": test}
    if test.get("failed"):
        failure = Failure("test_failed", settings=_held(found), reason=test["msg"])
        both.update({key: test.get(key) for key in ("failed", "error", "stage", "diagnosis")})
        both["msg"] = str(failure)
    return both


def _held(found: Result) -> str:
    return "The settings were written." if found["changed"] else "The settings are as declared."
