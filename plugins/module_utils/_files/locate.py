# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which family of keys a tree of maps holds, and in which of its maps.

Pure.

Keys that stand where nobody looked are found too, so that no second set is ever put beside them.
"""

from __future__ import annotations

import typing as t
from collections import Counter, deque

from .._output.redact import clean
from .._phrase import Phrase, say
from .base import fold
from .home import Family, Home, Misplaced, Obstacle, Path, Tree, Wanted, named, twice

SEVERAL_PLACES = say("the keys stand in several places; name one with config_file.section")
SEVERAL_FAMILIES = (
    "it holds keys of several families; name one with config_file.key_style ({options})"
)
OTHER_FAMILY = (
    "its key {name!r} is of another family; set config_file.key_style: {right}{section}, or a "
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
KUBERNETES = say(
    "this is a Kubernetes object; for a ConfigMap of flat keys set config_file.section to data, "
    "else edit the file that it is made of"
)
SECRET = say(
    "the values in the data of a Kubernetes Secret are base64; put them into stringData as plain "
    "text and set config_file.section: stringData"
)

Members = t.Mapping[str, t.Any]
Place = tuple[Path, Members]


def locate(tree: Tree, top: t.Any, wanted: Wanted) -> Home:
    """Find the keys; raises ``Misplaced`` where an option has to say which are meant."""
    _refuse_kubernetes(tree, top, wanted.section)
    style = wanted.style or _told_by_section(tree, top, wanted)
    section = wanted.section
    if section is None and style is not None:
        section = wanted.families[style].section
    missing = 0
    if section is None:
        places = _near_the_top(tree, top)
    else:
        place, missing = _at_section(tree, top, section, may_make=wanted.section is None)
        places = [place]
    style = style or _style_in(places, wanted.families) or next(iter(wanted.families))
    keys = wanted.families[style].keys
    held = _holding(places, keys)
    if len(held) > 1:
        raise Misplaced(SEVERAL_PLACES, *_first_of(held[1], keys))
    path, members = held[0] if held else places[0]
    names, obstacles = named(path, members, keys)
    if not names:
        obstacles = _strangers(tree, top, wanted, style)
    return Home(style, keys, path, missing, names, tuple(obstacles))


def resolved(tree: Tree, node: t.Any, parts: t.Sequence[str]) -> list[tuple[Path, t.Any]]:
    """All nodes that ``parts`` lead to; a name with ``:`` in it stands for several parts."""
    if not parts:
        return [((), node)]
    folded = [fold(part) for part in parts]
    found = []
    for name, child in (tree.inside(node) or {}).items():
        taken = fold(name).split(":")
        if taken == folded[: len(taken)]:
            below = resolved(tree, child, parts[len(taken) :])
            found += [((name, *path), last) for path, last in below]
    return found


def _refuse_kubernetes(tree: Tree, top: t.Any, section: str | None) -> None:
    members = tree.inside(top) or {}
    if not {"apiVersion", "kind"} <= members.keys():
        return
    if section is None:
        raise Misplaced(KUBERNETES, (), "kind")
    if tree.word(members["kind"]) == "Secret" and fold(section) == fold("data"):
        raise Misplaced(SECRET, (), "kind")


def _told_by_section(tree: Tree, top: t.Any, wanted: Wanted) -> str | None:
    """The family that is at home in the named section, or in one that is there."""
    for style, family in wanted.families.items():
        if family.section is None:
            continue
        if wanted.section is not None and fold(wanted.section) == fold(family.section):
            return style
        if wanted.section is None and resolved(tree, top, family.section.split(":")):
            return style
    return None


def _at_section(tree: Tree, top: t.Any, section: str, *, may_make: bool) -> tuple[Place, int]:
    """The map that a section names, and how many names of its path are to be made."""
    parts = section.split(":")
    found = resolved(tree, top, parts)
    if len(found) > 1:
        path = found[1][0]
        raise Misplaced(twice(section), path[:-1], path[-1])
    if found:
        path, node = found[0]
        members = tree.inside(node)
        if members is None and not tree.is_empty(node):
            raise Misplaced(say(NOT_AN_OBJECT, section=section), path[:-1], path[-1])
        return (path, members or {}), int(members is None)
    above = resolved(tree, top, parts[:-1])
    if may_make and len(above) == 1 and tree.inside(above[0][1]) is not None:
        return ((*above[0][0], parts[-1]), {}), 1
    raise Misplaced(say(NO_SECTION, section=section))


def _near_the_top(tree: Tree, top: t.Any) -> list[Place]:
    members = tree.inside(top) or {}
    below = ((name, tree.inside(child)) for name, child in members.items())
    places: list[Place] = [((), members), *(((name,), inner) for name, inner in below if inner)]
    # What an alias stands for is a place once.
    return list({id(inner): (path, inner) for path, inner in reversed(places)}.values())[::-1]


def _style_in(places: t.Sequence[Place], families: t.Mapping[str, Family]) -> str | None:
    """The family that is there, by keys that it does not share with another."""
    flat = {style: family.keys for style, family in families.items() if family.section is None}
    count = Counter(key for keys in flat.values() for key in keys)
    own = {style: {key for key in keys if count[key] == 1} for style, keys in flat.items()}
    found = {style: held for style, keys in own.items() if (held := _holding(places, keys))}
    if len(found) > 1:
        second = list(found)[1]
        at = _first_of(found[second][0], own[second])
        raise Misplaced(say(SEVERAL_FAMILIES, options=", ".join(found)), *at)
    return next(iter(found), None)


def _holding(places: t.Sequence[Place], keys: t.Collection[str]) -> list[Place]:
    """The places with some of the keys; other letters count where nothing is found otherwise."""
    exact = [place for place in places if not place[1].keys().isdisjoint(keys)]
    ours = {fold(key) for key in keys}
    return exact or [place for place in places if not ours.isdisjoint(map(fold, place[1]))]


def _first_of(place: Place, keys: t.Collection[str]) -> tuple[Path, str]:
    ours = {fold(key) for key in keys}
    return place[0], next(name for name in place[1] if fold(name) in ours)


def _strangers(tree: Tree, top: t.Any, wanted: Wanted, style: str) -> list[Obstacle]:
    """Keys of any family, wherever they stand; the first one is enough."""
    if wanted.families[style].section is not None:
        return []
    families = {n: family for n, family in wanted.families.items() if family.section is None}
    owner = {fold(key): name for name, family in families.items() for key in family.keys}
    # The chosen family is the answer for a key that several have.
    owner.update({fold(key): style for key in families[style].keys})
    for path, name, in_list in _everything(tree, top):
        key = fold(name).rpartition(":")[2]
        if key in owner:
            odd = "in a list" if in_list else "below a name with a colon" if ":" in name else ""
            return [Obstacle(path, name, _advice(path, name, owner[key], style, odd))]
    return []


def _advice(path: Path, name: str, owner: str, style: str, odd: str) -> Phrase:
    name, section = clean(name, 80), clean(":".join(path), 80)
    if odd:
        return say(OUT_OF_REACH, name=name, where=odd)
    if owner != style:
        more = say(" and config_file.section: {section}", section=section) if path else ""
        return say(OTHER_FAMILY, name=name, right=owner, section=more)
    return say(ELSEWHERE, name=name, section=section) if path else say(AT_THE_TOP, name=name)


def _everything(tree: Tree, top: t.Any) -> t.Iterator[tuple[Path, str, bool]]:
    """Every name in the tree: its path, and whether a list is on the way; each map once."""
    waiting: deque[tuple[Path, t.Any, bool]] = deque([((), top, False)])
    seen: set[int] = set()
    while waiting:
        path, node, in_list = waiting.popleft()
        members = tree.inside(node)
        if members is not None and id(members) not in seen:
            seen.add(id(members))
            yield from ((path, name, in_list) for name in members)
            waiting += [((*path, name), inner, in_list) for name, inner in members.items()]
        waiting += [(path, inner, True) for inner in tree.listed(node) or ()]
