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

    def wait(self, deadline: Deadline) -> None:
        """Wait as long as somebody was asked to, on top of the tenant's own time."""
        if not self._until:
            return
        with self._lock:
            seconds = self._until - time.monotonic()
        if seconds > 0:
            deadline.extend(seconds)
            time.sleep(seconds)

    def slow_down(self, seconds: float) -> None:
        """Somebody was asked to wait; everybody does."""
        with self._lock:
            self._until = max(self._until, time.monotonic() + seconds)
