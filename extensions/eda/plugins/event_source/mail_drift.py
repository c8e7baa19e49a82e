# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An event source for Event-Driven Ansible: one event for every host and tenant that has drifted.

Arguments:
---------
    inventory: path of the inventory (required).
    interval: minutes between two looks (default 60, at least 1).
    prove: whether to prove what is stored by a message as well (playbook ``test``; default false).
    extra_vars: variables for the playbooks, such as ``mail_audience``.
    seconds: how long one look may take (default 1800).

Every event has ``mail_drift``: ``kind`` (``drift`` or ``test``), ``host``, ``tenant``, ``outcome``,
``differs`` (names of options), ``message``, ``error``, ``address``, ``plan`` and ``time``.  Rows
that are as declared make no event, and neither does one that was told and has not changed since.  A
look that came to nothing is one event without a host, ``not_checked``, and changes nothing of what
was told before.

No event holds a secret: it is made from the report, which holds none, or says in words of its own
how the playbook ended.  What a playbook printed is in no event.

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
#: The place of a look that came to nothing.
NOTHING = ("", "")
#: More seconds or minutes than any clock counts to.
FOREVER = 1e9
Event = dict[str, t.Any]
Found = dict[tuple[str, str], Event]


async def main(queue: asyncio.Queue[t.Any], args: dict[str, t.Any]) -> None:
    """Look again and again, and put what is new into ``queue``; ends when it is cancelled.

    Raises ``ValueError`` for an argument that cannot be used, before it looks.
    """
    minutes = judged(args)
    told: dict[str, Found] = {kind: {} for kind in PLAYBOOKS}
    kinds = [kind for kind in PLAYBOOKS if kind == "drift" or args.get("prove")]
    while True:
        for kind in kinds:
            found = await look(kind, args)
            for place, event in found.items():
                if told[kind].get(place) != event:
                    await queue.put({"mail_drift": {"kind": kind, **event}})
            # Who has seen nothing knows no better than before.
            told[kind] = {**told[kind], **found} if NOTHING in found else found
        await asyncio.sleep(60 * minutes)


def judged(args: t.Mapping[str, t.Any]) -> float:
    """The minutes between two looks, when all arguments can be used."""
    if not args.get("inventory"):
        raise ValueError("mail_drift: inventory is needed: the path of the inventory to look at")
    if not isinstance(args.get("extra_vars") or {}, dict):
        raise ValueError("mail_drift: extra_vars is not a dictionary; write name: value")
    for name in ("interval", "seconds"):
        try:
            fine = 0 < float(args.get(name, 60)) < FOREVER
        except (TypeError, ValueError):
            fine = False
        if not fine:
            raise ValueError(f"mail_drift: {name} is not a positive number; give one, such as 60")
    return max(1.0, float(args.get("interval", 60)))


async def look(kind: str, args: t.Mapping[str, t.Any]) -> Found:
    """What is not as declared now, by host and tenant.

    A look that came to nothing is one event, ``not_checked``.
    """
    with tempfile.TemporaryDirectory(prefix="mail-drift-") as folder:
        ended = await _run(kind, args, folder)
        rows = _rows(Path(folder))
    if rows is None:
        event = {**dict.fromkeys(TOLD, ""), "differs": [], "outcome": "not_checked"}
        said = f"{PLAYBOOKS[kind]} {ended}, and there is no report; run it by hand to see why"
        return {NOTHING: {**event, "message": said}}
    return {
        (row["host"], row["tenant"]): {name: row[name] for name in TOLD}
        for row in rows
        if row["outcome"] not in QUIET
    }


def _rows(folder: Path) -> list[Event] | None:
    """The rows of the report in ``folder``; none without a whole one."""
    for path in folder.glob("*.json"):
        try:
            return t.cast("list[Event]", json.loads(path.read_text(encoding="utf-8"))["rows"])
        except ValueError:  # ended while it was written
            return None
    return None


async def _run(kind: str, args: t.Mapping[str, t.Any], folder: str) -> str:
    """Run a playbook to its end, or until it has taken too long; how it ended."""
    more = {**(args.get("extra_vars") or {}), "mail_report_dir": folder}
    given = ["-i", str(args["inventory"]), "-e", json.dumps(more)]
    nowhere = asyncio.subprocess.DEVNULL
    try:
        process = await asyncio.create_subprocess_exec(
            "ansible-playbook",
            PLAYBOOKS[kind],
            *given,
            stdin=nowhere,
            stdout=nowhere,
            stderr=nowhere,
            start_new_session=True,
        )
    except OSError as exc:
        return f"cannot be run, as ansible-playbook cannot ({exc.strerror})"
    seconds = float(args.get("seconds", 1800))
    try:
        return f"ended with status {await asyncio.wait_for(process.wait(), seconds)}"
    except asyncio.TimeoutError:
        return f"did not end within {seconds:g} s"
    finally:
        if process.returncode is None:
            os.killpg(process.pid, signal.SIGKILL)
            await process.wait()
