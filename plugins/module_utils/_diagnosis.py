# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From an SMTP reply, or a client-side error, to cause and fix.

Private to this collection; may change at any time.  Pure.
"""

from __future__ import annotations

import re
import typing as t
from dataclasses import asdict, dataclass

from ._diagnosis_table import ROWS
from ._redact import clean

ENHANCED = re.compile(r"(?:^|\s|-|#|\()([245]\.\d{1,3}\.\d{1,3})(?=\s|$|[;:,)])")
#: A reply inside a longer text, such as an exception message of the Orchestrator.
EMBEDDED = re.compile(r"(?<![\d.])([245]\d\d)[ -](?=#?\d\.\d|\S)")


@dataclass(frozen=True)
class Diagnosis:
    """What is wrong and what to do; C(retry) is C(fix), C(later) or C(never)."""

    id: str
    cause: str
    fix: str
    kind: str
    retry: str

    def result(self) -> dict[str, str]:
        return asdict(self)


@dataclass(frozen=True)
class Symptom:
    """Where and how a mail failed.

    ``error`` names the classes of a client-side exception, itself first; ``conditions`` are facts
    that the client worked out, such as C(starttls_not_offered).
    """

    stage: str | None = None
    code: int | None = None
    text: str = ""
    error: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    provider: str | None = None

    @property
    def enhanced(self) -> str | None:
        found = ENHANCED.search(self.text)
        return found.group(1) if found else None


def diagnose(symptom: Symptom) -> Diagnosis:
    """The first row that fits; an unknown reply is admitted, with the server's words."""
    for row in ROWS:
        if _fits(row, symptom):
            return Diagnosis(row["id"], row["cause"], row["fix"], row["class"], row["retry"])
    said = clean(symptom.text) or "nothing"
    return Diagnosis(
        "unknown",
        f"This reply is not in the table. The server said: {said}",
        "Quote the reply to the provider or the administrator of the mail server.",
        "unknown",
        "fix",
    )


def diagnose_text(text: str, provider: str | None = None) -> Diagnosis:
    """The diagnosis of a server's error text, such as that of a failed verify call.

    The text may hold an SMTP reply somewhere; the stage is not known then.
    """
    found = EMBEDDED.search(text)
    code = int(found.group(1)) if found else None
    reply = text[found.start() :] if found else text
    return diagnose(Symptom(code=code, text=reply, provider=provider))


def exception_names(exc: BaseException) -> tuple[str, ...]:
    """Class names of ``exc`` and its bases, the most special first."""
    return tuple(kind.__name__ for kind in type(exc).__mro__ if kind is not object)


def _fits(row: t.Mapping[str, t.Any], symptom: Symptom) -> bool:
    return all(test(row[key], symptom) for key, test in _TESTS.items() if key in row)


_TESTS: t.Mapping[str, t.Callable[[t.Any, Symptom], bool]] = {
    "stage": lambda stages, s: s.stage is None or s.stage in stages,
    "code": lambda codes, s: s.code in codes,
    "enhanced": lambda codes, s: s.enhanced in codes,
    "error": lambda names, s: any(name in names for name in s.error),
    "condition": lambda name, s: name in s.conditions,
    "provider": lambda ids, s: s.provider is None or s.provider in ids,
    "text": lambda pattern, s: re.search(pattern, s.text, re.IGNORECASE | re.MULTILINE) is not None,
}
