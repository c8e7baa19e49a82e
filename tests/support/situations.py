# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Nights of the playbook ``drift``, and what each of them comes to.

A situation is run as a user runs it; ``seen`` reads back its six reports, each by its own format.
"""

from __future__ import annotations

import contextlib
import json
import re
import typing as t
import xml.etree.ElementTree as ET
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from fake.orchestrator import FakeOrchestrator
from support.ansible_run import Ended
from support.project import Project

PASSWORD = "Abp.Net.Mail.Smtp.Password"
#: What nobody may read in a report; each is secret in one of the situations.
CANARIES = ("canary-of-sign-in", "canary-of-smtp")
#: A way that leads nowhere, at once.
NOWHERE = {"ansible_connection": "ssh", "ansible_host": "127.0.0.1", "ansible_port": 9}
HEADER = (
    "Situation",
    "Outcomes",
    "Exit status",
    "JSON",
    "Markdown",
    "JUnit",
    "SARIF",
    "HTML",
    "Prometheus",
)
Hosts = dict[str, dict[str, t.Any]]


@dataclass(frozen=True)
class Situation:
    """A night: ``hosts`` with what they declare beside the server, and ``arguments`` of the run.

    ``away`` says where the folder of the reports is, relative to where the command is started;
    ``sealed`` that nothing can be written where the collection is installed.
    """

    hosts: Hosts
    arguments: tuple[str, ...] = ()
    away: str = "reports"
    sealed: bool = False


#: The one tenant that has a password of its own.
STORED = "T00300"


def orchestrator() -> FakeOrchestrator:
    """The server of all situations, with the tenants T00001 to T00300."""
    tenants: dict[str, dict[str, str]] = {f"T{number:05d}": {} for number in range(1, 301)}
    tenants[STORED] = {PASSWORD: "of before"}
    return FakeOrchestrator(version="2020.10", tenants=tenants)


def _tenants() -> list[t.Any]:
    names: list[t.Any] = [f"T{number:05d}" for number in range(1, 301)]
    names[6] = {"name": "T00007", "smtp_port": 2525}
    return names


GOOD: dict[str, t.Any] = {"mail_smtp_port": 25}
DRIFTED: dict[str, t.Any] = {"mail_smtp_port": 2525}
DOWN = {**GOOD, "url": "http://127.0.0.1:9"}
BOTH: Hosts = {"good": GOOD, "drifted": DRIFTED}
ODD = ("a|b", "<b>x</b>", "line\nend", "bell\x07")

SITUATIONS: t.Mapping[str, Situation] = {
    "in sync": Situation({"good": GOOD}),
    "drift": Situation(BOTH),
    "drift in one of 300 tenants": Situation({"many": {**GOOD, "mail_tenants": _tenants()}}),
    "wrong password of the sign-in": Situation(
        {"good": GOOD, "refused": {**GOOD, "password": CANARIES[0]}}
    ),
    "server down": Situation({"good": GOOD, "down": DOWN}),
    "host unreachable": Situation({"good": GOOD, "lost": {**GOOD, **NOWHERE}}),
    "all hosts unreachable": Situation({"lost": {**GOOD, **NOWHERE}, "gone": {**GOOD, **NOWHERE}}),
    "undefined variable": Situation(
        {"good": GOOD, "undefined": {"mail_smtp_host": "{{ company_relay_typo }}"}}
    ),
    "misspelt variable": Situation({"good": GOOD, "misspelt": {"mail_smtp_prot": 25}}),
    "``--limit`` on a host that drifted": Situation(BOTH, ("--limit", "drifted")),
    "``--limit`` on another host": Situation(BOTH, ("--limit", "good")),
    "no host matches ``mail_hosts``": Situation({"good": GOOD}, ("-e", "mail_hosts=typo")),
    "empty home, password not compared": Situation(
        {"blind": {**GOOD, "tenant": STORED, "mail_smtp_password": CANARIES[1]}}
    ),
    "the same, made to fail": Situation(
        {"blind": {**GOOD, "tenant": STORED, "mail_smtp_password": CANARIES[1]}},
        ("-e", '{"mail_fail_on": ["drift", "not_compared"]}'),
    ),
    "drift, to fail on trouble only": Situation(
        BOTH, ("-e", '{"mail_fail_on": ["error", "unreachable"]}')
    ),
    "read-only collection folder": Situation({"good": GOOD}, sealed=True),
    "relative folder of the reports": Situation({"good": GOOD}, away="build/reports"),
    "absolute folder of the reports": Situation({"good": GOOD}, away="../elsewhere"),
    "names with ``|``, ``<``, a line end and a control character": Situation(
        dict.fromkeys(ODD, DRIFTED)
    ),
}


@dataclass(frozen=True)
class Night:
    """A situation that was run: the process, and the text of each report by its ending."""

    done: Ended
    texts: t.Mapping[str, str]

    @property
    def rows(self) -> list[dict[str, t.Any]]:
        """The rows of the JSON report."""
        return t.cast("list[dict[str, t.Any]]", json.loads(self.texts["json"])["rows"])


def run(situation: Situation, project: Project, fake: FakeOrchestrator) -> Night:
    """Run the playbook ``drift`` in ``project`` against the ``orchestrator``."""
    project.inventory({name: _variables(host, fake) for name, host in situation.hosts.items()})
    absolute = situation.away.startswith("..")
    folder = project.start / situation.away
    named = str(folder.resolve()) if absolute else situation.away
    with _sealed(project.collections) if situation.sealed else contextlib.nullcontext():
        done = project.on("drift", "-e", f"mail_report_dir={named}", *situation.arguments)
    files = folder.glob("mail-drift.*") if folder.is_dir() else ()
    return Night(done, {f.name.partition(".")[2]: f.read_text(encoding="utf-8") for f in files})


@contextlib.contextmanager
def _sealed(folder: Path) -> t.Iterator[None]:
    """Take away the right to write from all folders below; root keeps it, and is looked after."""
    modes = {path: path.stat().st_mode for path in (folder, *folder.rglob("*")) if path.is_dir()}
    for path, mode in modes.items():
        path.chmod(mode & ~0o222)
    try:
        yield
    finally:
        for path, mode in modes.items():
            path.chmod(mode)


def _variables(host: t.Mapping[str, t.Any], fake: FakeOrchestrator) -> dict[str, t.Any]:
    """The variables of a host; ``url``, ``password`` and ``tenant`` are those of its server."""
    tenant = {} if "mail_tenants" in host else {"tenant": "T00001"}
    server = {"url": fake.url, "username": "admin", "password": "secret", **tenant}
    own = {key: host[key] for key in ("url", "password", "tenant") if key in host}
    quick = {"use_proxy": False, "retries": 0}
    rest = {key: value for key, value in host.items() if key not in own}
    return {"mail_server": {**server, **quick, **own}, **rest}


def seen(name: str, night: Night) -> list[str]:
    """A situation as a row of the table: what each of its reports says."""
    outcomes = Counter(row["outcome"] for row in night.rows)
    said = ", ".join(f"{count} ``{outcome}``" for outcome, count in sorted(outcomes.items()))
    return [name, said, str(night.done.code), *(read(night.texts[end]) for end, read in READERS)]


def _json(text: str) -> str:
    return str(json.loads(text)["verdict"])


def _markdown(text: str) -> str:
    mark = next(line for line in text.splitlines() if line.startswith("#"))
    return "\u2705" if "\u2705" in mark else "\u274c"


def _junit(text: str) -> str:
    root = ET.fromstring(text)
    counts = {key: root.get(key) for key in ("failures", "errors", "skipped")}
    found = [f"{count} {key}" for key, count in counts.items() if count != "0"]
    return ", ".join(found) or "passed"


def _sarif(text: str) -> str:
    results = json.loads(text)["runs"][0]["results"]
    levels = Counter(result["level"] for result in results)
    return ", ".join(f"{count} {level}" for level, count in sorted(levels.items())) or "none"


def _html(text: str) -> str:
    found = re.search(r'<header class="(\w+)">', text)
    assert found is not None
    return found[1]


def _prometheus(text: str) -> str:
    counts = re.findall(r'^mail_settings_rows\{outcome="(\w+)"\} ([1-9]\d*)$', text, re.MULTILINE)
    return ", ".join(f"{outcome} {count}" for outcome, count in sorted(counts))


READERS: tuple[tuple[str, t.Callable[[str], str]], ...] = (
    ("json", _json),
    ("md", _markdown),
    ("junit.xml", _junit),
    ("sarif", _sarif),
    ("html", _html),
    ("prom", _prometheus),
)
