# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Our own words, kept apart from the facts that fill them.

Redaction is for values.  A sentence of ours that happens to hold the word ``secret`` stays whole
when somebody's password is that word, while a server's answer inside of it is redacted.  A text
that is put together in any other way is anybody's, and redacted as a whole.

Pure: no I/O, standard library only.
"""

from __future__ import annotations

import difflib
import string
import typing as t

Redact = t.Callable[[str], str]
#: Facts that are words of ours by their nature; all others may be anybody's.
OURS = frozenset(
    (
        "demand",
        "first",
        "group",
        "hint",
        "key",
        "kind",
        "known",
        "level",
        "missing",
        "note",
        "option",
        "options",
        "permission",
        "place",
        "possible",
        "preset",
        "refused",
        "right",
        "rule",
        "stored",
        "tally",
        "what",
        "where",
        "why",
    )
)


#: Characters that a sentence quotes of a fact; the whole of it would drown the sentence.
LONGEST_FACT = 500
#: Of a name that is meant to be another one.
LONGEST_NAME = 80
#: Of so many names that are not known it is said what they may have meant.
MOST_HINTS = 3


class Cleared(str):
    """A text that may be shown as it is: words of ours, or what was redacted already."""

    __slots__ = ()


class Phrase(str):
    """A text that remembers which of it is ours: a template, and the facts that fill it.

    One that ``is_whole`` is a sentence with a full stop of its own: those of its facts go.
    """

    _template: str
    _facts: t.Mapping[str, t.Any]
    _is_whole: bool

    def __new__(
        cls, template: str, facts: t.Mapping[str, t.Any], *, is_whole: bool = False
    ) -> Phrase:
        phrase = super().__new__(cls, _Teller(str, is_whole).vformat(template, (), facts))
        phrase._template, phrase._facts, phrase._is_whole = template, facts, is_whole
        return phrase

    def __reduce__(self) -> tuple[type[str], tuple[str]]:
        # Pickled, it becomes plain text, should anybody forget to redact it first.
        return str, (str(self),)

    def told(self, redact: Redact) -> str:
        """The text with every fact redacted, and our own words as they are."""
        return _Teller(redact, self._is_whole).vformat(self._template, (), self._facts)


def say(template: str, **facts: t.Any) -> Phrase:
    """A phrase; ``template`` is a constant, and whatever is not comes as a fact.

    A fact that is a phrase, or a ``Cleared`` text, keeps its own words; so does one of ``OURS``.
    """
    return Phrase(template, facts)


def joined(phrases: t.Sequence[str], between: str = " ") -> Phrase:
    """All ``phrases`` in one, with the constant ``between`` them."""
    names = [f"_{number}" for number in range(len(phrases))]
    return Phrase(between.join(f"{{{name}}}" for name in names), dict(zip(names, phrases)))


def apart(sentence: str) -> tuple[str, str]:
    """What a sentence is about, and what it says of it: ``smtp_port: 0 is not a port``."""
    if not isinstance(sentence, Phrase):
        subject, _colon, rest = sentence.partition(": ")
        return subject, rest
    subject, _colon, rest = sentence._template.partition(": ")
    return str(Phrase(subject, sentence._facts)), Phrase(rest, sentence._facts)


class _Teller(string.Formatter):
    """``str.format``, with each fact redacted after it was formatted, and cut when it is long."""

    def __init__(self, redact: Redact, is_whole: bool) -> None:
        self._redact, self._is_whole = redact, is_whole

    def get_field(self, field_name: str, args: t.Any, kwargs: t.Any) -> tuple[t.Any, str]:
        fact = kwargs[field_name]
        is_plain = isinstance(fact, str) and not isinstance(fact, Phrase)
        return Cleared(fact) if is_plain and field_name in OURS else fact, field_name

    def convert_field(self, value: t.Any, conversion: t.Any) -> t.Any:
        return value if conversion is None else super().convert_field(value, conversion)

    def format_field(self, value: t.Any, format_spec: str) -> str:
        if isinstance(value, (bool, int, float)):
            return format(value, format_spec)
        value = getattr(value, "phrase", value)
        if isinstance(value, Phrase):
            text = value.told(self._redact)
        else:
            text = format(value, format_spec)
            text = text if isinstance(value, Cleared) else _cut(self._redact(text))
        return text.rstrip(" .") if self._is_whole else text


def _cut(text: str) -> str:
    """``text`` with its end, which may be a quotation mark, but not all that is between."""
    return text if len(text) <= LONGEST_FACT else f"{text[: LONGEST_FACT - 2]}…{text[-1]}"


def did_you_mean(name: str, known: t.Iterable[str], within: str = "") -> str:
    """A question with the nearest of ``known``, and a blank behind it; empty when none is near."""
    name = name[:LONGEST_NAME].lower()
    near = difflib.get_close_matches(name, list(known), n=1, cutoff=0.7)
    return f"Did you mean {within}{near[0]}? " if near else ""


def hints(names: t.Sequence[str], known: t.Collection[str]) -> str:
    """``did_you_mean`` for the first few of ``names``."""
    return "".join(did_you_mean(name, known) for name in names[:MOST_HINTS])
