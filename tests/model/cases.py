# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Generated cases: the same number is always the same case."""

from __future__ import annotations

import dataclasses
import itertools
import random
import typing as t
from dataclasses import dataclass, field

from fake.orchestrator import FAULTS, Switches

from . import worlds
from .roads import ROADS
from .worlds import NAMES, PASSWORD, WORLDS, World

#: Secrets, so that none of them may show anywhere.
OWN, ABOVE, ONE, TWO = (f"{word}-SeCrEt-word" for word in ("own", "above", "first", "second"))
TEXTS: t.Mapping[str, tuple[str, ...]] = {
    worlds.ALERTS: ("true", "True", "false", ""),
    "use_default_credentials": ("true", "false", "False", "maybe"),
    "enable_ssl": ("true", "false", "True"),
    "smtp_host": ("old.example.com", "OLD.example.com", "relay.example.com", ""),
    "smtp_port": ("25", "587", "0587", " 587 ", "none", ""),
    "smtp_username": ("", "robot", "Robot", "robot@example.com"),
    PASSWORD: (OWN, OWN, ""),
    "smtp_domain": ("", "CORP"),
    "default_from_address": ("", "a@example.com", "b@example.com"),
    "default_from_display_name": ("", "Robots", "  Röbots & Söhne"),
    worlds.TIMEOUT: ("180000", "60000"),
}
DECLARED: t.Mapping[str, tuple[t.Any, ...]] = {
    worlds.ALERTS: (True, False),
    "use_default_credentials": (False, False, False, True),
    "enable_ssl": (True, True, False),
    "smtp_host": ("new.example.com", "old.example.com", "NEW.example.com", "relay.example.com"),
    "smtp_port": (587, 587, 25, 2525),
    "smtp_username": ("robot", "robot", "robot@example.com", ""),
    PASSWORD: (ONE, ONE, TWO, OWN, ""),
    "smtp_domain": ("", "", "CORP"),
    "default_from_address": ("a@example.com", "b@example.com"),
    "default_from_display_name": ("Robots", "", "Röbots & Söhne", " x "),
    worlds.TIMEOUT: (60000, 180000),
}
WRITES = ("Settings.UpdateBulk", "Settings.DeleteBulk", "Identity.Update", "Identity.Delete")
READS = ("Settings.Read", "Identity.Read")
BODIES = (b"[", b"[" * 100_000, b"", b'{"error": {"validationErrors": 5}}', b"<html>")
#: Faults that are a plain no.
PLAIN = frozenset(("400", "401", "403", "404", "407", "429", "429-date"))
#: Faults that take their time: they come up now and then, with a short deadline.
SLOW = ("stall", "stall-before", "drip", "huge-body")
OPEN: t.Mapping[str, tuple[t.Any, ...]] = {
    "read_only": ((worlds.A_KEYS["smtp_host"],), (worlds.A_KEYS["enable_ssl"],)),
    "missing_keys": ((worlds.A_KEYS["smtp_port"],), (worlds.A_KEYS[PASSWORD],)),
    "duplicate_keys": ((worlds.A_KEYS["smtp_host"],),),
    "page_size": (7,),
    "identity_page_size": (3,),
    "stale_reads": (1, 2),
    "token_uses": (2, 3),
}
#: What does not change what is said, only how long it takes, or is not about settings.
UNUSED = ("latency", "token_seconds")
Move = tuple[str, t.Mapping[str, t.Any]]


def positions() -> list[tuple[str, t.Any]]:
    """Every position of every switch."""
    found = []
    for switch in dataclasses.fields(Switches):
        if switch.name not in UNUSED:
            choices = switch.metadata.get("choices") or OPEN[switch.name]
            found += [(switch.name, choice) for choice in choices]
    return found


POSITIONS = positions()


@dataclass(frozen=True)
class Case:
    """A server, what happened there before, the declaration, and what goes wrong meanwhile."""

    world: World
    held: t.Mapping[str, t.Mapping[str, str]]
    switches: t.Mapping[str, t.Any]
    #: ``declare`` with options, ``anew`` (the place lost its own values), ``above`` (it changed).
    before: tuple[Move, ...]
    options: t.Mapping[str, t.Any]
    faults: tuple[t.Mapping[str, t.Any], ...] = ()
    roads: tuple[str, str] = ("module", "controller")

    @property
    def declared(self) -> dict[str, t.Any]:
        return {name: self.options[name] for name in NAMES if name in self.options}


def operations_of(world: World) -> list[str]:
    """What a run in that world may ask."""
    sign_in = "Token" if "client_id" in world.sign_in else "Authenticate"
    places = {world.mail, world.alerts}
    asked = [("Identity.Read", "Identity.Update", "Identity.Delete")] * bool(
        places & {"acme", "host rows"}
    )
    asked += [("Settings.Read", "Settings.UpdateBulk", "Settings.DeleteBulk")] * bool(
        places & {"Default", "host"}
    )
    return [sign_in, *itertools.chain.from_iterable(asked)]


@dataclass
class Chance:
    """Choices of one case."""

    rng: random.Random
    world: World = field(init=False)

    def one_in(self, number: int) -> bool:
        return self.rng.randrange(number) == 0

    def texts(self, names: t.Iterable[str], share: float) -> dict[str, str]:
        chosen = [name for name in names if self.rng.random() < share]
        return {self.world.key(name): self.rng.choice(TEXTS[name]) for name in chosen}

    def held(self) -> dict[str, dict[str, str]]:
        names, share = self.world.names, self.rng.choice((0.0, 0.3, 0.7, 1.0))
        found: dict[str, dict[str, str]] = {"Default": {}, "host": {}, "acme": {}, "host rows": {}}
        for name in names:
            found[self.world.place(name)].update(self.texts([name], share))
        above = {"Default": "host", "acme": "host rows"}.get(self.world.mail)
        if above and self.one_in(2):
            found[above] = self.texts([n for n in names if n != worlds.ALERTS], 0.6)
            key = self.world.key(PASSWORD)
            found[above].update({key: ABOVE} if key in found[above] else {})
        return found

    def options(self) -> dict[str, t.Any]:
        if self.world.can_inherit and self.one_in(7):
            return self.inheriting()
        share = self.rng.choice((0.15, 0.4, 0.9))
        chosen = [n for n in self.world.names if self.rng.random() < share]
        found: dict[str, t.Any] = {n: self.rng.choice(DECLARED[n]) for n in chosen}
        if PASSWORD in found:
            found["update_password"] = self.rng.choice(("on_change",) * 5 + ("always", "on_create"))
            found["password_version"] = self.rng.choice((None, None, 1, 2))
        found["allow_password_reuse"] = self.one_in(2)
        if self.one_in(12):
            found = {"preset": "relay", "smtp_host": "relay.example.com", **found}
            found.pop(PASSWORD, None)
            found.pop("smtp_username", None)
        return found

    def inheriting(self) -> dict[str, t.Any]:
        share = self.rng.choice((0.0, 0.0, 0.4))
        named = {n: DECLARED[n][0] for n in self.world.names if self.rng.random() < share}
        return {"state": "inherited", "allow_password_reuse": self.one_in(2), **named}

    def moves(self) -> t.Iterator[Move]:
        for _turn in range(self.rng.choice((0, 0, 0, 1, 2))):
            yield ("declare", self.options())
        if self.one_in(8) and self.world.level != "host":
            yield ("anew", {})
        if self.one_in(8):
            yield ("above", self.texts((n for n in self.world.names if n != worlds.ALERTS), 0.5))

    def fault(self, number: int | None = None) -> dict[str, t.Any]:
        """Any fault at any request, or that of a ``number``, which go through all of them."""
        operations = operations_of(self.world)
        names = [name for name in FAULTS if (name in SLOW) == self.one_in(60)]
        fault, operation = self.rng.choice(names), self.rng.choice(operations)
        if number is not None:
            fault = list(FAULTS)[number % len(FAULTS)]
            operation = operations[number // len(FAULTS) % len(operations)]
        spared = 0 if operation in ("Authenticate", "Token") else self.rng.choice((0, 0, 1, 2))
        more = {"times": self.rng.choice((1, 1, 1, 2, None)), "after": spared}
        return {"operation": operation, "fault": fault, **more, **self.effect(fault)}

    def effect(self, fault: str) -> dict[str, t.Any]:
        found: dict[str, t.Any] = {"retry_after": 0, "seconds": 0.02, "megabytes": 40}
        if fault == "odd-answer":
            found["body"] = self.rng.choice(BODIES)
            found["status"] = self.rng.choice((200, 204, 408, 409, 500, 507))
        # Who says a plain no and does it all the same cannot be helped.
        if fault not in PLAIN and self.one_in(3):
            found["executes"] = True
        return found


def case(number: int) -> Case:
    """The case of that number."""
    chance = Chance(random.Random(f"model {number}"))
    world = WORLDS[number % len(WORLDS)]
    switches = dict([POSITIONS[number // len(WORLDS) % len(POSITIONS)]])
    if chance.one_in(3):
        switches.update([chance.rng.choice(POSITIONS)])
    if chance.one_in(3):
        switches = {}
    if not switches.get("api_header", True) and world.shape == "standalone":
        # Who names no version is taken for one of old, with a warning.
        world = dataclasses.replace(world, mail=str(world.alerts))
    chance.world = world
    faults = [chance.fault() for _turn in range(chance.rng.choice((0, 0, 1, 1, 2)))]
    if number % 3 == 0:
        faults.append(chance.fault(number // 3))
    roads = chance.rng.choice(list(itertools.product(ROADS, repeat=2)))
    before, held, options = tuple(chance.moves()), chance.held(), chance.options()
    for fault in faults:
        if fault["fault"] == "interleave":
            fault.update(interleaved(world, options))
    return Case(
        world,
        held,
        switches,
        before,
        options,
        tuple(faults),
        t.cast("tuple[str, str]", roads),
    )


def interleaved(world: World, options: t.Mapping[str, t.Any]) -> dict[str, t.Any]:
    """What somebody else writes meanwhile: a mail setting that is not managed, if there is one."""
    takes_all = "preset" in options or ("state" in options and not set(options) & set(NAMES))
    names = [] if takes_all else ["smtp_domain", "smtp_port"]
    free = [name for name in names if name not in options]
    settings = {worlds.A_KEYS[name]: "2626" for name in free[:1]}
    return {"tenant_written": "Default", "settings": settings}
