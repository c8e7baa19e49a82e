# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From an SMTP reply, or a client-side error, to cause and fix.

Pure.
"""

from __future__ import annotations

import re
import typing as t
from dataclasses import asdict, dataclass

from .._output.redact import clean
from .diagnosis_table import DOTNET_WORDS, ROWS

ENHANCED = re.compile(r"(?:^|\s|-|#|\()([245]\.\d{1,3}\.\d{1,3})(?=\s|$|[;:,)])")
#: A reply inside a longer text, such as an exception message of the Orchestrator.
EMBEDDED = re.compile(r"(?<![\d.])([45](?:[0-5]\d|71))(?::? |-)(?=\S)")

UNKNOWN = "This reply is not in the table."
#: What makes a row recognisable where the stage is not known.
TELLING = frozenset(("text", "enhanced", "condition"))
#: Codes that belong to one stage.
STAGE_OF_CODE = {535: "auth", 534: "auth", 538: "auth", 504: "auth", 530: "mail"}


@dataclass(frozen=True)
class Diagnosis:
    """What is wrong and what to do; ``retry`` is ``fix``, ``later`` or ``never``."""

    id: str
    cause: str
    fix: str
    kind: str
    retry: str

    def result(self) -> dict[str, str]:
        return asdict(self)

    @property
    def advice(self) -> str:
        """Cause and fix for a sentence that already holds the server's words."""
        return f"{UNKNOWN if self.id == 'unknown' else self.cause} {self.fix}"


@dataclass(frozen=True)
class Symptom:
    """Where and how a mail failed.

    ``error`` names the classes of a client-side exception, itself first; ``conditions`` are facts
    that the client worked out, such as ``starttls_not_offered``.
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
            return diagnose(Symptom(text=text, provider=provider, **known))
    return diagnose(Symptom(text=text, provider=provider))


def _reply(code: int, text: str, provider: str | None) -> Symptom:
    return Symptom(STAGE_OF_CODE.get(code), code, text, provider=provider)


def exception_names(exc: BaseException) -> tuple[str, ...]:
    """Class names of ``exc`` and its bases, the most special first."""
    return tuple(kind.__name__ for kind in type(exc).__mro__ if kind is not object)


def _fits(row: t.Mapping[str, t.Any], symptom: Symptom) -> bool:
    if symptom.stage is None and "stage" in row and not TELLING & row.keys():
        return False  # a bare code means different things at different stages
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
