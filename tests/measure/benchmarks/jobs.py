# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What users run: playbooks with a password, all tenants by a pattern, own passwords."""

from __future__ import annotations

import functools
import typing as t

from . import plays
from .bench import HELD, Bench, Make, Scene, Server
from .goals import Answer, Goal
from .questions import HEAD, PARALLEL, beside_client, rows_of, together
from .ways import Series

HOSTS, VALIDATED, EXPORTED, OWN = 100, 1000, 300, 1000


def main_job(bench: Bench) -> Answer:
    """A hundred hosts with a password and nothing to do, as a pipeline runs them."""
    with bench.server(HOSTS) as server:
        scene = Scene(hosts=HOSTS, variables=plays.host_variables(server.url, HELD))
        bench.settle(bench.ours("apply", scene))
        reports = ("-e", f"mail_report_dir={bench.folder / 'reports'}")
        found = bench.compare(
            {
                "debug play": bench.noop(lambda _port: plays.nothing(), scene),
                "module": bench.noop(lambda p: plays.one_with_password(server.url, p), scene),
                "playbook apply --check": bench.ours("apply", scene, "--check"),
                "playbook drift": bench.ours("drift", scene, *reports),
            }
        )
    work = f"{HOSTS} hosts with a password, no-op"
    limits = {"module": 1.4, "playbook apply --check": 2.5, "playbook drift": 2.5}
    return Answer([HEAD, *rows_of(work, found, "debug play")], _times(work, found, limits))


def _times(work: str, found: t.Mapping[str, Series], limits: t.Mapping[str, float]) -> list[Goal]:
    empty = found["debug play"].median
    return [
        Goal(f"{work}, {way}", f"{times} × debug play", times * empty, found[way].median)
        for way, times in limits.items()
    ]


def validate(bench: Bench) -> Answer:
    """A thousand declarations, judged without a connection: all from a group, or all different."""
    shared = plays.host_variables("http://127.0.0.1:9", HELD)
    scene = Scene(hosts=VALIDATED, variables=shared)
    different = {**shared, "mail_smtp_password": "{{ 'password of ' ~ inventory_hostname }}"}
    found = bench.compare(
        {
            "empty play": bench.noop(lambda _port: [], scene),
            "debug play": bench.noop(lambda _port: plays.nothing(), scene),
            "playbook validate": bench.ours("validate", scene),
            "playbook validate, no two alike": bench.ours(
                "validate", Scene(hosts=VALIDATED, variables=different)
            ),
        }
    )
    work = f"{VALIDATED} hosts with a password"
    goal = Goal(f"{work}, playbook validate", "two seconds", 2, found["playbook validate"].median)
    return Answer([HEAD, *rows_of(work, found, "empty play")], [goal])


def export(bench: Bench) -> Answer:
    """Everything that a server holds for so many tenants, as variables, with the proof of it."""
    with bench.server(EXPORTED) as server:
        given = {"mail_server": plays.host_server(server.url)}
        scene = Scene(hosts=EXPORTED, variables=given)
        folder = ("-e", f"mail_export_dir={bench.folder / 'export'}")
        found = bench.compare(
            {
                "debug play": bench.noop(lambda _port: plays.nothing(), scene),
                "playbook export": bench.ours("export", scene, *folder),
            }
        )
    return Answer([HEAD, *rows_of(f"{EXPORTED} tenants as hosts", found, "debug play")])


def own_passwords(bench: Bench) -> Answer:
    """Tenants in one task that each have a password, beside one password for all."""
    # A server for each, as what one of them stores would be another password for the other.
    with bench.server(OWN) as common, bench.server(OWN) as apart:
        ways = {
            "one password": bench.noop(_passwords(common), Scene(tenants=OWN)),
            "own passwords": bench.noop(_passwords(apart), Scene(tenants=OWN, own=True)),
        }
        for way in ways.values():
            bench.settle(way)
        found = bench.compare(ways)
    work = f"{OWN} tenants by a list, no-op"
    one, mine = found["one password"].median, found["own passwords"].median
    goal = Goal(f"{work}, own passwords", "1.5 × one password", 1.5 * one, mine)
    return Answer([HEAD, *rows_of(work, found, "one password")], [goal])


def _passwords(server: Server) -> Make:
    return functools.partial(plays.with_password, server.url, token=server.token, parallel=PARALLEL)


def matching(bench: Bench) -> Answer:
    """All tenants of a server by one pattern, with nothing to do."""
    return together([_matching(bench, count) for count in (1000, 10000)])


def _matching(bench: Bench, count: int) -> Answer:
    with bench.server(count) as server:
        make = functools.partial(plays.matching, server.url, token=server.token, parallel=PARALLEL)
        found = bench.compare(
            {
                "debug play": bench.noop(lambda _port: plays.nothing()),
                "bare client": bench.client(server, count, PARALLEL, server.token),
                "controller road": bench.noop(make),
            }
        )
    work = f"{count} tenants by a pattern, no-op"
    return Answer(rows_of(work, found, "debug play"), beside_client(work, found, 1.6))
