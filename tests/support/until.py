# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Wait for something that another process or thread brings about."""

from __future__ import annotations

import threading
import time
import typing as t


def until(holds: t.Callable[[], object], seconds: float = 120) -> None:
    """Look until ``holds`` says yes; ``AssertionError`` when it never does.

    The bound ends a test that would hang; it says nothing about how quick anything is.
    """
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it does not hold"
        threading.Event().wait(0.02)
