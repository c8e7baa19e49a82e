# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The keys of ``configuration/appSettings``, which .NET compares without regard to letters.

Pure.
"""

from __future__ import annotations

import re
import typing as t

from .._phrase import say
from .._settings import wire_text
from .base import (
    BLANK,
    Changes,
    Edit,
    fold,
    indentation,
    left_alone,
    line_end,
    refused,
    replaced,
    rest_of_line,
    starts_line,
    step,
    whole_lines,
)
from .home import Home, Misplaced, PlainTree, Wanted, twice
from .locate import locate
from .xml_elements import APP_SETTINGS, Element, Path, everything
from .xml_text import XmlText

if t.TYPE_CHECKING:
    from .._errors import Failure

ADD = (*APP_SETTINGS, "add")
NO_SECTION = say("there is no <appSettings> to put new keys into")
TAKEN_OUT = "<{element}> behind the key {name!r} takes it out again"
NOT_EMPTY = "the element of {name!r} is not empty"
#: What may follow an element on its line and stays with it.
_REST = re.compile(r"[ \t]*(?:<!--(?:[^-\r\n]|-(?!->))*-->[ \t]*)*")


class AppSettings(XmlText):
    """The keys below ``appSettings`` (a ``Format``)."""

    def __init__(self, text: str, wanted: Wanted) -> None:
        super().__init__(text, APP_SETTINGS)
        files = (e.values["file"] for e in self.at(APP_SETTINGS) if "file" in e.values)
        self.overriding_file = next(files, None)
        self._adders = [e for e in self.at(ADD) if "key" in e.values]
        keys = {e.values["key"]: e.values.get("value", "") for e in self._adders}
        try:
            self.home: Home = locate(PlainTree(), keys, wanted)
        except Misplaced as exc:
            at = next(e for e in self._adders if e.values["key"] == exc.name)
            raise refused(text, at.start, exc.reason) from exc
        self.values = {
            key: keys[name]
            for key, name in self.home.names.items()
            if self._undone_by(self._adder(name)) is None
        }

    @property
    def obstacles(self) -> list[Failure]:
        named = [
            refused(self._text, self._adder(item.name).start, item.reason)
            for item in self.home.obstacles
        ]
        return [*named, *self._twins(), *self._undone(), *self.doubled(APP_SETTINGS)]

    def edited(self, changes: Changes) -> str:
        names = self.home.names
        spans = [
            self.value_replaced(self._adder(names[key]), "value", wire_text(value))
            for key, value in changes.items()
            if key in names
        ]
        new = {key: wire_text(value) for key, value in changes.items() if key not in names}
        return replaced(self._text, spans + ([self._inserted(new)] if new else []))

    def removed(self, keys: t.Collection[str]) -> str:
        spans = []
        for key in keys:
            name = self.home.names[key]
            element = self._adder(name)
            if not element.is_empty and self._text[element.tag_end : element.close].strip():
                raise refused(self._text, element.start, say(NOT_EMPTY, name=name))
            spans.append((*self._with_line(element), ""))
        return replaced(self._text, spans)

    def rest(self, home: Home) -> t.Any:
        ours = {fold(key) for key in home.keys}

        def keep(path: Path, values: t.Mapping[str, str]) -> t.Mapping[str, str] | None:
            return None if path == ADD and fold(values.get("key")) in ours else values

        return everything(self._text, keep)

    def _with_line(self, element: Element) -> tuple[int, int]:
        """The span of an element with its line; a comment that stays takes its place."""
        start, end = whole_lines(self._text, element.start, element.end)
        if end == element.end and starts_line(self._text, start):
            end = t.cast("re.Match[str]", BLANK.match(self._text, end)).end()
        return start, end

    def _adder(self, name: str) -> Element:
        return next(e for e in reversed(self._adders) if e.values["key"] == name)

    def _undone_by(self, adder: Element) -> Element | None:
        """A ``clear`` or ``remove`` behind a key."""
        key = fold(adder.values["key"])
        for element in self.elements:
            if element.path[:-1] == APP_SETTINGS and element.start > adder.start:
                removes = element.name == "remove" and fold(element.values.get("key")) == key
                if removes or element.name == "clear":
                    return element
        return None

    def _undone(self) -> list[Failure]:
        found = []
        for name in self.home.names.values():
            by = self._undone_by(self._adder(name))
            if by is not None:
                reason = say(TAKEN_OUT, element=by.name, name=name)
                found.append(refused(self._text, by.start, reason))
        return found

    def _twins(self) -> list[Failure]:
        ours = {fold(key) for key in self.home.keys}
        seen: set[str] = set()
        found = []
        for element in self._adders:
            key = fold(element.values["key"])
            if key in seen:
                found.append(refused(self._text, element.start, twice(element.values["key"])))
            seen |= {key} & ours
        return found

    def _inserted(self, new: t.Mapping[str, str]) -> Edit:
        """New keys behind the last element, or into a section without any."""
        sections = self.at(APP_SETTINGS)
        if not sections:
            raise left_alone(NO_SECTION)
        children = [e for e in self.elements if e.path[:-1] == APP_SETTINGS]
        adders = [self._add(children, *pair) for pair in new.items()]
        return self._behind(children[-1], adders) if children else self._into(sections[-1], adders)

    def _add(self, children: t.Sequence[Element], key: str, value: str) -> str:
        is_tight = bool(children) and children[-1].is_empty and self._is_tight(children[-1])
        pair = f"{self.attribute('key', key)} {self.attribute('value', value)}"
        return f"<add {pair}{'' if is_tight else ' '}/>"

    def _is_tight(self, element: Element) -> bool:
        return not self._text[element.end - 3].isspace()

    def _behind(self, last: Element, adders: t.Sequence[str]) -> Edit:
        text = self._text
        if not starts_line(text, last.start):
            return last.end, last.end, "".join(adders)
        at = rest_of_line(text, last.end, _REST) or last.end
        gap = line_end(text) + indentation(text, last.start)
        return at, at, "".join(gap + adder for adder in adders)

    def _into(self, section: Element, adders: t.Sequence[str]) -> Edit:
        text = self._text
        end, outer = line_end(text), indentation(text, section.start)
        lines = "".join(f"{end}{outer}{step(text)}{adder}" for adder in adders)
        if section.is_empty:
            closing = f"{end}{outer}</{section.name}>"
            return section.attributes_end, section.end, f">{lines}{closing}"
        at = section.tag_end + len(text[section.tag_end : section.close].rstrip())
        if "\n" in text[at : section.close]:
            return at, at, lines
        return at, section.close, f"{lines}{end}{outer}"
