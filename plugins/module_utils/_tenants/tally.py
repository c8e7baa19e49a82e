# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What happened to which tenant.

There may be ten thousand tenants, so only a few keys of each result are kept (``SHOWN`` and the
like).
"""

from __future__ import annotations

import hashlib
import threading
import time
import typing as t
from dataclasses import dataclass, field

from .._errors import Failure
from .._phrase import joined, say
from .._settings import NAMES

Result = dict[str, t.Any]
PROGRESS_SECONDS = 5.0
NAMED_FAILURES = 5
#: The keys of a result that are kept of a tenant: unchanged, changed, failed.
SHOWN = ("changed", "updated", "plan", "password_evidence")
SHOWN_CHANGED = (*SHOWN, "verification", "diff")
SHOWN_FAILED = ("changed", "updated", "failed", "msg", "error", "stage", "status")


def outcome(name: str, result: t.Mapping[str, t.Any]) -> Result:
    """What is kept of the ``result`` of the tenant ``name``."""
    shown: tuple[str, ...] = SHOWN_CHANGED if result["changed"] else SHOWN
    if result.get("failed"):
        shown = SHOWN_FAILED
    return {"name": name, "updated": [], **{key: result[key] for key in shown if key in result}}


@dataclass
class Tally:
    """Every tenant ends changed, unchanged, failed or not tried; in the order of ``names``.

    A ``brief`` summary gives only the names of unchanged tenants.
    """

    names: t.Sequence[str]
    max_failures: int
    progress: t.Callable[[str], None]
    brief: bool = False
    failures: list[str] = field(default_factory=list)
    _outcomes: dict[str, Result] = field(default_factory=dict)
    _changed: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _shown: float = field(default_factory=time.monotonic)

    def note(self, noted: Result) -> None:
        """Keep an ``outcome``; reports progress every few seconds."""
        with self._lock:
            self._outcomes[noted["name"]] = noted
            if noted.get("failed"):
                self.failures.append(noted["name"])
            elif noted["changed"]:
                self._changed += 1
            if time.monotonic() - self._shown >= PROGRESS_SECONDS:
                self._shown = time.monotonic()
                self.progress(self.sentence())

    @property
    def stopped(self) -> bool:
        """Whether too many failed, or the first one did, so that no further tenant is tried."""
        if not self.max_failures or not self.failures:
            return False
        return len(self._outcomes) == 1 or len(self.failures) >= self.max_failures

    def sentence(self) -> str:
        """The tally in one line."""
        counts = (f"{count} {what.replace('_', ' ')}" for what, count in self.counts().items())
        return f"{len(self.names)} tenants: {', '.join(counts)}"

    def counts(self) -> dict[str, int]:
        """How many tenants ended how."""
        done, failed = len(self._outcomes), len(self.failures)
        return {
            "changed": self._changed,
            "unchanged": done - failed - self._changed,
            "failed": failed,
            "not_tried": len(self.names) - done,
        }

    def plans(self) -> dict[str, str | None]:
        """The plan of each tenant, including those that a brief summary only names."""
        return {name: found.get("plan") for name, found in self._outcomes.items()}

    def summary(self) -> Result:
        """The result of the whole task; a ``Failure`` when a tenant failed or was not tried."""
        outcomes = [self._outcomes.get(name) or _not_tried(name) for name in self.names]
        changed = [found for found in outcomes if found["changed"]]
        updated = {name for found in changed for name in found["updated"]}
        plans = "".join(f"{found['name']} {found.get('plan')}\n" for found in outcomes)
        result = {
            "changed": bool(changed),
            "updated": [name for name in NAMES if name in updated],
            "diff": [_diff(found) for found in changed],
            "plan": hashlib.sha256(plans.encode("utf-8")).hexdigest(),
            "tenants_summary": self.counts(),
            **(_brief(outcomes) if self.brief else {"tenants": outcomes}),
        }
        if len(self._outcomes) == len(self.names) and not self.failures:
            return result
        raise Failure("tenants_failed", tally=self.sentence(), first=self._first(), result=result)

    def _first(self) -> str:
        said = [
            say("{name}: {msg}", name=name, msg=self._outcomes[name]["msg"])
            for name in self.failures[:NAMED_FAILURES]
        ]
        return joined(said) if said else say("The run was interrupted.")


def _brief(outcomes: t.Sequence[Result]) -> Result:
    """The outcomes worth showing, and the names of the others: every key costs Ansible time."""
    plain = [one["name"] for one in outcomes if not one["changed"] and _ended(one)]
    told = [one for one in outcomes if one["changed"] or not _ended(one)]
    return {"tenants": told, "tenants_as_declared": plain}


def _ended(one: Result) -> bool:
    return not one.get("failed") and one.get("tried") is not False


def _not_tried(name: str) -> Result:
    return {"name": name, "changed": False, "updated": [], "tried": False}


def _diff(found: Result) -> Result:
    """The diff of a tenant, under its name; it moves out of the outcome."""
    shown = found.pop("diff", None) or {"before": {}, "after": {}}
    header = f"tenant {found['name']}"
    return {**shown, "before_header": header, "after_header": header}
