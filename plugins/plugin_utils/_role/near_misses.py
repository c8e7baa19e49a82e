# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Names of variables that are nearly, but not quite, one of the role's.

Pure.

Ansible takes any variable for somebody else's.  A misspelt one is then not managed, in silence: a
password goes to a server without TLS because ``mail_preset`` lost a letter.  A name is near when a
slip of the keyboard away (a letter too many, too few, another one, or two changed over; two slips
in a long name), or when its words are the same but for being cut short (``mail_smtp_user``).
"""

from __future__ import annotations

import typing as t

PREFIX = "mail_"
#: What is left of a name may differ by two slips from this length on; below ``SHORT``, by none.
LONG, SHORT = 9, 5
#: The least that is left of a word that was cut short.
STEM = 3


def near_misses(
    given: t.Iterable[str], known: t.Collection[str], own: t.Container[str] = ()
) -> dict[str, str]:
    """Names among ``given`` that are near one of ``known``, and which; ``own`` are left alone."""
    found = {}
    for name in given:
        if name.startswith(PREFIX) and name not in known and name not in own:
            nearest = _nearest(name, known)
            if nearest:
                found[name] = nearest
    return found


def _nearest(name: str, known: t.Collection[str]) -> str:
    rest = name[len(PREFIX) :].lower()
    ranked = ((_slips(rest, right[len(PREFIX) :]), right) for right in sorted(known))
    slips, right = min(ranked)
    if len(rest) >= SHORT and slips <= (2 if len(rest) >= LONG else 1):
        return right
    return next((right for right in sorted(known) if _cut_short(rest, right)), "")


def _cut_short(rest: str, known: str) -> bool:
    """Whether ``rest`` has the words of ``known``, some of them cut short."""
    mine, theirs = rest.split("_"), known[len(PREFIX) :].split("_")
    if len(mine) != len(theirs) or len(mine) < 2:
        return False
    pairs = list(zip(mine, theirs))
    return all(
        word == whole or (len(word) >= STEM and whole.startswith(word)) for word, whole in pairs
    )


def _slips(one: str, other: str) -> int:
    """The number of slips between two words; more than two count as three."""
    if abs(len(one) - len(other)) > 2:
        return 3
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        last, before, row = before, row, [i]
        for j, right in enumerate(other, 1):
            same = before[j - 1] + (letter != right)
            row.append(min(before[j] + 1, row[j - 1] + 1, same))
            changed_over = i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == right
            if changed_over:
                row[j] = min(row[j], last[j - 2] + 1)
    return min(row[-1], 3)
