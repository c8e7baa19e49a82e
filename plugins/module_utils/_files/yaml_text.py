# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""YAML maps with flat dotted keys.

Pure.

PyYAML finds the places; the text in between is never written by it.
"""

from __future__ import annotations

import typing as t

from .._phrase import Phrase, say
from .._settings import wire_text
from .base import Changes, Edit, Scalar, fold, literal, refused, replaced
from .home import Home, Misplaced, Path, Wanted, twice
from .locate import locate
from .yaml_places import added, first_in, first_value, rest, taken_out
from .yaml_tree import (
    Alias,
    List,
    Map,
    document,
    end_of,
    is_plain,
    is_scalar,
    read_scalar,
    reads_as_itself,
    start_of,
)

if t.TYPE_CHECKING:
    from .._errors import Failure

ANCHOR = say("the value has an anchor or is an alias, so others would change with it")
SHARED = say("this map has an anchor, and aliases elsewhere would change with it")
ALIAS = say("this map is an alias; edit what it stands for")
TAG = say("the value has a tag, so what it means is not known here")
BLOCK = say("the value is written over several lines; write it on one")
NOT_A_SCALAR = say("the value is not a text, number or boolean")
MERGED = say("the key comes in through a merge; take it out where it stands")


class YamlText:
    """A YAML text (a ``Format``); the keys are looked for where ``wanted`` says, or near the top.

    Raises ``Failure`` for what is not one document with a map, for a value of ours that is a map, a
    list or has a tag, and where an option has to say which keys are meant.
    """

    notices: tuple[Phrase, ...] = ()
    overriding_file: str | None = None

    def __init__(self, text: str, wanted: Wanted) -> None:
        self._text, self._wanted = text, wanted
        self._top, self._aliased = document(text)
        try:
            self.home = locate(_TREE, self._top, wanted)
        except Misplaced as exc:
            raise self._refused(exc.path, exc.name, exc.reason) from exc
        self._place = self._reached(self.home.path)
        members = _TREE.inside(self._place) or {}
        self._found = {key: members[name] for key, name in self.home.names.items()}
        self.values = {key: self._value(node) for key, node in self._found.items()}
        self.merged = self._found.keys() - self._own().keys()

    @property
    def obstacles(self) -> list[Failure]:
        found = [self._refused(item.path, item.name, item.reason) for item in self.home.obstacles]
        return found + self._shared() + self._twins()

    def edited(self, changes: Changes) -> str:
        spans = [
            self._written(key, node, changes[key])
            for key, node in self._own().items()
            if key in changes
        ]
        is_typed = self._wanted.families[self.home.style].typed
        new = {
            key: literal(value if is_typed else None, value)
            for key, value in changes.items()
            if key not in self._own()
        }
        return replaced(self._text, spans + self._inserted(new))

    def removed(self, keys: t.Collection[str]) -> str:
        if not self._own().keys() >= set(keys):
            raise self._refused(self.home.path, None, MERGED)
        names = {self.home.names[key] for key in keys}
        return replaced(self._text, taken_out(self._text, t.cast("Map", self._place), names))

    def rest(self, home: Home) -> t.Any:
        ours = {fold(key) for key in home.keys}
        return [] if self._top is None else rest(self._top, home.path, ours)

    def _own(self) -> dict[str, t.Any]:
        """The values of ours that stand in the map itself, not in one that is merged in."""
        place = self._place
        if not isinstance(place, Map):
            return {}
        return {k: node for k, node in self._found.items() if place.key(self.home.names[k])}

    def _value(self, node: t.Any) -> Scalar:
        target = node.target if isinstance(node, Alias) else node
        if not is_scalar(target):
            raise refused(self._text, start_of(node), NOT_A_SCALAR)
        if target.tag is not None:
            raise refused(self._text, start_of(node), TAG)
        return read_scalar(target)

    def _written(self, key: str, node: t.Any, new: t.Any) -> Edit:
        """``new`` in the manner of the value that stands there."""
        start, end = start_of(node), end_of(node)
        if isinstance(node, Alias) or node.anchor is not None:
            raise refused(self._text, start, ANCHOR)
        if node.style in ("|", ">"):
            raise refused(self._text, start, BLOCK)
        text = wire_text(new)
        made = literal(self.values[key] if is_plain(node) else None, new)
        if node.style == "'" and text.isprintable():
            made = "'" + text.replace("'", "''") + "'"
        elif is_plain(node) and reads_as_itself(text):
            made = text
        return (start, end, made) if start < end else first_value(self._text, start, made)

    def _inserted(self, new: t.Mapping[str, str]) -> list[Edit]:
        if not new:
            return []
        if isinstance(self._place, Map):
            return added(self._text, self._place, new)
        above = self._reached(self.home.path[:-1])
        name = self.home.path[-1] if self.home.path else None
        return first_in(self._text, above, name, new)

    def _reached(self, path: Path) -> t.Any:
        node: t.Any = self._top
        for name in path:
            node = (_TREE.inside(node) or {}).get(name)
        return node.target if isinstance(node, Alias) else node

    def _shared(self) -> list[Failure]:
        """Maps on the way that more than their own place would change with."""
        found = []
        node: t.Any = self._top
        for name in self.home.path:
            node = (_TREE.inside(node) or {}).get(name)
            if isinstance(node, Alias):
                found.append(refused(self._text, start_of(node), ALIAS))
            elif isinstance(node, Map) and node.start.anchor in self._aliased:
                found.append(refused(self._text, start_of(node), SHARED))
        return found

    def _twins(self) -> list[Failure]:
        """Keys of ours that stand twice, and names on the way to them."""
        found = []
        for depth in range(len(self.home.path) + 1):
            place = self._reached(self.home.path[:depth])
            way = self.home.path[depth : depth + 1] or tuple(self.home.names.values())
            names = [key for key, _v in place.pairs] if isinstance(place, Map) else []
            for name in way:
                keys = [key for key in names if is_scalar(key) and key.value == name]
                found += [refused(self._text, start_of(key), twice(name)) for key in keys[1:]]
        return found

    def _refused(self, path: Path, name: str | None, reason: Phrase) -> Failure:
        place = self._reached(path)
        key = place.key(name) if isinstance(place, Map) and name is not None else None
        return refused(self._text, 0 if key is None else start_of(key), reason)


class _YamlTree:
    @staticmethod
    def inside(node: t.Any) -> dict[str, t.Any] | None:
        node = node.target if isinstance(node, Alias) else node
        return node.members if isinstance(node, Map) else None

    @staticmethod
    def listed(node: t.Any) -> list[t.Any] | None:
        return node.nodes if isinstance(node, List) else None

    @staticmethod
    def is_empty(node: t.Any) -> bool:
        return node is None or (is_scalar(node) and read_scalar(node) is None)

    @staticmethod
    def word(node: t.Any) -> str:
        return str(node.value) if is_scalar(node) else ""


_TREE = _YamlTree()
