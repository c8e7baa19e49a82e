# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The battery for real mail servers, against the one that every machine has: aiosmtpd."""

from __future__ import annotations

import pytest
from fake.mailbox import Mailbox
from support.mail_battery import PASSWORD, SIZE_LIMIT, USERNAME, Battery, RealServer


class TestMailbox(Battery):
    """aiosmtpd."""

    @pytest.fixture(scope="class")
    @classmethod
    def server(cls):
        with Mailbox(
            username=USERNAME,
            password=PASSWORD,
            own_sender_only=True,
            size_limit=SIZE_LIMIT,
            refuse={
                "nouser@test.invalid": "550 5.1.1 no such user",
                "full@test.invalid": "452 4.2.2 mailbox full",
            },
            greylist=["grey@test.invalid"],
        ) as box:
            yield RealServer(
                box.port,
                box.tls_port,
                box.ca_path,
                lambda token: any(token in m.subject for m in box.messages),
                box.imap_port,
            )
