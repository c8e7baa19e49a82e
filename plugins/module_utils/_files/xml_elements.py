# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The elements of a .NET configuration file that hold mail settings, with their places.

Pure.

Expat reads the text and says at which byte each tag stands; what it reads is what counts, so
character references, CDATA and comments are its business.
"""

from __future__ import annotations

import re
import typing as t
from dataclasses import dataclass, field
from xml.parsers import expat

from .._phrase import say
from .base import left_alone, refused

Path = tuple[str, ...]
APP_SETTINGS: Path = ("configuration", "appSettings")
SMTP: Path = ("configuration", "system.net", "mailSettings", "smtp")
NETWORK: Path = (*SMTP, "network")
#: A file that holds one section alone begins with it; this is where it belongs.
_ROOTS: t.Mapping[str, Path] = {
    "appSettings": APP_SETTINGS,
    "system.net": SMTP[:2],
    "mailSettings": SMTP[:3],
    "smtp": SMTP,
}
_SECOND = frozenset((APP_SETTINGS[1], SMTP[1]))
_CHAINS = {path[:depth] for path in (APP_SETTINGS, NETWORK) for depth in range(1, len(path) + 1)}
XDT = "http://schemas.microsoft.com/XML-Document-Transform"

_TAG = re.compile(
    r"<(?P<name>[^\s/>]+)(?P<attrs>(?:[^>\"'/]|\"[^\"]*\"|'[^']*'|/(?!>))*)(?P<empty>/)?>"
)
_ATTRIBUTE = re.compile(r"""([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")


@dataclass(frozen=True)
class Attribute:
    """Where an attribute begins, and the span of its value between the quotes."""

    name_start: int
    start: int
    end: int


@dataclass
class Element:
    """An element: the span of its start tag, and where its end tag begins and ends.

    ``values`` are its attributes as the parser reads them, ``attributes`` their places.
    """

    path: Path
    values: t.Mapping[str, str]
    start: int
    close: int
    end: int = 0
    tag_end: int = 0
    attributes_end: int = 0
    is_empty: bool = False
    attributes: dict[str, Attribute] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.path[-1]


class Read(t.NamedTuple):
    """What was found: the elements in the order of the text, the declared encoding, and XDT."""

    elements: t.Sequence[Element]
    encoding: str | None
    is_transformation: bool


def elements(text: str) -> Read:
    """The elements that matter; raises ``Failure`` for a text that is no XML or has a DOCTYPE."""
    reader = _Reader()
    encoded = run(text, reader.handlers)
    _put_into_text(text, encoded, reader.found)
    return Read(reader.found, reader.encoding, reader.is_transformation)


class _Reader:
    """Keeps the elements on the way to the settings, and what stands in ``appSettings``."""

    def __init__(self) -> None:
        self.found: list[Element] = []
        self.encoding: str | None = None
        self.is_transformation = False
        self._path: list[str] = []
        self._open: list[Element] = []
        self._parser: t.Any = None

    def handlers(self, parser: t.Any) -> dict[str, t.Any]:
        self._parser = parser
        return {
            "XmlDeclHandler": self._declared,
            "StartElementHandler": self._opened,
            "EndElementHandler": self._closed,
        }

    def _declared(self, _version: str, encoding: str | None, _standalone: int) -> None:
        self.encoding = encoding

    def _opened(self, name: str, values: dict[str, str]) -> None:
        path = self._path
        if not path:
            path.extend(_ROOTS.get(name, (name,))[:-1])
            self.is_transformation = XDT in values.values()
        path.append(name)
        if len(path) > 1 and path[1] not in _SECOND:
            return
        whole = tuple(path)
        if whole in _CHAINS or whole[:-1] in (APP_SETTINGS, SMTP, NETWORK):
            at = self._parser.CurrentByteIndex
            self._open.append(Element(whole, values, at, at))
            self.found.append(self._open[-1])

    def _closed(self, _name: str) -> None:
        if self._open and len(self._open[-1].path) == len(self._path):
            self._open.pop().close = self._parser.CurrentByteIndex
        self._path.pop()


Handlers = t.Callable[[t.Any], t.Mapping[str, t.Any]]


def run(text: str, handlers: Handlers) -> bytes:
    """Parse ``text`` with ``handlers``; returns the bytes that the parser counts."""
    encoded = text.encode("utf-8")
    parser = expat.ParserCreate("utf-8")
    for name, handler in handlers(parser).items():
        setattr(parser, name, handler)

    def doctype(*_declared: t.Any) -> None:
        at = len(encoded[: parser.CurrentByteIndex].decode("utf-8"))
        raise refused(text, at, say("a DOCTYPE is not supported"))

    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(encoded, True)
    except expat.ExpatError as exc:
        reason = say("this is no XML ({said})", said=expat.ErrorString(exc.code))
        raise left_alone(reason, line=exc.lineno, column=exc.offset + 1) from exc
    return encoded


def _put_into_text(text: str, encoded: bytes, found: t.Sequence[Element]) -> None:
    """Turn positions of bytes into positions of the text, and find what is inside the tags."""
    wanted = sorted({place for element in found for place in (element.start, element.close)})
    index = {place: place for place in wanted}
    if len(encoded) != len(text):
        byte = count = 0
        for place in wanted:
            count += len(encoded[byte:place].decode("utf-8"))
            byte, index[place] = place, count
    for element in found:
        element.start, element.close = index[element.start], index[element.close]
        _look_inside(text, element)


def _look_inside(text: str, element: Element) -> None:
    tag = t.cast("re.Match[str]", _TAG.match(text, element.start))
    offset, attrs = tag.start("attrs"), tag["attrs"]
    element.tag_end = tag.end()
    element.attributes_end = offset + len(attrs.rstrip())
    element.is_empty = bool(tag["empty"])
    if element.is_empty:
        element.close = element.end = tag.end()
    else:
        element.end = text.index(">", element.close) + 1
    for match in _ATTRIBUTE.finditer(attrs):
        group = 2 if match.group(2) is not None else 3
        places = (match.start(), match.start(group), match.end(group))
        element.attributes[match.group(1)] = Attribute(*(offset + place for place in places))


Keep = t.Callable[[Path, t.Mapping[str, str]], t.Optional[t.Mapping[str, str]]]


def everything(text: str, keep: Keep) -> int:
    """A digest of all that the parser reads; white space between elements does not count.

    ``keep`` says of an element on the way to our settings, or below them, which of its attributes
    count; None leaves the element out.
    """
    reader = _Digest(keep)
    run(text, reader.handlers)
    return reader.digest


class _Digest:
    def __init__(self, keep: Keep) -> None:
        self.digest = 0
        self._keep = keep
        self._path: list[str] = []
        self._left_out: set[int] = set()

    def handlers(self, parser: t.Any) -> dict[str, t.Any]:
        parser.buffer_text = True
        return {
            "StartElementHandler": self._opened,
            "EndElementHandler": self._closed,
            "CharacterDataHandler": self._said,
            "CommentHandler": lambda *said: self._add("comment", said),
            "ProcessingInstructionHandler": lambda *said: self._add("instruction", said),
            "XmlDeclHandler": lambda *said: self._add("declaration", said),
        }

    def _add(self, kind: str, said: t.Any) -> None:
        self.digest = hash((self.digest, kind, said))

    def _opened(self, name: str, values: dict[str, str]) -> None:
        path = self._path
        path += _ROOTS.get(name, (name,)) if not path else (name,)
        kept: t.Mapping[str, str] | None = values
        if len(path) < 2 or path[1] in _SECOND:
            kept = self._keep(tuple(path), values)
        if kept is None:
            self._left_out.add(len(path))
        else:
            self._add(name, tuple(kept.items()))

    def _closed(self, name: str) -> None:
        depth = len(self._path)
        if depth in self._left_out:
            self._left_out.remove(depth)
        else:
            self._add("end", name)
        self._path.pop()

    def _said(self, text: str) -> None:
        if not text.isspace():
            self._add("text", text.strip())
