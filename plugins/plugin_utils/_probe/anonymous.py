# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Names of a place, taken out of what a server said, so that its words can be published.

Secrets are taken out before, by the redactor.  Known names go wherever they stand as a word; what
looks like an address, an identifier or a token goes whatever it is.

Pure.
"""

from __future__ import annotations

import re
import typing as t
from urllib.parse import urlsplit

PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("<address>", re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)*")),
    ("<url>", re.compile(r"\b[a-z][a-z0-9+.-]*://[^\s'\"<>]+", re.IGNORECASE)),
    ("<guid>", re.compile(r"\b[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}\b", re.IGNORECASE)),
    ("<ip>", re.compile(r"\b\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?\b")),
    ("<token>", re.compile(r"\beyJ[\w-]+\.[\w-]+(?:\.[\w-]*)?")),
    # Shorter ones are keys of settings and names of classes.
    ("<token>", re.compile(r"(?<![\w.])(?=[\w+/=-]*\d)[\w+/=-]{20,}")),
)
SHORTEST = 2
#: Options of ``server`` that are names of the place or of people.
NAMES = ("organization", "organization_id", "tenant", "username", "client_id")
ADDRESSES = ("url", "orchestrator_url", "identity_url")


class Anonymous:
    """Takes known names out of texts; ``server`` is the option of that name."""

    def __init__(self, server: t.Mapping[str, t.Any]) -> None:
        self._known: dict[str, str] = {}
        for option in NAMES:
            self.know(option, server.get(option))
        for option in ADDRESSES:
            parts = urlsplit(str(server.get(option) or ""))
            self.know("server", parts.netloc.rpartition("@")[2])
            self.know("server", parts.hostname)

    def know(self, kind: str, name: t.Any) -> None:
        """Hide ``name`` from now on, as ``<kind>``."""
        text = str(name or "").strip()
        if len(text) >= SHORTEST:
            self._known.setdefault(text.lower(), f"<{kind.replace('_', ' ')}>")

    def know_all(self, values: t.Mapping[str, t.Any]) -> None:
        """Hide texts of settings, by the names of the settings."""
        for name, value in values.items():
            self.know(name, value)

    def hide(self, text: str) -> str:
        """``text`` without any of the names."""
        # An address with a known name in it is an address first.
        for instead, pattern in PATTERNS:
            text = pattern.sub(instead, text)
        for name in sorted(self._known, key=len, reverse=True):
            whole = rf"(?<!\w){re.escape(name)}(?!\w)"
            text = re.sub(whole, self._known[name], text, flags=re.IGNORECASE)
        return text
