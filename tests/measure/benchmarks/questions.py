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
from .ways import Series, Way

Rows = list[list[str]]
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


def _rows(work: str, found: t.Mapping[str, Series], base: str) -> Rows:
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


def one_tenant(bench: Bench) -> Rows:
    """A single tenant, unchanged and changed, near and far."""
    rows = [HEAD]
    for label, latency in LATENCIES.items():
        with bench.server(1, latency) as server:
            for work, way in (("no-op", bench.noop), ("change", bench.change)):
                found = bench.compare(_single(bench, server, way))
                if work == "no-op":
                    found |= _goals(found, latency)
                rows += _rows(f"1 tenant, {work}, latency {label}", found, "debug play")
    return rows


def _goals(found: t.Mapping[str, Series], latency: float) -> dict[str, Series]:
    empty, chain = found["debug play"], found["chain of uri tasks"]
    return {
        "goal: 1.25 × debug play + 2 round trips": Series(
            [1.25 * empty.median + 2 * latency], [2 * empty.memory]
        ),
        "goal: 0.45 × chain of uri tasks": Series([0.45 * chain.median], [2 * empty.memory]),
    }


def _single(bench: Bench, server: Server, way: t.Callable[..., Way]) -> dict[str, Way]:
    return {
        "debug play": bench.noop(lambda _port: plays.nothing()),
        "controller road": way(lambda port: plays.one(server.url, port)),
        "module road": way(lambda port: plays.one(server.url, port, **plays.MODULE_ROAD)),
        "chain of uri tasks": way(lambda port: plays.uri_chain(server.url, port)),
    }


def many_tenants(bench: Bench) -> Rows:
    """Tenants in one task: unchanged with one token, then changed, then with a sign-in each."""
    rows = [HEAD]
    for count in (10, 100, 1000, 10000):
        with bench.server(count) as server:
            rows += _bulk(bench, server, count, "no-op", server.token)
            if bench.full or count <= 1000:
                rows += _bulk(bench, server, count, "no-op, sign-in each", "")
                rows += _bulk(bench, server, count, "change", server.token)
    with bench.server(1000, 0.02) as server:
        rows += _bulk(bench, server, 1000, "no-op, latency 20 ms", server.token)
    return rows


def _bulk(bench: Bench, server: Server, count: int, work: str, token: str) -> Rows:
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
    if "bare client" in found:
        empty, bare = found["debug play"].median, found["bare client"].median
        goal = Series([empty + 1.6 * bare], [2 * found["debug play"].memory])
        found["goal: debug play + 1.6 × bare client"] = goal
    return _rows(f"{count} tenants, {work}", found, "debug play")


def hosts(bench: Bench) -> Rows:
    """Tenants as hosts of an inventory, at several numbers of forks."""
    rows = [HEAD]
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
            rows += _rows(f"{count} hosts, no-op, {forks} forks", found, "debug play")
    with bench.server(10) as server:
        scene = Scene(hosts=10)
        make = functools.partial(plays.one, server.url, tenant="{{ inventory_hostname }}")
        ways = {
            "debug play": bench.noop(lambda _port: plays.nothing(), scene),
            "controller road": bench.noop(make, scene),
            "module road": bench.noop(functools.partial(make, **plays.MODULE_ROAD), scene),
        }
        rows += _rows("10 hosts, no-op, 5 forks", bench.compare(ways), "debug play")
    return rows


def ceiling(bench: Bench) -> Rows:
    """Requests per second of the fake itself, asked by as many bare clients as there are cores."""
    rows = [["Clients", "Connections", "Requests per second"]]
    with bench.server(10000) as server:
        for processes in (1, 2):
            rate = _rate(bench, server, processes, 4)
            rows.append([str(processes), str(4 * processes), f"{rate:.0f}"])
    return rows


def _rate(bench: Bench, server: Server, processes: int, connections: int) -> float:
    count = 3000
    program = " ".join(bench.client(server, count, connections, server.token).command)
    together = " & ".join([program] * processes) + " & wait"
    found = bench.compare({"clients": Way(["sh", "-c", together])})
    return processes * count / found["clients"].median


def files(bench: Bench) -> Rows:
    """A large configuration file that already holds what is declared."""
    rows = [HEAD]
    for kind, parse in PARSE_ONCE.items():
        path = bench.large_file(kind)
        found = bench.compare(
            {
                "debug play": bench.noop(lambda _port: plays.nothing()),
                "reading and parsing once": Way([sys.executable, "-c", parse, path]),
                "controller road": bench.noop(functools.partial(plays.one_file, path)),
            }
        )
        empty, once = found["debug play"], found["reading and parsing once"]
        goal = empty.median + 1.5 * once.median
        found["goal: debug play + 1.5 × parsing"] = Series([goal], [2 * once.memory])
        work = f"{bench.large(kind) // 10**6} MB {kind}, no-op"
        rows += _rows(work, found, "reading and parsing once")
    return rows


ALL: t.Mapping[str, t.Callable[[Bench], Rows]] = {
    "one-tenant": one_tenant,
    "many-tenants": many_tenants,
    "hosts": hosts,
    "files": files,
    "ceiling": ceiling,
}
