# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the shape of a value or of a refusal says.

Pure.
"""

from __future__ import annotations

import typing as t

from ...module_utils._errors import Failure

if t.TYPE_CHECKING:
    from ...module_utils._server.answer import Answer

#: Stands for a row that is not there.
ABSENT: t.Any = object()
BULLET = "\u2022"
MASKS = {BULLET: "bullets", "*": "stars"}
#: Forms of refusals by a member that only they have, looked for in turn.
FORMS = (
    ("errorMessage", "message"),
    ("StatusCode", "status"),
    ("title", "problem"),
    ("succeeded", "result"),
    ("__abp", "abp"),
    ("errorCode", "business"),
    ("error", "oauth"),
)


def mask_form(shown: t.Any) -> str:
    """What stands for a password: a form by its name, or ``text`` for any other text."""
    if shown is ABSENT:
        return "absent"
    if shown is None:
        return "null"
    letters = set(str(shown))
    if not letters:
        return "empty"
    return MASKS.get(letters.pop(), "text") if len(letters) == 1 else "text"


def mask_words(form: str, shown: t.Any) -> str:
    """The same for people; a text that may be a password is never in it."""
    return {
        "absent": "the row is missing",
        "null": "null",
        "empty": "an empty text",
        "bullets": f"{len(str(shown))} times U+2022",
        "stars": f"{len(str(shown))} times *",
    }.get(form, f"another text of {len(str(shown))} characters")


def truth_form(value: t.Any) -> str | None:
    """How a truth value is spelled: ``true``, ``True``, ``json`` or ``1``; None for none of it."""
    if isinstance(value, bool):
        return "json"
    return {"true": "true", "false": "true", "True": "True", "False": "True"}.get(
        str(value), "1" if str(value) in ("0", "1") else None
    )


def number_form(value: t.Any) -> str | None:
    """How a number is spelled: ``string``, ``number`` or ``space``; None for none of it."""
    if isinstance(value, int) and not isinstance(value, bool):
        return "number"
    text = str(value)
    if not text.strip().isdigit():
        return None
    return "string" if text == text.strip() else "space"


def whether_stored(answer: Answer) -> tuple[str, str]:
    """What came of a write, in words and as a position: ``store`` or ``reject``."""
    return ("taken", "store") if answer.ok else (f"refused with {answer.status}", "reject")


def refusal_form(answer: Answer) -> str:
    """In which of the known forms a server refused; ``empty``, ``page`` or ``other`` else."""
    if not answer.body.strip():
        return "empty"
    try:
        said = answer.json()
    except Failure:
        return "page" if answer.body.lstrip()[:1] == b"<" else "other"
    members = said if isinstance(said, dict) else {}
    return next((form for member, form in FORMS if member in members), "other")
