# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""``tenants_matching``: which tenants of a server are meant, by patterns over its own list."""

from __future__ import annotations

import re
import typing as t
from fnmatch import translate

from .._errors import invalid
from .._phrase import say
from .listing import tenants

if t.TYPE_CHECKING:
    from .._server.access import Learn, Options

Tenant = t.Mapping[str, t.Any]
#: In front of a pattern: what it matches is left out.
NOT = "!"
#: Characters of a pattern; names of tenants are far shorter.
LONGEST_PATTERN = 500


def folded(name: str) -> str:
    """A tenant's name as servers compare it: letters and blanks around it do not count."""
    return name.strip().casefold()


def matched(
    server: Options, patterns: t.Sequence[str], given: t.Sequence[Tenant], learn: Learn
) -> list[Tenant]:
    """The active tenants of ``server`` that ``patterns`` choose, by name.

    What is ``given`` for a tenant goes with it; a given one that no pattern matches comes as well.
    Raises ``Failure`` for a pattern that matches nothing, and where tenants cannot be listed.
    """
    rows = tenants({**server, "level": "host", "tenant": None}, learn)
    names = [str(row["Name"]) for row in rows]
    own = {folded(tenant["name"]): tenant for tenant in given}
    chosen = chosen_by(patterns, names)
    found = [{**own.pop(folded(name), {}), "name": name} for name in chosen]
    spelled = {folded(name): name for name in names}
    left = [{**one, "name": spelled.get(key, one["name"])} for key, one in own.items()]
    return [*found, *left]


def refuse_long(patterns: t.Sequence[str]) -> None:
    """Refuse patterns that would take long to compare, and match nothing."""
    for pattern in patterns:
        if len(pattern) > LONGEST_PATTERN:
            reason = say(
                "a pattern has {length} characters, where no name of a tenant has {most}; give "
                "each pattern as an item of its own",
                length=len(pattern),
                most=LONGEST_PATTERN,
            )
            raise invalid("tenants_matching", reason, "options")


def chosen_by(patterns: t.Sequence[str], names: t.Sequence[str]) -> list[str]:
    """The ``names`` that a pattern matches and no ``!pattern`` does; without any other, all."""
    for pattern in patterns:
        if not any(map(_matcher(pattern.lstrip(NOT)), names)):
            reason = say(
                "{pattern} matches none of the {count} active tenants of the server; check the "
                "spelling, or leave it out",
                pattern=pattern,
                count=len(names),
            )
            raise invalid("tenants_matching", reason)
    wanted = [_matcher(p) for p in patterns if not p.startswith(NOT)] or [_matcher("*")]
    unwanted = [_matcher(p[1:]) for p in patterns if p.startswith(NOT)]
    return [
        name
        for name in names
        if any(fits(name) for fits in wanted) and not any(fits(name) for fits in unwanted)
    ]


def _matcher(pattern: str) -> t.Callable[[str], bool]:
    fits = re.compile(translate(folded(pattern)))
    return lambda name: fits.match(folded(name)) is not None
