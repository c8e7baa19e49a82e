# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What reading tells of the Orchestrator API; nothing is sent but GET."""

from __future__ import annotations

import statistics
import typing as t

from ...module_utils._server.client import Request
from ...module_utils._settings import PASSWORD
from ...module_utils._targets.orchestrator import SETTINGS_PATH
from ...module_utils._targets.wire_keys import ABP
from .answers import ORCHESTRATOR
from .rows import TEXTS, TRUTHS
from .shapes import mask_form, mask_words, number_form, truth_form

if t.TYPE_CHECKING:
    from .answers import Answers
    from .reach import Door
    from .rows import Rows

#: Masks that are known for what they are, without a password to compare with.
CERTAIN = ("bullets", "stars")


def tell_rows(answers: Answers, rows: Rows) -> None:
    """How the list and its rows look."""
    tell = answers.tell
    missing = tuple(sorted(ABP[n] for n in ABP if n not in rows.found))
    twice = tuple(sorted(ABP[n] for n, found in rows.found.items() if len(found) > 1))
    # A missing row of the password may be the mask of one that is set.
    others = tuple(key for key in missing if key != ABP[PASSWORD])
    tell("missing_keys", ORCHESTRATOR, ", ".join(missing) or "none", *{missing, others})
    tell("duplicate_keys", ORCHESTRATOR, ", ".join(twice) or "none", twice)
    size = rows.first if rows.more else 0
    tell("page_size", ORCHESTRATOR, f"{size} on a page" if size else "one page for all", size)
    _tell_names(answers, rows)
    _tell_values(answers, rows)


def _tell_names(answers: Answers, rows: Rows) -> None:
    names = [str(row.get("Name")) for found in rows.found.values() for row in found]
    scopes = [row.get("Scope") for found in rows.found.values() for row in found]
    if not names:
        return
    lower = all(name == name.lower() for name in names)
    words = "all in lower case" if lower else "as they are documented"
    answers.tell("key_case", ORCHESTRATOR, words, "lower" if lower else "keep")
    filled = [scope for scope in scopes if scope is not None]
    words = "in every row" if len(filled) == len(scopes) else "in some rows" if filled else "never"
    # Which of them a server of this version gives is what ``version`` stands for.
    answers.tell("scope", ORCHESTRATOR, words, "filled" if filled else "null", "version")


def _tell_values(answers: Answers, rows: Rows) -> None:
    spelled = {form for name in TRUTHS if (form := truth_form(rows.raw(name)))}
    if spelled:
        shown = " and ".join(sorted(spelled))
        answers.tell("boolean", ORCHESTRATOR, shown, *sorted(spelled))
    if form := number_form(rows.raw("smtp_port")):
        answers.tell("port", ORCHESTRATOR, form, form)
    raws = [rows.raw(name) for name in TEXTS]
    for shown, empty in (("null", None), ("an empty text", "")):
        if empty in raws and not answers.to("null_for_empty"):
            answers.tell("null_for_empty", ORCHESTRATOR, shown, empty is None)
    answers.leave("no text is empty here; " + WITH_WRITE, "null_for_empty")


WITH_WRITE = "write: true on a throw-away tenant would tell"


def tell_mask(answers: Answers, raw: t.Any, switch: str, where: str) -> None:
    """What stands for a password that may be set or not."""
    form = mask_form(raw)
    if form in CERTAIN:
        answers.tell(switch, where, mask_words(form, raw), form)
    elif form == "text":
        open_ones = ("constant", "blob", "clear")
        answers.tell(switch, where, mask_words(form, raw) + "; " + WITH_WRITE, *open_ones)
    else:
        none = "no password is set here, or nothing stands for it"
        answers.leave(f"{none} ({mask_words(form, raw)})", switch)


def ask_filter(answers: Answers, door: Door, rows: Rows) -> None:
    """One setting by its name, as this server spells it."""
    spelled = [str(row.get("Name")) for found in rows.found.values() for row in found]
    if not spelled:
        return
    query = [("$filter", f"Name eq '{spelled[0]}'")]
    answer = door.ask(Request("GET", SETTINGS_PATH, query=query))
    if not answer.ok:
        answers.tell("filter", ORCHESTRATOR, f"refused with {answer.status}", "rejected")
        return
    said = answer.json()
    found = said.get("value") if isinstance(said, dict) else None
    names = [row.get("Name") for row in found or () if isinstance(row, dict)]
    ignored = any(name != spelled[0] for name in names)
    words = "ignored: other settings come as well" if ignored else f"{len(names)} found by name"
    answers.tell("filter", ORCHESTRATOR, words, "ignored" if ignored else "supported")


def tell_speed(answers: Answers, seconds: t.Sequence[float], where: str) -> None:
    """How long an answer took, in the middle."""
    if seconds:
        middle = round(statistics.median(seconds), 3)
        answers.tell("latency", where, f"{middle:g} s, of {len(seconds)} answers", middle)
