# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Exim from Debian's package, unpacked beside the system's mail server, in a private folder."""

from __future__ import annotations

import subprocess
import typing as t
from contextlib import contextmanager

from support.mail_battery import PASSWORD, SIZE_LIMIT, USERNAME, RealServer

from .starter import QUIET, free_ports, wait_for_port, write_certificate

if t.TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: The account that Debian's Exim was built with.
ACCOUNT = "Debian-exim"
LIBRARIES = ("libidn12", "libgnutls-dane0")
CONFIGURATION = """
primary_hostname = mail.test.invalid
local_interfaces = <; [127.0.0.1]:{port} ; [127.0.0.1]:{tls_port}
tls_on_connect_ports = {tls_port}
tls_advertise_hosts = *
tls_certificate = {folder}/server.pem
auth_advertise_hosts = ${{if eq{{$tls_in_cipher}}{{}}{{}}{{*}}}}
spool_directory = {folder}/spool
log_file_path = {folder}/log/%slog
pid_file_path = {folder}/exim.pid
message_size_limit = {size_limit}
queue_only
domainlist ours = test.invalid
acl_smtp_mail = check_mail
acl_smtp_rcpt = check_rcpt

begin acl

check_mail:
  deny message = 530 5.7.0 Authentication required
    !authenticated = *
  deny message = 553 5.7.1 Sender address rejected: not owned by user $authenticated_id
    condition = ${{if !eq{{$sender_address}}{{$authenticated_id}}}}
  accept

check_rcpt:
  deny message = 550 5.1.1 no such user
    local_parts = nouser
  defer message = 452 4.2.2 mailbox full
    local_parts = full
  defer message = 450 4.2.0 greylisted, please try again later
    local_parts = grey
    condition = ${{if !exists{{{folder}/spool/seen}}}}
    set acl_m_seen = ${{run{{/usr/bin/touch {folder}/spool/seen}}}}
  accept domains = +ours

begin routers

nowhere:
  driver = redirect
  data = :blackhole:

begin authenticators

plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = ${{if and{{{{eq{{$auth2}}{{{username}}}}}{{eq{{$auth3}}{{{password}}}}}}}}}
  server_set_id = $auth2

login:
  driver = plaintext
  public_name = LOGIN
  server_prompts = Username:: : Password::
  server_condition = ${{if and{{{{eq{{$auth1}}{{{username}}}}}{{eq{{$auth2}}{{{password}}}}}}}}}
  server_set_id = $auth1
"""


@contextmanager
def exim(folder: Path) -> Iterator[RealServer]:
    """Run the server while the block runs; what it accepts stays in its queue."""
    program = _unpack(folder)
    port, tls_port = free_ports(2)
    for name in ("spool", "log"):
        (folder / name).mkdir()
        subprocess.run(["chown", ACCOUNT, str(folder / name)], check=True)
    write_certificate(folder, ACCOUNT)
    facts = {"port": port, "tls_port": tls_port, "folder": folder, "size_limit": SIZE_LIMIT}
    text = CONFIGURATION.format(**facts, username=USERNAME, password=PASSWORD)
    (folder / "exim.conf").write_text(text)
    running = subprocess.Popen([program, "-C", str(folder / "exim.conf"), "-bdf"])
    try:
        wait_for_port(port)
        yield RealServer(port, tls_port, str(folder / "ca.pem"), lambda x: _queued(folder, x))
    finally:
        running.terminate()
        running.wait(10)


def _unpack(folder: Path) -> str:
    """Fetch and unpack the package; installing it would remove another mail server."""
    quiet = {"env": QUIET, "stdout": subprocess.DEVNULL}
    subprocess.run(["apt-get", "install", "-qq", "-y", *LIBRARIES], check=True, **quiet)
    download = ["apt-get", "-qq", "-o", "APT::Sandbox::User=root", "download"]
    subprocess.run([*download, "exim4-daemon-light"], cwd=folder, check=True, **quiet)
    [package] = folder.glob("*.deb")
    subprocess.run(["dpkg", "-x", str(package), str(folder / "unpacked")], check=True)
    program = folder / "unpacked" / "usr" / "sbin" / "exim4"
    program.chmod(0o755)
    if subprocess.run(["id", ACCOUNT], capture_output=True, check=False).returncode:
        subprocess.run(["useradd", "--system", "--user-group", ACCOUNT], check=True)
    return str(program)


def _queued(folder: Path, token: str) -> bool:
    return any(token in head.read_text() for head in folder.glob("spool/input/*-H"))
