# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A small HTTP door through which other processes look into the mailbox.

``GET /messages`` and ``GET /logins`` answer JSON lists; ``DELETE /messages`` empties the mailbox.
"""

from __future__ import annotations

import dataclasses
import http.server
import json
import threading
import typing as t
from contextlib import contextmanager

if t.TYPE_CHECKING:
    from collections.abc import Iterator

    from ._server import Mailbox


@contextmanager
def door(mailbox: Mailbox, port: int = 0) -> Iterator[str]:
    """Serve the door while the block runs; gives its address."""
    handler = type("Door", (_Door,), {"mailbox": mailbox})
    with http.server.ThreadingHTTPServer(("127.0.0.1", port), handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()


class _Door(http.server.BaseHTTPRequestHandler):
    mailbox: t.ClassVar[Mailbox]

    def do_GET(self) -> None:
        shown = {
            "/messages": [message.public() for message in self.mailbox.messages],
            "/logins": [dataclasses.asdict(login) for login in self.mailbox.logins],
        }
        self._answer(200 if self.path in shown else 404, shown.get(self.path))

    def do_DELETE(self) -> None:
        if self.path == "/messages":
            self.mailbox.store.clear()
        self._answer(200 if self.path == "/messages" else 404, None)

    def _answer(self, code: int, data: t.Any) -> None:
        body = json.dumps(data).encode()
        self.send_response(code)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *unused: t.Any) -> None:
        """Nothing on the terminal: the ready line is the only output."""
