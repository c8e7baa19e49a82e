# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Ways in which sending mail fails, each with the diagnosis that is right.

``known.yml`` was at hand when the rows of the diagnosis table were written; the others were
collected and labelled one after the other, each before it was tried; ``first_run`` is what came
out then, before the table learned from it.  A file holds ``sources``, by name, and
``failures``: groups with the ``source``, ``where`` it was said (a stage; ``server`` where the
Orchestrator sent and hands on a text), the ``preset`` whose server it is (``own`` if none), whether
a ``login`` was made (``yes``, ``no``, or nobody knows), and ``said``, a mapping from the words to
the id of the right row.  Words of a client-side exception begin with the name of its class and a
colon.
"""

from __future__ import annotations

import builtins
import re
import smtplib
import socket
import ssl
import typing as t
from pathlib import Path

import yaml
from ansible_collections.rpaops.orchestrator.plugins.module_utils._knowledge.diagnosis import (
    Diagnosis,
    diagnose,
    diagnose_text,
    exception_names,
)
from ansible_collections.rpaops.orchestrator.plugins.module_utils._knowledge.diagnosis_row import (
    Attempt,
    Stage,
    Symptom,
)

FILES = {path.stem: path for path in sorted(Path(__file__).parent.glob("*.yml"))}
LOGIN = {"yes": True, "no": False, None: None}
#: Rows that admit that the words are not understood.
ADMITTED = frozenset(
    (
        "unknown", "generic-4xx", "generic-5xx", "banner-refused", "sender-refused", "rcpt-refused",
        "rcpt-temp", "mailbox-unavailable",
    )
)  # fmt: skip


class Case(t.NamedTuple):
    """One way to fail."""

    where: str
    preset: str
    login: bool | None
    said: str
    right: str
    source: str

    def diagnosis(self) -> Diagnosis:
        """What the collection makes of it."""
        if self.where == "server":
            attempt = Attempt(by_server=True, provider=self.preset)
            return diagnose_text(self.said, attempt)
        return diagnose(self.symptom, Attempt(provider=self.preset))

    @property
    def symptom(self) -> Symptom:
        """What the test from here would hand over."""
        stage = t.cast(Stage, self.where)
        raised = re.match(r"(\w+): (.+)", self.said)
        if raised:
            return Symptom(stage, None, raised[2], _names(raised[1]), (), self.login)
        return Symptom(stage, int(self.said[:3]), self.said, (), (), self.login)


def cases(name: str) -> list[Case]:
    """Return all of one file."""
    groups = yaml.safe_load(FILES[name].read_text(encoding="utf-8"))["failures"]
    return [case for group in groups for case in _group(group)]


def sources(name: str) -> dict[str, str]:
    """Return where the words of one file were read."""
    found: dict[str, str] = yaml.safe_load(FILES[name].read_text(encoding="utf-8"))["sources"]
    return found


def first_run(name: str) -> dict[str, int]:
    """Return what the first run of a file gave; nothing for one that was at hand."""
    found = yaml.safe_load(FILES[name].read_text(encoding="utf-8"))
    counted: dict[str, int] = found.get("first_run", {})
    return counted


def _group(group: dict[str, t.Any]) -> t.Iterator[Case]:
    preset, login = group.get("preset", "own"), LOGIN[group.get("login")]
    for said, right in group["said"].items():
        yield Case(group["where"], preset, login, said, right, group["source"])


def _names(kind: str) -> tuple[str, ...]:
    homes = (builtins, ssl, socket, smtplib)
    found = next(getattr(home, kind) for home in homes if hasattr(home, kind))
    return exception_names(found())
