# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""JSON as .NET reads it: comments, trailing commas, flat dotted keys.

Pure.

Reading and judging is left to ``json``: comments and trailing commas become white space of the same
length first, so every position in the plain text is one in the text itself.
"""

from __future__ import annotations

import json
import typing as t

from .._phrase import Phrase, say
from .._settings import Value
from .base import Changes, Edit, Scalar, fold, literal, quoted, refused, replaced
from .home import Home, Misplaced, Path, PlainTree, Wanted, twice
from .json_object import Object, inserted, object_at, without, written_object
from .json_plain import after_space, parsed
from .locate import locate

if t.TYPE_CHECKING:
    from .._errors import Failure


class JsonText:
    """A JSON text (a ``Format``); the keys are looked for where ``wanted`` says, or near the top.

    Raises ``Failure`` for a text that is no JSON, for a value of ours that is an object or a list,
    and where an option has to say which keys are meant.  An empty text is an object to be made.
    """

    notices: tuple[Phrase, ...] = ()
    overriding_file: str | None = None
    merged: t.Collection[str] = ()

    def __init__(self, text: str, wanted: Wanted) -> None:
        self._text, self._wanted = text, wanted
        self._is_void = not text or text.isspace()
        start = after_space(text, 0)
        if not self._is_void and text[start : start + 1] != "{":
            raise refused(text, start, say("the file must hold one JSON object"))
        self._plain, self._top = parsed("{}" if self._is_void else text)
        try:
            self.home = locate(PlainTree(), self._top, wanted)
        except Misplaced as exc:
            raise self._refused(exc.path, exc.name, exc.reason) from exc
        self.values = self._values()

    @property
    def obstacles(self) -> list[Failure]:
        found = [self._refused(item.path, item.name, item.reason) for item in self.home.obstacles]
        return found + self._twins()

    def edited(self, changes: Changes) -> str:
        if self._is_void:
            return JsonText("{\n}\n", self._wanted).edited(changes)
        text, home = self._text, self.home
        new = [key for key in changes if key not in home.names]
        is_typed = self._wanted.families[home.style].typed
        members = [_member(key, changes[key], is_typed) for key in new]
        if home.missing:
            return replaced(text, self._home_with(members))
        place = self._object(home.path)
        spans = [
            (found.start, found.end, literal(self.values[key], changes[key]))
            for key, name in home.names.items()
            if key in changes
            for found in place.all(name)
        ]
        return replaced(text, spans + inserted(text, place, members))

    def removed(self, keys: t.Collection[str]) -> str:
        """The text without the members ``keys``, each with its line where it has one."""
        names = {self.home.names[key] for key in keys}
        return replaced(self._text, without(self._text, self._object(self.home.path), names))

    def rest(self, home: Home) -> t.Any:
        return _rest(self._top, home.path, {fold(key) for key in home.keys})

    def _values(self) -> dict[str, Scalar]:
        home: t.Any = self._top
        for name in self.home.path:
            home = home.get(name)
        values = {key: home[name] for key, name in self.home.names.items()}
        for key, value in values.items():
            if isinstance(value, (dict, list)):
                reason = say("the value of {key!r} is not a text, number or boolean", key=key)
                raise self._refused(self.home.path, self.home.names[key], reason)
        return values

    def _twins(self) -> list[Failure]:
        """Keys of ours that stand twice, and names on the way to them."""
        found: list[Failure] = []
        names = (*self.home.path, *self.home.names.values())
        # Counting is quick, and hardly a text goes further; a name may be written with escapes.
        written = [json.dumps(name, ensure_ascii=False) for name in names]
        if "\\" not in self._plain and all(self._plain.count(name) < 2 for name in written):
            return found
        for depth in range(len(self.home.path) + 1 - self.home.missing):
            way = self.home.path[depth : depth + 1] or tuple(self.home.names.values())
            place = self._object(self.home.path[:depth])
            for name in way:
                found += [
                    refused(self._text, twin.key_start, twice(name)) for twin in place.all(name)[1:]
                ]
        return found

    def _object(self, path: Path) -> Object:
        found = object_at(self._plain, after_space(self._plain, 0))
        for name in path:
            found = object_at(self._plain, found.all(name)[-1].start)
        return found

    def _home_with(self, members: list[str]) -> list[Edit]:
        """The missing object, with ``members``: put in, or in the place of a null."""
        above, name = self._object(self.home.path[:-1]), self.home.path[-1]
        if not above.all(name):
            at = above.members[0].key_start if above.members else above.start
            made = written_object(self._text, at, name, members)
            return inserted(self._text, above, [made])
        (null,) = above.all(name)
        return [(null.start, null.end, written_object(self._text, null.start, None, members))]

    def _refused(self, path: Path, name: str | None, reason: Phrase) -> Failure:
        at = after_space(self._text, 0)
        if name is not None:
            place = self._where(path)
            at = place.all(name)[-1].key_start if place is not None else at
        return refused(self._text, at, reason)

    def _where(self, path: Path) -> Object | None:
        """The object that a path leads to; None below a list, where it is not looked for."""
        value: t.Any = self._top
        for name in path:
            value = value.get(name) if isinstance(value, dict) else None
        return self._object(path) if isinstance(value, dict) else None


def _member(key: str, value: Value, is_typed: bool) -> str:
    return f"{quoted(key)}: {literal(value if is_typed else None, value)}"


def _rest(node: t.Any, path: Path, ours: t.Collection[str]) -> t.Any:
    """The tree without our keys; a map that holds nothing else counts as not there."""
    if not path:
        return {name: value for name, value in node.items() if fold(name) not in ours}
    kept = {name: value for name, value in node.items() if name != path[0]}
    below = node.get(path[0])
    inner = _rest(below, path[1:], ours) if isinstance(below, dict) else {}
    return {**kept, path[0]: inner} if inner else kept
