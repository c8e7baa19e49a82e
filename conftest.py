# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lets plain pytest import the collection by its full name, from a clone of any name."""

from __future__ import annotations

from pathlib import Path

try:
    from ansible.plugins.loader import init_plugin_loader
except ImportError:  # ansible-test runs module tests without the controller's code
    pass
else:
    init_plugin_loader([str(Path(__file__).parent / "collections")])
