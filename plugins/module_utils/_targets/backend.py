# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the algorithm needs of a place that keeps mail settings."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, field

if t.TYPE_CHECKING:
    from .._settings import Values


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
        return {"absent": False, "hidden": True, "clear": True}.get(self.kind)


@dataclass(frozen=True)
class Snapshot:
    """The mail settings of a target at one moment.

    ``values`` holds typed values without the password; a setting the target does not show is
    absent.  ``sources`` says per option where its value comes from (``tenant``, ``organization``,
    ``host``, ``default``, ``file``, ``unknown``).  ``api`` says per surface what was read there.
    ``own`` names what this very level stores; None where nothing is ever inherited.
    ``together`` names settings that the target takes only in one write.  ``notices`` are warnings
    to pass on.
    """

    values: Values
    password: StoredPassword
    sources: t.Mapping[str, str]
    api: t.Mapping[str, t.Any]
    server_version: str | None = None
    own: frozenset[str] | None = None
    together: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()

    @property
    def stored_here(self) -> frozenset[str]:
        """``own``, or all that the target shows when it shows nothing but its own."""
        return frozenset(self.sources) if self.own is None else self.own


@dataclass(frozen=True)
class Intent:
    """All that a run is about to ask of a target.

    ``changes`` are the values to store, ``gone`` the names whose own values are to be removed,
    ``candidate`` the settings to be proven first, if a proof is wished.
    """

    changes: Values = field(default_factory=dict, repr=False)
    gone: tuple[str, ...] = ()
    candidate: Values | None = field(default=None, repr=False)


class Backend(t.Protocol):
    """A place that keeps mail settings: our words in, our words out.

    An implementation must

    * name in ``target`` what is managed (address or path, level, tenant), without a secret;
    * open, send and read nothing before the first call of a method;
    * refuse in ``foresee``, which check mode calls as well, whatever it can refuse without having
      written or proven anything: what ``write``, ``reset`` and ``verify`` refuse after that is the
      server's or the disk's own no;
    * raise ``Failure`` for whatever goes wrong, ``Ambiguous`` where a write may have taken effect
      or not, and ``Busy`` where it was put off and has taken none;
    * answer ``read`` with what holds at that moment, never from memory.

    It may

    * store settings in several places, and read only those that it was opened for;
    * send own values of the same place along with ``changes`` where the place wants them together.

    It must not

    * send what is neither in ``changes`` nor stored at that very place, nor a password that was
      read;
    * send a write twice by itself;
    * decide what changes: it stores what it is told.
    """

    target: str

    def read(self) -> Snapshot:
        """The settings as they are now; one request per surface."""

    def foresee(self, intent: Intent, snapshot: Snapshot) -> None:
        """Refuse now what could not be done later, given what was read before; changes nothing.

        The last call before the first ``verify``, ``write`` or ``reset`` of a run; in check mode
        the last call of all.  What it works out, such as the new text of a file, may be kept.
        """

    def write(self, changes: Values, snapshot: Snapshot, password: str | None = None) -> None:
        """Store ``changes``, given what was read before.

        ``password`` is the declared password when it may travel along with settings that the
        target wants together; it is part of ``changes`` only when it is to be replaced.
        """

    def reset(self, names: t.Sequence[str], snapshot: Snapshot) -> None:
        """Remove the own values of ``names``, so that the level above or the default shows."""

    def verify(self, candidate: Values, recipient: str) -> None:
        """Have the target send one test message with ``candidate``; nothing is stored."""

    def close(self) -> None:
        """Give up connections and locks; the last call."""
