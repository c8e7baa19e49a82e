# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What differs between versions of ansible-core; the only file that asks.

Private to this collection; may change at any time.
"""

from __future__ import annotations

import typing as t


def register_secret(value: str) -> None:
    """Have Ansible mask ``value`` wherever it shows text (ansible-core 2.22 and later)."""
    register = _registrar()
    if register is not None:
        register(value)


def _registrar() -> t.Callable[[str], t.Any] | None:
    try:
        from ansible.module_utils import secrets
    except ImportError:
        return None
    return t.cast("t.Callable[[str], t.Any]", secrets.register_secret)
