# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Results of ``mail_settings`` and ``mail_test`` as rows of a report.

Pure: no I/O, standard library only.

A result is whatever a task registered: it may be of another module, half, or absent.  Only named
keys are taken over, so the arguments and other keys of a result never reach a report.  A row is as
declared on a positive sign alone: asked, answered, compared, equal.
"""

from __future__ import annotations

import typing as t
from collections.abc import Mapping
from dataclasses import replace

from ...module_utils._output.redact import clean
from ...module_utils._settings import NAMES, PASSWORD, Value
from .model import AS_DECLARED, BY_NAME, Audience, Place, Proof, Row, Setting, Unreached

Result = t.Mapping[str, t.Any]
#: Where the settings of a host and tenant are declared; the option is empty for the whole of it.
Places = t.Callable[[str, str], t.Optional[Place]]
MESSAGE = 1000
TEXT = 500
NO_RESULT = "no result: the task did not run for this host"
NO_SIGN = "the result does not say that anything was compared"
#: Errors of ours that mean the same as an unreachable host of Ansible's.
UNREACHABLE = frozenset(("unreachable",))
COMMON = ("server_version", "api", "target", "password_evidence", "warnings")


def rows_of(
    host: str, result: t.Any, kind: str, *, applies: bool, places: Places | None = None
) -> list[Row]:
    """The rows of one host: one, or one per tenant.

    ``result`` is what its task registered, None when there is nothing.  ``applies`` says that what
    the result calls changed was really written.
    """
    found = _mapping(result)
    if isinstance(found.get("results"), (list, tuple)):
        # A task with a loop registers the results of its items.
        items = found["results"] or [{}]
        return [
            row
            for item in items
            for row in rows_of(host, item, kind, applies=applies, places=places)
        ]
    parts = list(_parts(found)) or [found]
    rows = [_row(host, part, kind, applies, places) for part in parts]
    # The role tests in the same task; its result holds that of the test.
    return proven(rows, found["test"]) if isinstance(found.get("test"), Mapping) else rows


def _parts(result: Result) -> t.Iterator[Result]:
    """The results of the tenants, each with what was said once for all of them."""
    tenants = result.get("tenants")
    if not isinstance(tenants, (list, tuple)):
        return
    tenants = [*tenants, *map(str, _listed(result.get("tenants_as_declared")))]
    common = {key: result[key] for key in COMMON if key in result}
    # The diff of a tenant stands in the result of the task, under a header of its own.
    shown = filter(None, map(_mapping, _listed(result.get("diff"))))
    diffs = {diff.get("before_header"): diff for diff in shown}
    for entry in tenants:
        part = dict(entry) if isinstance(entry, Mapping) else _unchanged(str(entry), result)
        name = str(part.get("name", ""))
        part.setdefault("diff", diffs.get(f"tenant {name}"))
        yield {**common, **part, "tenant": name}


def _unchanged(name: str, result: Result) -> dict[str, t.Any]:
    """A tenant of which only the name is said: it was compared, and is equal."""
    compared = isinstance(result.get("plan"), str)
    return {"name": name, "changed": False, "plan": "" if compared else None}


def _row(host: str, result: Result, kind: str, applies: bool, places: Places | None) -> Row:
    target = _mapping(result.get("target"))
    tenant = str(result.get("tenant") or target.get("tenant") or "")
    outcome = _tested(result) if kind == "test" else _compared(result, applies)
    where = places if outcome != AS_DECLARED else None
    return Row(
        host=host,
        tenant=tenant,
        outcome=outcome,
        settings=() if kind == "test" else tuple(_settings(result, tenant, where)),
        applied=tuple(_names(result.get("updated"))) if applies and result.get("changed") else (),
        message=_message(result, outcome),
        place=where(tenant, "") if where else None,
        **_facts(result, target),
    )


def _facts(result: Result, target: Result) -> dict[str, t.Any]:
    """What a row shows as it is."""
    shown = _mapping(result.get("diagnosis"))
    return {
        "address": _text(target.get("address")),
        "level": _level(target, result.get("api")),
        "version": _text(result.get("server_version")),
        "plan": _text(result.get("plan")),
        "evidence": _text(result.get("password_evidence")),
        "verified": _text(_mapping(result.get("verification")).get("recipient")),
        "error": _text(result.get("error")),
        "stage": _text(result.get("stage")),
        "diagnosis": {key: _text(shown[key]) for key in ("id", "cause", "fix") if shown.get(key)},
        "warnings": tuple(clean(text, TEXT) for text in _listed(result.get("warnings"))),
    }


def _level(target: Result, api: t.Any) -> str:
    """The level of the settings; ``auto`` is resolved by the APIs that answered."""
    level = _text(target.get("level"))
    if level != "auto" or not isinstance(api, Mapping):
        return level
    asked = {"identity": "organization", "orchestrator": "tenant"}
    return ", ".join(words for name, words in asked.items() if api.get(name)) or level


def _trouble(result: Result) -> str | None:
    """The outcome of a result in which nothing was compared."""
    if result.get("unreachable") or (result.get("failed") and result.get("error") in UNREACHABLE):
        return "unreachable"
    if result.get("failed"):
        return "error"
    if not result or result.get("skipped") or result.get("tried") is False:
        return "not_checked"
    return None


def _compared(result: Result, applies: bool) -> str:
    trouble = _trouble(result)
    if trouble is not None:
        return trouble
    if not isinstance(result.get("plan"), str):
        return "not_checked"
    if result.get("changed") is False:
        return AS_DECLARED
    if result.get("changed") is not True:
        return "not_checked"
    if applies:
        # A write that is not read back as asked for is a failure.
        return AS_DECLARED
    names = _names(result.get("updated"))
    return "not_compared" if names and not set(names) - _uncompared(result) else "drift"


def _tested(result: Result) -> str:
    trouble = _trouble(result)
    if trouble is not None:
        return trouble
    stages = [s for s in _listed(result.get("stages")) if isinstance(s, Mapping)]
    went_well = bool(stages) and all(stage.get("ok") is True for stage in stages)
    return AS_DECLARED if result.get("accepted") is True or went_well else "not_checked"


def _uncompared(result: Result) -> set[str]:
    """The options that would be written because nothing tells whether they differ."""
    return {PASSWORD} if result.get("password_evidence") == "none" else set()


def _settings(result: Result, tenant: str, places: Places | None) -> t.Iterator[Setting]:
    shown = _mapping(result.get("diff"))
    before, after = (_mapping(shown.get(key)) for key in ("before", "after"))
    uncompared = _uncompared(result)
    for name in _names(result.get("updated")):
        yield Setting(
            option=name,
            before=_value(before.get(name)),
            declared=_value(after.get(name)),
            differs=name not in uncompared,
            place=places(tenant, name) if places else None,
        )


def _message(result: Result, outcome: str) -> str:
    said = result.get("msg")
    if outcome in ("error", "unreachable"):
        return clean(said or "failed without a message", MESSAGE)
    if outcome != "not_checked":
        return ""
    if not result:
        return NO_RESULT
    if result.get("tried") is False:
        return "not tried: too many tenants failed before"
    return clean(result.get("skip_reason") or said or NO_SIGN, MESSAGE)


def proven(rows: t.Sequence[Row], result: t.Any) -> list[Row]:
    """``rows`` of a host with what ``mail_test`` found there.

    It belongs to the tenant that it names, else to the first row.  A test that failed makes an
    error of a row that is otherwise fine: what it declares does not work.
    """
    found = _mapping(result)
    items = found["results"] if isinstance(found.get("results"), (list, tuple)) else [found]
    shown = list(rows)
    for item in filter(lambda item: isinstance(item, Mapping), items):
        tenant = _mapping(item.get("target")).get("tenant")
        named = [i for i, row in enumerate(shown) if tenant and row.tenant == tenant]
        at = named[0] if named else 0
        shown[at] = _with_proof(shown[at], item)
    return shown


def _with_proof(row: Row, result: Result) -> Row:
    outcome = _tested(result)
    stages = [s for s in _listed(result.get("stages")) if isinstance(s, Mapping)]
    days = _mapping(result.get("tls")).get("days_left")
    proof = Proof(
        ok={AS_DECLARED: True, "not_checked": None}.get(outcome, False),
        reached=_text(stages[-1].get("name")) if stages else "",
        message=_message(result, outcome),
        message_id=_text(result.get("message_id")),
        days_left=days if isinstance(days, int) else None,
    )
    if proof.ok is not False or not BY_NAME[row.outcome].positive:
        return replace(row, proof=proof)
    found = _facts(result, {})
    facts = {key: found[key] for key in ("error", "stage", "diagnosis")}
    message = f"The test message failed: {proof.message}"
    return replace(row, proof=proof, outcome="error", message=message, **facts)


def with_audience(rows: t.Sequence[Row], result: t.Any) -> list[Row]:
    """``rows`` of a host with the ``audience`` that was found there.

    The role, with many tenants, finds ``audiences`` by tenant.
    """
    found = _mapping(result)
    each = _mapping(found.get("audiences"))
    return [
        replace(row, audience=_audience(each.get(row.tenant, found.get("audience"))))
        for row in rows
    ]


def _audience(value: t.Any) -> Audience | None:
    found = _mapping(value)
    users, reachable, unknown = (found.get(key) for key in ("users", "reachable", "unknown"))
    if not isinstance(users, int) or not isinstance(reachable, int):
        return None
    missed = [_mapping(item) for item in _listed(found.get("unreachable"))]
    return Audience(
        users,
        reachable,
        tuple(Unreached(_text(item.get("user")), _text(item.get("reason"))) for item in missed),
        unknown if isinstance(unknown, int) else len(_listed(unknown)),
    )


def _names(value: t.Any) -> list[str]:
    known = {str(name) for name in _listed(value)}
    return [name for name in NAMES if name in known]


def _value(value: t.Any) -> Value | None:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return int(value)
    return _text(value)


def _text(value: t.Any) -> str:
    """Text as it is, capped; what is no text is not shown."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)[:TEXT]
    return str(value)[:TEXT] if isinstance(value, str) else ""


def _listed(value: t.Any) -> t.Sequence[t.Any]:
    return value if isinstance(value, (list, tuple)) else ()


def _mapping(value: t.Any) -> Result:
    return value if isinstance(value, Mapping) else {}
