# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A target in memory: the least that the algorithm needs of a place that keeps mail settings."""

from __future__ import annotations

import typing as t

from ansible_collections.rpaops.orchestrator.plugins.module_utils._errors import (
    Ambiguous,
    Refused,
)
from ansible_collections.rpaops.orchestrator.plugins.module_utils._settings import NAMES
from ansible_collections.rpaops.orchestrator.plugins.module_utils._targets.backend import (
    Intent,
    Snapshot,
    StoredPassword,
)
from ansible_collections.rpaops.orchestrator.plugins.module_utils._targets.place import in_file

PASSWORD = "smtp_password"
PLACE = in_file("memory", "a dictionary")
Behaviour = t.Callable[["Memory", dict[str, t.Any]], None]


class Memory:
    """Settings in a dictionary (a ``Backend``); ``does`` is what becomes of each write in turn."""

    target = "memory"

    def __init__(self, held: t.Mapping[str, t.Any], *does: Behaviour) -> None:
        self.held = dict(held)
        self.calls: list[str] = []
        self._does = list(does)

    def read(self, names: t.Collection[str] | None = None) -> Snapshot:
        self.calls.append("read")
        values = {name: value for name, value in self.held.items() if name != PASSWORD}
        stored = StoredPassword("hidden" if self.held.get(PASSWORD) else "absent")
        return Snapshot(
            values,
            stored,
            dict.fromkeys(self.held, "file"),
            {"memory": list(values)},
            places=dict.fromkeys(NAMES, PLACE),
        )

    def parts(self, names: t.Sequence[str]) -> t.Sequence[tuple[str, ...]]:
        return (tuple(names),)

    def companions(self, part: t.Sequence[str], snapshot: Snapshot) -> t.Sequence[str]:
        return ()

    def foresee(self, intent: Intent, snapshot: Snapshot) -> None:
        return

    def write(self, changes: t.Any, snapshot: Snapshot, along: t.Any) -> None:
        self.calls.append("write")
        (self._does.pop(0) if self._does else stores)(self, dict(changes))

    def reset(self, names: t.Sequence[str], snapshot: Snapshot) -> None:
        self.calls.append("reset")
        self.held = {name: value for name, value in self.held.items() if name not in names}

    def verify(self, candidate: t.Any, recipient: str) -> None:
        self.calls.append("verify")

    def close(self) -> None:
        self.calls.append("close")


def stores(target: Memory, changes: dict[str, t.Any]) -> None:
    """The usual: what is sent is stored."""
    target.held.update(changes)


def stores_in_silence(target: Memory, changes: dict[str, t.Any]) -> None:
    """It is stored, but the answer is lost."""
    stores(target, changes)
    raise Ambiguous("unreachable", target="memory", reason="no answer")


def stays_silent(target: Memory, changes: dict[str, t.Any]) -> None:
    """Nothing arrives, and no answer either."""
    raise Ambiguous("unreachable", target="memory", reason="no answer")


def refuses(target: Memory, changes: dict[str, t.Any]) -> None:
    """A clear no."""
    raise Refused("write_refused", target="memory", code=403, reason="no", status=403)


def forgets(target: Memory, changes: dict[str, t.Any]) -> None:
    """A yes without an effect."""


def shortens(target: Memory, changes: dict[str, t.Any]) -> None:
    """A yes to another value than the one that was sent."""
    stores(target, {name: value[:3] for name, value in changes.items()})
