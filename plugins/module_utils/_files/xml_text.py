# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""XML configuration files: ``appSettings`` and ``system.net/mailSettings``.

Pure.

Expat decides whether the text is well formed; a scanner of tags then finds the places of values.
"""

from __future__ import annotations

import re
import typing as t
from dataclasses import dataclass, field
from xml.parsers import expat
from xml.sax.saxutils import escape, unescape

from .base import (
    Changes,
    Scalar,
    Span,
    indentation,
    left_alone,
    line_end,
    refused,
    replaced,
    whole_lines,
)

_TAG = re.compile(
    r"<(?P<name>[^\s/>!?]+)(?P<attrs>(?:[^>\"']|\"[^\"]*\"|'[^']*')*?)(?P<empty>/)?>", re.DOTALL
)
_CLOSING = re.compile(r"\s*</add\s*>")
_ATTRIBUTE = re.compile(r"""([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_ENTITIES = {"&quot;": '"', "&apos;": "'"}
APP_SETTINGS = ("configuration", "appSettings")
MAIL_SETTINGS = ("configuration", "system.net", "mailSettings", "smtp")
#: Attributes of ``mailSettings`` by option: element and attribute.
MAIL_ATTRIBUTES: t.Mapping[str, tuple[str, str]] = {
    "default_from_address": ("smtp", "from"),
    "smtp_host": ("network", "host"),
    "smtp_port": ("network", "port"),
    "smtp_username": ("network", "userName"),
    "smtp_password": ("network", "password"),
    "enable_ssl": ("network", "enableSsl"),
    "use_default_credentials": ("network", "defaultCredentials"),
    "smtp_domain": ("network", "clientDomain"),
}


#: Elements to look at, and the attribute of an encrypted section.
_NAMES = frozenset(("appSettings", "add", "smtp", "network", "EncryptedData"))
_ENCRYPTED = "configProtectionProvider"


@dataclass
class _Element:
    path: tuple[str, ...]
    start: int
    end: int
    attributes_end: int
    empty: bool
    attributes: dict[str, Span] = field(default_factory=dict)


class XmlText:
    """An XML text taken apart; ``layout`` says where the settings are kept.

    With ``app_settings`` the keys are those of ``add`` elements, with ``mail_settings`` the options
    in ``MAIL_ATTRIBUTES``.  Raises ``Failure`` for what must not be touched.
    """

    def __init__(self, text: str, keys: t.Collection[str], layout: str) -> None:
        self._text, self._layout = text, layout
        elements = _elements(text)
        for element in elements:
            _refuse_encrypted(text, element)
        self._parents = {e.path: e for e in elements if e.path in (APP_SETTINGS, MAIL_SETTINGS)}
        found = _added(text, elements) if layout == "app_settings" else _mailed(elements)
        self._last = _last_child(elements) if layout == "app_settings" else None
        self._network = next((e for e in elements if e.path == (*MAIL_SETTINGS, "network")), None)
        self.found = {key: found[key] for key in keys if key in found}
        self._adders = {str(e.attributes["key"].value): e for e in elements if _is_adder(e)}

    @property
    def values(self) -> dict[str, Scalar]:
        return {key: found.value for key, found in self.found.items()}

    def removed(self, keys: t.Collection[str]) -> str:
        in_elements = self._layout == "app_settings"
        spans = [self._element_span(k) if in_elements else self._attribute_span(k) for k in keys]
        return replaced(self._text, [(*span, "") for span in spans])

    def _element_span(self, key: str) -> tuple[int, int]:
        element = self._adders[key]
        end = element.end
        if not element.empty:
            closing = _CLOSING.match(self._text, end)
            if closing is None:
                raise refused(self._text, element.start, f"the element of {key!r} is not empty")
            end = closing.end()
        return whole_lines(self._text, element.start, end)

    def _attribute_span(self, key: str) -> tuple[int, int]:
        found, name = self.found[key], MAIL_ATTRIBUTES[key][1]
        start = self._text.rindex(name, 0, found.start)
        start = len(self._text[:start].rstrip())
        return start, found.end + 1

    def edited(self, changes: Changes) -> str:
        spans = [
            (self.found[key].start, self.found[key].end, self._quoted(key, new))
            for key, new in changes.items()
            if key in self.found
        ]
        new = {key: value for key, value in changes.items() if key not in self.found}
        if new and self._layout == "app_settings":
            spans.append(self._new_keys(new))
        elif new:
            spans += self._new_attributes(new)
        return replaced(self._text, spans)

    def _quoted(self, key: str, value: str) -> str:
        quote = self._text[self.found[key].start - 1]
        return escape(value, {quote: "&quot;" if quote == '"' else "&apos;", "\n": "&#10;"})

    def _new_keys(self, new: Changes) -> tuple[int, int, str]:
        parent = self._parents.get(APP_SETTINGS)
        if parent is None or parent.empty:
            reason = "there is no <appSettings> to put new keys into"
            raise left_alone(reason)
        neighbour = self._last or parent
        step = indentation(self._text, neighbour.start) + ("" if self._last else "  ")
        lines = "".join(
            f"{line_end(self._text)}{step}<add key={_attribute(key)} value={_attribute(value)} />"
            for key, value in new.items()
        )
        return neighbour.end, neighbour.end, lines

    def _new_attributes(self, new: Changes) -> list[tuple[int, int, str]]:
        spans: dict[int, str] = {}
        for option, value in new.items():
            element, name = MAIL_ATTRIBUTES[option]
            home = self._network if element == "network" else self._parents.get(MAIL_SETTINGS)
            if home is None:
                reason = f"there is no <{element}> in <mailSettings>"
                raise left_alone(reason)
            at = home.attributes_end
            spans[at] = spans.get(at, "") + f" {name}={_attribute(value)}"
        return [(at, at, added) for at, added in spans.items()]


def _elements(text: str) -> list[_Element]:
    """The elements that matter; raises ``Failure`` for a text that is no XML or has a DOCTYPE."""
    encoded = text.encode("utf-8")
    parser = expat.ParserCreate("utf-8")
    places: list[tuple[int, tuple[str, ...]]] = []
    path: list[str] = []

    def opened(name: str, attributes: dict[str, str]) -> None:
        path.append(name)
        if name in _NAMES or _ENCRYPTED in attributes:
            places.append((parser.CurrentByteIndex, tuple(path)))

    def doctype(*_declared: t.Any) -> None:
        at = len(encoded[: parser.CurrentByteIndex].decode("utf-8"))
        raise refused(text, at, "a DOCTYPE is not supported")

    parser.StartElementHandler = opened
    parser.EndElementHandler = lambda name: path.pop()
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(encoded, True)
    except expat.ExpatError as exc:
        reason = expat.ErrorString(exc.code)
        raise left_alone(reason, line=exc.lineno, column=exc.offset + 1) from exc
    return list(_at(text, encoded, places))


def _at(
    text: str, encoded: bytes, places: t.Iterable[tuple[int, tuple[str, ...]]]
) -> t.Iterator[_Element]:
    """The elements at some byte positions, ascending, by their positions in the text."""
    byte = index = 0
    for place, path in places:
        index += len(encoded[byte:place].decode("utf-8"))
        byte = place
        yield _element(t.cast("re.Match[str]", _TAG.match(text, index)), path)


def _element(tag: re.Match[str], path: tuple[str, ...]) -> _Element:
    attrs = tag.group("attrs")
    offset = tag.start("attrs")
    element = _Element(
        path, tag.start(), tag.end(), offset + len(attrs.rstrip()), bool(tag["empty"])
    )
    for match in _ATTRIBUTE.finditer(attrs):
        group = 2 if match.group(2) is not None else 3
        value = unescape(match.group(group), _ENTITIES)
        span = offset + match.start(group), offset + match.end(group)
        element.attributes[match.group(1)] = Span(value, *span)
    return element


def _refuse_encrypted(text: str, element: _Element) -> None:
    if element.path[-1] == "EncryptedData" or _ENCRYPTED in element.attributes:
        raise refused(text, element.start, "the section is encrypted")
    moved = {"configSource", "file"} & element.attributes.keys()
    if element.path == APP_SETTINGS and moved:
        raise refused(text, element.start, f"{moved.pop()} keeps the settings in another file")


def _is_adder(element: _Element) -> bool:
    return element.path == (*APP_SETTINGS, "add") and "key" in element.attributes


def _added(text: str, elements: t.Iterable[_Element]) -> dict[str, Span]:
    found: dict[str, Span] = {}
    for element in elements:
        if not _is_adder(element):
            continue
        key = str(element.attributes["key"].value)
        if key in found:
            raise refused(text, element.start, f"the key {key!r} appears twice")
        if "value" in element.attributes:
            found[key] = element.attributes["value"]
    return found


def _mailed(elements: t.Iterable[_Element]) -> dict[str, Span]:
    by_name = {e.path[-1]: e for e in elements if e.path[:4] == MAIL_SETTINGS}
    places = {option: by_name.get(element) for option, (element, _a) in MAIL_ATTRIBUTES.items()}
    return {
        option: place.attributes[MAIL_ATTRIBUTES[option][1]]
        for option, place in places.items()
        if place is not None and MAIL_ATTRIBUTES[option][1] in place.attributes
    }


def _last_child(elements: t.Iterable[_Element]) -> _Element | None:
    added = [e for e in elements if e.path == (*APP_SETTINGS, "add")]
    return added[-1] if added else None


def _attribute(value: str) -> str:
    return '"' + escape(value, {'"': "&quot;", "\n": "&#10;"}) + '"'
