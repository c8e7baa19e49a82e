# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A failure that no code foresees: sending breaks for whoever signs in as ``exception``.

Python imports this by itself where this folder is on ``PYTHONPATH``, in Ansible and in modules
alike. The words of the exception hold what was to be sent, password included.
"""

from __future__ import annotations

import socket
import typing as t

_sendall = socket.socket.sendall


def _failing(self: socket.socket, data: t.Any, *flags: int) -> None:
    text = bytes(data).decode("utf-8", "replace")
    if '"exception"' in text:
        raise ArithmeticError(f"cannot send {text}")
    _sendall(self, data, *flags)


socket.socket.sendall = _failing  # type: ignore[method-assign, assignment]
