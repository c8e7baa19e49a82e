# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an entry point does: run the work, catch everything, say it without a secret.

Both roads call this: the module on the target, and the action plugin inside the controller.  The
functions here take validated arguments and return data, so the roads cannot differ.
"""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from .._argspec import Spec
from .._arguments import Given, refuse_odd
from .._errors import Failure
from .._tenant_entries import with_tenants
from .context import Context
from .redact import clean
from .target import target_of
from .vocabulary import OURS

Params = t.Mapping[str, t.Any]


#: Characters of what Ansible says of arguments.
LONGEST_COMPLAINT = 1000


@dataclass(frozen=True)
class Report:
    """A finished run, redacted: the result of the module, and its warnings."""

    result: t.Mapping[str, t.Any]
    warnings: tuple[str, ...]

    @property
    def failed(self) -> bool:
        return bool(self.result.get("failed"))


Work = t.Callable[[Params, bool, Context], dict[str, t.Any]]


def report(
    work: Work,
    params: Params,
    check_mode: bool,
    progress: t.Callable[[str], None] | None = None,
) -> Report:
    """Run ``work``; whatever happens ends as a redacted ``Report``."""
    shared, _tenants = _apart(params)
    context = Context(shared)
    if progress is not None:
        context.progress = lambda line: progress(context.redactor.text(line))
    try:
        result = work(with_tenants(params), check_mode, context)
    except Exception as exc:  # noqa: BLE001 - no exception may carry a secret past this point
        result = failed_result(exc)
    result = {"target": target_of(params) or None, **result}
    redacted = context.redactor.data({k: v for k, v in result.items() if v is not None}, OURS)
    return Report(redacted, tuple(map(context.redactor.data, context.warnings)))


def failed_result(exc: Exception) -> dict[str, t.Any]:
    """The result keys of a failure; an exception nobody expects is an internal error."""
    if not isinstance(exc, Failure):
        exc = Failure("internal", kind=type(exc).__name__, detail=clean(str(exc)))
    found = {
        "failed": True,
        "msg": exc.phrase,
        "error": exc.error,
        "stage": exc.stage,
        "status": exc.status,
        "diagnosis": dict(exc.diagnosis) if exc.diagnosis else None,
    }
    # A failure changed nothing unless its result says so, as after half of a write.
    return {"changed": False, **exc.result, **found}


def plain_failure(exc: Exception) -> dict[str, t.Any]:
    """As ``failed_result``, as plain data, where no secret was ever known."""
    found = Context().redactor.data(failed_result(exc), OURS)
    return {key: value for key, value in found.items() if value is not None}


def refusal(given: Given, spec: Spec) -> dict[str, t.Any] | None:
    """The result for arguments, as they were given, that no option can mean; None for others."""
    try:
        refuse_odd(given, spec)
    except Failure as exc:
        return plain_failure(exc)
    return None


def complaint(said: str, given: Given, secrets: t.Iterable[str] = ()) -> tuple[str, t.Any]:
    """What Ansible says of arguments, in which it may quote whole values, and they themselves.

    Of the one there is not too much, and of the other no value whose name is that of a secret.
    """
    redactor = Context(given).redactor
    for secret in secrets:
        redactor.add(secret)
    if len(said) > LONGEST_COMPLAINT:
        # Half of a secret would not be found, so it is cut afterwards.
        said = clean(redactor.text(said), LONGEST_COMPLAINT)
    return said, redactor.data(given)


def shown_arguments(params: Params) -> t.Any:
    """The arguments as a result may show them.

    Ansible would add them as given, with escaped secrets among them.
    """
    shared, tenants = _apart(params)
    context = Context(shared)
    shown = context.redactor.data(shared)
    if tenants:
        each = (Context(tenant, context).redactor.data(tenant) for tenant in tenants)
        shown["tenants"] = list(each)
    return shown


def _apart(params: Params) -> tuple[dict[str, t.Any], t.Sequence[Params]]:
    """What is given for all, and what for each tenant: their secrets are looked for apart."""
    shared = dict(params)
    tenants = shared.get("tenants") or ()
    if tenants:
        shared["tenants"] = None
    return shared, tenants
