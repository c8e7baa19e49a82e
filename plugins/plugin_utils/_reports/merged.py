# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reports that were written before, read back and made one.

A report is a file from outside: whatever is not as ``as_json`` writes it is refused.
"""

from __future__ import annotations

import json
import os
import typing as t
from datetime import datetime

from ...module_utils._errors import Failure, invalid
from ...module_utils._phrase import Phrase, say
from ...module_utils._settings import NAMES
from ...module_utils._version import VERSION as COLLECTION
from .model import BY_NAME, FORMAT, VERSION, Audience, Place, Proof, Report, Row, Setting, Unreached
from .surroundings import TIME
from .verdict import KINDS

Data = t.Mapping[str, t.Any]
#: The members of a row that are text, and what they are called in ``Row``.
TEXTS: t.Mapping[str, str] = {
    "host": "host",
    "tenant": "tenant",
    "outcome": "outcome",
    "address": "address",
    "level": "level",
    "server_version": "version",
    "plan": "plan",
    "password_evidence": "evidence",
    "verified": "verified",
    "error": "error",
    "stage": "stage",
    "message": "message",
}


def merged(paths: t.Sequence[str]) -> Report:
    """One report of all; each host and tenant may be in one of them only.

    It is as old as the oldest of them.  Raises ``Failure`` that names the option ``merge``.
    """
    reports = [(path, _read(os.path.expanduser(path))) for path in paths]
    if not reports:
        raise invalid("merge", say("names no report; name at least one"))
    kinds = {report.kind for _path, report in reports}
    if len(kinds) > 1:
        named = " and ".join(sorted(kinds))
        reason = say("a report of one kind cannot be made of {kinds}", kinds=named)
        raise invalid("merge", reason)
    _refuse_twice(reports)
    return Report(
        kind=kinds.pop(),
        time=min(report.time for _path, report in reports),
        collection=COLLECTION,
        rows=tuple(row for _path, report in reports for row in report.rows),
        revision=", ".join(sorted({report.revision for _path, report in reports} - {""})),
        plans={host: plan for _path, report in reports for host, plan in report.plans.items()},
    )


def _refuse_twice(reports: t.Iterable[tuple[str, Report]]) -> None:
    seen: dict[tuple[str, str], tuple[int, str]] = {}
    for at, (path, report) in enumerate(reports):
        for row in report.rows:
            other, its_path = seen.setdefault((row.host, row.tenant), (at, path))
            if other != at:
                reason = say(
                    "{row} is in {one} and in {other}; give one of them",
                    row=row.name,
                    one=its_path,
                    other=path,
                )
                raise invalid("merge", reason)


def _read(path: str) -> Report:
    try:
        with open(path, encoding="utf-8") as file:
            return parsed(json.load(file))
    except OSError as exc:
        raise _refused(path, say("cannot be read ({error})", error=exc.strerror)) from exc
    except (ValueError, RecursionError) as exc:
        # UnicodeDecodeError and JSONDecodeError are among them.
        raise _refused(path, say("is not JSON")) from exc
    except _Strange as exc:
        strange = say("is not a report of this collection ({what})", what=str(exc))
        raise _refused(path, strange) from exc


def _refused(path: str, why: Phrase) -> Failure:
    reason = say("{path} {why}; give JSON files that mail_report wrote", path=path, why=why)
    return invalid("merge", reason)


class _Strange(Exception):
    """What is not as it should be, in words."""


def parsed(data: t.Any) -> Report:
    """The report that a document of ``as_json`` holds; ``_Strange`` says what it does not."""
    _insist(isinstance(data, dict) and data.get("format") == FORMAT, "another format")
    version = data.get("version")
    _insist(version == VERSION, f"version {version!r} instead of {VERSION}")
    kind = _text(data, "kind", "the document")
    _insist(kind in KINDS, "kind is unknown")
    _insist(isinstance(data.get("rows"), list), "rows is not a list")
    plans = _mapping(data, "plans", "the document")
    _insist(all(isinstance(plan, str) for plan in plans.values()), "plans holds something else")
    return Report(
        kind=kind,
        time=_time(data),
        collection=_text(data, "collection", "the document"),
        revision=_text(data, "revision", "the document"),
        rows=tuple(_row(row, f"row {n}") for n, row in enumerate(data["rows"], 1)),
        plans=plans,
    )


def _time(data: Data) -> str:
    time = _text(data, "time", "the document")
    try:
        # A shorter form would be read as well, and sorts elsewhere.
        written = datetime.strptime(time, TIME).strftime(TIME)
    except ValueError:
        written = ""
    _insist(written == time, "time is not in UTC as RFC 3339 writes it")
    return time


def _row(data: t.Any, where: str) -> Row:
    _insist(isinstance(data, dict), f"{where} is not an object")
    _insist(_text(data, "outcome", where) in BY_NAME, f"the outcome of {where} is unknown")
    diagnosis = _mapping(data, "diagnosis", where)
    return Row(
        **{name: _text(data, key, where) for key, name in TEXTS.items()},
        settings=tuple(_setting(item, where) for item in _list(data, "settings", where)),
        applied=tuple(_texts(data, "applied", where)),
        diagnosis={key: _text(diagnosis, key, where) for key in diagnosis},
        warnings=tuple(_texts(data, "warnings", where)),
        place=_place(data.get("declared_in"), where),
        proof=_proof(data.get("proof"), where),
        audience=_audience(data.get("audience"), where),
    )


def _setting(data: t.Any, where: str) -> Setting:
    _insist(isinstance(data, dict), f"a setting of {where} is not an object")
    option = _text(data, "option", where)
    _insist(option in NAMES, f"an option of {where} is unknown")
    for key in ("before", "declared"):
        known = isinstance(data.get(key), (bool, int, str, type(None)))
        _insist(known, f"{key} of {where} is no value of a setting")
    _insist(isinstance(data.get("differs"), bool), f"differs of {where} is not true or false")
    return Setting(
        option=option,
        before=data.get("before"),
        declared=data.get("declared"),
        differs=data["differs"],
        place=_place(data.get("declared_in"), where),
    )


def _place(data: t.Any, where: str) -> Place | None:
    if data is None:
        return None
    _insist(isinstance(data, dict), f"declared_in of {where} is not an object")
    line = data.get("line")
    _insist(line is None or _is_number(line), f"a line of {where} is not a number")
    return Place(_text(data, "path", where), line)


def _proof(data: t.Any, where: str) -> Proof | None:
    if data is None:
        return None
    _insist(isinstance(data, dict), f"proof of {where} is not an object")
    ok, days = data.get("ok"), data.get("days_left")
    _insist(ok is None or isinstance(ok, bool), f"proof.ok of {where} is not true or false")
    _insist(days is None or _is_number(days), f"proof.days_left of {where} is not a number")
    texts = {key: _text(data, key, where) for key in ("reached", "message", "message_id")}
    return Proof(ok=ok, days_left=days, **texts)


def _audience(data: t.Any, where: str) -> Audience | None:
    if data is None:
        return None
    _insist(isinstance(data, dict), f"audience of {where} is not an object")
    numbers = [data.get(key) for key in ("users", "reachable", "unknown")]
    _insist(all(map(_is_number, numbers)), f"audience of {where} has no numbers")
    missed = _list(data, "unreachable", where)
    _insist(all(isinstance(item, dict) for item in missed), f"audience of {where} has no people")
    people = tuple(Unreached(_text(i, "user", where), _text(i, "reason", where)) for i in missed)
    users, reachable, unknown = t.cast("list[int]", numbers)
    return Audience(users, reachable, people, unknown)


def _text(data: Data, key: str, where: str) -> str:
    _insist(isinstance(data.get(key), str), f"{key} of {where} is not text")
    return str(data[key])


def _texts(data: Data, key: str, where: str) -> list[str]:
    found = _list(data, key, where)
    _insist(all(isinstance(item, str) for item in found), f"{key} of {where} is not a list of text")
    return found


def _list(data: Data, key: str, where: str) -> list[t.Any]:
    _insist(isinstance(data.get(key), list), f"{key} of {where} is not a list")
    return list(data[key])


def _mapping(data: Data, key: str, where: str) -> dict[str, t.Any]:
    _insist(isinstance(data.get(key), dict), f"{key} of {where} is not an object")
    return dict(data[key])


def _is_number(value: t.Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _insist(holds: bool, otherwise: str) -> None:
    if not holds:
        raise _Strange(otherwise)
