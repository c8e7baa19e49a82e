# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the two layouts of .NET configuration files in XML share.

Pure.
"""

from __future__ import annotations

import re
import typing as t

from .._output.redact import clean
from .._phrase import Phrase, say
from .base import Edit, refused
from .xml_elements import Element, Path, elements

if t.TYPE_CHECKING:
    from .._errors import Failure

ENCRYPTED = say("the section is encrypted")
MOVED = "configSource keeps <{element}> in another file ({file}); set config_file.path to that file"
DOUBLED = "<{element}> appears twice, and .NET allows it once"
TRANSFORMATION = say(
    "This file is a transformation (xdt): what stands in it without xdt:Transform has no effect."
)
# Attributes are normalised when they are read: these three become blanks unless written as numbers.
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
_QUOTES = {'"': "&quot;", "'": "&apos;"}
_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff]")
_NOT_ASCII = re.compile("[^\x00-\x7f]")


class XmlText:
    """An XML text with the elements on the way to a section (base of a ``Format``).

    Raises ``Failure`` for a text that is no XML or has a DOCTYPE, and for a section that is
    encrypted or kept in another file; one that we do not touch may be so.
    """

    overriding_file: str | None = None
    merged: t.Collection[str] = ()

    def __init__(self, text: str, section: Path) -> None:
        self._text = text
        found = elements(text)
        self.elements = found.elements
        self.notices: tuple[Phrase, ...] = (TRANSFORMATION,) if found.is_transformation else ()
        # Other encodings can name every character, whatever they hold themselves.
        declared = (found.encoding or "utf-8").lower()
        self._odd = _UNPRINTABLE if declared.startswith("utf") else _NOT_ASCII
        for element in self.elements:
            above, name = element.path[:-1], element.name
            is_below = above == section[: len(above)]
            if is_below and (name == "EncryptedData" or element.path == section[: len(above) + 1]):
                self._refuse_unreadable(element)

    def at(self, path: Path) -> list[Element]:
        """All elements with that path."""
        return [element for element in self.elements if element.path == path]

    def doubled(self, path: Path) -> list[Failure]:
        """Sections on the way that stand twice."""
        chain = [self.at(path[:depth]) for depth in range(2, len(path) + 1)]
        return [
            refused(self._text, twin.start, say(DOUBLED, element=twin.name))
            for twins in chain
            for twin in twins[1:]
        ]

    def escaped(self, value: str, quote: str) -> str:
        """A value as it stands between quotes."""
        table = str.maketrans({**_ESCAPES, quote: _QUOTES[quote]})
        return self._odd.sub(lambda odd: f"&#{ord(odd[0])};", value.translate(table))

    def attribute(self, name: str, value: str) -> str:
        """An attribute with its value."""
        return f'{name}="{self.escaped(value, chr(34))}"'

    def value_replaced(self, element: Element, name: str, value: str) -> Edit:
        """How to give an attribute another value, or to put it in."""
        place = element.attributes.get(name)
        if place is None:
            at = element.attributes_end
            return at, at, f" {self.attribute(name, value)}"
        quote = self._text[place.start - 1]
        return place.start, place.end, self.escaped(value, quote)

    def _refuse_unreadable(self, element: Element) -> None:
        if "configProtectionProvider" in element.values or element.name == "EncryptedData":
            raise refused(self._text, element.start, ENCRYPTED)
        if "configSource" in element.values:
            file = clean(element.values["configSource"], 80)
            reason = say(MOVED, element=element.name, file=file)
            raise refused(self._text, element.start, reason)
