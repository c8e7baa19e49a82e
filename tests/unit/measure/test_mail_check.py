# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The comparison of mail checks ends, whatever the others do."""

from __future__ import annotations

import socket

import pytest
from measure.compare.mail_check import slow
from support.ansible_run import Ended


@pytest.mark.parametrize("is_patient", [True, False])
def test_a_tool_without_a_limit_of_its_own_is_not_waited_for(is_patient):
    """The server hangs up on it; one that ends by itself is not."""

    def tool(port, _password, _to):
        with socket.create_connection(("127.0.0.1", port)) as connection:
            while connection.recv(100) and is_patient:
                pass
        return Ended(1, "", "", 99)

    answer = slow(tool, 1 if is_patient else 600)
    assert answer == "waits longer than 1 s" if is_patient else "gives up after" in answer
