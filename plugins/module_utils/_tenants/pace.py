# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One rate budget of all workers of a task."""

from __future__ import annotations

import threading
import time
import typing as t

if t.TYPE_CHECKING:
    from .._deadline import Deadline


class SharedPace:
    """A server that asks one worker to wait makes all wait (a ``Pace``)."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._until = 0.0

    def wait(self, deadline: Deadline) -> float | None:
        """Wait as long as the server asked for; returns the seconds where ``deadline`` leaves less.

        A tenant waits in its own time: what a server asks for never makes a task longer than the
        user allowed.
        """
        while (seconds := self._left()) > 0:
            if not deadline.allows(seconds):
                return seconds
            time.sleep(seconds)
        return None

    def slow_down(self, seconds: float) -> None:
        """Make all workers wait ``seconds`` from now."""
        with self._lock:
            self._until = max(self._until, time.monotonic() + seconds)

    def _left(self) -> float:
        if not self._until:
            return 0.0
        with self._lock:
            return self._until - time.monotonic()
