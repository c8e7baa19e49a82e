# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whom a password reset or an alert can reach, as far as a list of users says it.

Pure.

Addresses come in and never go out: what is said of somebody is a name and a reason.
"""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, field

from .._host import is_mailbox

#: Who is in a list of users: ``OTHER`` are robots, applications and groups, ``UNHEARD`` those of a
#: kind that is not known here.
PERSON, FROM_DIRECTORY, OTHER, UNHEARD = "person", "from_directory", "other", "unheard"


@dataclass(frozen=True)
class User:
    """One of a list of users; ``address`` is empty where none is told.

    ``is_active`` and ``is_confirmed`` are false only where a server says so.
    """

    name: str
    address: str = field(repr=False)
    kind: str = PERSON
    is_active: bool = True
    is_confirmed: bool = True


#: Why no mail reaches somebody, the first reason first.
REASONS: tuple[tuple[str, t.Callable[[User], bool]], ...] = (
    ("inactive", lambda user: not user.is_active),
    ("no_address", lambda user: not user.address),
    ("bad_address", lambda user: not is_mailbox(user.address)),
    # An address of a directory is not confirmed here.
    ("address_not_confirmed", lambda user: not user.is_confirmed and user.kind == PERSON),
)


@dataclass(frozen=True)
class Roll:
    """The users of one ``level``: ``tenant``, ``organization``, or ``host``, which has none."""

    level: str
    users: t.Sequence[User] = field(default=(), repr=False)

    def audience(self) -> dict[str, t.Any]:
        """The result ``audience``: numbers of people, and the names of those not reached."""
        people = [user for user in self.users if user.kind != OTHER]
        told = [user for user in people if not _is_untold(user)]
        missed = [(user.name, why) for user in told if (why := reason(user)) is not None]
        return {
            "level": self.level,
            "users": len(people),
            "reachable": len(told) - len(missed),
            "unreachable": [
                {"user": name, "reason": why}
                for name, why in sorted(missed, key=lambda one: one[0].casefold())
            ],
            "unknown": len(people) - len(told),
        }

    def strangers(self, addresses: t.Iterable[str]) -> list[str]:
        """Those of ``addresses`` that no user has, of whatever kind; letters do not matter."""
        known = {user.address.casefold() for user in self.users}
        return [address for address in addresses if address.strip().casefold() not in known]


def reason(user: User) -> str | None:
    """The first of ``REASONS`` that holds; None for somebody whom mail reaches."""
    return next((name for name, holds in REASONS if holds(user)), None)


def _is_untold(user: User) -> bool:
    """Whether nothing can be said: a directory keeps the address, and the API shows none."""
    return user.kind == UNHEARD or (user.kind == FROM_DIRECTORY and not user.address)
