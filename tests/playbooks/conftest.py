# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What tests of the playbooks share."""

from __future__ import annotations

import os

import pytest
from support.project import Project, installed
from support.repository import orchestrator


@pytest.fixture(scope="session")
def collections(tmp_path_factory):
    """The collection from its tarball, installed once for all workers."""
    base = tmp_path_factory.getbasetemp()
    return installed((base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "installed")


@pytest.fixture
def fake(mailbox):
    """The server of the starting repository; a file that needs another one has its own."""
    with orchestrator(mailbox) as running:
        yield running


@pytest.fixture
def project(tmp_path, collections):
    """An empty folder with an empty home, and the installed collection."""
    return Project(tmp_path, collections)
