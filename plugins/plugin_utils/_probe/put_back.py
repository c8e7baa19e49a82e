# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whatever happens between the first write and the end, what was there before is put back.

A signal ends the writing and not the putting back; Ansible's own handler would end the process at
once.  For a kill that nothing survives, what was there before stands in a file meanwhile.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import typing as t

from ...module_utils._errors import Failure, invalid
from ...module_utils._phrase import say
from .._files import written

SIGNALS = (signal.SIGINT, signal.SIGTERM)
#: What was there before, while it is not.
FILE = "mail-probe-before.json"


class Interrupted(BaseException):
    """Somebody wants the end; not an error that a step could pass over."""


class Before(t.Protocol):
    """What was there before, and how to have it again."""

    def values(self) -> dict[str, t.Any]:
        """What was there, by key, as it was read."""

    def put_back(self) -> tuple[str, ...]:
        """Put back what was touched; the keys for which it did not work.  Raises ``Failure``."""


class _SignalHandler:
    """Keeps the name of the last signal; the first one raises ``Interrupted`` where it may."""

    def __init__(self) -> None:
        self.received = ""
        self.may_raise = True

    def __call__(self, number: int, frame: object) -> None:
        self.received = signal.Signals(number).name
        if self.may_raise:
            self.may_raise = False
            raise Interrupted(self.received)


def with_put_back(folder: str, before: Before, steps: t.Callable[[], None]) -> None:
    """Do ``steps``, and put back whatever they changed, however they end.

    Raises ``Failure`` where that did not work, or after a signal.
    """
    path = _write_down(folder, before)
    handler, ended = _SignalHandler(), None
    with _handling(handler):
        try:
            try:
                steps()
            finally:
                handler.may_raise = False
        except BaseException as exc:  # noqa: BLE001 - raised again, after what matters more
            ended = exc
        left, reason = _put_back(before)
    if left:
        options = ", ".join(left)
        raise Failure("probe_not_restored", options=options, reason=reason, path=path) from ended
    os.unlink(path)
    if handler.received:
        raise Failure("probe_interrupted", what=handler.received, stage="write") from ended
    if ended is not None:
        raise ended


def _put_back(before: Before) -> tuple[tuple[str, ...], t.Any]:
    """The keys for which it did not work, and why."""
    try:
        return before.put_back(), "the server did not take it"
    except Exception as exc:  # noqa: BLE001 - whatever went wrong, they are not as they were
        return tuple(before.values()), getattr(exc, "phrase", type(exc).__name__)


@contextlib.contextmanager
def _handling(handler: _SignalHandler) -> t.Iterator[None]:
    try:
        found = {number: signal.signal(number, handler) for number in SIGNALS}
    except ValueError:
        # Signals go to the main thread alone, and this is another one.
        yield
        return
    try:
        yield
    finally:
        for number, former in found.items():
            signal.signal(number, former)


def _write_down(folder: str, before: Before) -> str:
    """Put what is there now into ``FILE``; its path.  Refuses one that an earlier probe left."""
    place = os.path.abspath(os.path.expanduser(folder))
    path = os.path.join(place, FILE)
    if os.path.exists(path):
        reason = say(
            "{path} holds what was there before a probe that did not end; put it back, remove the "
            "file, and run again",
            path=path,
        )
        raise invalid("directory", reason, "guard")
    text = json.dumps(before.values(), indent=2, ensure_ascii=False)
    written(folder, {FILE: f"{text}\n"})
    return path
