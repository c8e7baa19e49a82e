# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Text from outside, made visible.

Pure: no I/O, standard library only.
"""

from __future__ import annotations

import typing as t

from ...module_utils._settings import Value


def visible(text: str) -> str:
    """``text`` in one line, with an escape for every character that does not show itself.

    Line ends, control characters, terminal sequences, surrogates and what changes the direction of
    text are seen as ``\\x1b`` or ``\\u202e`` instead of taking effect.
    """
    if text.isprintable():
        return text
    return "".join(map(_escaped, text))


def _escaped(character: str) -> str:
    if character.isprintable():
        return character
    short = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}.get(character)
    if short is not None:
        return short
    code = ord(character)
    form = "\\x{:02x}" if code < 0x100 else "\\u{:04x}" if code < 0x10000 else "\\U{:08x}"
    return form.format(code)


def value_words(value: Value | None) -> str:
    """The value of a setting as people write it in a declaration."""
    if value is None:
        return "(not known)"
    if isinstance(value, bool):
        return "true" if value else "false"
    return visible(str(value)) if value != "" else "(empty)"


def rest(left_out: int, nouns: str = "") -> list[str]:
    """How much is left out, if anything is."""
    return [f"and {left_out} more{nouns}"] if left_out > 0 else []


def listed(names: t.Sequence[str], most: int) -> str:
    """At most so many names, and how many are left out."""
    return " ".join([", ".join(names[:most]), *rest(len(names) - most)])


def many(count: int, noun: str, plural: str | None = None) -> str:
    """``count`` with its noun."""
    return f"{count} {noun}" if count == 1 else f"{count} {plural or noun + 's'}"
