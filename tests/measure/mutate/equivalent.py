# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Mutants that send the same, or nothing else: which, and why."""

from __future__ import annotations

import typing as t

#: By file, line and word.
EQUIVALENT: t.Mapping[tuple[str, str, str], str] = {
    (
        "module_utils/_targets/open.py",
        'options, known = {**server, "tenant": None}, reuse.door',
        "tenant",
    ): "every tenant then makes a door of its own, which takes longer and asks for the same",
}
