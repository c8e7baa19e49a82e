# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Storing values: one request per part, and what may travel with it."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from .._phrase import say
from .._settings import PASSWORD, Values, differing, fits, same, wire_text
from .ending import Words, held_values
from .password import STORED, holds

if t.TYPE_CHECKING:
    from .._targets.backend import Backend, Snapshot
    from .change import Change
    from .read_back import Part

WORDS = Words(
    "stored",
    lambda names, after: say("What was read back: {found}", found=held_values(names, after)),
)


@dataclass(frozen=True)
class Store:
    """Values to be stored (a ``Job``)."""

    backend: Backend
    change: Change

    @property
    def names(self) -> tuple[str, ...]:
        return self.change.names

    @property
    def parts(self) -> t.Sequence[Part]:
        return self.backend.parts(self.names)

    def send(self, part: Part, along: Values) -> None:
        self.backend.write(self._wanted(part), self.change.current, along)

    def along(self, part: Part, found: Snapshot) -> Values:
        """Values that are known to hold; of the password only one that was decided to be stored."""
        known = {n: v for n, v in found.values.items() if fits(n, v)}
        if self.change.decision.evidence in STORED:
            known[PASSWORD] = self.change.declared[PASSWORD]
        wanted = self.backend.companions(part, self.change.current)
        return {n: known[n] for n in wanted if n in known and n not in part}

    def missing(self, part: Part, after: Snapshot, confirmed: bool) -> tuple[str, ...]:
        wanted = self._wanted(part)
        # An empty text looks like none, so only a yes, or its row, tells that it is stored.
        unseen = [n for n in part if n in self.change.emptied and n not in after.stored_here]
        visible = {*differing(after.values, wanted), *([] if confirmed else unseen)}
        lacking = tuple(name for name in part if name in visible)
        if PASSWORD not in part:
            return lacking
        # One request carries a part, so the other values of it vouch for the password; a yes to
        # values that do not show is none to a password that cannot.
        others = [name for name in part if name != PASSWORD and name not in unseen]
        vouched = not lacking and (confirmed or bool(others))
        held = not _is_inherited(after) and holds(
            str(wanted[PASSWORD]), self.change.current.password, after.password, vouched
        )
        return lacking if held else (*lacking, PASSWORD)

    def differing(self, part: Part, after: Snapshot, confirmed: bool) -> tuple[str, ...]:
        before = self.change.current
        # An empty text is none, but an own one hides what is above.
        anew = after.stored_here ^ before.stored_here
        other = tuple(
            name
            for name in part
            if name != PASSWORD
            and (name in anew or not same(name, before.values.get(name), after.values.get(name)))
        )
        if PASSWORD not in part:
            return other
        arrived = PASSWORD not in self.missing(part, after, confirmed)
        return (
            (*other, PASSWORD) if arrived or before.password.kind != after.password.kind else other
        )

    def _wanted(self, part: Part) -> dict[str, t.Any]:
        return {name: self.change.values[name] for name in part}


def _is_inherited(found: Snapshot) -> bool:
    """Whether a password shows, and certainly is not the one of this very place."""
    return bool(found.password.is_set) and PASSWORD not in found.stored_here


def travelled(found: Snapshot, along: Values) -> t.Iterator[str]:
    """Warnings about what was sent along, given what was found before."""
    target = found.where(along)
    own = [name for name in along if found.certainly_own(name)]
    if names := ", ".join(name for name in along if name not in own):
        yield say(
            "{target} refused the change without {options}, so they were sent along as they were "
            "and are own values there now, which no longer follow the level above.",
            target=target,
            options=names,
        )
    for name in own:
        if name in found.texts:
            yield say(
                "{target} refused the change without {option}, so that now holds {new!r} instead "
                "of {old!r}.",
                target=target,
                option=name,
                new=wire_text(along[name]),
                old=found.texts[name],
            )
