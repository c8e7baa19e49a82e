# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Much work by few workers.

The first piece is worked on alone: what is wrong in general shows there, before the others are
touched.  The rest is shared by a bounded number of workers, each with what it keeps from piece to
piece, such as its connection.
"""

from __future__ import annotations

import threading
import typing as t
from concurrent.futures import ThreadPoolExecutor, wait

SIGNAL_SECONDS = 0.5


class Worker(t.Protocol):
    """Works on one piece after the other, in one thread at a time."""

    def work(self, piece: t.Any) -> t.Any:
        """What came of ``piece``; raises nothing."""

    def close(self) -> None:
        """Give up what was kept."""


class Book(t.Protocol):
    """Keeps what came of the work, and says when it is over."""

    def note(self, result: t.Any) -> None:
        """Keep what came of a piece; called from every worker's thread."""

    @property
    def stopped(self) -> bool:
        """Whether no further piece is to be started."""


class _Queue:
    """The pieces that wait; hands out one at a time, to any thread, until ``book`` says stop."""

    def __init__(self, pieces: t.Iterable[t.Any], book: Book) -> None:
        self._pieces, self._book = iter(pieces), book
        self._lock = threading.Lock()
        self._is_closed = False

    def take(self) -> t.Any:
        """The next piece, or None when no further one is to be started."""
        with self._lock:
            return None if self._is_closed or self._book.stopped else next(self._pieces, None)

    def close(self) -> None:
        """Hand out no further piece."""
        self._is_closed = True


def run(pieces: t.Iterable[t.Any], book: Book, workers: t.Sequence[Worker]) -> None:
    """Work on the first piece, then on the rest, until all are done or ``book`` says stop."""
    queue = _Queue(pieces, book)

    def work_on_one(worker: Worker) -> bool:
        piece = queue.take()
        if piece is not None:
            book.note(worker.work(piece))
        return piece is not None

    def work_on_all(worker: Worker) -> None:
        while work_on_one(worker):
            pass

    try:
        if work_on_one(workers[0]):
            _together(work_on_all, workers, queue)
    finally:
        for worker in workers:
            worker.close()


def _together(
    work_on_all: t.Callable[[Worker], None], workers: t.Sequence[Worker], queue: _Queue
) -> None:
    with ThreadPoolExecutor(len(workers)) as pool:
        try:
            running = {pool.submit(work_on_all, worker) for worker in workers}
            while running:
                # Python sees a signal that comes just before a wait only after it.
                done, running = wait(running, SIGNAL_SECONDS)
                for finished in done:
                    finished.result()
        except BaseException:
            # A piece that was begun is finished; no further one is started.
            queue.close()
            raise
