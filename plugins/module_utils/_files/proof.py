# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A new text is looked at before it replaces the old one.

Pure.

The format's own parser reads it back: the wanted values must be there, and everything else must be
what it was.  So an edit that goes wrong on an odd file is a refusal, never damage.
"""

from __future__ import annotations

import typing as t

from .._errors import Failure
from .._phrase import say
from .._settings import wire_text
from .base import Changes, Scalar, refused
from .format import Format

Parse = t.Callable[[str], Format]
UNREADABLE = say("the new text could not be read back; make this edit by hand")
OTHER_VALUES = say("the new text would hold other values than wanted; make this edit by hand")


class Proven(t.NamedTuple):
    """A new text, and what its parser makes of it."""

    text: str
    parsed: Format


def edited(
    text: str, old: Format, changes: Changes, gone: t.Collection[str], parse: Parse
) -> Proven:
    """``text`` with ``changes`` and without the keys in ``gone``, proven; else a ``Failure``."""
    for obstacle in old.obstacles:
        raise obstacle
    made = old.edited(changes)
    if gone:
        made = (_read_back(text, made, parse) if changes else old).removed(gone)
    new = _read_back(text, made, parse)
    kept = {key: _text(value) for key, value in old.values.items() if key not in gone}
    wanted = {**kept, **{key: wire_text(value) for key, value in changes.items()}}
    # What is merged in shows again where a value of its own is gone.
    beneath = {key for key in gone if key in new.merged}
    if {key: _text(value) for key, value in new.values.items() if key not in beneath} != wanted:
        raise refused(text, _parting(text, made), OTHER_VALUES)
    if new.rest(old.home) != old.rest(old.home):
        keys = ", ".join([*changes, *gone])
        reason = say("more than {key} would change; make this edit by hand", key=keys)
        raise refused(text, _parting(text, made), reason)
    return Proven(made, new)


def _read_back(text: str, made: str, parse: Parse) -> Format:
    try:
        return parse(made)
    except Failure as exc:
        raise refused(text, _parting(text, made), UNREADABLE) from exc


def _parting(one: str, other: str) -> int:
    """Where two texts begin to differ."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _text(value: Scalar) -> str:
    if value is None:
        return ""
    return wire_text(value) if isinstance(value, (bool, int, str)) else str(value)
