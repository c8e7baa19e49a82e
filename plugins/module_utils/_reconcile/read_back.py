# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""After a write only a look at the target says what holds."""

from __future__ import annotations

import time
import typing as t

from .._errors import Ambiguous, Busy, Failure
from .._settings import shown

if t.TYPE_CHECKING:
    from .._targets.backend import Backend, Snapshot

#: Seconds to wait before each look at a write; some servers show it a moment later.
SETTLING = (0.0, 0.2, 0.6, 1.2)
WRITE_ATTEMPTS = 3
#: Whether a snapshot shows what was sent, also where the answer to it was unclear.
Arrived = t.Callable[["Snapshot", t.Optional[Failure]], bool]


class Written(t.NamedTuple):
    """How a write ended: what holds, whether that is what was sent, the unclear answer if any."""

    after: Snapshot
    arrived: bool
    doubt: Failure | None


def insist(backend: Backend, send: t.Callable[[], None], arrived: Arrived) -> Written:
    """Send and read back; sent again only after a look showed that it did not arrive."""
    doubt: Failure | None = None
    attempts = 0
    while attempts < WRITE_ATTEMPTS:
        try:
            send()
            doubt = None
        except Ambiguous as exc:
            doubt = exc
        after = _read_back(backend, lambda found: arrived(found, None), doubt)
        if doubt is None or arrived(after, doubt):
            break
        # How often a busy server is asked again is the backend's to say.
        attempts += not isinstance(doubt, Busy)
    return Written(after, arrived(after, doubt), doubt)


def _read_back(
    backend: Backend, is_settled: t.Callable[[Snapshot], bool], doubt: Failure | None
) -> Snapshot:
    """What holds after a write, looked at until it is settled or long enough.

    ``doubt`` is the unclear answer to the write, if it had none; it is named when looking fails.
    """
    for seconds in SETTLING[:1] if isinstance(doubt, Busy) else SETTLING:
        time.sleep(seconds)
        try:
            after = backend.read()
        except Failure as exc:
            found = "Reading back failed as well, so what holds now is not known."
            reason = doubt or f"reading back failed: {exc}"
            raise Failure(
                "ambiguous_write",
                target=backend.target,
                reason=reason,
                found=found,
                stage="read_back",
            ) from exc
        if is_settled(after):
            break
    return after


def unfulfilled(
    target: str, written: Written, missing: t.Sequence[str], held: str, unclear: str
) -> Failure:
    """A write that a look does not confirm.

    ``held`` says what holds of ``missing`` where the answer was clear, ``unclear`` where it was
    not.
    """
    after = written.after
    settings = {"settings": shown(after.values, after.password.is_set)}
    if written.doubt is None:
        return Failure(
            "not_stored",
            target=target,
            options=", ".join(missing),
            found=held,
            stage="read_back",
            result=settings,
        )
    return Failure(
        "ambiguous_write",
        target=target,
        reason=written.doubt,
        found=unclear,
        stage="write",
        result=settings,
    )
