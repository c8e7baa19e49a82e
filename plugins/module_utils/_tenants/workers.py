# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Many tenants of one server in one task.

The first tenant goes alone: what is wrong with the declaration or the server shows there, before
the others are touched.  The rest is worked on by a bounded number of workers, each with what it
keeps from tenant to tenant, such as its connection.
"""

from __future__ import annotations

import threading
import typing as t
from collections import Counter
from concurrent.futures import ThreadPoolExecutor, wait

from .._errors import Failure
from .._settings import NAMES

if t.TYPE_CHECKING:
    from .._output.report import Params
    from .tally import Account, Result

Entry = t.Mapping[str, t.Any]
SIGNAL_SECONDS = 0.5
SIGN_IN = ("username", "password")


class Worker(t.Protocol):
    """Works on one tenant after the other."""

    def work(self, tenant: Entry) -> Result:
        """What happened to ``tenant``; raises nothing."""

    def close(self) -> None:
        """Give up what was kept."""


def checked(tenants: t.Sequence[Entry]) -> t.Sequence[Entry]:
    """``tenants``, every name of them once; else a ``Failure``."""
    counted = Counter(tenant["name"] for tenant in tenants)
    twice = sorted(name for name, count in counted.items() if count > 1)
    if twice:
        reason = f"{', '.join(twice)} stands there twice; name every tenant once."
        raise Failure("invalid_option", option="tenants", reason=reason)
    return tenants


def differs(tenant: Entry) -> bool:
    """Whether a setting is declared for this tenant alone."""
    return any(tenant.get(name) is not None for name in NAMES)


def arguments(params: Params, tenant: Entry) -> dict[str, t.Any]:
    """The arguments for one tenant; what is given for it wins."""
    settings = {name: tenant[name] for name in NAMES if tenant.get(name) is not None}
    return {**params, **settings, "server": server(params, tenant), "tenants": None}


def server(params: Params, tenant: Entry) -> dict[str, t.Any]:
    """The option ``server`` for one tenant."""
    own = {key: tenant[key] for key in SIGN_IN if tenant.get(key) is not None}
    return {**params["server"], "tenant": tenant["name"], **own}


def run(tenants: t.Sequence[Entry], account: Account, workers: t.Sequence[Worker]) -> None:
    """Work on the first tenant, then on the rest, until all are done or too many failed."""
    waiting = iter(tenants)
    turn = threading.Lock()
    interrupted = threading.Event()

    def next_tenant() -> Entry | None:
        with turn:
            over = account.stopped or interrupted.is_set()
            return None if over else next(waiting, None)

    def go_on(worker: Worker) -> None:
        while (tenant := next_tenant()) is not None:
            account.note(worker.work(tenant))

    try:
        if (first := next_tenant()) is not None:
            account.note(workers[0].work(first))
        if not account.failures:
            _together(go_on, workers, interrupted)
    finally:
        for worker in workers:
            worker.close()


def _together(
    go_on: t.Callable[[Worker], None], workers: t.Sequence[Worker], interrupted: threading.Event
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
            # Tenants in work end old or new; no further one is started.
            interrupted.set()
            raise
