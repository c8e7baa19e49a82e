# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Arguments as they were given, before Ansible makes types of them: what no option can mean.

Ansible turns a list into the text of a list, and stumbles over a number that is infinite or has
thousands of digits.  No sentence here repeats a value, so none can hold a secret.
"""

from __future__ import annotations

import decimal
import itertools
import typing as t

from ._argspec import Spec
from ._errors import invalid
from ._phrase import Phrase, joined, say
from ._settings import LONGEST_NUMBER, LONGEST_VALUE
from ._text import why_no_path, why_not_sent

Given = t.Mapping[str, t.Any]
Finding = tuple[str, Phrase]

#: So many findings tell what is wrong.
MOST = 10
#: Levels of lists and dictionaries within one option; what is really given has a handful.
DEEPEST = 50
#: Bits; far beyond a number that stands for a text, such as a password of digits alone.
LONGEST_BITS = 4096
#: A message may be of any length, and so may what others found.
UNBOUNDED = frozenset(("body", "result"))

TEXT = (str, int, float)
#: What the type of an option is called, and of what it can be made; a truth value is no number.
TAKES: t.Mapping[str, tuple[Phrase, tuple[type[t.Any], ...]]] = {
    "str": (say("a text"), TEXT),
    "path": (say("a path"), TEXT),
    "int": (say("a whole number"), TEXT),
    "float": (say("a number"), TEXT),
    "bool": (say("true or false"), TEXT),
    "dict": (say("a dictionary"), (str, dict)),
    "list": (say("a list"), (*TEXT, list, tuple)),
}
NUMBERS = ("int", "float", "bool")


def refuse_odd(given: Given, spec: Spec) -> None:
    """Raise ``Failure`` for arguments that nobody can have meant."""
    found = list(itertools.islice(odd(given, spec), MOST))
    if found:
        (option, reason), *others = found
        more = [say("{option}: {said}", option=name, said=said) for name, said in others]
        raise invalid(option, joined([reason, *more], ". "), "options")


def odd(given: Given, spec: Spec, within: str = "") -> t.Iterator[Finding]:
    """The options that hold what cannot be meant, each with the reason and what to do."""
    for name, value in given.items():
        if value is not None and name in spec:
            yield from _odd_in(f"{within}{name}", name, value, spec[name])


def _odd_in(option: str, name: str, value: t.Any, spec: Spec) -> t.Iterator[Finding]:
    kind = spec.get("type", "str")
    reason = _wrong_kind(value, kind) or _beyond(value, kind, name)
    if reason:
        yield option, reason
    elif kind == "list":
        for number, item in enumerate(_list(value)):
            if item is not None:
                yield from _odd_in(f"{option}[{number}]", name, item, _of_items(spec, item))
    elif kind == "dict":
        row = _dictionary(value)
        if row is None:
            yield option, say("it is a text, but has to be a dictionary, or one in JSON")
        elif spec.get("options"):
            yield from odd(row, spec["options"], f"{option}.")


def _of_items(spec: Spec, item: t.Any) -> Spec:
    """What an item of a list has to be; one of any type has options when it is a dictionary."""
    is_row = isinstance(item, dict) and spec.get("options")
    return {**spec, "type": "dict" if is_row else spec.get("elements", "raw")}


def _list(value: t.Any) -> t.Sequence[t.Any]:
    """The items of a list, which Ansible also takes as one text."""
    if isinstance(value, str):
        return value.split(",")
    return value if isinstance(value, (list, tuple)) else [value]


def _dictionary(value: t.Any) -> Given | None:
    """A dictionary, or the text of one; None for another text."""
    if isinstance(value, dict):
        return value
    # Imported late: hardly anybody writes a dictionary as text.
    from ansible.module_utils.common.validation import check_type_dict

    try:
        return t.cast(Given, check_type_dict(value))
    except Exception:  # noqa: BLE001 - whatever is wrong with it, it is none
        return None


def _wrong_kind(value: t.Any, kind: str) -> Phrase | None:
    """Why ``value`` cannot become what it has to be, whatever it holds."""
    if kind not in TAKES or (isinstance(value, bool) and kind == "bool"):
        return None
    wanted, takes = TAKES[kind]
    if isinstance(value, bool):
        said = "it is a truth value (as yes, no, on and off are in YAML), but has to be {wanted}"
        quotes = "; put it into quotes" if takes is TEXT and kind not in NUMBERS else ""
        return say(said + quotes, wanted=wanted)
    if isinstance(value, takes):
        return None
    what = say("a dictionary") if isinstance(value, dict) else say("a list")
    what = say("a number") if isinstance(value, (int, float)) else what
    return say("it is {what}, but has to be {wanted}", what=what, wanted=wanted)


def _beyond(value: t.Any, kind: str, name: str) -> Phrase | None:
    """Why ``value`` is more than any option takes."""
    if kind in NUMBERS and not _is_number(value, kind):
        return say(
            "it is not finite, or has more than {digits} digits; give a number that it can be",
            digits=LONGEST_NUMBER,
        )
    if isinstance(value, str):
        return _beyond_a_text(value, kind, name)
    levels = list(_levels(value))
    if any(map(_is_huge, itertools.chain(*levels))):
        return say("it holds a number of more than a thousand digits; give a smaller one")
    if len(levels) > DEEPEST:
        return say("it has more than {most} levels; give the dictionary itself", most=DEEPEST)
    return None


def _beyond_a_text(value: str, kind: str, name: str) -> Phrase | None:
    # Of a list each item is looked at.
    if len(value) > LONGEST_VALUE and kind != "list" and name not in UNBOUNDED:
        told = "it has {length} characters, where none has more than {most}; give it shorter"
        return say(told, length=len(value), most=LONGEST_VALUE)
    # Ansible itself would send it to no module, and says so in many words.
    why = why_no_path(value) if kind == "path" else why_not_sent(value)
    return say("{why}", why=why) if why else None


def _is_number(value: t.Any, kind: str) -> bool:
    """Whether ``value`` is no number beyond what its type can hold; other words are Ansible's."""
    if kind == "float" and not isinstance(value, int):
        return True
    try:
        number = decimal.Decimal(value)
    except decimal.DecimalException:
        return True
    return number.is_finite() and number.adjusted() < LONGEST_NUMBER


def _is_huge(value: t.Any) -> bool:
    return isinstance(value, int) and value.bit_length() > LONGEST_BITS


def _levels(value: t.Any) -> t.Iterator[list[t.Any]]:
    """What is in ``value``, level by level, and not deeper than one too many."""
    level = [value]
    for _depth in range(DEEPEST + 1):
        yield level
        level = [item for one in level for item in _items(one)]
        if not level:
            return


def _items(value: t.Any) -> t.Iterable[t.Any]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, (list, tuple)) else ()
