# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Postfix, with Dovecot for logins and as IMAP server, from Debian's packages."""

from __future__ import annotations

import subprocess
import time
import typing as t
from contextlib import contextmanager

from support.mail_battery import PASSWORD, SIZE_LIMIT, USERNAME, RealServer

from .starter import free_ports, install, wait_for_port, write_certificate

if t.TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAIN = """
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
maillog_file = {folder}/log/mail.log
maillog_file_prefixes = {folder}
myhostname = mail.test.invalid
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
default_transport = error:nothing leaves this machine
message_size_limit = {size_limit}
virtual_mailbox_domains = test.invalid
virtual_mailbox_base = {folder}/mail
virtual_mailbox_maps = static:inbox/
virtual_uid_maps = static:65534
virtual_gid_maps = static:65534
virtual_minimum_uid = 1
smtpd_tls_security_level = may
smtpd_tls_chain_files = {folder}/server.pem
smtpd_tls_auth_only = yes
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = private/auth
smtpd_sender_login_maps = inline:{{{{{username}={username}}}, {{boss@test.invalid=boss}}}}
smtpd_sender_restrictions = reject_sender_login_mismatch
smtpd_relay_restrictions = permit_sasl_authenticated, reject
smtpd_recipient_restrictions = check_recipient_access texthash:{folder}/etc/recipients,
  check_policy_service unix:private/greylist
"""
MASTER = """
{port} inet n - n - - smtpd
{tls_port} inet n - n - - smtpd -o smtpd_tls_wrappermode=yes
postlog unix-dgram n - n - 1 postlogd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
proxymap unix - - n - - proxymap
tlsmgr unix - - n 1000? 1 tlsmgr
anvil unix - - n - 1 anvil
error unix - - n - - error
retry unix - - n - - error
virtual unix - n n - - virtual
greylist unix - n n - 0 spawn user=nobody argv=/bin/sh {folder}/etc/greylist {folder}/grey
"""
GREYLIST = """
grey=
while read -r line; do
    case $line in
        recipient=grey@*) grey=1 ;;
        '') if [ -n "$grey" ] && [ ! -e "$1/seen" ]; then
                : > "$1/seen"
                printf 'action=450 4.2.0 greylisted, please try again\\n\\n'
            else
                printf 'action=dunno\\n\\n'
            fi
            grey= ;;
    esac
done
"""
RECIPIENTS = """
nouser@test.invalid 550 5.1.1 no such user
full@test.invalid 452 4.2.2 mailbox full
"""
DOVECOT = """
base_dir = {folder}/run
log_path = {folder}/log/dovecot.log
protocols = imap
listen = 127.0.0.1
ssl = required
ssl_cert = <{folder}/server.pem
ssl_key = <{folder}/server.pem
auth_mechanisms = plain login
auth_failure_delay = 0
first_valid_uid = 1
mail_location = maildir:{folder}/mail/inbox
passdb {{
  driver = passwd-file
  args = scheme=PLAIN {folder}/etc/users
}}
userdb {{
  driver = static
  args = uid=65534 gid=65534 home={folder}/mail
}}
service imap-login {{
  inet_listener imap {{
    port = 0
  }}
  inet_listener imaps {{
    port = {imap_port}
    ssl = yes
  }}
}}
service auth {{
  unix_listener {folder}/queue/private/auth {{
    mode = 0666
  }}
}}
# A wrong password would slow down the next one.
service anvil {{
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
"""


@contextmanager
def postfix(folder: Path) -> Iterator[RealServer]:
    """Run both servers while the block runs."""
    install("postfix", "postfix", "dovecot-imapd")
    install("dovecot", "dovecot-imapd")
    ports = free_ports(3)
    _write(folder, *ports)
    etc = str(folder / "etc")
    dovecot = ["dovecot", "-c", f"{etc}/dovecot.conf"]
    try:
        # Postfix makes the folder for the socket on which Dovecot then listens.
        subprocess.run(["postfix", "-c", etc, "start"], check=True)
        subprocess.run(dovecot, check=True)
        for port in ports:
            wait_for_port(port)
        log = folder / "log" / "mail.log"
        port, tls_port, imap_port = ports
        ca_path = str(folder / "ca.pem")
        yield RealServer(port, tls_port, ca_path, lambda token: _logged(log, token), imap_port)
    finally:
        subprocess.run(["postfix", "-c", etc, "stop"], check=False)
        subprocess.run([*dovecot, "stop"], check=False)


def _write(folder: Path, port: int, tls_port: int, imap_port: int) -> None:
    facts = {
        "folder": folder,
        "port": port,
        "tls_port": tls_port,
        "imap_port": imap_port,
        "username": USERNAME,
        "size_limit": SIZE_LIMIT,
    }
    for name in ("etc", "queue", "data", "log", "mail", "grey", "run"):
        (folder / name).mkdir()
    subprocess.run(["chown", "postfix", str(folder / "data")], check=True)
    for name in ("mail", "grey"):
        subprocess.run(["chown", "nobody:nogroup", str(folder / name)], check=True)
    write_certificate(folder)
    texts = {
        "main.cf": MAIN.format(**facts),
        "master.cf": MASTER.format(**facts),
        "dovecot.conf": DOVECOT.format(**facts),
        "greylist": GREYLIST,
        "recipients": RECIPIENTS,
        "users": f"{USERNAME}:{PASSWORD}\n",
    }
    for name, text in texts.items():
        (folder / "etc" / name).write_text(text)


def _logged(log: Path, token: str, seconds: float = 2) -> bool:
    """Whether the message was taken over; the log comes a moment later."""
    end = time.monotonic() + seconds
    while f"message-id=<{token}@" not in log.read_text():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True
