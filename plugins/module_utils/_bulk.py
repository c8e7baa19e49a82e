# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Many tenants of one server in one task.

Private to this collection; may change at any time.

The first tenant goes alone: what is wrong with the declaration or the server shows there, before
the others are touched.  The rest is worked on by a bounded number of workers, each with one
kept-alive connection; a server that asks for patience slows all of them.  Every tenant ends
changed, unchanged, failed or not tried, and the account says which.
"""

from __future__ import annotations

import hashlib
import threading
import time
import typing as t
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from ._errors import Failure
from ._settings import NAMES

if t.TYPE_CHECKING:
    from ._run import Params

PROGRESS_SECONDS = 5.0
NAMED_FAILURES = 5
Result = dict[str, t.Any]
#: What works on one tenant: its arguments and what its worker keeps, to its result.
Work = t.Callable[["Params", dict[str, t.Any]], Result]


class SharedPace:
    """One rate budget of all workers: a server that asks one to wait makes all wait."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._until = 0.0

    def wait(self, deadline: t.Any) -> None:
        with self._lock:
            seconds = self._until - time.monotonic()
        # A tenant that waits for others must not lose its own time, so the deadline is not asked.
        if seconds > 0:
            deadline.extend(seconds)
            time.sleep(seconds)

    def slow_down(self, seconds: float) -> None:
        with self._lock:
            self._until = max(self._until, time.monotonic() + seconds)


@dataclass
class Account:
    """What happened to whom, in the order of the declaration."""

    names: t.Sequence[str]
    max_failures: int
    progress: t.Callable[[str], None]
    results: dict[str, Result] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _shown: float = field(default_factory=time.monotonic)

    def note(self, name: str, result: Result) -> None:
        with self._lock:
            self.results[name] = result
            if result.get("failed"):
                self.failures.append(name)
            if time.monotonic() - self._shown >= PROGRESS_SECONDS:
                self._shown = time.monotonic()
                self.progress(self.sentence())

    @property
    def stopped(self) -> bool:
        return self.max_failures > 0 and len(self.failures) >= self.max_failures

    def sentence(self) -> str:
        done = list(self.results.values())
        failed = len(self.failures)
        changed = sum(1 for result in done if result.get("changed") and not result.get("failed"))
        unchanged = len(done) - failed - changed
        return (
            f"{len(self.names)} tenants: {changed} changed, {unchanged} unchanged, "
            f"{failed} failed, {len(self.names) - len(done)} not tried"
        )

    def summary(self) -> Result:
        """The result of the whole task; a L(Failure) when a tenant failed or was not tried."""
        entries = [self._entry(name) for name in self.names]
        changed = [entry for entry in entries if entry["changed"]]
        updated = {name for entry in changed for name in entry["updated"]}
        plans = "".join(f"{entry['name']} {entry.get('plan')}\n" for entry in entries)
        result = {
            "changed": bool(changed),
            "updated": [name for name in NAMES if name in updated],
            "diff": [self._diff(entry) for entry in changed],
            "plan": hashlib.sha256(plans.encode("utf-8")).hexdigest(),
            "tenants": [{k: v for k, v in entry.items() if k != "diff"} for entry in entries],
        }
        if len(self.results) == len(self.names) and not self.failures:
            return result
        raise Failure("tenants_failed", account=self.sentence(), first=self._first(), result=result)

    def _entry(self, name: str) -> Result:
        found = self.results.get(name)
        if found is None:
            return {"name": name, "changed": False, "updated": [], "tried": False}
        keys = ("changed", "updated", "plan", "diff", "password_evidence", "verification")
        kept = {key: found[key] for key in keys if key in found}
        if found.get("failed"):
            kept = {
                k: found.get(k) for k in ("changed", "failed", "msg", "error", "stage", "status")
            }
        elif not found["changed"]:
            kept.pop("diff", None)
        return {"name": name, "updated": [], **kept}

    def _diff(self, entry: Result) -> Result:
        shown = entry.get("diff") or {"before": {}, "after": {}}
        header = f"tenant {entry['name']}"
        return {**shown, "before_header": header, "after_header": header}

    def _first(self) -> str:
        named = [f"{name}: {self.results[name]['msg']}" for name in self.failures[:NAMED_FAILURES]]
        return " ".join(named) or "The run was interrupted."


def each(params: Params) -> list[tuple[str, Result]]:
    """Name and arguments of every tenant; what is given for a tenant wins."""
    entries = params["tenants"]
    names = [entry["name"] for entry in entries]
    twice = sorted({name for name in names if names.count(name) > 1}) if _repeats(names) else []
    if twice:
        reason = f"{', '.join(twice)} stands there twice; name every tenant once."
        raise Failure("invalid_option", option="tenants", reason=reason)
    return [(entry["name"], _own(params, entry)) for entry in entries]


def run(
    tenants: t.Sequence[tuple[str, Result]], account: Account, work: Work, parallel: int
) -> None:
    """Work on the first tenant, then on the rest, until all are done or too many failed."""
    workers = threading.local()
    opened: list[dict[str, t.Any]] = []

    def one(tenant: tuple[str, Result]) -> None:
        name, arguments = tenant
        if account.stopped or interrupted.is_set():
            return
        if not hasattr(workers, "kept"):
            workers.kept = {}
            opened.append(workers.kept)
        account.note(name, work(arguments, workers.kept))

    interrupted = threading.Event()
    try:
        for tenant in tenants[:1]:
            one(tenant)
        if account.failures:
            return
        with ThreadPoolExecutor(max_workers=max(1, parallel)) as pool:
            try:
                for _done in pool.map(one, tenants[1:]):
                    pass
            except BaseException:
                # Tenants in work end old or new; no further one is started.
                interrupted.set()
                raise
    finally:
        for kept in opened:
            for client in kept.values():
                client.close()


def _repeats(names: t.Sequence[str]) -> bool:
    return len(set(names)) < len(names)


def _own(params: Params, entry: t.Mapping[str, t.Any]) -> Result:
    settings = {name: entry[name] for name in NAMES if entry.get(name) is not None}
    server = {**params["server"], "tenant": entry["name"]}
    server.update({k: entry[k] for k in ("username", "password") if entry.get(k) is not None})
    return {**params, **settings, "server": server, "tenants": None}
