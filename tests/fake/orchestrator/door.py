# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A door for other processes: read the log and the stored values, set faults and switches.

Everything is JSON under ``/fake/``. It shows passwords in clear, so it is open only when asked for.
"""

from __future__ import annotations

import json
import typing as t

from .wire import HttpRequest, Response, as_json

if t.TYPE_CHECKING:
    from . import FakeOrchestrator


def _log(fake: FakeOrchestrator, rest: str, body: t.Any) -> t.Any:
    return [record._asdict() | {"answer": len(record.answer)} for record in fake.requests]


def _clear(fake: FakeOrchestrator, rest: str, body: t.Any) -> t.Any:
    fake.clear_log()
    return {}


def _counts(fake: FakeOrchestrator, rest: str, body: t.Any) -> t.Any:
    return dict(fake.counts)


def _settings(fake: FakeOrchestrator, rest: str, body: t.Any) -> t.Any:
    return fake.settings(rest) if rest else fake.host_settings()


def _set(fake: FakeOrchestrator, rest: str, body: t.Any) -> t.Any:
    fake.set_settings(rest or None, body)
    return {}


def _identity(fake: FakeOrchestrator, rest: str, body: t.Any) -> t.Any:
    return fake.identity_settings(rest or None)


def _set_identity(fake: FakeOrchestrator, rest: str, body: t.Any) -> t.Any:
    fake.set_identity_settings(rest or None, body)
    return {}


def _fault(fake: FakeOrchestrator, rest: str, body: t.Any) -> t.Any:
    fake.fault(**body)
    return {}


def _switch(fake: FakeOrchestrator, rest: str, body: t.Any) -> t.Any:
    fake.switch(**body)
    return {}


def _verified(fake: FakeOrchestrator, rest: str, body: t.Any) -> t.Any:
    return [
        {"surface": call.surface, "recipient": call.recipient, "error": call.error}
        for call in fake.verified
    ]


def _set_people(fake: FakeOrchestrator, rest: str, body: t.Any) -> t.Any:
    fake.set_people(body)
    return {}


def _expire(fake: FakeOrchestrator, rest: str, body: t.Any) -> t.Any:
    fake.expire_tokens()
    return {}


_Action = t.Callable[["FakeOrchestrator", str, t.Any], t.Any]
_ACTIONS: dict[tuple[str, str], _Action] = {
    ("GET", "log"): _log,
    ("DELETE", "log"): _clear,
    ("GET", "counts"): _counts,
    ("GET", "settings"): _settings,
    ("POST", "settings"): _set,
    ("GET", "identity"): _identity,
    ("POST", "identity"): _set_identity,
    ("POST", "people"): _set_people,
    ("POST", "fault"): _fault,
    ("POST", "switch"): _switch,
    ("GET", "verified"): _verified,
    ("POST", "expire"): _expire,
}


def answer(fake: FakeOrchestrator, request: HttpRequest) -> Response:
    """Serve one request to the door; what it cannot do is a 400 that says why."""
    name, _slash, rest = request.path.removeprefix("/fake/").partition("/")
    action = _ACTIONS.get((request.method, name))
    if action is None:
        known = ", ".join(f"{method} /fake/{word}" for method, word in _ACTIONS)
        return as_json({"error": f"known: {known}"}, 404)
    try:
        body = json.loads(request.body) if request.body else None
        return as_json(action(fake, rest, body))
    except (ValueError, TypeError, LookupError) as error:
        return as_json({"error": f"{type(error).__name__}: {error}"}, 400)
