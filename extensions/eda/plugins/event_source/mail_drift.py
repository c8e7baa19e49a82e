# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An event source for Event-Driven Ansible: one event for every host and tenant that has drifted.

Arguments:
---------
    inventory: path of the inventory (required).
    interval: minutes between two looks (default 60, at least 1).
    prove: whether to prove what is stored by a message as well (playbook ``test``; default false).
    extra_vars: variables for the playbooks, such as ``mail_fail_on``.
    seconds: how long one look may take (default 1800).

Every event has ``mail_drift``: ``kind`` (``drift`` or ``test``), ``host``, ``tenant``, ``outcome``,
``differs`` (names of options), ``message``, ``error``, ``address``, ``plan`` and ``time``.  Rows
that are as declared make no event, and neither does one that was told and has not changed since.
No event holds a secret: it is made from the report, which holds none.

"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import tempfile
import typing as t
from pathlib import Path

QUIET = frozenset(("as_declared", "not_compared"))
TOLD = ("host", "tenant", "outcome", "differs", "message", "error", "address", "plan")
PLAYBOOKS: t.Mapping[str, str] = {
    "drift": "rpaops.orchestrator.drift",
    "test": "rpaops.orchestrator.test",
}
Event = dict[str, t.Any]


async def main(queue: asyncio.Queue[t.Any], args: dict[str, t.Any]) -> None:
    """Look again and again, and put what is new into ``queue``; ends when it is cancelled."""
    told: dict[str, dict[tuple[str, str], Event]] = {kind: {} for kind in PLAYBOOKS}
    minutes = max(1.0, float(args.get("interval", 60)))
    kinds = [kind for kind in PLAYBOOKS if kind == "drift" or args.get("prove")]
    while True:
        for kind in kinds:
            found = await look(kind, args)
            for place, event in found.items():
                if told[kind].get(place) != event:
                    await queue.put({"mail_drift": {"kind": kind, **event}})
            told[kind] = found
        await asyncio.sleep(60 * minutes)


async def look(kind: str, args: t.Mapping[str, t.Any]) -> dict[tuple[str, str], Event]:
    """What is not as declared now, by host and tenant.

    A look that came to nothing is one event, ``not_checked``.
    """
    with tempfile.TemporaryDirectory(prefix="mail-drift-") as folder:
        said = await _run(kind, args, folder)
        reports = sorted(Path(folder).glob("*.json"))
        if not reports:
            event = {**dict.fromkeys(TOLD, ""), "differs": [], "outcome": "not_checked"}
            return {("", ""): {**event, "message": said[-500:]}}
        report = json.loads(reports[0].read_text(encoding="utf-8"))
    return {
        (row["host"], row["tenant"]): {name: row[name] for name in TOLD}
        for row in report["rows"]
        if row["outcome"] not in QUIET
    }


async def _run(kind: str, args: t.Mapping[str, t.Any], folder: str) -> str:
    """Run a playbook to its end, or until it has taken too long; what it printed last."""
    more = {**(args.get("extra_vars") or {}), "mail_report_dir": folder}
    given = ["-i", str(args["inventory"]), "-e", json.dumps(more)]
    process = await asyncio.create_subprocess_exec(
        "ansible-playbook",
        PLAYBOOKS[kind],
        *given,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        seconds = float(args.get("seconds", 1800))
        printed, _none = await asyncio.wait_for(process.communicate(), seconds)
        return printed.decode("utf-8", "replace")
    except asyncio.TimeoutError:
        return f"the playbook did not end within {seconds:g} s"
    finally:
        if process.returncode is None:
            os.killpg(process.pid, signal.SIGKILL)
            await process.wait()
