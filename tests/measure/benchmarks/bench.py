# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A folder to measure in: plays to write, a server to talk to, ways to run."""

from __future__ import annotations

import contextlib
import http.client
import itertools
import json
import subprocess
import sys
import typing as t
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from support.ansible_run import environment
from support.places import TESTS

from . import plays
from .bare_client import ask
from .ways import Series, Way, once, side_by_side

HELD = 2525
LARGE = 50_000_000
Make = t.Callable[[int], plays.Tasks]


@dataclass(frozen=True)
class Scene:
    """What a play has around it: tenants in a variable, or hosts in an inventory.

    ``variables`` are those of all hosts.  ``own`` makes each of the tenants have a password of its
    own instead of the one of the task.
    """

    tenants: int = 0
    hosts: int = 0
    forks: int = 5
    variables: t.Mapping[str, t.Any] = field(default_factory=dict)
    own: bool = False


ALONE = Scene()


class Server:
    """The fake in a process of its own; ``token`` is a host administrator's."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self.url = url
        self._door = http.client.HTTPConnection(t.cast(str, parts.hostname), parts.port)
        self.token = self._host_token()

    def _host_token(self) -> str:
        login = {"tenancyName": "Host", "usernameOrEmailAddress": "admin", "password": "secret"}
        head = {"Content-Type": "application/json"}
        path = "/api/Account/Authenticate"
        return ask(self._door, "POST", path, body=json.dumps(login), headers=head)["result"]


class Bench:
    """What the questions are asked with; ``full`` takes all sizes and more rounds."""

    def __init__(self, folder: Path, full: bool, rounds: int | None) -> None:
        self.folder, self.full = folder, full
        self.rounds = rounds or (7 if full else 3)
        self._numbers = itertools.count(1)
        self._ports = itertools.count(HELD + 1)
        self.environment = environment(folder)

    @contextlib.contextmanager
    def server(self, tenants: int, latency: float = 0.0, settings: int = 0) -> t.Iterator[Server]:
        """A fake with ``tenants`` tenants that answers ``latency`` seconds late.

        Each of them has so many ``settings`` that are none of ours.
        """
        program = [sys.executable, str(TESTS / "fake" / "orchestrator")]
        held = {plays.PORT_KEY: str(HELD)} | {f"Other.Key.{n}": "text" for n in range(settings)}
        rows = {f"T{n:05d}": held for n in range(1, tenants + 1)}
        seed = self.folder / "seed.json"
        seed.write_text(json.dumps({"tenants": rows}), encoding="utf-8")
        more = ["--seed", str(seed), "--log-limit", "10", "--switch", f"latency={latency}"]
        more += ["--switch", "allow_host_to_access_tenant_api=true"]
        fake = subprocess.Popen([*program, *more], stdout=subprocess.PIPE, text=True)
        assert fake.stdout is not None
        try:
            yield Server(json.loads(fake.stdout.readline())["url"])
        finally:
            fake.terminate()
            fake.wait()
            fake.stdout.close()

    def noop(self, make: Make, scene: Scene = ALONE) -> Way:
        """A play whose declaration already holds."""
        path = self._path()
        self._write(path, make(HELD), scene)
        return Way(self._play(path, scene))

    def change(self, make: Make, scene: Scene = ALONE) -> Way:
        """A play that has something else to write in every run."""
        path = self._path()
        return Way(
            self._play(path, scene),
            lambda: self._write(path, make(next(self._ports)), scene),
        )

    def ours(self, playbook: str, scene: Scene, *options: str) -> Way:
        """A playbook of this collection, as users start it."""
        inventory = self._inventory(self._path(), scene)
        name = f"rpaops.orchestrator.{playbook}"
        return Way(["ansible-playbook", "-i", inventory, "-f", str(scene.forks), name, *options])

    def settle(self, way: Way) -> None:
        """Run once, unmeasured, what has something to write, so that nothing is left to do."""
        way.prepare()
        once(way.command, self.environment, str(self.folder))

    def client(self, server: Server, count: int, parallel: int, token: str) -> Way:
        """The bare client."""
        program = str(Path(__file__).with_name("bare_client.py"))
        arguments = [server.url, str(count), str(parallel), token or "-", str(HELD)]
        return Way([sys.executable, program, *arguments])

    @staticmethod
    def large(kind: str) -> int:
        """How many bytes a large configuration file of this format has."""
        return LARGE // 50 if kind == "yaml" else LARGE

    def large_file(self, kind: str, size: int | None = None) -> str:
        """A large configuration file of ``size`` bytes; returns its path."""
        size = size or self.large(kind)
        path = self.folder / f"large-{size}.{kind}"
        text = "x" * 30
        with path.open("w", encoding="utf-8") as out:
            if kind == "json":
                rows = (
                    {"id": n, "text": text, "list": [1, 2], "on": True} for n in itertools.count()
                )
                out.write(f'{{\n "{plays.PORT_KEY}": "{HELD}",\n "Rows": [\n')
                while out.tell() < size:
                    out.write(json.dumps(next(rows), indent=1) + ",\n")
                out.write("  0\n ]\n}\n")
            elif kind == "yaml":
                out.write(f"Settings:\n  {plays.PORT_KEY}: '{HELD}'\n")
                for number in itertools.count():
                    if out.tell() >= size:
                        break
                    out.write(f"  Key.{number}: {text}\n")
            else:
                key = f'<add key="{plays.PORT_KEY}" value="{HELD}" />'
                out.write(f"<configuration>\n<appSettings>\n{key}\n</appSettings>\n<rows>\n")
                for number in itertools.count():
                    if out.tell() >= size:
                        break
                    out.write(f'<row id="{number}" text="{text}"><part of="it">text</part></row>\n')
                out.write("</rows>\n</configuration>\n")
        return str(path)

    def compare(self, ways: t.Mapping[str, Way], rounds: int | None = None) -> dict[str, Series]:
        count = rounds or self.rounds
        return side_by_side(ways, count, self.environment, str(self.folder))

    def _path(self) -> Path:
        return self.folder / f"play{next(self._numbers)}.json"

    def _write(self, path: Path, tasks: plays.Tasks, scene: Scene) -> None:
        more: dict[str, t.Any] = {"hosts": "all"}
        if scene.tenants:
            numbers = range(1, scene.tenants + 1)
            rows = [{"name": f"T{n:05d}"} for n in numbers]
            if scene.own:
                rows = [{**row, "smtp_password": f"{row['name']}-password"} for row in rows]
            names = path.with_suffix(".tenants.json")
            names.write_text(json.dumps({"tenants": rows}), encoding="utf-8")
            more["vars_files"] = [str(names)]
        path.write_text(json.dumps(plays.playbook(tasks, **more)), encoding="utf-8")

    def _play(self, path: Path, scene: Scene) -> list[str]:
        inventory = self._inventory(path, scene) if scene.hosts else "localhost,"
        return ["ansible-playbook", "-i", inventory, "-f", str(scene.forks), str(path)]

    def _inventory(self, path: Path, scene: Scene) -> str:
        hosts: dict[str, None] = {f"T{n:05d}": None for n in range(1, scene.hosts + 1)}
        inventory = path.with_suffix(".hosts.yml")
        everything = {"all": {"hosts": hosts, "vars": dict(scene.variables)}}
        inventory.write_text(json.dumps(everything), encoding="utf-8")
        return str(inventory)
