# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""YAML maps with flat dotted keys.

Pure.

PyYAML finds the places; the text in between is never written by it.
"""

from __future__ import annotations

import json
import re
import typing as t

from .base import (
    OTHER_LETTERS,
    Changes,
    Scalar,
    Span,
    indentation,
    left_alone,
    line_end,
    refused,
    replaced,
    same_in_other_letters,
    whole_lines,
)

yaml: t.Any
try:
    import yaml
except ImportError:
    yaml = None

CONFIG_MAP = (
    "this is a Kubernetes object; for a ConfigMap of flat keys set config_file.section to data, "
    "else edit the file that it is made of"
)
_NUMBER = re.compile(r"[1-9]\d*|0")
#: What may follow a value on its line and goes with it.
_REST = re.compile(r"[ \t]*(?:#[^\r\n]*)?")
_ANCHOR = re.compile(r"[&*]\S")


class YamlText:
    """A YAML text; the keys are looked for below ``section``, or where they are found."""

    def __init__(self, text: str, keys: t.Collection[str], section: str | None) -> None:
        self._text = text
        top = _top(text)
        self._home = _home(text, top, keys, section)
        self.found: dict[str, Span] = {}
        for key_node, node in _pairs(text, self._home):
            if same_in_other_letters((key_node.value,), keys) is not None:
                reason = OTHER_LETTERS.format(key_node.value)
                raise refused(text, key_node.start_mark.index, reason)
            if key_node.value in keys:
                self.found[key_node.value] = _scalar(text, node)

    @property
    def values(self) -> dict[str, Scalar]:
        return {key: found.value for key, found in self.found.items()}

    def removed(self, keys: t.Collection[str]) -> str:
        pairs = list(_pairs(self._text, self._home))
        at = self._home.start_mark.index
        if self._home.flow_style:
            raise refused(self._text, at, "keys are only taken out of a block map")
        if all(key.value in keys for key, _value in pairs):
            raise refused(self._text, at, "nothing would be left of this map")
        spans = [
            whole_lines(self._text, key.start_mark.index, value.end_mark.index, _REST)
            for key, value in pairs
            if key.value in keys
        ]
        return replaced(self._text, [(*span, "") for span in spans])

    def edited(self, changes: Changes) -> str:
        spans = [
            (self.found[key].start, self.found[key].end, self._as_found(self.found[key], new))
            for key, new in changes.items()
            if key in self.found
        ]
        new = {key: value for key, value in changes.items() if key not in self.found}
        return replaced(self._text, spans + self._inserted(new))

    def _inserted(self, new: Changes) -> list[tuple[int, int, str]]:
        if not new:
            return []
        pairs = list(_pairs(self._text, self._home))
        if self._home.flow_style or not pairs:
            at = self._home.start_mark.index
            raise refused(self._text, at, "new keys need a block map with at least one key in it")
        end, text = line_end(self._text), self._text
        step = indentation(text, pairs[0][0].start_mark.index)
        at = text.find("\n", pairs[-1][1].end_mark.index - 1) + 1
        lines = [
            f"{step}{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in new.items()
        ]
        if at == 0:
            return [(len(text), len(text), "".join(end + line for line in lines))]
        return [(at, at, "".join(line + end for line in lines))]

    def _as_found(self, old: Span, new: str) -> str:
        quote = self._text[old.start : old.start + 1]
        if isinstance(old.value, bool) and new in ("true", "false"):
            return new
        if (
            isinstance(old.value, int)
            and not isinstance(old.value, bool)
            and _NUMBER.fullmatch(new)
        ):
            return new
        if quote == "'" and "\n" not in new:
            return "'" + new.replace("'", "''") + "'"
        plain = quote not in ('"', "'") and _is_plain(new)
        return new if plain else json.dumps(new, ensure_ascii=False)


def _top(text: str) -> t.Any:
    if yaml is None:
        raise left_alone("YAML needs PyYAML on the target")
    try:
        documents = list(yaml.compose_all(text, Loader=yaml.SafeLoader))
    except yaml.MarkedYAMLError as exc:
        mark = exc.problem_mark or exc.context_mark
        raise refused(text, mark.index if mark else 0, str(exc.problem)) from exc
    except yaml.YAMLError as exc:
        raise refused(text, 0, str(exc)) from exc
    if len(documents) != 1 or not isinstance(documents[0], yaml.MappingNode):
        raise refused(text, 0, "the file must hold one YAML document, a map")
    return documents[0]


def _home(text: str, top: t.Any, keys: t.Collection[str], section: str | None) -> t.Any:
    if section is None and {"apiVersion", "kind"} <= {
        key.value for key, _node in _pairs(text, top)
    }:
        raise refused(text, 0, CONFIG_MAP)
    maps = {k.value: node for k, node in _pairs(text, top) if isinstance(node, yaml.MappingNode)}
    if section is not None:
        if section not in maps:
            raise refused(text, 0, f"there is no map {section!r}; check section")
        return maps[section]
    holding = [m for m in (top, *maps.values()) if any(k.value in keys for k, _v in m.value)]
    if len(holding) > 1:
        at = holding[1].start_mark.index
        raise refused(text, at, "the keys stand in several places; name the section")
    return holding[0] if holding else top


def _pairs(text: str, mapping: t.Any) -> t.Iterator[tuple[t.Any, t.Any]]:
    seen = set()
    for key, node in mapping.value:
        if key.value in seen:
            raise refused(text, key.start_mark.index, f"the key {key.value!r} appears twice")
        if isinstance(key, yaml.ScalarNode):
            seen.add(key.value)
            yield key, node


def _scalar(text: str, node: t.Any) -> Span:
    start, end = node.start_mark.index, node.end_mark.index
    # An alias is composed as the node it stands for, whose mark lies elsewhere.
    before = text[text.rfind("\n", 0, start) + 1 : start]
    if not isinstance(node, yaml.ScalarNode) or node.style in ("|", ">"):
        raise refused(text, start, "the value is not plain text")
    if _ANCHOR.search(before.rpartition(":")[2]) or _ANCHOR.match(text[start : start + 2]):
        raise refused(text, start, "the value has an anchor or is an alias")
    value: Scalar = yaml.safe_load(text[start:end]) if start < end else None
    return Span(value, start, end)


def _is_plain(value: str) -> bool:
    try:
        same = yaml.safe_load(f"k: {value}") == {"k": value}
    except yaml.YAMLError:
        return False
    return bool(same and value == value.strip() and "\n" not in value)
