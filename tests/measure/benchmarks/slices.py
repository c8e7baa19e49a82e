# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The recipe of the page on scale: slices of an inventory of tenants, and one report of both."""

from __future__ import annotations

import json
import shlex
import typing as t

from . import plays
from .bench import HELD, Bench, Server
from .goals import Answer
from .questions import HEAD, rows_of
from .ways import Way

SLICED = 400
HALVES = {"one": f"all[0:{SLICED // 2 - 1}]", "two": f"all[{SLICED // 2}:]"}


def slices(bench: Bench) -> Answer:
    """The nightly look by one process, and by two of them with one report afterwards."""
    with bench.server(SLICED) as server:
        play = _play(bench, server)
        bench.settle(Way(play("apply", [])))
        whole = bench.folder / "whole"
        found = bench.compare(
            {
                "one process": Way(play("drift", _reports(whole))),
                "two processes and one report": Way(["sh", "-c", _two(bench, play)]),
            },
            min(bench.rounds, 3),
        )
    one, both = (
        json.loads((folder / "mail-drift.json").read_text(encoding="utf-8"))["counts"]
        for folder in (whole, bench.folder / "both")
    )
    assert one == both, (one, both)
    return Answer([HEAD, *rows_of(f"drift of {SLICED} tenants as hosts", found, "one process")])


Play = t.Callable[[str, t.Sequence[str]], list[str]]


def _play(bench: Bench, server: Server) -> Play:
    """A playbook of ours on the inventory of all tenants."""
    inventory = bench.folder / "orchestrator.tenants.yml"
    sign_in = {"username": "admin", "password": "secret", "use_proxy": False}
    source = {"plugin": "rpaops.orchestrator.tenants", "url": server.url, **sign_in}
    inventory.write_text(json.dumps(source), encoding="utf-8")
    variables = plays.host_variables(server.url, HELD)
    variables["mail_server"]["tenant"] = "{{ orchestrator_tenant }}"
    given = bench.folder / "declared.json"
    given.write_text(json.dumps(variables), encoding="utf-8")
    base = ["ansible-playbook", "-i", str(inventory), "-e", f"@{given}"]
    return lambda name, more: [*base, f"rpaops.orchestrator.{name}", *more]


def _reports(folder: t.Any) -> list[str]:
    return ["-e", f"mail_report_dir={folder}"]


def _two(bench: Bench, play: Play) -> str:
    """A line of the shell: both halves at the same time, and one report when both are over."""
    commands = [
        shlex.join(play("drift", [*_reports(bench.folder / name), "--limit", half]))
        for name, half in HALVES.items()
    ]
    merge = {"merge": [str(bench.folder / name / "mail-drift.json") for name in HALVES]}
    task = {"rpaops.orchestrator.mail_report": {**merge, "directory": str(bench.folder / "both")}}
    path = bench.folder / "merge.json"
    path.write_text(json.dumps(plays.playbook([task])), encoding="utf-8")
    last = shlex.join(["ansible-playbook", "-i", "localhost,", str(path)])
    return f"{commands[0]} & one=$!; {commands[1]} & two=$!; wait $one && wait $two && exec {last}"
