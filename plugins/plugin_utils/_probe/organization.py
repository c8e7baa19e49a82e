# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writing to a throw-away organization over the Identity API, and putting back what was there."""

from __future__ import annotations

import typing as t

from ...module_utils._server.client import Request
from ...module_utils._settings import PASSWORD, same, typed, wire_text
from ...module_utils._targets.identity import SETTING_PATH, TOGETHER
from ...module_utils._targets.wire_keys import IDENTITY as KEYS
from .fresh import FreshValues
from .identity_reads import KNOWN, Rows, read_rows
from .patience import PAUSES, insist, left_after, until_shown
from .shapes import ABSENT

if t.TYPE_CHECKING:
    from ...module_utils._server.answer import Answer
    from .reach import Door


class Organization:
    """An organization that is written to (a ``Before``); ``password`` as for a tenant."""

    def __init__(self, door: Door, partition: str, rows: Rows, password: str | None) -> None:
        self.door, self.partition, self.before = door, partition, rows
        self.touched: set[str] = set()
        self.strange: set[str] = set()
        self.fresh = FreshValues(door.learn)
        self._password = password

    @property
    def may_touch_password(self) -> bool:
        """Whether a password can be written and the one before put back."""
        return self._password is not None or PASSWORD not in self.before

    def send(self, values: t.Mapping[str, str]) -> Answer:
        """One write of texts by option name."""
        self.touched.update(values)
        return self.send_rows({KEYS[name]: text for name, text in values.items()})

    def send_rows(self, rows: t.Mapping[str, str]) -> Answer:
        """One write of texts by key."""
        settings = [{"key": key, "value": text} for key, text in rows.items()]
        body = {"settings": settings, "partitionGlobalId": self.partition}
        return self.door.tell(Request("PUT", SETTING_PATH, json=body))

    def remove(self, keys: t.Iterable[str]) -> Answer:
        """Remove rows."""
        body = {"settings": sorted(keys), "partitionGlobalId": self.partition}
        return self.door.tell(Request("DELETE", SETTING_PATH, json=body))

    def read(self) -> Rows:
        """What is stored now."""
        return read_rows(self.door, self.partition)

    def look(self, name: str, text: str) -> tuple[Rows, int | None]:
        """The rows once ``name`` shows ``text``; see ``until``."""
        return until_shown(self.read, name, text)

    def values(self) -> dict[str, t.Any]:
        return {KEYS[name]: raw for name, raw in self.before.items() if name != PASSWORD}

    def put_back(self) -> tuple[str, ...]:
        if not self.touched and not self.strange:
            return ()
        return tuple(KEYS[name] for name in insist(self.door, self._attempt))

    def _attempt(self) -> list[str]:
        names = [n for n in KNOWN if n in self.before and (n in self.touched or n in TOGETHER)]
        texts = {name: self._text(name) for name in names if self._can_write(name)}
        gone = {KEYS[n] for n in self.touched if n not in self.before} | self.strange
        done = [self.send(texts).ok if texts else True, self.remove(gone).ok if gone else True]
        return left_after(self._not_back, PAUSES if all(done) else PAUSES[:1])

    def _not_back(self) -> list[str]:
        """The touched settings that do not show what was there before."""
        rows = self.read()
        return [name for name in KNOWN if name in self.touched and not self._is_back(name, rows)]

    def _is_back(self, name: str, rows: Rows) -> bool:
        if name == PASSWORD:
            return (rows.raw(name) is ABSENT) == (name not in self.before)
        before, now = self.before.get(name), rows.get(name)
        here = (name in self.before) == (name in rows)
        return here and same(name, typed(name, before), typed(name, now))

    def _can_write(self, name: str) -> bool:
        return name != PASSWORD or self._password is not None

    def _text(self, name: str) -> str:
        if name == PASSWORD:
            return self._password or ""
        return wire_text(typed(name, self.before[name]))
