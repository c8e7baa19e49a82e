# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the algorithm needs of a place that keeps mail settings."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, field
from types import MappingProxyType

from .._phrase import joined
from .._settings import MAIL_TAB, PASSWORD, wire_text

if t.TYPE_CHECKING:
    from .._settings import Values
    from .place import Place


@dataclass(frozen=True)
class StoredPassword:
    """What a target tells about its stored password.

    ``kind`` is ``absent`` (none is set), ``hidden`` (one is set, only a mask comes back), ``clear``
    (``value`` is the password) or ``unknown`` (the answer says nothing about it).
    """

    kind: str
    value: str = field(default="", repr=False)

    @property
    def is_set(self) -> bool | None:
        """Whether a password is set; None when the target does not tell."""
        return {"absent": False, "hidden": True, "clear": True, "unknown": None}[self.kind]


class Snapshot(t.NamedTuple):
    """The mail settings of a target at one moment.

    ``values`` holds typed values without the password; a setting the target does not show is
    absent.  ``texts`` holds what was read where that is another text than ours for the value, such
    as ``" 587 "``.  ``sources`` says per option where its value comes from (``tenant``,
    ``organization``, ``host``, ``default``, ``file``, ``unknown``), ``places`` which place keeps
    it.  ``api`` says per surface what was read there.

    ``own`` names what this very level stores; None where nothing is ever inherited.  ``is_partial``
    means that a level above may hold what is not shown here, a password too.

    ``together`` names settings that the target takes only in one write.  ``era`` says what the
    mail settings mean there.  ``notices`` are warnings to pass on.
    """

    values: Values
    password: StoredPassword
    sources: t.Mapping[str, str]
    api: t.Mapping[str, t.Any]
    server_version: str | None = None
    own: frozenset[str] | None = None
    together: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    texts: t.Mapping[str, str] = MappingProxyType({})
    places: t.Mapping[str, Place] = MappingProxyType({})
    is_partial: bool = False
    era: str = MAIL_TAB

    @property
    def stored_here(self) -> frozenset[str]:
        """``own``, or all that the target shows when it shows nothing but its own."""
        return frozenset(self.sources) if self.own is None else self.own

    def certainly_own(self, name: str) -> bool:
        """Whether ``name`` is stored here and known not to show through from above."""
        return name in self.stored_here and self.sources.get(name) != "unknown"

    def where(self, names: t.Iterable[str]) -> str:
        """The places that keep ``names``, for people."""
        found = dict.fromkeys(self.places[n] for n in names if n in self.places)
        return joined([str(place) for place in found], ", ")

    def text(self, name: str) -> str:
        """The value of ``name`` as it was read."""
        return self.texts.get(name, wire_text(self.values[name]))

    def seen_again(self, part: Snapshot) -> Snapshot:
        """This snapshot, with ``part`` in place of what was read again of some surfaces."""
        if self.api.keys() <= part.api.keys():
            return part
        again = {n for surface in part.api for n in (*self.api[surface], *part.api[surface])}

        def merged(old: t.Mapping[str, t.Any], new: t.Mapping[str, t.Any]) -> dict[str, t.Any]:
            return {**{n: value for n, value in old.items() if n not in again}, **new}

        return self._replace(
            values=merged(self.values, part.values),
            texts=merged(self.texts, part.texts),
            sources=merged(self.sources, part.sources),
            password=part.password if PASSWORD in again else self.password,
            api={**self.api, **part.api},
            own=(self.stored_here - again) | part.stored_here,
        )


@dataclass(frozen=True)
class Intent:
    """All that a run is about to ask of a target.

    ``changes`` are the values to store, ``gone`` the names whose own values are to be removed,
    ``candidate`` the settings to be proven first, if a proof is wished; an empty one means those
    that are stored.
    """

    changes: Values = field(default_factory=dict, repr=False)
    gone: tuple[str, ...] = ()
    candidate: Values | None = field(default=None, repr=False)


class Backend(t.Protocol):
    """A place that keeps mail settings: our words in, our words out.

    An implementation must

    * name in ``target`` what is managed, without a secret, and in each snapshot the place of each
      setting;
    * open, send and read nothing before the first call of a method;
    * refuse in ``foresee``, which check mode calls as well, whatever it can refuse without having
      written or proven anything: what ``write``, ``reset`` and ``verify`` refuse after that is the
      server's or the disk's own no;
    * raise ``Refused`` for a plain no to a write, ``Busy`` where it was put off and has taken no
      effect, ``Ambiguous`` where it may have taken effect or not and may be sent again once a look
      shows that it did not; whatever else goes wrong is a ``Failure``;
    * answer ``read`` with what holds at that moment, never from memory.

    It may

    * store settings in several places, and read only those that it was opened for;
    * send own values of the same place along with ``changes`` where every place of its kind wants
      them together, as the very texts that were read.

    It must not

    * send what is neither in ``changes`` or ``along`` nor stored at that very place, nor a password
      that was read;
    * send a write twice by itself;
    * decide what changes: it stores what it is told.
    """

    @property
    def target(self) -> str:
        """What is managed, for messages."""

    def read(self, names: t.Collection[str] | None = None) -> Snapshot:
        """The settings as they are now; one request per surface.

        With ``names`` only the surfaces that keep one of them are read.
        """

    def parts(self, names: t.Sequence[str]) -> t.Sequence[tuple[str, ...]]:
        """``names`` as they are written: those of one surface together, in the best order."""

    def companions(self, part: t.Sequence[str], snapshot: Snapshot) -> t.Sequence[str]:
        """Names that some targets of this kind want in one write with ``part``, one of ``parts``.

        They travel only after a refusal.
        """

    def foresee(self, intent: Intent, snapshot: Snapshot) -> Snapshot | None:
        """Refuse now what could not be done later, given what was read before; changes nothing.

        Returns what ``read`` will give once it is done; None where something may show then that is
        not known yet.

        The last call before the first ``verify``, ``write`` or ``reset`` of a run; in check mode
        the last call of all.  What it works out, such as the new text of a file, may be kept.
        """

    def write(self, changes: Values, snapshot: Snapshot, along: Values) -> None:
        """Store ``changes``, one of ``parts``, given what was read before.

        ``along`` is what has to travel with them, after the target refused them without it.
        """

    def reset(self, names: t.Sequence[str], snapshot: Snapshot) -> None:
        """Remove the own values of ``names``, one of ``parts``, so that others show again."""

    def verify(self, candidate: Values, recipient: str) -> None:
        """Have the target send one test message with ``candidate``; nothing is stored.

        An empty one means the settings that the target has stored.
        """

    def close(self) -> None:
        """Give up connections and locks; the last call."""
