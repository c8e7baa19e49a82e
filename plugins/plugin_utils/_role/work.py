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
from ...module_utils._tenant_entries import with_tenants
from .._in_process import InProcess, ended, is_local, returned
from .._plans.plan_file import Plan, read
from .given import Declared, as_written, declared
from .hosts import demand_match
from .people import INFO, with_people
from .proofs import Way, seen, together, ways
from .variables import SETTINGS, TEST
from .wording import in_role_words

Result = dict[str, t.Any]
TaskVars = t.Mapping[str, t.Any]
WORK: t.Mapping[str, report.Work] = {
    SETTINGS: mail_settings.mail_settings,
    TEST: mail_test.mail_test,
    INFO: mail_settings_info.mail_settings_info,
}
#: The module in whose options a module's sentences speak.
SPOKEN_AS: t.Mapping[str, str] = {INFO: SETTINGS}
#: Under which a play that looked at the plan on all hosts has left what it found.
CHECKED = "mail_check_result"


@dataclass(frozen=True)
class Job:
    """What a task of the role does.

    ``settings``: compares, or declares outside of check mode.  ``tests``: sends the test message,
    ``always`` or when it is ``due`` (after a change, or when every run sends it).  ``plan``: what
    a plan file is for, to be ``checked`` or ``kept``.  ``people``: also says whom mail reaches,
    where ``mail_audience`` asks for it.
    """

    settings: bool = True
    tests: str = ""
    plan: str = ""
    people: bool = False
    connects: bool = True


JOBS: t.Mapping[str, Job] = {
    "apply": Job(tests="due", plan="kept", people=True),
    "check": Job(plan="checked"),
    "plan": Job(),
    "drift": Job(tests="due", people=True),
    "test": Job(settings=False, tests="always", people=True),
    "validate": Job(tests="due", connects=False),
}


class RoleAction(InProcess):
    """The action ``mail_role``."""

    _supports_async = False

    def run(self, tmp: t.Any = None, task_vars: dict[str, t.Any] | None = None) -> Result:
        ActionBase.run(self, tmp, task_vars)
        given = task_vars or {}
        secrets: set[str] = set()
        try:
            result = self._job(given, secrets)
        except AnsibleError:
            raise
        except Exception as exc:  # noqa: BLE001 - no exception may carry a secret past this point
            redactor = Context(as_written(given)).redactor
            result = redactor.data(report.failed_result(exc), OURS)
        return ended({key: v for key, v in result.items() if v is not None}, secrets)

    def _job(self, task_vars: TaskVars, secrets: set[str]) -> Result:
        name, job = self._asked()
        template, here = self._templar.template, is_local(self._connection)
        said, proofs, verdict = judged(name, task_vars, template, self._loader, here=here)
        secrets.update(said.secrets)
        if verdict.get("failed") or not job.connects:
            return {"changed": False, **verdict}
        found = self._worked(said, job, proofs, task_vars)
        if not (job.people and _asks_for_people(said)) or found.get("failed"):
            return found

        def ask(options: report.Params, given: report.Params) -> Result:
            return self._done(INFO, options, given, task_vars)

        return with_people(found, said, ask)

    def _worked(
        self, said: Declared, job: Job, proofs: t.Sequence[Way], task_vars: TaskVars
    ) -> Result:
        found = self._settings(said, job, task_vars) if job.settings else {}
        if not proofs or not self._is_time(said, job, found, task_vars):
            return found
        proof = self._proof(proofs, job, task_vars)
        if not job.settings:
            return proof
        # Of a comparison the verdict is the report's, which shows both.
        return together(found, proof, fails=job.plan == "kept")

    def _asked(self) -> tuple[str, Job]:
        arguments = dict(self._task.args)
        name = str(arguments.pop("job", "apply"))
        if arguments or name not in JOBS:
            raise AnsibleActionFail(f"mail_role: its one option is job, one of {', '.join(JOBS)}.")
        return name, JOBS[name]

    def _is_time(self, said: Declared, job: Job, found: Result, task_vars: TaskVars) -> bool:
        """Whether a message is sent now: after a change or every run, but not in check mode."""
        if job.tests == "always":
            return True
        wanted = said.run["mail_test_when"] == "always"
        if job.plan != "kept":
            # The task of a comparison is in check mode; the whole run need not be.
            return wanted and not found.get("failed") and not task_vars.get("ansible_check_mode")
        wanted = wanted or bool(found.get("changed"))
        return wanted and not found.get("failed") and not self._task.check_mode

    def _settings(self, said: Declared, job: Job, task_vars: TaskVars) -> Result:
        plan, host = _plan(said, job, task_vars), str(task_vars["inventory_hostname"])
        options, given = dict(said.settings), said.arguments(SETTINGS)
        if plan and job.plan == "kept":
            options["expect_plan"] = given["expect_plan"] = plan.digest(host)
        found = self._done(SETTINGS, options, given, task_vars)
        if plan and job.plan == "checked" and not found.get("failed"):
            plan.demand(host, found)
        return found

    def _proof(self, proofs: t.Sequence[Way], job: Job, task_vars: TaskVars) -> Result:
        """What the first way finds that can be gone, and the certificate where it can be seen."""
        check_mode, found = self._task.check_mode, {}
        if job.settings:
            self._task.check_mode = False
        try:
            for way in proofs:
                found = self._done(TEST, way.options, way.given, task_vars)
                if found.get("error") != way.next_on:
                    break
            if way.look and not found.get("failed"):
                found = seen(found, self._done(TEST, way.look, way.look, task_vars))
        finally:
            self._task.check_mode = check_mode
        return found

    def _done(
        self, module: str, options: report.Params, given: report.Params, task_vars: TaskVars
    ) -> Result:
        """What ``module`` finds, on the road that it would take itself, in words of the role."""
        if self.is_here(task_vars):
            done = report.report(WORK[module], options, self._task.check_mode, self.progress)
            found: Result = returned(done)
        else:
            self.announce(given, task_vars)
            found = self._execute_module(
                module_name=f"rpaops.orchestrator.{module}",
                module_args=dict(given),
                task_vars=task_vars,
            )
            found.pop("invocation", None)
        return t.cast(Result, in_role_words(found, SPOKEN_AS.get(module, module)))


def judged(
    name: str,
    task_vars: TaskVars,
    template: t.Callable[[t.Any], t.Any],
    loader: t.Any,
    *,
    here: bool,
) -> tuple[Declared, t.Sequence[Way], Result]:
    """What a host declares, the ways to test it, and what is to be said of it beforehand.

    That is a failed result when its job cannot be done; it may be no more than ``warnings``, which
    a job that connects says again.  Opens no connection.  Raises ``Failure`` for variables that
    cannot be used.
    """
    job = JOBS[name]
    demand_match(template(task_vars.get("mail_hosts") or ""), task_vars, loader)
    said = declared(task_vars, template, target=job.settings, start=os.getcwd(), here=here)
    proofs = ways(said, nightly=name == "drift") if _may_test(said, job) else []
    return said, proofs, _verdict(said, job, proofs)


def _may_test(said: Declared, job: Job) -> bool:
    return job.tests == "always" or bool(job.tests and said.test["recipients"])


def _asks_for_people(said: Declared) -> bool:
    """Whether it is to be known whom mail reaches; a verdict that fails on it cannot do without."""
    return bool(said.run["mail_audience"]) or "audience" in (said.run["mail_fail_on"] or ())


def _plan(said: Declared, job: Job, task_vars: TaskVars) -> Plan | None:
    """The reviewed plan, for a job that has to do with one."""
    path = said.run["mail_plan_file"]
    if not path or not job.plan:
        return None
    if job.plan == "kept" and CHECKED not in task_vars:
        raise Failure("plan_unchecked", stage="guard")
    return read(str(path))


def _verdict(said: Declared, job: Job, proofs: t.Sequence[Way]) -> Result:
    """A failed result when what comes later could not be done with what was given, or warnings."""
    parts: list[tuple[str, t.Callable[..., None], report.Params]] = []
    if job.settings and not job.connects:
        parts.append((SETTINGS, mail_settings.judge, said.settings))
    parts += [(TEST, mail_test.judge, way.options) for way in proofs[:1]]
    found = [_judgement(*part) for part in parts]
    failed = [one for one in found if one.get("failed")]
    if failed:
        return {**failed[0], "msg": " ".join(one["msg"] for one in failed)}
    warnings = [text for one in found for text in one.get("warnings", ())]
    return {"warnings": list(dict.fromkeys(warnings))} if warnings else {}


def _judgement(module: str, judge: t.Callable[..., None], params: report.Params) -> Result:
    if _is_silent(judge, params):
        return {}

    def work(params: report.Params, check_mode: bool, context: Context) -> Result:
        judge(params, context)
        return {}

    found = returned(report.report(work, params, check_mode=True))
    return t.cast(Result, in_role_words(found, module))


def _is_silent(judge: t.Callable[..., None], params: report.Params) -> bool:
    """Whether there is nothing to say, which costs a fraction of saying it without a secret."""
    context = Context(params)
    try:
        judge(with_tenants(params), context)
    except Exception:  # noqa: BLE001 - what it was, a report says
        return False
    return not context.warnings
