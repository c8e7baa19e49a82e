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

from .base import fold

Path = tuple[str, ...]

OTHER_LETTERS = (
    "the key {name!r} differs from ours only in upper and lower case; write it as in the "
    "documentation"
)
TWICE = "the key {name!r} appears twice"
SEVERAL_PLACES = "the keys stand in several places; name one with config_file.section"
SEVERAL_FAMILIES = (
    "it holds keys of several families; name one with config_file.key_style ({styles})"
)
OTHER_FAMILY = (
    "its key {name!r} is of another family; set config_file.key_style: {style}{section}, or a "
    "second set of keys would stand beside it"
)
ELSEWHERE = (
    "its key {name!r} stands elsewhere; set config_file.section: {section}, or a second set of "
    "keys would stand beside it"
)
AT_THE_TOP = (
    "its key {name!r} stands at the top level; leave config_file.section out, or a second set of "
    "keys would stand beside it"
)
OUT_OF_REACH = (
    "its key {name!r} stands {where}, where it cannot be managed; a second set of keys would stand "
    "beside it"
)
NO_SECTION = "there is no object {section!r}; check config_file.section"
NOT_AN_OBJECT = "{section!r} is not an object; check config_file.section"
KUBERNETES = (
    "this is a Kubernetes object; for a ConfigMap of flat keys set config_file.section to data, "
    "else edit the file that it is made of"
)
SECRET = (
    "the values in the data of a Kubernetes Secret are base64; put them into stringData as plain "
    "text and set config_file.section: stringData"
)


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
    reason: str


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

    def __init__(self, reason: str, path: Path = (), name: str | None = None) -> None:
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
            obstacles.append(Obstacle(path, name, OTHER_LETTERS.format(name=name)))
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
