# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What hosts have in common, once, and of each what is its own.

Pure.
"""

from __future__ import annotations

import json
import typing as t
from collections import Counter
from dataclasses import dataclass, field

Values = t.Mapping[str, t.Any]
#: Variables that say nothing when they are empty, so a host may lack what is common.
MAY_BE_EMPTY = frozenset(("mail_preset",))


@dataclass(frozen=True)
class Folded:
    """Variables of all hosts, and what each host has beside or instead."""

    common: dict[str, t.Any] = field(default_factory=dict)
    own: dict[str, dict[str, t.Any]] = field(default_factory=dict)


def folded(hosts: t.Mapping[str, Values]) -> Folded:
    """Every variable where it is written least often; each host ends up with its own values.

    A variable is common only where every host has one, since a host cannot take it back.
    """
    made = Folded(own={host: {} for host in hosts})
    names = dict.fromkeys(name for values in hosts.values() for name in values)
    for name in names:
        given = {host: values[name] for host, values in hosts.items() if name in values}
        if name in MAY_BE_EMPTY and len(given) * 2 > len(hosts):
            given = {host: given.get(host, "") for host in hosts}
        shared = _most_common(given) if len(given) == len(hosts) else None
        if shared is not None:
            made.common[name] = next(v for v in given.values() if _key(v) == shared)
        for host, value in given.items():
            if shared is None or _key(value) != shared:
                made.own[host][name] = value
    return made


def _most_common(given: Values) -> str | None:
    """The value (as JSON) of more than one host, or of the only one; None when none stands out."""
    ((key, count),) = Counter(map(_key, given.values())).most_common(1)
    return key if count > 1 or len(given) == 1 else None


def _key(value: t.Any) -> str:
    return json.dumps(value, sort_keys=True)
