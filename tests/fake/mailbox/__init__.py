# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A mail server for tests and the demo: aiosmtpd with STARTTLS, implicit TLS and a login.

It keeps what it accepts in memory, shows it through ``Mailbox.messages``, over IMAP and over a
small HTTP door, and never passes anything on.  To run it by hand: ``python tests/fake/mailbox``.
"""

from __future__ import annotations

from ._server import Mailbox
from ._store import Login, Message

__all__ = ["Login", "Mailbox", "Message"]
