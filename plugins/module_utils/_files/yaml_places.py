# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where keys are put into a YAML map, and how one is taken out.

Pure.
"""

from __future__ import annotations

import re
import typing as t

from .._phrase import say
from .base import (
    Edit,
    fold,
    indentation,
    line_end,
    quoted,
    refused,
    rest_of_line,
    step,
    whole_lines,
)
from .yaml_tree import Alias, List, Map, end_of, is_scalar, start_of

#: What may follow a value on its line and stays with it.
_REST = re.compile(r"[ \t]*(?:#[^\r\n]*)?")
_BLANK_LINES = re.compile(r"(?:[ \t]*\r?\n)*")
NOT_ON_ITS_OWN = say(
    "what is put in here would not stand on a line of its own; lay it out in lines"
)
NOTHING_LEFT = say("nothing would be left of this map")


def added(text: str, place: Map, new: t.Mapping[str, str]) -> list[Edit]:
    """How to put keys behind those of a map; the values are given as they are written."""
    if place.start.flow_style:
        return [_in_flow(text, place, new)]
    inner = _indentation(text, place)
    lines = [_entry(key, value) for key, value in new.items()]
    return [_below(text, content_end(text, place), [inner + line for line in lines])]


def first_in(text: str, above: t.Any, name: str | None, new: t.Mapping[str, str]) -> list[Edit]:
    """How to make a map of ``new``: the whole document, or the value of ``name`` in ``above``."""
    if name is None:
        return [_below(text, len(text), [_entry(*pair) for pair in new.items()])]
    inner = (indentation(text, start_of(above.nodes[0])) if above.nodes else "") + step(text)
    lines = [inner + _entry(*pair) for pair in new.items()]
    if name not in above.members:
        end = line_end(text)
        block = end + end.join(lines)
        flow = "{" + ", ".join(_entry(*pair) for pair in new.items()) + "}"
        return added(text, above, {name: flow if above.start.flow_style else block})
    null = above.members[name]
    start, end_of_null = start_of(null), end_of(null)
    if above.start.flow_style or isinstance(null, Alias) or null.anchor or null.tag:
        raise refused(text, start, NOT_ON_ITS_OWN)
    gone = (len(text[:start].rstrip(" \t")), end_of_null, "")
    return [*([gone] if start < end_of_null else []), _below(text, end_of_null, lines)]


def first_value(text: str, index: int, value: str) -> Edit:
    """How to put a value where none stood: apart from the colon, and from what follows."""
    index = _behind_colon(text, index)
    before = "" if text[index - 1 : index] in (" ", "\t", "\n") else " "
    after = "" if text[index : index + 1] in ("", " ", "\t", "\r", "\n", ",", "}") else " "
    return index, index, before + value + after


def _behind_colon(text: str, index: int) -> int:
    """Where a value begins that is not there: a blank behind the colon is the one it needs."""
    blank = text[index : index + 1] == " " and text[index + 1 : index + 2] not in ("#", " ")
    return index + 1 if text[index - 1 : index] == ":" and blank else index


def taken_out(text: str, place: Map, names: t.Collection[str]) -> list[Edit]:
    """How to take keys and their values out, with the lines where they have some."""
    pairs = list(place.pairs)
    goes = [is_scalar(key) and key.value in names for key, _value in pairs]
    if place.start.flow_style:
        return _out_of_flow(text, pairs, goes)
    if all(goes):
        raise refused(text, start_of(pairs[0][0]), NOTHING_LEFT)
    edits: list[Edit] = []
    keeps_blanks = False
    for (key, value), gone in zip(pairs, goes):
        if not gone:
            keeps_blanks = _keeps_blanks(text, value)
        else:
            start, end = whole_lines(text, _entry_start(text, key), content_end(text, value), _REST)
            if keeps_blanks:
                # They would become part of the value before.
                end = t.cast("re.Match[str]", _BLANK_LINES.match(text, end)).end()
            edits.append((start, end, ""))
    return edits


def _entry_start(text: str, key: t.Any) -> int:
    """Where an entry begins: at its key, or at the question mark in front of it."""
    start = start_of(key)
    ahead = text[text.rfind("\n", 0, start) + 1 : start]
    return start - len(ahead) + ahead.index("?") if ahead.strip(" \t") == "?" else start


def _out_of_flow(
    text: str, pairs: t.Sequence[tuple[t.Any, t.Any]], goes: t.Sequence[bool]
) -> list[Edit]:
    """The same between braces: a comma goes with what it stands behind, or before at the end."""
    kept = max((at for at, gone in enumerate(goes) if not gone), default=-1)
    edits: list[Edit] = [
        (start_of(pairs[at][0]), start_of(pairs[at + 1][0]), "") for at in range(kept) if goes[at]
    ]
    if kept + 1 < len(pairs):
        start = content_end(text, pairs[kept][1]) if kept >= 0 else start_of(pairs[0][0])
        edits.append((start, content_end(text, pairs[-1][1]), ""))
    return edits


def _last(node: t.Any) -> t.Any:
    """The last thing in the lines of a node."""
    while isinstance(node, (Map, List)) and node.nodes and not node.start.flow_style:
        node = node.nodes[-1]
    return node


def _is_block(node: t.Any) -> bool:
    return is_scalar(node) and node.style in ("|", ">")


def _keeps_blanks(text: str, node: t.Any) -> bool:
    """Whether blank lines behind a node are part of its value."""
    last = _last(node)
    return _is_block(last) and "+" in text[start_of(last) : end_of(last)].splitlines()[0]


def content_end(text: str, node: t.Any) -> int:
    """Where the last thing of a node ends, before the comments and blank lines behind it."""
    node = _last(node)
    start, end = start_of(node), end_of(node)
    if not _is_block(node):
        return end
    written = text[start:end]
    if _keeps_blanks(text, node):
        # Blank lines behind it are part of the value.
        line = text.rfind("\n", 0, end) + 1
        return end if text[line:end].strip() else line
    return start + len(written.rstrip())


def _entry(key: str, value: str) -> str:
    return f"{key}:{value}" if value[:1] in "\r\n" else f"{key}: {value}"


def _indentation(text: str, place: Map) -> str:
    first = start_of(place.nodes[0])
    found = indentation(text, first)
    between = text[text.rfind("\n", 0, first) + 1 : first][len(found) :]
    return found if between[:1] in ("", "?") else found + " " * len(between)


def _below(text: str, index: int, lines: t.Sequence[str]) -> Edit:
    """Lines below the one that ``index`` is in."""
    end = line_end(text)
    if index == 0 or text[index - 1] == "\n":
        return index, index, "".join(line + end for line in lines)
    rest = rest_of_line(text, index, _REST)
    if rest is None:
        raise refused(text, index, NOT_ON_ITS_OWN)
    newline = text.find("\n", rest)
    if newline < 0:
        return len(text), len(text), "".join(end + line for line in lines)
    return newline + 1, newline + 1, "".join(line + end for line in lines)


def _in_flow(text: str, place: Map, new: t.Mapping[str, str]) -> Edit:
    is_quoted = bool(place.nodes) and getattr(place.nodes[0], "style", None) == '"'
    entries = ", ".join(
        _entry(quoted(key) if is_quoted else key, value) for key, value in new.items()
    )
    if not place.nodes:
        at = int(place.start.end_mark.index)
        return at, at, entries
    at = _behind_colon(text, content_end(text, place.nodes[-1]))
    return at, at, ", " + entries


def rest(node: Map, path: tuple[str, ...], ours: t.Collection[str]) -> list[t.Any]:
    """A map without our keys below ``path``, as one list; empty when it holds nothing else."""
    kept: list[t.Any] = []
    for key, value in node.pairs:
        name = key.value if is_scalar(key) else None
        below = value.target if isinstance(value, Alias) else value
        if not path and name is not None and fold(name) in ours:
            continue
        if path and name == path[0]:
            inner = rest(below, path[1:], ours) if isinstance(below, Map) else []
            kept += [name, *inner] if inner else []
        else:
            kept += _flat([key, value])
    return [("{", node.start.tag, node.start.anchor), *kept, "}"] if kept else []


def _flat(nodes: t.Sequence[t.Any]) -> list[t.Any]:
    """Nodes as one list, without recursion: what a loader would see of them."""
    found: list[t.Any] = []
    waiting = list(reversed(nodes))
    while waiting:
        node = waiting.pop()
        if isinstance(node, (Map, List)):
            found.append((type(node).__name__, node.start.tag, node.start.anchor))
            waiting += ["end", *reversed(node.nodes)]
        elif isinstance(node, Alias):
            found.append(("alias", node.event.anchor))
        elif isinstance(node, str):
            found.append(node)
        else:
            found.append((node.value, node.tag, node.anchor, bool(node.style)))
    return found
