# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How often and how long a request is waited for when a server is busy or out of reach."""

from __future__ import annotations

import time
import typing as t

TOO_MANY_REQUESTS = 429
#: Answers of a server or gateway that may work in a moment.
BUSY = frozenset((TOO_MANY_REQUESTS, 502, 503, 504))
FIRST_WAIT, LONGEST_WAIT = 0.5, 30.0
#: A 429 says nothing about the request itself, so it is taken so many times as often as trouble.
REFUSALS = 2
#: Seconds that every further 429 adds at least, however little the server asks for.
REFUSAL_STEP = 0.2
#: Seconds that nobody waits: 31 years.
FOREVER = 1_000_000_000
LONGEST_DATE = 100


class Patience:
    """What is left for one request: ``retries`` times trouble, and twice as often a 429."""

    def __init__(self, retries: int) -> None:
        self._troubles = retries
        self._refusals = self._refusals_left = retries * REFUSALS
        self._wait = FIRST_WAIT

    def after(self, status: int | None, asked: float | None) -> float | None:
        """Seconds to wait before sending again; None when that is no use or was done enough.

        ``status`` is that of the answer, None when none came; ``asked`` is what the server asks.
        """
        if status == TOO_MANY_REQUESTS:
            self._refusals_left -= 1
            least = REFUSAL_STEP * (self._refusals - self._refusals_left - 1)
            return self._seconds(asked, least) if self._refusals_left >= 0 else None
        if status is not None and status not in BUSY:
            return None
        self._troubles -= 1
        return self._seconds(asked, 0.0) if self._troubles >= 0 else None

    def _seconds(self, asked: float | None, least: float) -> float:
        if asked is not None:
            return max(asked, least)
        seconds, self._wait = self._wait, min(self._wait * 2, LONGEST_WAIT)
        return seconds


def retry_after(headers: t.Mapping[str, str]) -> float | None:
    """Seconds the server asks to wait (``Retry-After`` as seconds or as a date), if it does.

    Never negative, and never more than ``FOREVER``, whatever the server writes.
    """
    asked = headers.get("retry-after", "").strip()
    if asked.isascii() and asked.isdigit():
        return float(asked) if len(asked) < len(str(FOREVER)) else float(FOREVER)
    if not asked:
        return None
    # Slow to import, and few servers write a date.
    from email.utils import mktime_tz, parsedate_tz

    try:
        date = parsedate_tz(asked[:LONGEST_DATE])
        seconds = mktime_tz(date) - time.time() if date else None
    except (ValueError, OverflowError, IndexError, TypeError):
        return None
    return None if seconds is None else min(max(0.0, seconds), float(FOREVER))
