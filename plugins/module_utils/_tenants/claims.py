# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Places that several tenants have in common, such as the mail settings of their organization.

Such a place is made to hold what is declared once, in the turn of the first tenant that declares
something for it.  Two different declarations for it are refused.
"""

from __future__ import annotations

import contextlib
import threading
import typing as t
from dataclasses import dataclass, field

from .._errors import invalid
from .._phrase import say
from .._settings import MAIL, NAMES

if t.TYPE_CHECKING:
    from .._settings import Values


def mail_part(declared: Values) -> dict[str, t.Any]:
    """What of a declaration belongs to the place that tenants may share."""
    return {name: declared[name] for name in MAIL if name in declared}


def refuse_two(declarations: t.Iterable[tuple[str, Values]]) -> None:
    """Refuse two declarations for one place, given each tenant with what it declares for that."""
    first: tuple[str, dict[str, t.Any]] | None = None
    for tenant, declared in declarations:
        part = mail_part(declared)
        first = first or ((tenant, part) if part else None)
        if first is not None and part:
            _refuse_other(first, (tenant, part))


def _refuse_other(one: tuple[str, Values], other: tuple[str, Values]) -> None:
    differ = [name for name in NAMES if one[1].get(name) != other[1].get(name)]
    if differ:
        reason = say(
            "{one} and {other} share the place that keeps {options}, and declare it differently; "
            "give it once, outside of tenants, or the same for both",
            one=one[0],
            other=other[0],
            options=", ".join(differ),
        )
        raise invalid("tenants", reason, "guard")


@dataclass
class _Claim:
    tenant: str
    declared: Values = field(repr=False)
    over: threading.Event = field(default_factory=threading.Event)
    holds: bool = False


class Claims:
    """Who makes which shared place hold what is declared; safe for several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._claims: dict[str, _Claim] = {}

    @contextlib.contextmanager
    def turn(self, place: str, tenant: str, declared: Values) -> t.Iterator[bool]:
        """Wait for other tenants at work on ``place``; yields whether its part is still to be done.

        Raises ``Failure`` when another tenant declared something else for it.
        """
        part = mail_part(declared)
        claim = self._mine(place, tenant, part)
        if claim is None:
            yield False
            return
        try:
            yield True
            claim.holds = True
        finally:
            claim.over.set()

    def _mine(self, place: str, tenant: str, part: Values) -> _Claim | None:
        """A claim of this tenant's own, or None where another one has done the work."""
        mine = _Claim(tenant, part)
        while True:
            with self._lock:
                claim = self._claims.setdefault(place, mine)
                if claim is not mine and claim.over.is_set() and not claim.holds:
                    # It failed for that tenant, so the next one tries.
                    claim = self._claims[place] = mine
            if claim is mine:
                return mine
            _refuse_other((claim.tenant, claim.declared), (tenant, part))
            claim.over.wait()
            if claim.holds:
                return None
