# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run the fake by hand: ``python tests/fake/orchestrator --help``."""

from __future__ import annotations

import argparse
import json
import os
import signal
import ssl
import sys
import typing as t
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from fake.orchestrator import SHAPES, VERSIONS, FakeOrchestrator


def _mailbox(text: str) -> tuple[str, int]:
    host, colon, port = text.rpartition(":")
    if not (colon and port.isdigit()):
        raise argparse.ArgumentTypeError("give HOST:PORT, for example 127.0.0.1:2525")
    return host, int(port)


def _switch(text: str) -> tuple[str, t.Any]:
    name, sign, value = text.partition("=")
    if not sign:
        raise argparse.ArgumentTypeError("give NAME=VALUE, for example posted_mask=ignore")
    try:
        return name, json.loads(value)
    except ValueError:
        return name, value


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="orchestrator",
        description="A stand-in for UiPath Orchestrator on the loopback. When it is ready it "
        "prints one JSON line with its address; it ends on SIGTERM or Ctrl-C. "
        "Users: admin / secret in every tenant and at the host; application app-id / app-secret.",
    )
    add = parser.add_argument
    add("--version", default="2020.10", choices=list(VERSIONS), help="default: %(default)s")
    add("--shape", default="standalone", choices=SHAPES, help="address shape")
    add("--organization", default="acme", help="name in the addresses of the suite shape")
    add("--port", type=int, default=0, help="default: any free one")
    add("--address", default="127.0.0.1", help="interface to listen on (default: %(default)s)")
    add("--tenant", action="append", metavar="NAME", help="repeatable (default: Default)")
    add("--tenants", type=int, metavar="N", help="invent N tenants T00001, T00002, ...")
    add(
        "--seed",
        type=Path,
        metavar="FILE",
        help='JSON: {"tenants": {name: {key: value}}, "host": {key: value}, '
        '"identity": {"host" or organization: {key: value}}, "users": ..., "clients": ...}',
    )
    add("--switch", action="append", type=_switch, default=[], metavar="NAME=VALUE")
    add("--mailbox", type=_mailbox, metavar="HOST:PORT", help="takes the verify mail")
    add("--trust", metavar="FILE", help="certificate authority that verify calls accept")
    add("--certificate", metavar="FILE", help="serve HTTPS with this certificate and key")
    add("--door", action="store_true", help="open /fake/... (shows passwords in clear)")
    add("--log-limit", type=int, metavar="N", help="keep only the last N requests")
    add("--ready-file", type=Path, help="also write the ready line into this file")
    add("--port-file", type=Path, help="write the port into this file")
    add("--pid-file", type=Path, help="write the process id into this file")
    return parser.parse_args()


def _tenants(options: argparse.Namespace) -> dict[str, dict[str, str]] | int:
    if options.tenants is not None:
        return int(options.tenants)
    return {name: {} for name in options.tenant or ["Default"]}


def _fake(options: argparse.Namespace) -> FakeOrchestrator:
    tls = None
    if options.certificate:
        tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        tls.load_cert_chain(options.certificate)
    seed = json.loads(options.seed.read_text()) if options.seed else {}
    return FakeOrchestrator(
        version=options.version,
        shape=options.shape,
        organization=options.organization,
        mailbox=options.mailbox,
        trust=options.trust,
        switches=dict(options.switch),
        tls=tls,
        port=options.port,
        address=options.address,
        open_door=options.door,
        log_limit=options.log_limit,
        **{"tenants": _tenants(options), **seed},
    )


def _ready_line(fake: FakeOrchestrator, options: argparse.Namespace) -> str:
    facts = {
        "url": fake.url,
        "port": fake.port,
        "version": options.version,
        "shape": options.shape,
        "organization": options.organization,
        "organization_id": fake.organization_id,
        "door": f"{fake.url}/fake/" if options.door else None,
        "pid": os.getpid(),
    }
    return json.dumps(facts)


def _write(path: Path | None, text: str) -> None:
    """Whole or not at all: somebody may be waiting for the file."""
    if path is not None:
        partial = path.with_name(f"{path.name}.part")
        partial.write_text(f"{text}\n")
        partial.replace(path)


def main() -> None:
    """Serve until told to end."""
    options = _arguments()
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGINT})
    try:
        fake = _fake(options)
    except (OSError, ValueError, TypeError) as error:
        sys.exit(f"orchestrator: {error}")
    with fake:
        line = _ready_line(fake, options)
        _write(options.pid_file, str(os.getpid()))
        _write(options.port_file, str(fake.port))
        _write(options.ready_file, line)
        print(line, flush=True)
        signal.sigwait({signal.SIGTERM, signal.SIGINT})


if __name__ == "__main__":
    main()
