# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Draw what the playbooks really print, as pictures for README and site.

    PYTHONPATH=tests:collections python tests/tools/pictures.py docs/docsite/images

Four runs against the stand-ins, from the installed collection in an empty folder. A picture holds
its text and no font, so nothing is loaded from elsewhere. What differs from run to run (ports,
identifiers, times, folders) is drawn as a fixed word; all else is what was printed.
"""

from __future__ import annotations

import io
import re
import shlex
import sys
import tempfile
import typing as t
from dataclasses import dataclass
from pathlib import Path

from fake.mailbox import Mailbox
from fake.orchestrator import FakeOrchestrator
from rich.console import Console
from rich.text import Text
from support.project import Project, installed
from support.run import server

OURS = "rpaops.orchestrator."
WIDTH = 116
#: Bytes that a picture may have at most; a page has several.
LARGEST = 60_000
USER, PASSWORD = "robots@gmail.com", "abcdefghijklmnop"
#: What rich puts a picture into, without the fonts that its own frame loads; TITLE is the title.
FRAME = """\
<svg viewBox="0 0 {width} {height}" role="img" xmlns="http://www.w3.org/2000/svg">
<title>TITLE</title>
<style>
.{unique_id}-matrix {{
font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace;
font-size: {char_height}px; line-height: {line_height}px;
}}
.{unique_id}-title {{ font-size: 18px; font-weight: bold; font-family: sans-serif; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}" />
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""
#: What differs from run to run, and the word that stands for it.
STEADY: t.Sequence[tuple[str, str]] = (
    (r"(localhost|127\.0\.0\.1)(:|, port )\d{4,5}\b", r"\1\g<2>587"),
    (r"<\d+\.\d+\.\d+@", "<1@"),
    (r"rpaops-[0-9a-f]{12}", "rpaops-5f0c1e2d3b4a"),
    (r"\b[0-9a-f]{64}\b", "5f0c1e2d3b4a" * 5),
    (r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", "2026-01-01T00:00:00Z"),
    (r'("smtp_port": )(?!25\b)\d{4,5}', r"\g<1>587"),
)


@dataclass(frozen=True)
class Scene:
    """A picture: the playbook with its arguments, and what it declares beside the server.

    Of the tasks those are drawn whose names hold ``tasks``, an ellipsis for the others; after them
    the file that ``shows`` names.
    """

    playbook: str
    arguments: tuple[str, ...] = ()
    declares: t.Mapping[str, t.Any] | None = None
    shows: str = ""
    tasks: str = "TASK"

    @property
    def command(self) -> str:
        """What a reader types."""
        inventory = ["-i", "localhost," if self.declares is None else "inventory"]
        words = ["ansible-playbook", *inventory, OURS + self.playbook, *self.arguments]
        return shlex.join(words)


HAPPENED = "Say what happened"
WRONG = "Summer-2026!"
GMAIL: t.Mapping[str, t.Any] = {
    "mail_preset": "gmail",
    "mail_smtp_username": USER,
    "mail_smtp_password": PASSWORD,
    "mail_default_from_display_name": "Robots",
    "mail_test_recipients": ["ops@example.com"],
}
SCENES: t.Mapping[str, Scene] = {
    "demo": Scene("demo"),
    "plan": Scene("plan", ("-e", "mail_plan_dir=plan"), GMAIL, "plan/mail-plan.md", HAPPENED),
    "drift": Scene(
        "drift",
        ("-e", "mail_report_dir=reports"),
        {"mail_enable_ssl": True, "mail_use_default_credentials": False},
        "reports/mail-drift.md",
        HAPPENED,
    ),
    "diagnosis": Scene("test", (), {**GMAIL, "mail_smtp_password": WRONG}, "", HAPPENED),
}


def taken(scene: Scene, project: Project, mailbox: Mailbox, fake: FakeOrchestrator) -> str:
    """Run a scene; what it printed, with escapes, and the page that it is about."""
    arguments = ("-i", "localhost,")
    if scene.declares is not None:
        place = {"mail_smtp_host": mailbox.host, "mail_smtp_port": mailbox.port}
        known = {**place, "mail_test_ca_path": mailbox.ca_path, **scene.declares}
        project.inventory({"production": {"mail_server": server(fake), **known}})
        arguments = ("-i", "inventory.json")
    colour = {"ANSIBLE_NOCOLOR": "0", "ANSIBLE_FORCE_COLOR": "1", "COLUMNS": str(WIDTH)}
    done = project.run(OURS + scene.playbook, *arguments, *scene.arguments, **colour)
    if not done.stdout:
        raise SystemExit(f"{scene.command} printed nothing: {done.stderr}")
    page = ""
    if scene.shows:
        page = f"$ cat {scene.shows}\n" + (project.start / scene.shows).read_text(encoding="utf-8")
    words = {fake.url: "https://orchestrator.example.com", str(mailbox.port): "587"}
    words |= {str(project.start): ".", str(project.collections): "collections"}
    return f"$ {scene.command}\n" + steady(cropped(done.stdout, scene.tasks) + page, words)


def cropped(printed: str, tasks: str) -> str:
    """What was printed of the tasks whose first line holds ``tasks``, and of everything else."""
    parts = re.split(r"\n(?=TASK|PLAY)", printed.strip("\n"))
    drop = [part.startswith("TASK") and tasks not in part.splitlines()[0] for part in parts]
    kept = ["..." if gone else part for part, gone in zip(parts, drop, strict=True)]
    return re.sub(r"(\n\.\.\.)+\n", "\n...\n\n", "\n" + "\n".join(kept)) + "\n"


def steady(text: str, words: t.Mapping[str, str]) -> str:
    """The text without what differs from run to run; a password in it is an error."""
    for old, new in words.items():
        text = text.replace(old, new)
    for pattern, word in STEADY:
        text = re.sub(pattern, word, text)
    if PASSWORD in text or WRONG in text:
        raise SystemExit("A password was printed.")
    return text


def drawn(name: str, text: str) -> str:
    """The picture of a text with escapes."""
    console = Console(record=True, width=WIDTH, file=io.StringIO(), highlight=False)
    console.print(Text.from_ansi(text.rstrip()))
    title = f"rpaops.orchestrator: {name}"
    frame = FRAME.replace("TITLE", title)
    return console.export_svg(title=title, code_format=frame, unique_id=name)


def main(folder: Path) -> None:
    """Draw all of them; one that is too large is an error."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        collections = installed(Path(home))
        for name, scene in SCENES.items():
            with (
                Mailbox(username=USER, password=PASSWORD) as mailbox,
                FakeOrchestrator(version="2020.10", trust=mailbox.ca_path) as fake,
            ):
                text = taken(scene, Project(Path(home) / name, collections), mailbox, fake)
            picture = drawn(name, text)
            if len(picture) > LARGEST:
                raise SystemExit(f"{name}.svg has {len(picture)} bytes, more than {LARGEST}.")
            (folder / f"{name}.svg").write_text(picture, encoding="utf-8")
            print(f"{name}.svg: {len(picture)} bytes, {text.count(chr(10))} lines")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
