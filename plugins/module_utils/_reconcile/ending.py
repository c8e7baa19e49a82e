# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is said of a write that did not end as asked for: exactly what was read back."""

from __future__ import annotations

import typing as t

from .._errors import Failure, Fleeting, Refused
from .._output.redact import clean
from .._settings import PASSWORD, shown

if t.TYPE_CHECKING:
    from .._targets.backend import Snapshot
    from .read_back import Writing

UNKNOWN = "Reading back failed as well, so what holds now is not known"
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
        found = f"{done}. {lacking}" if held else lacking
        target = _targets(missing, writing.before)
        return Failure(
            "ambiguous_write", target=target, reason=said(trouble), found=found, stage="write"
        )
    refusal = t.cast(Failure, trouble)
    if held:
        rest = f"{', '.join(missing)} {'was' if len(missing) == 1 else 'were'}"
        status = refusal.status
        return Failure(
            "written_partly", done=done, rest=rest, reason=refusal, stage="write", status=status
        )
    lost = [name for name in missing if name in writing.confirmed]
    if not lost:
        return refusal
    return _not_stored(writing, lost, f"{words.not_done(lost, after)}. Moreover: {refusal}")


def _not_stored(writing: Writing, missing: t.Sequence[str], found: str) -> Failure:
    return Failure(
        "not_stored",
        target=_targets(missing, writing.before),
        options=", ".join(missing),
        found=found,
        stage="read_back",
    )


def _unknown(writing: Writing) -> Failure:
    """A write after which nothing could be read back: it may have changed something."""
    trouble, blindness = writing.trouble, t.cast(Exception, writing.blindness)
    if trouble is not None and _is_no(trouble) and not writing.confirmed:
        return t.cast(Failure, trouble)
    reason = f"reading back failed: {said(blindness)}" if trouble is None else said(trouble)
    target = _targets(writing.job.names, writing.before)
    return Failure(
        "ambiguous_write",
        target=target,
        reason=reason,
        found=UNKNOWN,
        stage="read_back" if trouble is None else "write",
        result={"changed": True, "updated": []},
    )


def said(trouble: Exception) -> str:
    """A failure in its own words; of any other exception only its class, as it may quote."""
    if isinstance(trouble, Failure):
        return str(trouble)
    return f"the answer could not be read: {type(trouble).__name__}"


def held_values(names: t.Sequence[str], after: Snapshot) -> str:
    """``names`` with what holds of them."""
    return ", ".join(
        "smtp_password cannot be read back"
        if name == PASSWORD
        else f"{name}={clean(repr(after.values.get(name)), SHOWN_CHARACTERS)}"
        for name in names
    )


def _is_no(trouble: Exception) -> bool:
    """A plain no: of the target, or of its sign-in, which came before it did anything."""
    return isinstance(trouble, Refused) or getattr(trouble, "status", None) == 401


def _targets(names: t.Sequence[str], found: Snapshot) -> str:
    return ", ".join(dict.fromkeys(str(found.places[name]) for name in names))


def _done(names: t.Sequence[str], found: Snapshot, words: Words) -> str:
    keepers: dict[str, list[str]] = {}
    for name in names:
        keepers.setdefault(found.places[name].keeper, []).append(name)
    return " and ".join(
        f"{', '.join(kept)} {'is' if len(kept) == 1 else 'are'} {words.done} on {keeper}"
        for keeper, kept in keepers.items()
    )
