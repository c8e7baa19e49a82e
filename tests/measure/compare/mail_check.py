# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Ask three mail checks the same questions.

Every tool is told what its manual shows for a submission port with STARTTLS.
"""

from __future__ import annotations

import json
import re
import tempfile
import threading
import time
import typing as t
from pathlib import Path

from fake import certificates
from fake.mailbox import Mailbox
from fake.smtp_script import ScriptedSmtp, Session, drip, drop
from support.ansible_run import Ended, environment, run

from .needs import COMMUNITY, Need, shown, versions

NEEDS = (
    COMMUNITY,
    Need("swaks", ("swaks", "--version"), "Debian: swaks"),
    Need("TLS for swaks", ("perl", "-MNet::SSLeay", "-e1"), "Debian: libnet-ssleay-perl"),
)
SECONDS = 4
USER, PASSWORD, TO = "robot@example.com", "correct-horse-battery", "ops@example.com"


#: A mail check as a function of port, password and recipients.
Tool = t.Callable[[int, str, t.Sequence[str]], Ended]


def tools(core: Path) -> dict[str, Tool]:
    """The three; ``core`` is the environment of the two that are modules."""

    def started(*command: str) -> Ended:
        with tempfile.TemporaryDirectory() as name:
            return run(command, Path(name), environment(Path(name), core))

    def module(name: str, options: dict[str, t.Any]) -> Ended:
        return started("ansible", "localhost", "-m", name, "-a", json.dumps(options))

    def ours(port: int, password: str, to: t.Sequence[str]) -> Ended:
        options = {"smtp_host": "localhost", "smtp_port": port, "smtp_username": USER}
        options |= {"smtp_password": password, "recipients": list(to), "timeout": SECONDS}
        with tempfile.TemporaryDirectory() as folder:
            trusted = str(certificates.write_ca(Path(folder, "ca.pem")))
            return module("rpaops.orchestrator.mail_test", {**options, "ca_path": trusted})

    def community(port: int, password: str, to: t.Sequence[str]) -> Ended:
        options = {"host": "localhost", "port": port, "username": USER, "from": USER}
        options |= {"password": password, "to": list(to), "timeout": SECONDS, "subject": "test"}
        return module("community.general.mail", options)

    def swaks(port: int, password: str, to: t.Sequence[str]) -> Ended:
        server = ["--server", "localhost", "--port", str(port), "--timeout", str(SECONDS)]
        message = ["--from", USER, "--to", ",".join(to)]
        login = ["--auth-user", USER, "--auth-password", password]
        return started("swaks", *server, *message, "--tls", "--auth", "LOGIN", *login)

    return {"mail_test": ours, "community.general.mail": community, "swaks": swaks}


def certificate(kind: str) -> t.Callable[[Tool], str]:
    """Whether a bad certificate keeps the tool from signing in."""

    def ask(tool: Tool) -> str:
        with Mailbox(certificate=kind, username=USER, password=PASSWORD) as mailbox:
            tool(mailbox.port, PASSWORD, [TO])
            return "password sent, mail sent" if mailbox.messages else _sent(mailbox)

    return ask


def _sent(mailbox: Mailbox) -> str:
    return "password sent" if mailbox.logins else "refused, no password sent"


def stripped(tool: Tool) -> str:
    """A server, or somebody on the way, that offers no STARTTLS."""
    with Mailbox(starttls=False, username=USER, password=PASSWORD) as mailbox:
        tool(mailbox.port, PASSWORD, [TO])
        return "password sent in clear" if mailbox.logins else "refused, no password sent"


def wrong_password(tool: Tool) -> str:
    """How often a wrong password is tried; each try counts towards a lock."""
    with Mailbox(username=USER, password=PASSWORD) as mailbox:
        said = tool(mailbox.port, "wrong-password", [TO])
        advice = "says what to do" if re.search('"fix": "', said.output) else "no advice"
        return f"{len(mailbox.logins)} login(s), {advice}"


def partly_refused(tool: Tool) -> str:
    """One of two recipients is refused."""
    refuse = {"nobody@example.com": "550 5.1.1 no such user"}
    with Mailbox(refuse=refuse, username=USER, password=PASSWORD) as mailbox:
        said = tool(mailbox.port, PASSWORD, [TO, "nobody@example.com"])
        ended = "fails" if said.code else "reports success"
        return f"{ended}, {len(mailbox.messages)} message(s) sent"


def slow(tool: Tool, longest: float = 60) -> str:
    """A greeting without end, one byte per half second, with a time limit of four seconds.

    The server counts from the connection to its end, and hangs up after ``longest`` seconds, on a
    tool that would wait on.
    """
    seconds = []

    def greet(session: Session, usual: str) -> None:
        begin = time.monotonic()
        patience = threading.Timer(longest, session.stopping.set)
        patience.start()
        try:
            drip(0.5)(session, usual)
        finally:
            patience.cancel()
            seconds.append(time.monotonic() - begin)

    with ScriptedSmtp({"banner": greet}) as server:
        tool(server.port, PASSWORD, [TO])
        if server.stopping.is_set():
            return f"waits longer than {longest} s"
    return f"gives up after {sum(seconds):.0f} s"


def lost(tool: Tool) -> str:
    """The connection breaks after the message was sent, so nobody knows whether it was taken."""
    with ScriptedSmtp({"end_of_data": drop}) as server:
        said = tool(server.port, PASSWORD, [TO])
        if re.search("may or may not have been accepted", said.output):
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


def made_with(core: Path) -> str:
    """The versions of what answered."""
    swaks = shown(core, "swaks", "--version").split("\n", maxsplit=1)[0].replace(" version", "")
    return f"{versions(core, 'ansible', 'ansible-core')}, {swaks}"


def rows(core: Path) -> list[list[str]]:
    """A question a row, a tool a column."""
    asked = tools(core)
    answers = [[question, *map(ask, asked.values())] for question, ask in QUESTIONS.items()]
    return [["Question", *asked], *answers]
