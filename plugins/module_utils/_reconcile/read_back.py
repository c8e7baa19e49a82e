# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""After a write only a look at the target says what holds.

One path for whatever comes between the first byte of a write and the end of looking: an answer that
is no plain no, an exception of any class, a refusal by the second of two APIs.
"""

from __future__ import annotations

import time
import typing as t

from .._errors import Ambiguous, Busy, Fleeting, Refused

if t.TYPE_CHECKING:
    from .._settings import Values
    from .._targets.backend import Backend, Snapshot

#: Seconds to wait before each look at a write; some servers show it a moment later.
SETTLING = (0.0, 0.2, 0.6, 1.2)
WRITE_ATTEMPTS = 3
#: Statuses of a refusal that may mean that more was wanted in the same request.
INCOMPLETE = frozenset((400, 422))
Part = tuple[str, ...]


class Job(t.Protocol):
    """What is to be written; ``names`` in the order of the table."""

    @property
    def names(self) -> tuple[str, ...]:
        """Everything that is to change."""

    @property
    def parts(self) -> t.Sequence[Part]:
        """The names by surface, in the order in which they are to be written."""

    def send(self, part: Part, along: Values) -> None:
        """Write one part."""

    def along(self, part: Part, found: Snapshot) -> Values:
        """What else the target may want in the same write, given what was found since."""

    def missing(self, part: Part, after: Snapshot, confirmed: bool) -> tuple[str, ...]:
        """Which names of ``part`` do not hold as asked for.

        ``confirmed`` tells whether the target said yes, which vouches for what does not show.
        """

    def differing(self, part: Part, after: Snapshot, confirmed: bool) -> tuple[str, ...]:
        """Which names of ``part`` are found otherwise than before the write."""


class Writing:
    """The course of a job: what was sent, said yes to, and found.

    ``after`` is what was read back last, None when that failed; ``read_trouble`` why it failed, and
    ``trouble`` why the job stopped.  ``along`` is what travelled besides.
    """

    def __init__(self, backend: Backend, job: Job, before: Snapshot) -> None:
        self.job, self.before = job, before
        self.after: Snapshot | None = None
        self.trouble: Exception | None = None
        self.read_trouble: Exception | None = None
        self.confirmed: list[str] = []
        self.along: dict[str, t.Any] = {}
        self._backend = backend
        self._parts = tuple(job.parts)
        self._sent: list[Part] = []

    def run(self) -> Writing:
        """Send every part, and look; raises nothing but what ends the process."""
        for part in self._parts:
            self._send(part)
            if self.trouble is not None:
                return self
        if self.after is None:
            self._look(len(SETTLING))
        return self

    @property
    def missing(self) -> tuple[str, ...]:
        """Which names do not hold as asked for; none when nothing could be read back."""
        return self._of_all(self.job.missing)

    @property
    def differing(self) -> tuple[str, ...]:
        """Which names are found otherwise than before; none when nothing could be read back."""
        return self._of_all(self.job.differing)

    def _of_all(self, which: t.Callable[[Part, Snapshot, bool], tuple[str, ...]]) -> Part:
        if self.after is None:
            return ()
        parts = [which(part, self.after, part[0] in self.confirmed) for part in self._parts]
        return tuple(name for name in self.job.names if any(name in part for part in parts))

    def _lacking(self, part: Part, after: Snapshot) -> tuple[str, ...]:
        return self.job.missing(part, after, part[0] in self.confirmed)

    def _send(self, part: Part) -> None:
        """Send a part; again only after a look showed that it did not arrive."""
        self._sent.append(part)
        attempts = 0
        along: Values = {}
        while attempts < WRITE_ATTEMPTS:
            # What was found before this write says nothing any more.
            self.after = None
            trouble = self._attempt(part, along)
            if trouble is None:
                self.confirmed += part
                self.along.update(along)
                return
            self._look(1 if isinstance(trouble, (Refused, Busy)) else len(SETTLING), part)
            if self.after is None:
                break
            if not self._lacking(part, self.after):
                self.trouble = trouble if isinstance(trouble, Fleeting) else None
                return
            # How often a busy server is asked again is the backend's to say.
            attempts += not isinstance(trouble, Busy)
            more = {} if along else self._more(part, trouble, self.after)
            if not more and not isinstance(trouble, Ambiguous):
                break
            along = more or along
        self.trouble = trouble

    def _attempt(self, part: Part, along: Values) -> Exception | None:
        try:
            self.job.send(part, along)
        except Exception as exc:  # noqa: BLE001 - whatever it is, only a look tells what it did
            return exc
        return None

    def _more(self, part: Part, trouble: Exception, found: Snapshot) -> Values:
        refused = isinstance(trouble, Refused) and trouble.status in INCOMPLETE
        return self.job.along(part, found) if refused else {}

    def _look(self, most: int, part: Part | None = None) -> None:
        """Read all surfaces written so far, until they have settled or ``most`` times.

        ``part`` is one without a clear answer; what was confirmed is waited for in any case.
        """
        sent = [name for names in self._sent for name in names]
        for number, seconds in enumerate(SETTLING, start=1):
            time.sleep(seconds)
            try:
                self.after = self.before.seen_again(self._backend.read(sent))
            except Exception as exc:  # noqa: BLE001 - then nobody knows what holds
                self.after, self.read_trouble = None, exc
                return
            pending = [p for p in self._sent if p != part and self._lacking(p, self.after)]
            arrived = part is None or not self._lacking(part, self.after)
            if not pending and (arrived or number >= most):
                return
