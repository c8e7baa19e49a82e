# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the starters of real mail servers share: packages, ports, certificates, waiting."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
import typing as t

from fake import certificates

if t.TYPE_CHECKING:
    from pathlib import Path

QUIET = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}


def install(command: str, *packages: str) -> None:
    """Install Debian packages unless ``command`` is there already."""
    if shutil.which(command) is None:
        subprocess.run(["apt-get", "update", "-qq"], check=True, env=QUIET)
        options = ["-qq", "-y", "--no-install-recommends"]
        subprocess.run(["apt-get", "install", *options, *packages], check=True, env=QUIET)


def free_ports(count: int) -> list[int]:
    """Ports of the loopback that nobody uses now."""
    taken = [socket.create_server(("127.0.0.1", 0)) for _each in range(count)]
    ports = [sock.getsockname()[1] for sock in taken]
    for sock in taken:
        sock.close()
    return ports


def write_certificate(folder: Path, owner: str = "root") -> None:
    """Write ca.pem, and server.pem with its key, into ``folder``."""
    certificates.write_ca(folder / "ca.pem")
    leaf = certificates.leaf()
    chain = b"".join(blob.bytes() for blob in leaf.cert_chain_pems)
    (folder / "server.pem").write_bytes(leaf.private_key_pem.bytes() + chain)
    (folder / "server.pem").chmod(0o600)
    shutil.chown(folder / "server.pem", owner)


def wait_for_port(port: int, seconds: float = 20) -> None:
    """Return once somebody listens there."""
    end = time.monotonic() + seconds
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)
        else:
            return
