# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A peer that says the same bytes to everybody who connects, and then only listens."""

from __future__ import annotations

import contextlib
import socket
import threading


class Speaker:
    """Listens on a port of its own as long as the process lives; ``says`` may be replaced."""

    def __init__(self) -> None:
        self.says = b""
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            peer, _address = self._listener.accept()
            threading.Thread(target=self._talk, args=(peer, self.says), daemon=True).start()

    def _talk(self, peer: socket.socket, says: bytes) -> None:
        with contextlib.suppress(OSError), peer:
            peer.sendall(says)
            peer.shutdown(socket.SHUT_WR)
            # What is closed before it was read to its end takes back what was said.
            while peer.recv(65536):
                pass
