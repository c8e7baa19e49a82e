# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sentences about the options of a module, said about the variables of the role.

Pure.

Whoever uses the role has never written ``recipients``, but ``mail_test_recipients``.  A name of two
words or more is always an option's; a single word is one where it is the subject of a sentence, or
is given a value (``state: present``).
"""

from __future__ import annotations

import functools
import re
import typing as t

from .variables import names

#: Keys of a result whose texts, at whatever depth, speak of options.
SPOKEN = frozenset(("msg", "text", "warnings", "findings", "tenants", "diagnosis", "cause", "fix"))


def in_role_words(value: t.Any, module: str) -> t.Any:
    """``value``, a part of a result of ``module``, with its sentences in the words of the role."""
    if isinstance(value, str):
        return _pattern(module).sub(lambda found: _renamed(found, module), value)
    if isinstance(value, t.Mapping):
        return {k: in_role_words(v, module) if k in SPOKEN else v for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [in_role_words(item, module) for item in value]
    return value


def _renamed(found: re.Match[str], module: str) -> str:
    return names(module)[found[0]]


@functools.cache
def _pattern(module: str) -> re.Pattern[str]:
    options = sorted(names(module), key=len, reverse=True)
    long = "|".join(option for option in options if "_" in option)
    short = "|".join(option for option in options if "_" not in option)
    return re.compile(
        # Not within a path, an address or a longer name.
        rf"(?<![\w./-])(?:(?:{long})(?![\w-])"
        rf"|server(?=\.[a-z_]+\b)"
        rf"|(?:(?<=^)|(?<=[.\]] )|(?<=with )|(?<=set )|(?<=or )|(?<=: )|(?<=at ))(?:{short})(?=: ))"
    )
