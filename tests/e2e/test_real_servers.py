# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The battery of fifteen questions against mail servers that other people wrote and run."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest
from support.mail_battery import PASSWORD, USERNAME, Battery, ask

from .exim import exim
from .postfix import postfix

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="mail servers are started by root")


@pytest.fixture(scope="class")
def folder():
    """A folder that the accounts of the servers may walk through."""
    with tempfile.TemporaryDirectory(prefix="mail-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


class TestPostfix(Battery):
    """Postfix with Dovecot."""

    @pytest.fixture(scope="class")
    @classmethod
    def server(cls, folder):
        with postfix(folder) as running:
            yield running

    def test_the_message_is_seen_in_the_mailbox(self, server):
        """Delivered by Postfix, found in Dovecot."""
        box = {"imap_host": server.host, "imap_port": server.imap_port, "timeout": 20}
        done = ask(server, seen={**box, "username": USERNAME, "password": PASSWORD})

        assert (done.get("accepted"), done.get("seen")) == (True, True), done["msg"]


class TestExim(Battery):
    """Exim."""

    @pytest.fixture(scope="class")
    @classmethod
    def server(cls, folder):
        with exim(folder) as running:
            yield running
