# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Let every test import the collection, and load its plugins, by their full names.

Beside that, the one fixture that tests of several folders share.
"""

from __future__ import annotations

import signal
from pathlib import Path

import pytest
from ansible.plugins.loader import init_plugin_loader

init_plugin_loader([str(Path(__file__).parent / "collections")])

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # Shells let a command in the background ignore Ctrl-C, and so would all that the tests start.
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="module")
def mailbox():
    """A mail server for all tests of a file; one that needs another login has its own."""
    # Imported late: most tests send nothing.
    from fake.mailbox import Mailbox

    with Mailbox() as running:
        yield running
