# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A failure that no code foresees: sending breaks for whoever signs in as ``exception``.

Python imports this by itself where this folder is on ``PYTHONPATH``, in Ansible and in modules
alike. The words of the exception hold what was to be sent, password included.
"""

from __future__ import annotations

import http.client
import typing as t

_request = http.client.HTTPConnection.request


def _failing(
    self: http.client.HTTPConnection, method: str, url: str, body: t.Any = None, *more: t.Any
) -> None:
    text = body.decode() if isinstance(body, bytes) else str(body)
    if '"exception"' in text:
        raise ArithmeticError(f"cannot send {text}")
    _request(self, method, url, body, *more)


http.client.HTTPConnection.request = _failing  # type: ignore[assignment]
