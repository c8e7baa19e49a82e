# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sentences about the options of a module, said about the variables of the role.

Pure.

Whoever uses the role has never written ``recipients``, but ``mail_test_recipients``.  A name of two
words or more is always an option's, and so is one that is no word; another one is where it is the
subject of a sentence, has an option within (``seen.mailbox``), or is given a value
(``state: present``).
"""

from __future__ import annotations

import functools
import re
import typing as t

from .variables import SETTINGS, TEST, module_options, names

#: Keys of a result whose texts, at whatever depth, speak of options.
SPOKEN = frozenset(("msg", "text", "warnings", "findings", "tenants", "diagnosis", "cause", "fix"))
#: Options that are no word of any sentence.
NO_WORDS = ("helo",)
#: Options of a test that are words elsewhere, and not meant by a sentence about a declaration.
OF_A_TEST = ("body", "recipients", "subject", "timeout")
#: What stands in front of an option that is given a value, or that is to be given.
BEFORE = ("^", "[.\\]] ", "with ", "set ", "give ", "use ", "or ", "and ", "\\(", ": ", "at ")
#: The module that sends is one task with the other one here.
OTHER_MODULE = re.compile(r"\buse mail_test with\b")


def in_role_words(value: t.Any, module: str) -> t.Any:
    """``value``, a part of a result of ``module``, with its sentences in the words of the role."""
    if isinstance(value, str):
        variables = _names(module)
        text = OTHER_MODULE.sub("test with", value)
        return _pattern(module).sub(lambda found: variables[found[0]], text)
    if isinstance(value, t.Mapping):
        return {k: in_role_words(v, module) if k in SPOKEN else v for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [in_role_words(item, module) for item in value]
    return value


@functools.cache
def _names(module: str) -> t.Mapping[str, str]:
    """The variable of each option that a sentence of ``module`` may speak of.

    What is declared may be tested, and what is tested is declared.
    """
    tests = {n: v for n, v in names(TEST).items() if module == TEST or n not in OF_A_TEST}
    return {**tests, **names(SETTINGS)}


@functools.cache
def _pattern(module: str) -> re.Pattern[str]:
    options = sorted(_names(module), key=len, reverse=True)
    long = "|".join(option for option in options if "_" in option or option in NO_WORDS)
    short = "|".join(option for option in options if "_" not in option)
    specs = {**module_options(TEST), **module_options(SETTINGS)}
    outer = "|".join(name for name, option in specs.items() if "options" in option)
    before = "|".join(f"(?<={words})" for words in BEFORE)
    return re.compile(
        # Not within a path, an address or a longer name.
        rf"(?<![\w./-])(?:(?:{long})(?![\w-])"
        rf"|(?:{outer})(?=\.[a-z_]+\b)"
        rf"|(?:{before})(?:{short})(?=: | as well\b))"
    )
