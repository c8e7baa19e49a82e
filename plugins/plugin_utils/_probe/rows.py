# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The mail settings of the Orchestrator API as they come, before anybody makes sense of them."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from ...module_utils._server.pages import pages
from ...module_utils._settings import BY_NAME, PASSWORD, typed, wire_text
from ...module_utils._targets.orchestrator import OPTION_OF, SETTINGS_PATH
from ...module_utils._targets.wire_keys import ABP
from .shapes import ABSENT

if t.TYPE_CHECKING:
    from ...module_utils._server.answer import Answer
    from .reach import Door

TEXTS = tuple(name for name in ABP if BY_NAME[name].kind in ("text", "host"))
TRUTHS = tuple(name for name in ABP if BY_NAME[name].kind == "bool")


@dataclass(frozen=True)
class Rows:
    """One reading: the mail rows by option name, and how the list came.

    ``first`` is the number of settings on the first page, ``more`` whether there was another one.
    """

    found: t.Mapping[str, t.Sequence[t.Mapping[str, t.Any]]]
    first: int
    more: bool

    def raw(self, name: str) -> t.Any:
        """What stands for a setting; ``ABSENT`` where there is no row."""
        rows = self.found.get(name, ())
        return rows[0].get("Value") if rows else ABSENT

    def shown(self, name: str) -> t.Any:
        """The same, None where there is nothing."""
        raw = self.raw(name)
        return None if raw is ABSENT else raw

    def text(self, name: str) -> str:
        """The text to send, to have a setting as it is now."""
        return wire_text(typed(name, self.shown(name)))

    def is_own(self, name: str) -> bool | None:
        """Whether the tenant itself stores it; None where the row does not say."""
        scope = str(self.found[name][0].get("Scope")).lower() if name in self.found else ""
        return {"tenant": True, "application": False}.get(scope)

    @property
    def shows_password(self) -> bool | None:
        """Whether a password is set; None where nothing can be concluded."""
        raw = self.raw(PASSWORD)
        return None if raw is ABSENT or raw is None else raw != ""


def read_rows(door: Door) -> Rows:
    """All settings, over all pages; raises ``Failure`` where they cannot be read."""
    found: dict[str, list[t.Mapping[str, t.Any]]] = {}
    sizes = []
    for page in pages(door, SETTINGS_PATH, (), lambda answer: refuse(door, answer)):
        sizes.append(len(page.rows))
        for row in page.rows:
            key = str(row.get("Name")).lower() if isinstance(row, dict) else ""
            if key in OPTION_OF:
                found.setdefault(OPTION_OF[key], []).append(row)
    return Rows(found, sizes[0], len(sizes) > 1)


def refuse(door: Door, answer: Answer) -> None:
    """Raise for a reading that was refused."""
    if not answer.ok:
        raise door.site.unexpected(answer, stage="read")
