# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How time and memory grow: with tenants, hosts, settings of a tenant, bytes of a file."""

from __future__ import annotations

import contextlib
import functools
import math
import typing as t

from . import plays
from .bench import HELD, Bench, Scene
from .goals import Answer, Goal, Rows
from .questions import PARALLEL
from .ways import Series, Way

HEAD = ["Work", "Size", "Median, s", "Above an empty play, s", "Peak memory, MiB", "Exponent"]
#: What grows twice as fast as its cause has the exponent 1; the rest is for the clock.
MOST = 1.1
#: Seconds; a difference of less than that is none.
LEAST = 0.01
EMPTY = "debug play"
TENANTS, HOSTS, SETTINGS = (
    (1000, 2000, 4000, 8000),
    (50, 100, 200, 400),
    (5000, 10000, 20000, 40000),
)
PARTS = (8, 4, 2, 1)
Ways = t.ContextManager[t.Mapping[int, Way]]


def growth(bench: Bench) -> Answer:
    """One exponent a cause: the slope of the time above an empty play, both as logarithms."""
    rows, goals = [HEAD], list[Goal]()
    for work, sizes in CAUSES.items():
        with sizes(bench) as ways:
            named = {str(size): way for size, way in ways.items()}
            empty = {EMPTY: bench.noop(lambda _port: plays.nothing())}
            found = bench.compare({**empty, **named}, min(bench.rounds, 3))
        base = found.pop(EMPTY)
        above = {int(size): series.median - base.median for size, series in found.items()}
        slope = exponent(above)
        rows += _rows(work, found, above, slope)
        goals.append(Goal(f"{work}, time", "exponent of linear growth", MOST, slope, ""))
        memory = exponent({int(size): series.memory for size, series in found.items()})
        goals.append(Goal(f"{work}, memory", "exponent of linear growth", MOST, memory, ""))
    return Answer(rows, goals)


def exponent(measured: t.Mapping[int, float]) -> float:
    """The ``e`` of ``size ** e`` that fits best (least squares of the logarithms)."""
    points = [(math.log(size), math.log(max(value, LEAST))) for size, value in measured.items()]
    middle = [sum(axis) / len(points) for axis in zip(*points, strict=True)]
    away = [(x - middle[0], y - middle[1]) for x, y in points]
    return sum(x * y for x, y in away) / sum(x * x for x, _y in away)


def _rows(
    work: str, found: t.Mapping[str, Series], above: t.Mapping[int, float], slope: float
) -> Rows:
    # One exponent for all sizes stands beside the largest.
    last = str(max(above))
    return [
        [
            work,
            size,
            f"{series.median:.2f}",
            f"{above[int(size)]:.2f}",
            f"{series.memory:.0f}",
            f"{slope:.2f}" if size == last else "",
        ]
        for size, series in found.items()
    ]


@contextlib.contextmanager
def _tenants(bench: Bench) -> t.Iterator[t.Mapping[int, Way]]:
    with contextlib.ExitStack() as stack:
        servers = {count: stack.enter_context(bench.server(count)) for count in TENANTS}
        yield {
            count: bench.noop(
                functools.partial(plays.matching, one.url, token=one.token, parallel=PARALLEL)
            )
            for count, one in servers.items()
        }


@contextlib.contextmanager
def _hosts(bench: Bench) -> t.Iterator[t.Mapping[int, Way]]:
    with contextlib.ExitStack() as stack:
        ways = {}
        for count in HOSTS:
            # A server for each, and so a record of passwords that grows as well.
            server = stack.enter_context(bench.server(count))
            scene = Scene(hosts=count, variables=plays.host_variables(server.url, HELD))
            bench.settle(bench.ours("apply", scene))
            reports = ("-e", f"mail_report_dir={bench.folder / 'reports'}")
            ways[count] = bench.ours("drift", scene, *reports)
        yield ways


@contextlib.contextmanager
def _settings(bench: Bench) -> t.Iterator[t.Mapping[int, Way]]:
    with contextlib.ExitStack() as stack:
        servers = {n: stack.enter_context(bench.server(1, settings=n)) for n in SETTINGS}
        yield {
            count: bench.noop(functools.partial(plays.one, server.url))
            for count, server in servers.items()
        }


@contextlib.contextmanager
def _files(kind: str, bench: Bench) -> t.Iterator[t.Mapping[int, Way]]:
    sizes = [bench.large(kind) // part for part in PARTS]
    yield {
        size: bench.noop(functools.partial(plays.one_file, bench.large_file(kind, size)))
        for size in sizes
    }


CAUSES: t.Mapping[str, t.Callable[[Bench], Ways]] = {
    "tenants by a pattern": _tenants,
    "hosts with a password, playbook drift": _hosts,
    "settings of one tenant": _settings,
    "bytes of a json file": functools.partial(_files, "json"),
    "bytes of an xml file": functools.partial(_files, "xml"),
    "bytes of a yaml file": functools.partial(_files, "yaml"),
}
