# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Names from outside as names of hosts.

Pure.

Ansible takes the name of a host for more than a name: it is part of a path below ``host_vars``, a
word in a pattern such as ``--limit``, a text that may be templated, and one of the names that
groups and this machine have as well.
"""

from __future__ import annotations

import hashlib
import itertools
import typing as t
import unicodedata

from ..module_utils._text import octets

#: Groups that every inventory has, and what Ansible takes for this machine.
RESERVED = frozenset(("all", "ungrouped", "localhost", "127.0.0.1", "::1"))
#: Besides letters, marks and digits of any script; none of it means anything in a pattern or path.
ALLOWED = frozenset("_-.+")
LONGEST = 100


def host_names(names: t.Sequence[str], taken: t.Collection[str]) -> dict[str, str]:
    """The name of a host for each of the different ``names``, the same one wherever possible.

    ``taken`` are names that no host may have.  A name that cannot be one of a host is written in
    other characters and ends in a digest of itself, so it is the same in every run, whichever other
    names there are.
    """
    no_host = RESERVED.union(taken)
    found = {name: name for name in names if _fits(name) and name not in no_host}
    given = {*no_host, *found}
    for name in names:
        if name not in found:
            found[name] = next(safe for safe in _spellings(name) if safe not in given)
            given.add(found[name])
    return found


def _fits(name: str) -> bool:
    begins_well = name[:1] == "_" or name[:1].isalnum()
    return begins_well and len(name) <= LONGEST and _plain(name) == name


def _plain(name: str) -> str:
    return "".join(c if unicodedata.category(c)[0] in "LMN" or c in ALLOWED else "_" for c in name)


def _spellings(name: str) -> t.Iterator[str]:
    start = _plain(name[:LONGEST]).strip(".-") or "tenant"
    for number in itertools.count():
        digest = hashlib.sha256(octets(f"{number} {name}")).hexdigest()
        yield f"{start}-{digest[:8]}"
