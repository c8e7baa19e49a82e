# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From an SMTP reply, or a client-side error, to cause and fix.

Pure.
"""

from __future__ import annotations

import re
import typing as t

from .._output.redact import clean
from .diagnosis_row import Kind, Retry, Stage, Symptom
from .diagnosis_table import DOTNET_WORDS, ROWS

#: A reply inside a longer text, such as an exception message of the Orchestrator.
EMBEDDED = re.compile(r"(?<![\d.])([45](?:[0-5]\d|71))(?::? |-)(?=\S)")

UNKNOWN = "This reply is not in the table."
#: Codes that belong to one stage.
STAGE_OF_CODE: t.Mapping[int, Stage] = {
    535: "auth",
    534: "auth",
    538: "auth",
    504: "auth",
    530: "mail",
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
        return f"{UNKNOWN if self.id == 'unknown' else self.cause} {self.fix}"


def diagnose(symptom: Symptom) -> Diagnosis:
    """The first row that fits; an unknown reply is admitted, with the server's words."""
    for row in ROWS:
        if row.fits(symptom):
            return Diagnosis(row.id, row.cause, row.fix, row.kind, row.retry)
    said = clean(symptom.text) or "nothing"
    return Diagnosis(
        "unknown",
        f"{UNKNOWN} The server said: {said}",
        "Quote the reply to the provider or the administrator of the mail server.",
        "unknown",
        "fix",
    )


def diagnose_text(text: str, provider: str | None = None) -> Diagnosis:
    """The diagnosis of a server's error text, such as that of a failed verify call.

    The text may hold an SMTP reply somewhere, or only what .NET makes of one.
    """
    found = EMBEDDED.search(text)
    if found:
        return diagnose(_reply(int(found.group(1)), text[found.start() :], provider))
    for pattern, known in DOTNET_WORDS:
        if re.search(pattern, text, re.IGNORECASE):
            return diagnose(known._replace(text=text, provider=provider))
    return diagnose(Symptom(text=text, provider=provider))


def _reply(code: int, text: str, provider: str | None) -> Symptom:
    return Symptom(STAGE_OF_CODE.get(code), code, text, provider=provider)


def exception_names(exc: BaseException) -> tuple[str, ...]:
    """Class names of ``exc`` and its bases, the most special first."""
    return tuple(kind.__name__ for kind in type(exc).__mro__ if kind is not object)
