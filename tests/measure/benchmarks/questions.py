# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is measured: each function answers one question with the rows of a table."""

from __future__ import annotations

import functools
import sys
import typing as t

from . import plays
from .bench import Bench, Scene, Server
from .goals import Answer, Goal, Rows
from .ways import Series, Way

HEAD = ["Work", "Way", "Median, s", "Lowest to highest, s", "Ratio", "Peak memory, MiB"]
PARALLEL = 8
PARSE_ONCE = {
    "json": "import json, sys; json.load(open(sys.argv[1], encoding='utf-8'))",
    "xml": "import sys; from xml.etree import ElementTree; ElementTree.parse(sys.argv[1])",
    "yaml": "import sys, yaml; loader = getattr(yaml, 'CSafeLoader', yaml.SafeLoader); "
    "yaml.compose(open(sys.argv[1], encoding='utf-8').read(), Loader=loader)",
}
#: A latency as people name it, and in seconds.
LATENCIES = {"0 ms": 0.0, "20 ms": 0.02, "100 ms": 0.1}


def rows_of(work: str, found: t.Mapping[str, Series], base: str) -> Rows:
    """One row per way; the ratio is to the median of ``base``."""
    return [
        [
            work,
            way,
            f"{series.median:.2f}",
            series.spread,
            f"{series.median / found[base].median:.2f}",
            f"{series.memory:.0f}",
        ]
        for way, series in found.items()
    ]


def one_tenant(bench: Bench) -> Answer:
    """A single tenant, unchanged and changed, near and far."""
    rows, goals = [HEAD], list[Goal]()
    for label, latency in LATENCIES.items():
        with bench.server(1, latency) as server:
            for work, way in (("no-op", bench.noop), ("change", bench.change)):
                found = bench.compare(_single(bench, server, way))
                name = f"1 tenant, {work}, latency {label}"
                if work == "no-op":
                    goals += _single_goals(name, found, latency)
                rows += rows_of(name, found, "debug play")
    return Answer(rows, goals)


def _single_goals(work: str, found: t.Mapping[str, Series], latency: float) -> list[Goal]:
    empty, chain = found["debug play"].median, found["chain of uri tasks"].median
    mine, share = found["controller road"].median, 0.5 if latency >= 0.1 else 0.45
    near = Goal(work, "1.25 × debug play + 2 round trips", 1.25 * empty + 2 * latency, mine)
    return [near, Goal(work, f"{share} × chain of uri tasks", share * chain, mine)]


def _single(bench: Bench, server: Server, way: t.Callable[..., Way]) -> dict[str, Way]:
    return {
        "debug play": bench.noop(lambda _port: plays.nothing()),
        "controller road": way(lambda port: plays.one(server.url, port)),
        "module road": way(lambda port: plays.one(server.url, port, **plays.MODULE_ROAD)),
        "chain of uri tasks": way(lambda port: plays.uri_chain(server.url, port)),
    }


def many_tenants(bench: Bench) -> Answer:
    """Tenants in one task: unchanged with one token, then changed, then with a sign-in each."""
    parts = []
    for count in (10, 100, 1000, 10000):
        with bench.server(count) as server:
            parts.append(_bulk(bench, server, count, "no-op", server.token))
            if bench.full or count <= 1000:
                parts.append(_bulk(bench, server, count, "no-op, sign-in each", ""))
                parts.append(_bulk(bench, server, count, "change", server.token))
    with bench.server(1000, 0.02) as server:
        parts.append(_bulk(bench, server, 1000, "no-op, latency 20 ms", server.token))
    return together(parts)


def together(parts: t.Sequence[Answer]) -> Answer:
    """Several answers as one, under the head of a table of ways."""
    rows = [row for part in parts for row in part.rows]
    return Answer([HEAD, *rows], [goal for part in parts for goal in part.goals])


def _bulk(bench: Bench, server: Server, count: int, work: str, token: str) -> Answer:
    scene = Scene(tenants=count)
    way = bench.change if work == "change" else bench.noop
    make = functools.partial(plays.many, server.url, token=token, parallel=PARALLEL)
    ways = {
        "debug play": bench.noop(lambda _port: plays.nothing()),
        "bare client": bench.client(server, count, PARALLEL, token),
        "controller road": way(make, scene),
        "module road": way(functools.partial(make, **plays.MODULE_ROAD), scene),
    }
    if work == "change":
        # It only reads, and what it looks for is gone.
        del ways["bare client"]
    if work == "no-op" and count == 10:
        ways["chain of uri tasks"] = bench.noop(
            lambda port: plays.uri_chain(server.url, port, count)
        )
    found = bench.compare(ways, None if count <= 1000 else min(bench.rounds, 3))
    name = f"{count} tenants by a list, {work}"
    goals = [] if "bare client" not in found else beside_client(name, found, 2.5)
    return Answer(rows_of(name, found, "debug play"), goals)


def beside_client(work: str, found: t.Mapping[str, Series], times: float) -> list[Goal]:
    """An empty play and so many bare clients, and twice the memory of an empty play."""
    empty, mine = found["debug play"], found["controller road"]
    allowed = empty.median + times * found["bare client"].median
    return [
        Goal(work, f"debug play + {times} × bare client", allowed, mine.median),
        Goal(work, "2 × debug play", 2 * empty.memory, mine.memory, "MiB"),
    ]


def hosts(bench: Bench) -> Answer:
    """Tenants as hosts of an inventory, at several numbers of forks."""
    rows, goals = [HEAD], list[Goal]()
    count = 1000 if bench.full else 100
    with bench.server(count) as server:
        for forks in (5, 20, 50):
            scene = Scene(hosts=count, forks=forks)
            make = functools.partial(plays.one, server.url, tenant="{{ inventory_hostname }}")
            found = bench.compare(
                {
                    "debug play": bench.noop(lambda _port: plays.nothing(), scene),
                    "controller road": bench.noop(make, scene),
                },
                min(bench.rounds, 3),
            )
            name = f"{count} hosts, no-op, {forks} forks"
            rows += rows_of(name, found, "debug play")
            empty, mine = found["debug play"].median, found["controller road"].median
            goals.append(Goal(name, "1.5 × debug play", 1.5 * empty, mine))
    with bench.server(10) as server:
        scene = Scene(hosts=10)
        make = functools.partial(plays.one, server.url, tenant="{{ inventory_hostname }}")
        ways = {
            "debug play": bench.noop(lambda _port: plays.nothing(), scene),
            "controller road": bench.noop(make, scene),
            "module road": bench.noop(functools.partial(make, **plays.MODULE_ROAD), scene),
        }
        rows += rows_of("10 hosts, no-op, 5 forks", bench.compare(ways), "debug play")
    return Answer(rows, goals)


def ceiling(bench: Bench) -> Answer:
    """Requests per second of the fake itself, asked by as many bare clients as there are cores."""
    rows = [["Clients", "Connections", "Requests per second"]]
    with bench.server(10000) as server:
        for processes in (1, 2):
            rate = _rate(bench, server, processes, 4)
            rows.append([str(processes), str(4 * processes), f"{rate:.0f}"])
    return Answer(rows)


def _rate(bench: Bench, server: Server, processes: int, connections: int) -> float:
    count = 3000
    program = " ".join(bench.client(server, count, connections, server.token).command)
    together = " & ".join([program] * processes) + " & wait"
    found = bench.compare({"clients": Way(["sh", "-c", together])})
    return processes * count / found["clients"].median


def files(bench: Bench) -> Answer:
    """A large configuration file that already holds what is declared."""
    rows, goals = [HEAD], list[Goal]()
    for kind, parse in PARSE_ONCE.items():
        path = bench.large_file(kind)
        found = bench.compare(
            {
                "debug play": bench.noop(lambda _port: plays.nothing()),
                "reading and parsing once": Way([sys.executable, "-c", parse, path]),
                "controller road": bench.noop(functools.partial(plays.one_file, path)),
            }
        )
        empty, once = found["debug play"].median, found["reading and parsing once"].median
        mine, work = (
            found["controller road"].median,
            f"{bench.large(kind) // 10**6} MB {kind}, no-op",
        )
        goals.append(Goal(work, "debug play + 1.5 × parsing", empty + 1.5 * once, mine))
        rows += rows_of(work, found, "reading and parsing once")
    return Answer(rows, goals)
