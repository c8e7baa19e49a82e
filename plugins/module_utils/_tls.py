# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The one TLS context: certificates are verified, and TLS 1.2 is the least."""

from __future__ import annotations

import os
import ssl


def client_context(ca_path: str | None = None) -> ssl.SSLContext:
    """A context that trusts the system's CAs and those of ``ca_path`` (a file or a folder).

    Raises ``OSError`` for a path that cannot be read, ``ssl.SSLError`` for one without a CA.
    """
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if ca_path:
        is_folder = os.path.isdir(ca_path)
        context.load_verify_locations(**{"capath" if is_folder else "cafile": ca_path})
    return context
