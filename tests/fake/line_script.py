# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A server of lines over TLS that says exactly the bytes it is told: a hostile IMAP server.

``ScriptedLines(greeting, answer, answer)`` greets, and answers the n-th line with the n-th text, in
which ``{tag}`` stands for the first word of the line; after the last it hangs up.
"""

from __future__ import annotations

import contextlib
import socket
import threading

from fake import certificates


class ScriptedLines:
    """Listens until it is closed; ``lines`` are what it was told."""

    host = "localhost"

    def __init__(self, *script: bytes) -> None:
        self.lines: list[bytes] = []
        self._script = script
        self._tls = certificates.server_context()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> ScriptedLines:
        self._thread.start()
        return self

    def __exit__(self, *unused: object) -> None:
        self._listener.close()

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            peer, _address = self._listener.accept()
            with self._tls.wrap_socket(peer, server_side=True) as talk, talk.makefile("rb") as told:
                talk.sendall(self._script[0])
                for answer in self._script[1:]:
                    line = told.readline()
                    self.lines.append(line.rstrip(b"\r\n"))
                    talk.sendall(answer.replace(b"{tag}", line.split(b" ", 1)[0]))
