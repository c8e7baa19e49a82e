# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The one TLS context: certificates are verified, and TLS 1.2 is the least."""

from __future__ import annotations

import functools
import os
import ssl

from ._errors import invalid
from ._phrase import say


def client_context(ca_path: str | None = None, option: str = "ca_path") -> ssl.SSLContext:
    """A context that trusts the system's CAs and those of ``ca_path`` (a file or a folder).

    Raises ``Failure`` that names ``option`` and the path that cannot be read, or holds no CA.
    """
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if ca_path:
        is_folder = os.path.isdir(ca_path)
        try:
            context.load_verify_locations(**{"capath" if is_folder else "cafile": ca_path})
        except OSError as exc:
            is_empty = isinstance(exc, ssl.SSLError)
            problem = say("no certificate in it") if is_empty else str(exc.strerror)
            reason = say(
                "{path} holds no CA that can be read: {problem}; "
                "give a file or folder of PEM certificates, or leave it out",
                path=ca_path,
                problem=problem,
            )
            raise invalid(option, reason) from exc
    return context


@functools.cache
def shared_context() -> ssl.SSLContext:
    """The one context of all callers without certificates of their own; nobody changes it.

    Reading the trust store of the system takes longer than a handshake.
    """
    return client_context()
