# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What tests of the inventory plugin share."""

from __future__ import annotations

import pytest
from support.inventory import NAME


@pytest.fixture(autouse=True)
def only_this_plugin(monkeypatch):
    """Every source is read by the plugin, and one that it cannot read is an error."""
    monkeypatch.setattr("ansible.constants.INVENTORY_ANY_UNPARSED_IS_FAILED", True)
    monkeypatch.setattr("ansible.constants.INVENTORY_ENABLED", [NAME])
