# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From an SMTP reply, or a client-side error, to cause and fix.

Pure.
"""

from __future__ import annotations

import typing as t

from .._deadline import LATE
from .._output.redact import clean
from .._phrase import Phrase, joined, say
from .client_words import symptom_of
from .diagnosis_general_table import GENERAL
from .diagnosis_row import AFTER_LOGIN, Attempt, Kind, Retry, Row, Symptom
from .diagnosis_table import LAST, ROWS, SPECIFIC

UNKNOWN = "This reply is not in the table."
NOBODY_KNOWS = Attempt()
_BY_ID: t.Mapping[str, Row] = {row.id: row for row in ROWS}
#: What is added to a cause, by whether the login was made.
LOGIN: t.Mapping[bool | None, str] = {
    True: " The login as {user} worked.",
    False: " No login was made.",
}


class Diagnosis(t.NamedTuple):
    """What is wrong and what to do."""

    id: str
    cause: str
    fix: str
    kind: Kind
    retry: Retry

    def result(self) -> dict[str, str]:
        return self._asdict()

    @property
    def advice(self) -> str:
        """Cause and fix for a sentence that already holds the server's words."""
        return joined([Phrase(UNKNOWN, {}) if self.id == "unknown" else self.cause, self.fix])


def diagnose(symptom: Symptom, attempt: Attempt = NOBODY_KNOWS) -> Diagnosis:
    """The first row that fits; an unknown reply is admitted, with the server's words.

    Rows of the provider whose server it is come first; the words of any provider are recognised
    at any server.
    """
    row = _row(symptom, attempt.provider)
    if row is not None:
        return _told(row, symptom, attempt)
    said = clean(symptom.text) or "nothing"
    return Diagnosis(
        "unknown",
        Phrase(UNKNOWN + " The server said: {said}", {"said": said}),
        say("Quote the reply to the provider or the administrator of the mail server."),
        "unknown",
        "fix",
    )


def _row(symptom: Symptom, provider: str | None) -> Row | None:
    """What a product says, then what words and numbers mean in general, then the stage alone."""
    at_home = [row for row in SPECIFIC if provider in row.provider]
    for row in (*at_home, *SPECIFIC):
        if row.fits(symptom, provider):
            return row
    for row_id, sign in GENERAL:
        if sign.fits(symptom):
            return _BY_ID[row_id]
    return next((row for row in LAST if row.fits(symptom, provider)), None)


def diagnose_text(text: str, attempt: Attempt = NOBODY_KNOWS) -> Diagnosis:
    """The diagnosis of a server's error text, such as that of a failed verify call.

    The text may hold an SMTP reply somewhere, or only what a mail client makes of one.
    """
    return diagnose(symptom_of(text, attempt.port), attempt)


def _told(row: Row, symptom: Symptom, attempt: Attempt) -> Diagnosis:
    known = symptom.login if symptom.stage in AFTER_LOGIN else None
    fix = row.fix_logged_in if known and row.fix_logged_in else row.fix
    words = attempt.words
    cause = Phrase(row.cause + LOGIN.get(known, ""), words)
    return Diagnosis(row.id, cause, Phrase(fix, words), row.kind, row.retry)


def exception_names(exc: BaseException) -> tuple[str, ...]:
    """Class names of ``exc`` and its bases, the most special first."""
    kinds = [kind for kind in type(exc).__mro__ if kind is not object]
    return tuple(TimeoutError.__name__ if kind in LATE else kind.__name__ for kind in kinds)
