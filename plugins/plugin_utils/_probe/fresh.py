# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Values that nobody has used before, for the settings that a probe writes."""

from __future__ import annotations

import secrets
import typing as t

from ...module_utils._settings import PASSWORD


class FreshValues:
    """Makes them, other ones at each call; ``learn`` is told every password."""

    def __init__(self, learn: t.Callable[[str], None]) -> None:
        self._learn, self._calls = learn, 0

    def __call__(self, *names: str) -> dict[str, str]:
        """A text for each of the settings ``names``."""
        self._calls += 1
        word, password = f"probe-{self._calls}", "probe-" + secrets.token_hex(12)
        self._learn(password)
        known = {
            "smtp_host": f"{word}.invalid",
            "smtp_port": str(20000 + self._calls),
            "default_from_address": f"{word}@probe.invalid",
            PASSWORD: password,
        }
        return {name: known.get(name, word) for name in names}
