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
Piece_contra = t.TypeVar("Piece_contra", contravariant=True)
Result_co = t.TypeVar("Result_co", covariant=True)


class Worker(t.Protocol[Piece_contra, Result_co]):
    """Works on one piece after the other, in one thread at a time."""

    def work(self, piece: Piece_contra) -> Result_co:
        """What came of ``piece``; raises nothing."""

    def close(self) -> None:
        """Give up what was kept."""


class Book(t.Protocol):
    """Keeps what came of the work, and says when it is over."""

    def note(self, result: t.Any) -> None:
        """Take down what came of a piece; called from every worker's thread."""

    @property
    def stopped(self) -> bool:
        """Whether no further piece is to be started."""


def run(pieces: t.Iterable[t.Any], book: Book, workers: t.Sequence[Worker[t.Any, t.Any]]) -> None:
    """Work on the first piece, then on the rest, until all are done or ``book`` says stop."""
    waiting = iter(pieces)
    turn = threading.Lock()
    interrupted = threading.Event()

    def go_on(worker: Worker[t.Any, t.Any], most: int | None = None) -> None:
        while most is None or most > 0:
            with turn:
                over = book.stopped or interrupted.is_set()
                piece = None if over else next(waiting, None)
            if piece is None:
                return
            book.note(worker.work(piece))
            most = None if most is None else most - 1

    try:
        go_on(workers[0], 1)
        _together(go_on, workers, interrupted)
    finally:
        for worker in workers:
            worker.close()


def _together(
    go_on: t.Callable[[Worker[t.Any, t.Any]], None],
    workers: t.Sequence[Worker[t.Any, t.Any]],
    interrupted: threading.Event,
) -> None:
    with ThreadPoolExecutor(len(workers)) as pool:
        try:
            running = {pool.submit(go_on, worker) for worker in workers}
            while running:
                # Python sees a signal that comes just before a wait only after it.
                done, running = wait(running, SIGNAL_SECONDS)
                for finished in done:
                    finished.result()
        except BaseException:
            # What is in work ends old or new; nothing further is started.
            interrupted.set()
            raise
