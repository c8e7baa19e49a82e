# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writing to a throw-away tenant over the Orchestrator API."""

from __future__ import annotations

import typing as t

from ...module_utils._server.client import Request
from ...module_utils._settings import PASSWORD
from ...module_utils._targets.orchestrator import ACTIONS, FIRST_RESET_API
from ...module_utils._targets.wire_keys import ABP
from .fresh import FreshValues
from .patience import until_shown
from .rows import read_rows

if t.TYPE_CHECKING:
    from ...module_utils._server.answer import Answer
    from .reach import Door
    from .rows import Rows

BULK = ACTIONS + "UpdateBulk"
DELETE = ACTIONS + "DeleteBulk"


class Tenant:
    """A tenant that is written to.

    ``password`` is the one that is stored now, if the user knows it; without it the password is
    left alone where one is set.
    """

    def __init__(self, door: Door, rows: Rows, password: str | None) -> None:
        self.door, self.before, self.password = door, rows, password
        self.touched: set[str] = set()
        self.strange: set[str] = set()
        self.fresh = FreshValues(door.learn)

    @property
    def may_touch_password(self) -> bool:
        """Whether a password can be written and the one before put back."""
        return self.password is not None or self.before.shows_password is False

    @property
    def can_remove(self) -> bool | None:
        """Whether own values can be removed; None where the version is not known."""
        version = self.door.site.version
        return None if version is None else float(version) >= FIRST_RESET_API

    def send(self, values: t.Mapping[str, str]) -> Answer:
        """One bulk write of texts by option name."""
        known = PASSWORD in self.touched
        self.touched.update(values)
        answer = self.send_rows({ABP[name]: text for name, text in values.items()})
        if not known and 400 <= answer.status < 500:
            # Whether it is the one of before cannot be seen, but here it is sure to be.
            self.touched.discard(PASSWORD)
        return answer

    def send_rows(self, rows: t.Mapping[str, str]) -> Answer:
        """One bulk write of texts by key."""
        settings = [{"Name": key, "Value": text} for key, text in rows.items()]
        return self.door.tell(Request("POST", BULK, json={"settings": settings}))

    def remove(self, keys: t.Iterable[str]) -> Answer:
        """Remove own values."""
        body = {"settingNames": sorted(keys)}
        return self.door.tell(Request("POST", DELETE, json=body))

    def look(self, name: str, text: str) -> tuple[Rows, int | None]:
        """The rows once ``name`` shows ``text``; see ``until``."""
        return until_shown(lambda: read_rows(self.door), name, text)
