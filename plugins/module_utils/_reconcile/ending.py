# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is said of a write that did not end as asked for: exactly what was read back."""

from __future__ import annotations

import typing as t

from .._errors import Failure, Fleeting, Refused
from .._output.redact import clean
from .._phrase import joined, say
from .._settings import PASSWORD, shown

if t.TYPE_CHECKING:
    from .._targets.backend import Snapshot
    from .read_back import Writing

UNSEEN = say("So what holds now is not known")
UNKNOWN = say("Reading back failed as well, so what holds now is not known")
SHOWN_CHARACTERS = 80


class Words(t.NamedTuple):
    """How a job speaks of its names: done (``stored``), and not done, as a sentence."""

    done: str
    not_done: t.Callable[[t.Sequence[str], Snapshot], str]


def demand(writing: Writing, words: Words) -> Snapshot:
    """What holds after a write that ended as asked for; else a ``Failure`` that says what does."""
    after, trouble = writing.after, writing.trouble
    if after is None:
        raise _unknown(writing)
    missing = writing.missing
    if not missing and trouble is None:
        return after
    failure = _failure(writing, missing, after, words)
    updated = () if failure is trouble and _is_no(failure) else writing.differing
    settings = shown(after.values, after.password.is_set)
    facts = {"changed": bool(updated), "updated": list(updated), "settings": settings}
    failure.result = {**failure.result, **facts}
    raise failure


def _failure(writing: Writing, missing: t.Sequence[str], after: Snapshot, words: Words) -> Failure:
    trouble, held = writing.trouble, [n for n in writing.differing if n not in missing]
    done, lacking = _done(held, writing.before, words), words.not_done(missing, after)
    if isinstance(trouble, Fleeting):
        return trouble
    if trouble is None:
        return _not_stored(writing, missing, lacking)
    if not _is_no(trouble):
        found = joined([done, lacking], ". ") if held else lacking
        target = writing.before.where(missing)
        return Failure(
            "ambiguous_write", target=target, reason=said(trouble), found=found, stage="write"
        )
    refusal = t.cast(Failure, trouble)
    if held:
        names = ", ".join(missing)
        one = len(missing) == 1
        rest = say("{options} was", options=names) if one else say("{options} were", options=names)
        status = refusal.status
        return Failure(
            "written_partly", done=done, rest=rest, reason=refusal, stage="write", status=status
        )
    lost = [name for name in missing if name in writing.confirmed]
    if not lost:
        return refusal
    moreover = say("{found}. Moreover: {reason}", found=words.not_done(lost, after), reason=refusal)
    return _not_stored(writing, lost, moreover)


def _not_stored(writing: Writing, missing: t.Sequence[str], found: str) -> Failure:
    return Failure(
        "not_stored",
        target=writing.before.where(missing),
        options=", ".join(missing),
        found=found,
        stage="read_back",
    )


def _unknown(writing: Writing) -> Failure:
    """A write after which nothing could be read back: it may have changed something."""
    trouble, read_trouble = writing.trouble, t.cast(Exception, writing.read_trouble)
    if trouble is not None and _is_no(trouble) and not writing.confirmed:
        return t.cast(Failure, trouble)
    reason = said(trouble or read_trouble)
    if trouble is None:
        reason = say("reading back failed: {reason}", reason=reason)
    target = writing.before.where(writing.job.names)
    return Failure(
        "ambiguous_write",
        target=target,
        reason=reason,
        found=UNSEEN if trouble is None else UNKNOWN,
        stage="read_back" if trouble is None else "write",
        result={"changed": True, "updated": []},
    )


def said(trouble: Exception) -> str:
    """A failure in its own words; of any other exception only its class, as it may quote."""
    if isinstance(trouble, Failure):
        return trouble.phrase
    return say("the answer could not be read: {kind}", kind=type(trouble).__name__)


def held_values(names: t.Sequence[str], after: Snapshot) -> str:
    """``names`` with what holds of them."""
    return joined([_held(name, after) for name in names], ", ")


def _held(name: str, after: Snapshot) -> str:
    if name == PASSWORD:
        return say("smtp_password cannot be read back")
    value = clean(repr(after.values.get(name)), SHOWN_CHARACTERS)
    return say("{option}={value}", option=name, value=value)


def _is_no(trouble: Exception) -> bool:
    """Whether the target, or its sign-in before it did anything, clearly refused."""
    return isinstance(trouble, Refused) or getattr(trouble, "status", None) == 401


def _done(names: t.Sequence[str], found: Snapshot, words: Words) -> str:
    keepers: dict[str, list[str]] = {}
    for name in names:
        keepers.setdefault(found.places[name].keeper, []).append(name)
    said = []
    for keeper, kept in keepers.items():
        facts = {"options": ", ".join(kept), "kind": words.done, "place": keeper}
        many = len(kept) > 1
        said.append(
            say("{options} are {kind} on {place}", **facts)
            if many
            else say("{options} is {kind} on {place}", **facts)
        )
    return joined(said, " and ")
