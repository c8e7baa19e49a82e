# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What tests of reaching a server share."""

from __future__ import annotations

import pytest
from fake.orchestrator import FakeOrchestrator


@pytest.fixture
def new():
    """API 17: mail settings are kept by the Identity server, and users sign in by password."""
    with FakeOrchestrator(version="v17") as fake:
        yield fake


@pytest.fixture
def newest():
    """API 20: the Orchestrator has no sign-in by password any more."""
    with FakeOrchestrator(version="v20") as fake:
        yield fake
