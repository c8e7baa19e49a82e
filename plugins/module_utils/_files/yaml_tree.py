# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""YAML as a tree of the events of its parser, with their places in the text.

Pure.

The events come from the fastest parser that PyYAML has.  Nothing is constructed: a tag is never
looked up, and an alias never copied, so no text takes longer than its length.
"""

from __future__ import annotations

import contextlib
import re
import typing as t

from .._phrase import say
from .base import Scalar, left_alone, refused, without_collection

yaml: t.Any
try:
    import yaml
except ImportError:
    yaml = None

MERGE = "<<"
ONE_MAP = say("the file must hold one YAML document, a map")
#: Levels of maps and lists; the parser in Python takes ever longer for each.
DEEPEST = 500
# What a complaint quotes, single characters and the names of tokens aside.
_QUOTED = re.compile(r"""'(?!<)[^']{2,}'|"[^"]{2,}\"""")
# A letter first, nothing that means something in YAML, no blank at the end.
_SURELY_TEXT = re.compile(r"[A-Za-z](?:[\w.@/+-]| (?=[\w(]))*", re.ASCII)
#: Read as a boolean or nothing by some readers: YAML 1.1, 1.2 and Go's.
_WORDS = frozenset(("y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf"))
_STANDARD = "tag:yaml.org,2002:"
_PLAIN_TYPES = frozenset(_STANDARD + name for name in ("int", "float", "bool", "null"))


class Map:
    """A map: its first and last event, and keys and values in turn."""

    def __init__(self, start: t.Any) -> None:
        self.start, self.end = start, start
        self.nodes: list[t.Any] = []
        self._members: dict[str, t.Any] | None = None

    @property
    def pairs(self) -> t.Iterator[tuple[t.Any, t.Any]]:
        nodes = iter(self.nodes)
        return zip(nodes, nodes)

    @property
    def members(self) -> dict[str, t.Any]:
        """The values by name, those that are merged in among them; what stands here wins."""
        if self._members is None:
            own = {key.value: value for key, value in self.pairs if is_scalar(key)}
            self._members = own
            merged = own.pop(MERGE, None) if MERGE in own else None
            self._members = {**_merged(merged), **own}
        return self._members

    def key(self, name: str) -> t.Any:
        """The key called ``name`` that stands here; the last one where there are several."""
        keys = [key for key, _value in self.pairs if is_scalar(key) and key.value == name]
        return keys[-1] if keys else None


class List:
    """A list: its first and last event, and its items."""

    def __init__(self, start: t.Any) -> None:
        self.start, self.end = start, start
        self.nodes: list[t.Any] = []


class Alias(t.NamedTuple):
    """An alias, and what it stands for."""

    event: t.Any
    target: t.Any


def is_scalar(node: t.Any) -> bool:
    return isinstance(node, yaml.ScalarEvent)


def start_of(node: t.Any) -> int:
    """Where a node begins, with its anchor and tag."""
    event = node.start if isinstance(node, (Map, List)) else _event(node)
    return int(event.start_mark.index)


def end_of(node: t.Any) -> int:
    """Where a node ends; for a block, where what follows it begins."""
    event = node.end if isinstance(node, (Map, List)) else _event(node)
    return int(event.end_mark.index)


def _event(node: t.Any) -> t.Any:
    return node.event if isinstance(node, Alias) else node


def _merged(node: t.Any) -> dict[str, t.Any]:
    """What a merge key brings in; of several maps the first wins."""
    node = node.target if isinstance(node, Alias) else node
    if isinstance(node, Map):
        return node.members
    found: dict[str, t.Any] = {}
    for item in reversed(node.nodes if isinstance(node, List) else ()):
        target = item.target if isinstance(item, Alias) else item
        found.update(target.members if isinstance(target, Map) else {})
    return found


class Document(t.NamedTuple):
    """The map at the top, None where there is nothing, and the anchors that aliases name."""

    top: Map | None
    aliased: frozenset[str]


def document(text: str) -> Document:
    """Take a text apart; raises ``Failure`` for what is no YAML, or not one document with a map."""
    if yaml is None:
        raise left_alone(say("YAML needs PyYAML on the target"))
    try:
        with without_collection():
            builder = _TreeBuilder(text)
            for event in events(text):
                builder.take(event)
    except yaml.MarkedYAMLError as exc:
        mark = exc.problem_mark or exc.context_mark
        # Some complaints quote what they are about, which may be a secret.
        reason = _QUOTED.sub("…", str(exc.problem))
        raise refused(
            text, mark.index if mark else 0, say("this is no YAML ({said})", said=reason)
        ) from exc
    except yaml.reader.ReaderError as exc:
        odd = yaml.reader.Reader.NON_PRINTABLE.search(text)
        at = odd.start() if odd else 0
        raise refused(text, at, say("it holds a character that YAML does not allow")) from exc
    return Document(builder.only(), frozenset(builder.aliased))


def events(text: str) -> t.Iterator[t.Any]:
    """The events of the text, from libyaml where PyYAML has it."""
    return t.cast(
        "t.Iterator[t.Any]",
        yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)),
    )


class _TreeBuilder:
    """Builds the tree of the events, without recursion, however deep they are nested."""

    def __init__(self, text: str) -> None:
        self.aliased: set[str] = set()
        self._text = text
        self._documents: list[List] = []
        self._open: list[Map | List] = []
        self._anchors: dict[str, t.Any] = {}
        self._handlers: dict[type, t.Callable[[t.Any], None]] = {
            yaml.ScalarEvent: self._scalar,
            yaml.AliasEvent: self._alias,
            yaml.MappingStartEvent: lambda event: self._container(Map(event)),
            yaml.SequenceStartEvent: lambda event: self._container(List(event)),
            yaml.DocumentStartEvent: self._document,
            yaml.MappingEndEvent: self._close,
            yaml.SequenceEndEvent: self._close,
            yaml.DocumentEndEvent: self._close,
        }

    def take(self, event: t.Any) -> None:
        handle = self._handlers.get(type(event))
        if handle is not None:
            handle(event)

    def only(self) -> Map | None:
        documents = self._documents
        if len(documents) > 1:
            at = start_of(documents[1])
            raise refused(self._text, at, ONE_MAP)
        top = documents[0].nodes[0] if documents else None
        if isinstance(top, Map):
            return top
        if top is not None and start_of(top) < end_of(top):
            raise refused(self._text, start_of(top), ONE_MAP)
        return None

    def _scalar(self, event: t.Any) -> None:
        self._open[-1].nodes.append(event)
        if event.anchor is not None:
            self._anchors[event.anchor] = event

    def _alias(self, event: t.Any) -> None:
        if event.anchor not in self._anchors:
            raise refused(self._text, event.start_mark.index, say("this alias stands for nothing"))
        self.aliased.add(event.anchor)
        self._open[-1].nodes.append(Alias(event, self._anchors[event.anchor]))

    def _container(self, node: Map | List) -> None:
        if len(self._open) > DEEPEST:
            raise refused(self._text, start_of(node), say("maps and lists are nested too deep"))
        self._open[-1].nodes.append(node)
        self._open.append(node)
        if node.start.anchor is not None:
            self._anchors[node.start.anchor] = node

    def _document(self, event: t.Any) -> None:
        self._documents.append(List(event))
        self._open.append(self._documents[-1])

    def _close(self, event: t.Any) -> None:
        self._open.pop().end = event


def is_plain(event: t.Any) -> bool:
    """Whether a scalar stands there without quotes."""
    return not event.style


def read_scalar(event: t.Any) -> Scalar:
    """A scalar as PyYAML's safe loader reads it; a date stays text, as does what it cannot read."""
    if not is_plain(event):
        return str(event.value)
    loader = yaml.SafeLoader("")
    tag = loader.resolve(yaml.ScalarNode, event.value, (True, False))
    if tag in _PLAIN_TYPES:
        with contextlib.suppress(ValueError, OverflowError, LookupError):
            return t.cast(Scalar, loader.construct_object(yaml.ScalarNode(tag, event.value)))
    return str(event.value)


def reads_as_itself(text: str) -> bool:
    """Whether ``text``, without quotes, is text to every reader of YAML, in a flow map as well."""
    if not _SURELY_TEXT.fullmatch(text) or text.lower() in _WORDS:
        return False
    loader = yaml.SafeLoader("")
    return bool(loader.resolve(yaml.ScalarNode, text, (True, False)) == _STANDARD + "str")
