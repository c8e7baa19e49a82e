# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is looked for in a tree of maps, and what was found: a family of keys, in one of the maps.

Pure.

Names compare as .NET compares them: the case of letters does not count, and ``:`` leads from a map
into one below it.
"""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, field

from .._output.redact import clean
from .._phrase import Phrase, say
from .base import fold

Path = tuple[str, ...]


@dataclass(frozen=True)
class Family:
    """Keys that belong together; ``section`` is where they are, if only there.

    ``typed`` says that numbers and booleans are written as such where nothing stood before.
    """

    keys: frozenset[str]
    section: str | None = None
    typed: bool = False


@dataclass(frozen=True)
class Wanted:
    """The families to look for, the usual one first; ``style`` and ``section`` if they are told."""

    families: t.Mapping[str, Family]
    style: str | None = None
    section: str | None = None


@dataclass(frozen=True)
class Obstacle:
    """Why the keys must not be edited: the name to point at, in the map at ``path``."""

    path: Path
    name: str
    reason: Phrase


@dataclass(frozen=True)
class Home:
    """Where the keys are, or would be put.

    ``path`` leads to the map; the last ``missing`` names of it are to be made.  ``names`` says how
    each key of ours that is there is really written.
    """

    style: str
    keys: frozenset[str]
    path: Path = ()
    missing: int = 0
    names: t.Mapping[str, str] = field(default_factory=dict)
    obstacles: tuple[Obstacle, ...] = ()


class Misplaced(Exception):
    """Where the keys are cannot be told; ``path`` and ``name`` say what to point at."""

    def __init__(self, reason: Phrase, path: Path = (), name: str | None = None) -> None:
        super().__init__(reason)
        self.reason, self.path, self.name = reason, path, name


class Tree(t.Protocol):
    """How to walk through what a parser made of a text."""

    def inside(self, node: t.Any) -> t.Mapping[str, t.Any] | None:
        """The members of a map; None for anything else."""

    def listed(self, node: t.Any) -> t.Sequence[t.Any] | None:
        """The members of a list; None for anything else."""

    def is_empty(self, node: t.Any) -> bool:
        """Whether a node is no value at all."""

    def word(self, node: t.Any) -> str:
        """The text of a scalar; empty for anything else."""


def twice(name: str) -> Phrase:
    """What is wrong with a key that stands in one map twice."""
    return say("the key {name!r} appears twice", name=clean(name, 80))


def other_letters(name: str) -> Phrase:
    """What is wrong with a key that .NET takes for ours."""
    return say(
        "the key {name!r} differs from ours only in upper and lower case; write it as in the "
        "documentation",
        name=name,
    )


def named(
    path: Path, members: t.Iterable[str], keys: t.Collection[str]
) -> tuple[dict[str, str], list[Obstacle]]:
    """How each key is written in a map, and what is wrong with that."""
    ours = {fold(key): key for key in keys}
    names: dict[str, str] = {}
    obstacles = []
    for name in members:
        key = ours.get(fold(name))
        if key is None:
            continue
        if name != key:
            obstacles.append(Obstacle(path, name, other_letters(name)))
        if name == key or key not in names:
            names[key] = name
    return names, obstacles


class PlainTree:
    """A ``Tree`` of dictionaries and lists."""

    @staticmethod
    def inside(node: t.Any) -> dict[str, t.Any] | None:
        return node if isinstance(node, dict) else None

    @staticmethod
    def listed(node: t.Any) -> list[t.Any] | None:
        return node if isinstance(node, list) else None

    @staticmethod
    def is_empty(node: t.Any) -> bool:
        return node is None

    @staticmethod
    def word(node: t.Any) -> str:
        return node if isinstance(node, str) else ""
