# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Run the mailbox by hand: ``python tests/fake/mailbox --help``."""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from fake import needs

if lacking := needs.sentence("The mailbox"):
    sys.exit(lacking)

from fake import certificates
from fake.mailbox import Mailbox
from fake.mailbox._door import door


def _refusal(text: str) -> tuple[str, str]:
    address, sign, reply = text.partition("=")
    if not (sign and reply[:3].isdigit()):
        raise argparse.ArgumentTypeError("give ADDRESS=REPLY, for example a@b.c='550 5.1.1 no'")
    return address, reply


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="mailbox",
        description="A mail server on the loopback that keeps what it accepts and sends nothing "
        "on. When it is ready it prints one JSON line with its addresses; it ends on SIGTERM.",
    )
    add = parser.add_argument
    add("--port", type=int, default=0, help="STARTTLS port (default: any free one)")
    add("--tls-port", type=int, default=0, help="implicit TLS port")
    add("--imap-port", type=int, default=0, help="IMAP over TLS port")
    add("--http-port", type=int, default=0, help="port of GET/DELETE /messages and GET /logins")
    add("--username", default="robot@example.com")
    add("--password", default="correct-horse-battery", help="a throw-away one: it is visible in ps")
    add("--certificate", choices=certificates.KINDS, default="good")
    add(
        "--mechanism",
        action="append",
        choices=["LOGIN", "PLAIN"],
        help="login to offer; repeatable",
    )
    add("--no-starttls", action="store_true", help="offer no TLS, take logins in clear")
    add("--open-relay", action="store_true", help="ask for no login")
    add("--own-sender-only", action="store_true", help="refuse a sender other than the login")
    add("--refuse", action="append", type=_refusal, default=[], metavar="ADDRESS=REPLY")
    add("--greylist", action="append", default=[], metavar="ADDRESS", help="put off once")
    add("--size-limit", type=int, default=10_000_000, metavar="BYTES")
    add("--ready-file", type=Path, help="also write the ready line into this file")
    add("--pid-file", type=Path, help="write the process id into this file")
    return parser.parse_args()


def _ready_line(mailbox: Mailbox, address: str) -> str:
    facts = {
        "host": mailbox.host,
        "port": mailbox.port,
        "tls_port": mailbox.tls_port,
        "imap_port": mailbox.imap_port,
        "http": address,
        "ca_path": mailbox.ca_path,
        "username": mailbox.username,
        "pid": os.getpid(),
    }
    return json.dumps(facts)


def main() -> None:
    options = _arguments()
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGINT})
    mailbox = Mailbox(
        username=options.username,
        password=options.password,
        certificate=options.certificate,
        mechanisms=options.mechanism or ("LOGIN", "PLAIN"),
        starttls=not options.no_starttls,
        require_login=not options.open_relay,
        own_sender_only=options.own_sender_only,
        size_limit=options.size_limit,
        refuse=dict(options.refuse),
        greylist=options.greylist,
        ports=(options.port, options.tls_port, options.imap_port),
    )
    with mailbox, door(mailbox, options.http_port) as address:
        if options.pid_file:
            options.pid_file.write_text(f"{os.getpid()}\n")
        if options.ready_file:
            partial = options.ready_file.with_suffix(".part")
            partial.write_text(_ready_line(mailbox, address) + "\n")
            partial.replace(options.ready_file)
        print(_ready_line(mailbox, address), flush=True)
        signal.sigwait({signal.SIGTERM, signal.SIGINT})


if __name__ == "__main__":
    main()
