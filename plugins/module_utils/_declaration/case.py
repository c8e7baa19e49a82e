# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the pre-flight rules judge, in the words in which they speak.

Pure.
"""

from __future__ import annotations

import datetime
import re
import typing as t
from dataclasses import dataclass, field

from .._settings import PASSWORD, Values

if t.TYPE_CHECKING:
    from .._knowledge.provider import Provider

BREAKS = re.compile("[\r\n\0]")
ADDRESS = re.compile(r"[^\s@<>,;:\"()\[\]\\]+@[^\s@<>,;:\"()\[\]\\]+")


@dataclass(frozen=True)
class Circumstances:
    """What is judged beside the settings.

    ``secrets`` and ``addresses`` map option names (``server.password``, ``verify_recipient``)
    to what was given there; ``today`` is for caveats of presets that have a date.  ``era`` says
    what the settings mean to their keeper, None while that is not known; ``version`` is that of
    the server's API, if it names one.
    """

    today: datetime.date
    implicit_tls: str = "refuse"
    secrets: t.Mapping[str, str] = field(default_factory=dict, repr=False)
    addresses: t.Mapping[str, str] = field(default_factory=dict)
    era: str | None = None
    version: str | None = None


@dataclass(frozen=True)
class Case:
    """A declaration to judge; the properties are the words in which the rules speak."""

    settings: Values = field(repr=False)
    provider: Provider | None
    circumstances: Circumstances

    def text(self, name: str) -> str:
        return str(self.settings.get(name) or "")

    def is_on(self, name: str) -> bool:
        return self.settings.get(name) is True

    def is_off(self, name: str) -> bool:
        return self.settings.get(name) is False

    @property
    def signs_in(self) -> bool:
        return bool(self.text("smtp_username") or self.text(PASSWORD))

    @property
    def is_service(self) -> bool:
        return self.provider is not None and self.provider.is_service

    @property
    def preset(self) -> str:
        return f"preset {self.provider.id}" if self.provider else ""
