# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How a mail failed, and the shape of a row of ``diagnosis_table`` that recognises it.

Pure.

Named tuples for the same reason as in ``provider``.
"""

from __future__ import annotations

import re
import typing as t

ENHANCED = re.compile(r"(?:^|\s|-|#|\()([245]\.\d{1,3}\.\d{1,3})(?=\s|$|[;:,)])")

#: How far the conversation had come; ``seen`` is the search in the recipient's mailbox.
Stage = t.Literal[
    "connect", "banner", "ehlo", "starttls", "tls", "auth", "mail", "rcpt", "data", "end_of_data",
    "seen",
]  # fmt: skip
#: A fact that the client worked out by itself.
Condition = t.Literal[
    "port_is_implicit_tls", "starttls_not_offered", "starttls_injection", "certificate_name",
    "certificate_refused", "auth_not_offered", "auth_only_oauth", "auth_without_login", "not_smtp",
    "mailbox_unusable", "not_seen",
]  # fmt: skip
#: What is to blame.
Kind = t.Literal[
    "credentials", "policy", "tls", "network", "sender", "recipient", "quota", "size", "protocol",
    "server", "config", "unknown",
]  # fmt: skip
#: ``fix`` the cause first, try ``later``, or ``never``, because a retry could send twice.
Retry = t.Literal["fix", "later", "never"]


class Symptom(t.NamedTuple):
    """Where and how a mail failed.

    ``error`` names the classes of a client-side exception, itself first; ``conditions`` are facts
    that the client worked out, such as ``starttls_not_offered``.
    """

    stage: Stage | None = None
    code: int | None = None
    text: str = ""
    error: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()
    provider: str | None = None

    @property
    def enhanced(self) -> str | None:
        found = ENHANCED.search(self.text)
        return found.group(1) if found else None


class Row(t.NamedTuple):
    """One way to fail: what it looks like, what it means, what to do.

    A condition that is left out fits everything; of several values one has to fit.
    """

    id: str
    kind: Kind
    retry: Retry
    #: A real reply or error text, which this row is the first to fit.
    sample: str
    cause: str
    fix: str
    #: Where this was read, or that it was measured.
    source: str

    stage: tuple[Stage, ...] = ()
    code: tuple[int, ...] = ()
    #: Enhanced status codes (RFC 3463).
    enhanced: tuple[str, ...] = ()
    #: Names of exception classes.
    error: tuple[str, ...] = ()
    condition: Condition | None = None
    #: Ids of providers; where it is not known who answers, all of them fit.
    provider: tuple[str, ...] = ()
    #: A pattern for the whole reply, letters alike; ``re`` compiles it when it is first needed.
    text: str = ""

    def fits(self, symptom: Symptom) -> bool:
        """Whether every given condition holds for ``symptom``."""
        return (
            self._fits_stage(symptom.stage)
            and (not self.code or symptom.code in self.code)
            and (not self.enhanced or symptom.enhanced in self.enhanced)
            and (not self.error or any(name in self.error for name in symptom.error))
            and (self.condition is None or self.condition in symptom.conditions)
            and (not self.provider or symptom.provider in (None, *self.provider))
            and (not self.text or self._says(symptom.text))
        )

    def _fits_stage(self, stage: str | None) -> bool:
        """A bare code means different things at different stages, so there must be more to tell."""
        if stage is None:
            return not self.stage or bool(self.text or self.enhanced or self.condition)
        return not self.stage or stage in self.stage

    def _says(self, text: str) -> bool:
        return re.search(self.text, text, re.IGNORECASE | re.MULTILINE) is not None
