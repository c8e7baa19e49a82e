# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a report says, as data: one row per host and tenant, and what is true of all of them.

Pure: no I/O, standard library only.  Every text may come from outside (inventory, server, another
report) and is kept as it is; each writer escapes it for its own format.
"""

from __future__ import annotations

import typing as t
from collections import Counter
from dataclasses import dataclass, field

from ...module_utils._settings import Value

#: The name of the document, and its version: raised when a reader of the old form would go wrong.
FORMAT = "rpaops.orchestrator.mail_report"
VERSION = 1


@dataclass(frozen=True)
class Outcome:
    """What became of a row.

    ``words`` are shown to people; ``plural`` is for a tally.  ``positive`` says that somebody was
    asked, answered and was compared; only such a row can make a report green.
    """

    name: str
    words: str
    plural: str
    positive: bool = False

    @property
    def compared(self) -> bool:
        """Whether the target was asked, answered and was compared, whatever came of it."""
        return self.positive or self.name == DRIFT


#: The worst first: rows are sorted by it.
OUTCOMES: tuple[Outcome, ...] = (
    Outcome("error", "error", "errors"),
    Outcome("unreachable", "unreachable", "unreachable"),
    Outcome("drift", "drift", "drift"),
    Outcome("not_checked", "not checked", "not checked"),
    Outcome("not_compared", "not compared", "not compared", positive=True),
    Outcome("as_declared", "as declared", "as declared", positive=True),
)
BY_NAME: t.Mapping[str, Outcome] = {outcome.name: outcome for outcome in OUTCOMES}
RANK: t.Mapping[str, int] = {outcome.name: rank for rank, outcome in enumerate(OUTCOMES)}
AS_DECLARED, DRIFT = "as_declared", "drift"
#: A verdict about people instead of settings; only ``fail_on`` knows it.
AUDIENCE = "audience"


@dataclass(frozen=True)
class Place:
    """Where something is declared: a file, relative to the working copy where that is possible."""

    path: str
    line: int | None = None

    def __str__(self) -> str:
        return self.path if self.line is None else f"{self.path}:{self.line}"


@dataclass(frozen=True)
class Setting:
    """One setting of a row: what was there, what is declared, and where.

    ``differs`` is false for a password that cannot be compared.  Of passwords there are only words.
    """

    option: str
    before: Value | None
    declared: Value | None
    differs: bool = True
    place: Place | None = None


@dataclass(frozen=True)
class Proof:
    """What a test message showed; ``ok`` is None when none was sent."""

    ok: bool | None
    reached: str = ""
    message: str = ""
    message_id: str = ""
    days_left: int | None = None


@dataclass(frozen=True)
class Unreached:
    """Somebody whom no mail reaches; ``reason`` is one of ``_targets.audience.REASONS``."""

    user: str
    reason: str


@dataclass(frozen=True)
class Audience:
    """Who would get mail: numbers of people, and those whom none reaches."""

    users: int
    reachable: int
    unreachable: tuple[Unreached, ...] = ()
    unknown: int = 0


@dataclass(frozen=True)
class Row:
    """What was found on one host, for one tenant.

    ``tenant`` is empty where the target has none.  ``applied`` names what this run changed.
    ``verified`` is who got a message with the new settings before they were written.
    ``message`` is one line; ``diagnosis`` has ``id``, ``cause`` and ``fix`` where mail failed.
    """

    host: str
    tenant: str
    outcome: str
    settings: tuple[Setting, ...] = ()
    applied: tuple[str, ...] = ()
    address: str = ""
    level: str = ""
    version: str = ""
    plan: str = ""
    evidence: str = ""
    verified: str = ""
    error: str = ""
    stage: str = ""
    message: str = ""
    diagnosis: t.Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    place: Place | None = None
    proof: Proof | None = None
    audience: Audience | None = None

    @property
    def drifted(self) -> tuple[Setting, ...]:
        """The settings that are known to differ, of a row that has drifted."""
        found = self.settings if self.outcome == DRIFT else ()
        return tuple(setting for setting in found if setting.differs)

    @property
    def differs(self) -> tuple[str, ...]:
        """The options of ``drifted``."""
        return tuple(setting.option for setting in self.drifted)

    @property
    def name(self) -> str:
        """Host and tenant as people say them."""
        return f"{self.host} / {self.tenant}" if self.tenant else self.host


@dataclass(frozen=True)
class Report:
    """All rows of a run; ``kind`` is ``drift``, ``plan``, ``apply`` or ``test``.

    ``time`` is in UTC as RFC 3339.  ``plans`` holds per host what ``expect_plan`` takes.
    ``fail_on`` is what was asked for, ``failed_on`` what of it was found.
    """

    kind: str
    time: str
    collection: str
    rows: tuple[Row, ...]
    revision: str = ""
    plans: t.Mapping[str, str] = field(default_factory=dict)
    fail_on: tuple[str, ...] = ()
    failed_on: tuple[str, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """How many rows have which outcome; every outcome is there, the worst first."""
        found = Counter(row.outcome for row in self.rows)
        return {outcome.name: found[outcome.name] for outcome in OUTCOMES}

    @property
    def hosts(self) -> int:
        return len({row.host for row in self.rows})

    @property
    def off(self) -> list[Row]:
        """The rows that are not as declared, the worst first."""
        return [row for row in self.worst_first if row.outcome != AS_DECLARED]

    @property
    def worst_first(self) -> list[Row]:
        """The rows by outcome, and in their own order where that is the same."""
        return sorted(self.rows, key=lambda row: RANK[row.outcome])
