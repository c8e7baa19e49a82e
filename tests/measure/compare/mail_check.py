# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Ask three mail checks the same questions, and write the answers into the documentation.

    PYTHONPATH=tests python -m measure.compare.mail_check --ansible PATH [--docs PAGE]

Needs an environment with the package ``ansible`` (for ``community.general.mail``) and, on PATH,
``swaks`` with TLS (Debian: swaks, libnet-ssleay-perl). Every tool is told what its manual shows for
a submission port with STARTTLS.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import tempfile
import time
import typing as t
from pathlib import Path

from fake import certificates
from fake.mailbox import Mailbox
from fake.smtp_script import ScriptedSmtp, drip, drop
from support.page import fill, require, table
from support.places import ROOT

SECONDS = 4
USER, PASSWORD, TO = "robot@example.com", "correct-horse-battery", "ops@example.com"


class Said(t.NamedTuple):
    """How a tool ended: exit code, what it printed, how long it took."""

    code: int
    text: str
    seconds: float


Tool = t.Callable[[t.Any, str, t.Sequence[str]], Said]


def run(command: t.Sequence[str]) -> Said:
    """Run a command to its end."""
    started = time.monotonic()
    environment = {
        **os.environ,
        "ANSIBLE_COLLECTIONS_PATH": f"{ROOT / 'collections'}",
        "ANSIBLE_LOCALHOST_WARNING": "false",
    }
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
            env=environment,
            cwd=folder,
        )
    return Said(done.returncode, done.stdout + done.stderr, time.monotonic() - started)


def tools(ansible: str) -> dict[str, Tool]:
    """The three, each as a function of server, password and recipients."""

    def module(name: str, options: dict[str, t.Any]) -> Said:
        return run([ansible, "localhost", "-m", name, "-a", json.dumps(options)])

    def ours(server: t.Any, password: str, to: t.Sequence[str]) -> Said:
        options = {"smtp_host": "localhost", "smtp_port": server.port, "smtp_username": USER}
        options |= {"smtp_password": password, "recipients": list(to), "timeout": SECONDS}
        with tempfile.TemporaryDirectory() as folder:
            trusted = str(certificates.write_ca(Path(folder, "ca.pem")))
            return module("rpaops.orchestrator.mail_test", {**options, "ca_path": trusted})

    def community(server: t.Any, password: str, to: t.Sequence[str]) -> Said:
        options = {"host": "localhost", "port": server.port, "username": USER, "from": USER}
        options |= {"password": password, "to": list(to), "timeout": SECONDS, "subject": "test"}
        return module("community.general.mail", options)

    def swaks(server: t.Any, password: str, to: t.Sequence[str]) -> Said:
        command = ["swaks", "--server", "localhost", "--port", str(server.port), "--from", USER]
        command += [
            "--to",
            ",".join(to),
            "--tls-optional",
            "--auth-optional",
            "--timeout",
            str(SECONDS),
        ]
        return run([*command, "--auth-user", USER, "--auth-password", password])

    return {"mail_test": ours, "community.general.mail": community, "swaks": swaks}


def certificate(kind: str) -> t.Callable[[Tool], str]:
    """Whether a bad certificate keeps the tool from signing in."""

    def ask(tool: Tool) -> str:
        with Mailbox(certificate=kind, username=USER, password=PASSWORD) as mailbox:
            tool(mailbox, PASSWORD, [TO])
            return "password sent, mail sent" if mailbox.messages else _sent(mailbox)

    return ask


def _sent(mailbox: Mailbox) -> str:
    return "password sent" if mailbox.logins else "refused, no password sent"


def stripped(tool: Tool) -> str:
    """A server, or somebody on the way, that offers no STARTTLS."""
    with Mailbox(starttls=False, username=USER, password=PASSWORD) as mailbox:
        tool(mailbox, PASSWORD, [TO])
        return "password sent in clear" if mailbox.logins else "refused, no password sent"


def wrong_password(tool: Tool) -> str:
    """How often a wrong password is tried; each try counts towards a lock."""
    with Mailbox(username=USER, password=PASSWORD) as mailbox:
        said = tool(mailbox, "wrong-password", [TO])
        advice = "says what to do" if re.search('"fix": "', said.text) else "no advice"
        return f"{len(mailbox.logins)} login(s), {advice}"


def partly_refused(tool: Tool) -> str:
    """One of two recipients is refused."""
    refuse = {"nobody@example.com": "550 5.1.1 no such user"}
    with Mailbox(refuse=refuse, username=USER, password=PASSWORD) as mailbox:
        said = tool(mailbox, PASSWORD, [TO, "nobody@example.com"])
        ended = "fails" if said.code else "reports success"
        return f"{ended}, {len(mailbox.messages)} message(s) sent"


def slow(tool: Tool) -> str:
    """A greeting of one byte per half second, with a time limit of four seconds."""
    with ScriptedSmtp({"banner": drip(0.5)}) as server:
        said = tool(server, PASSWORD, [TO])
        return f"ends after {said.seconds:.0f} s"


def lost(tool: Tool) -> str:
    """The connection breaks after the message was sent, so nobody knows whether it was taken."""
    with ScriptedSmtp({"end_of_data": drop}) as server:
        said = tool(server, PASSWORD, [TO])
        if re.search("may or may not have been accepted", said.text):
            return "fails, says that it is not known"
        return "fails" if said.code else "reports success"


QUESTIONS: dict[str, t.Callable[[Tool], str]] = {
    **{
        f"certificate: {kind.replace('_', ' ')}": certificate(kind)
        for kind in certificates.BAD_KINDS
    },
    "STARTTLS not offered": stripped,
    "wrong password": wrong_password,
    "one of two recipients refused": partly_refused,
    "server slower than the limit of 4 s": slow,
    "connection lost after the message": lost,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ansible", required=True)
    parser.add_argument("--docs", type=Path)
    arguments = parser.parse_args()
    if arguments.docs:
        require(arguments.docs, ["table"])
    asked = tools(os.path.abspath(arguments.ansible))
    rows = [["Question", *asked]]
    for question, ask in QUESTIONS.items():
        rows.append([question, *(ask(tool) for tool in asked.values())])
        print(" | ".join(rows[-1]), flush=True)
    if arguments.docs:
        fill(arguments.docs, "table", table(rows))


if __name__ == "__main__":
    main()
