# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A tenant as it was: values of its own are written again, and what it inherited is removed."""

from __future__ import annotations

import typing as t

from ...module_utils._settings import PASSWORD, same, typed
from ...module_utils._targets.orchestrator import INSISTED
from ...module_utils._targets.wire_keys import ABP
from .patience import PAUSES, insist, left_after
from .rows import read_rows
from .shapes import ABSENT

if t.TYPE_CHECKING:
    from .rows import Rows
    from .tenant import Tenant

Names = t.Collection[str]


class TenantRestore:
    """A tenant on its way back to what it was (a ``Before``)."""

    def __init__(self, tenant: Tenant) -> None:
        self._tenant, self._before = tenant, tenant.before
        self._has_password = self._first = True
        self._removed: set[str] = set()

    def values(self) -> dict[str, t.Any]:
        found = {ABP[n]: self._before.raw(n) for n in ABP if n != PASSWORD}
        return {key: raw for key, raw in found.items() if raw is not ABSENT}

    def put_back(self) -> tuple[str, ...]:
        if not self._tenant.touched and not self._tenant.strange:
            return ()
        self._has_password = PASSWORD not in self._tenant.touched
        off = insist(self._tenant.door, self._attempt)
        return tuple(ABP[name] for name in off)

    @property
    def now_own(self) -> tuple[str, ...]:
        """Keys that were inherited, and cannot be again."""
        own = {n for n in self._tenant.touched if self._before.is_own(n) is False} - self._removed
        return tuple(ABP[name] for name in ABP if name in own)

    def _attempt(self) -> list[str]:
        """Go on where the last attempt ended; the names that are still not as they were."""
        touched = self._tenant.touched
        if self._first:
            # Where a row does not say whose it is, taking it away is the only way to see.
            self._take_away({n for n in touched if self._before.is_own(n) is None})
        off = self._not_back()
        own = [n for n in off if self._before.is_own(n) is not False or not self._removes]
        wrote = self._write(own or ([] if self._first else off))
        self._first = False
        inherited = {n for n in touched if self._before.is_own(n) is False}
        took = self._take_away(inherited, self._tenant.strange)
        return left_after(self._not_back, PAUSES if wrote or took else PAUSES[:1])

    @property
    def _removes(self) -> bool:
        return self._tenant.can_remove is not False

    def _take_away(self, names: Names, strange: Names = ()) -> bool:
        if not (names or strange) or not self._removes:
            return False
        done = self._tenant.remove({*(ABP[name] for name in names), *strange})
        if done.ok:
            self._removed.update(names)
            self._has_password = self._has_password or PASSWORD in names
        return done.ok

    def _not_back(self) -> list[str]:
        """The touched settings that do not show what was there before."""
        rows = read_rows(self._tenant.door)
        return [n for n in ABP if n in self._tenant.touched and not self._is_back(n, rows)]

    def _is_back(self, name: str, rows: Rows) -> bool:
        if name == PASSWORD:
            # A server that shows it should not show one where none was.
            return self._has_password and not (rows.shows_password and not self._tenant.password)
        now, before = rows.shown(name), self._before.shown(name)
        return same(name, typed(name, before), typed(name, now))

    def _write(self, names: t.Sequence[str]) -> bool:
        """Send what was there, alone first, then with what may have to come along."""
        if not names:
            return False
        touched = self._tenant.touched
        group = [n for n in INSISTED if n in touched and n not in names]
        # A server that stores but a part of a write gets there step by step.
        others = [n for n in ABP if n in touched and n not in names and n not in group]
        tries = ([], group) if self._first else ([], group, [*group, *others])
        start = 0 if self._first else len(tries) - 1
        for along in tries[start:]:
            if self._send([*names, *along]):
                return True
        taken = [name for name in names if self._send([name])]
        return bool(taken)

    def _send(self, names: t.Sequence[str]) -> bool:
        texts = {name: self._text(name) for name in names}
        done = self._tenant.send(texts)
        if done.ok:
            self._removed.difference_update(names)
            self._has_password = self._has_password or PASSWORD in names
        return done.ok

    def _text(self, name: str) -> str:
        return self._tenant.password or "" if name == PASSWORD else self._before.text(name)
