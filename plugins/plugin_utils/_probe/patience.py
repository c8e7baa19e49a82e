# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How long a probe waits for a server, and how often it tries to put something back."""

from __future__ import annotations

import time
import typing as t

from ...module_utils._errors import Failure
from ...module_utils._settings import same, typed

if t.TYPE_CHECKING:
    from .reach import Door

Read = t.TypeVar("Read")


class _Rows(t.Protocol):
    def shown(self, name: str) -> t.Any:
        """What stands for the setting ``name``; None where there is nothing."""


Shows = t.TypeVar("Shows", bound=_Rows)
#: Seconds to wait before each look at what was written.
PAUSES = (0.0, 0.2, 0.5, 1.0, 2.0)
#: So often something is put back before it is given up, and the seconds in between.
ATTEMPTS, BETWEEN = 6, 0.2


def until(
    read: t.Callable[[], Read],
    is_there: t.Callable[[Read], bool],
    pauses: t.Sequence[float] = PAUSES,
) -> tuple[Read, int | None]:
    """Read until it is there, once after each of ``pauses``, in seconds.

    What was read last, and how many reads before did not show it; None where it does not show.
    """
    for number, pause in enumerate(pauses):
        time.sleep(pause)
        found = read()
        if is_there(found):
            return found, number
    return found, None


def until_shown(read: t.Callable[[], Shows], name: str, text: str) -> tuple[Shows, int | None]:
    """Read rows until the setting ``name`` shows ``text``; see ``until``."""
    wanted = typed(name, text)
    return until(read, lambda rows: same(name, wanted, typed(name, rows.shown(name))))


def left_after(find: t.Callable[[], list[str]], pauses: t.Sequence[float]) -> list[str]:
    """What ``find`` still finds after the last of ``pauses``; ends early when that is nothing."""
    return until(find, lambda found: not found, pauses)[0]


def insist(door: Door, attempt: t.Callable[[], list[str]]) -> list[str]:
    """Attempt until nothing is left; what is left after the last one.

    One that gets no answer is followed by another; the ``Failure`` of the last one is raised.
    """
    for left in reversed(range(ATTEMPTS)):
        # Whatever came before may have left an answer unread.
        door.site.client.close()
        try:
            off = attempt()
        except Failure:
            if not left:
                raise
        else:
            if not off or not left:
                return off
        time.sleep(BETWEEN)
    raise AssertionError("the last attempt returns or raises")
