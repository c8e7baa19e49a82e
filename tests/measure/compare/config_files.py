# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Ask five ways to edit a configuration file the same questions.

Every tool is told what its manual shows for changing one value.
"""

from __future__ import annotations

import codecs
import json
import os
import stat
import subprocess
import tempfile
import typing as t
from pathlib import Path

from e2e import strace
from support.ansible_run import environment, run

from .needs import COMMUNITY, Need, versions

_DRESS = """
import os, subprocess
open("a", "w").close()
os.setxattr("a", "user.origin", b"x")
for command in (["setfacl", "-m", "u:12345:rw"], ["chattr", "+i"], ["chattr", "-i"]):
    subprocess.run([*command, "a"], check=True)
"""
NEEDS = (
    COMMUNITY,
    Need(
        "the package lxml",
        ("python", "-c", "import lxml"),
        "install it into the environment, for community.general.xml",
    ),
    Need("root", ("sh", "-c", 'test "$(id -u)" = 0'), "owners and attributes are for root"),
    Need(
        "strace",
        ("strace", "-f", "-o", "/dev/null", "true"),
        "Debian: strace; in a container it has to be allowed to trace",
    ),
    Need(
        "files with attributes and access lists",
        ("python", "-c", _DRESS),
        "Debian: acl and e2fsprogs; let TMPDIR be on a disk that has both",
    ),
)
KEY, OLD, NEW = "Abp.Net.Mail.Smtp.Host", "old.example.com", "new.example.com"
ROW = f'    <add key="{KEY}" value="{OLD}" />\n'
XML = f"""<?xml version="1.0" encoding="utf-8"?>
<!-- keep me -->
<configuration>
  <appSettings>
    <add key="Other" value='é' />   <!-- and me -->
{ROW}  </appSettings>
</configuration>
"""
INI = f"; keep me\n[mail]\nother = é ; and me\nhost = {OLD}\n\n[last]\nx = 1\n"
WRITING = ",".join(f"?{call}" for call in strace.CALLS)


class Said(t.NamedTuple):
    """How a run ended: ``CHANGED``, ``SUCCESS``, ``FAILED`` or ``KILLED``, and all it printed."""

    word: str
    text: str


class Tool(t.NamedTuple):
    """A module, its options for a path, a file it can edit, and a broken one."""

    module: str
    options: t.Callable[[str], dict[str, t.Any]]
    text: str = XML
    broken: str = XML.replace("</appSettings>", "")
    row: str = ROW


TOOLS = {
    "mail_settings": Tool(
        "rpaops.orchestrator.mail_settings",
        lambda path: {"config_file": {"path": path}, "smtp_host": NEW, "password_record": ""},
    ),
    "lineinfile": Tool(
        "ansible.builtin.lineinfile",
        lambda path: {
            "path": path,
            "regexp": f'<add key="{KEY}"',
            "line": ROW.replace(OLD, NEW).rstrip("\n"),
        },
    ),
    "replace": Tool(
        "ansible.builtin.replace",
        lambda path: {
            "path": path,
            "regexp": f'(<add key="{KEY}" value=")[^"]*',
            "replace": rf"\g<1>{NEW}",
        },
    ),
    "community.general.xml": Tool(
        "community.general.xml",
        lambda path: {
            "path": path,
            "xpath": f"/configuration/appSettings/add[@key='{KEY}']",
            "attribute": "value",
            "value": NEW,
        },
    ),
    "community.general.ini_file": Tool(
        "community.general.ini_file",
        lambda path: {"path": path, "section": "mail", "option": "host", "value": NEW},
        INI,
        INI.replace("[mail]", "[mail"),
        f"host = {OLD}\n",
    ),
}


class Bench:
    """A scratch folder, Ansible's environment, and a tool to run on a fresh file there."""

    def __init__(self, core: Path, tool: Tool, scratch: Path) -> None:
        self.core, self.tool, self.scratch = core, tool, scratch
        self.folder = scratch / "etc"
        ending = "ini" if tool.text == INI else "config"
        self.path = self.folder / f"a.{ending}"
        self.folder.mkdir()

    def fresh(self, content: bytes | None = None) -> bytes:
        """Put the file there, alone, and give its bytes."""
        for path in self.folder.iterdir():
            path.unlink()
        before = self.tool.text.encode() if content is None else content
        self.path.write_bytes(before)
        return before

    def edit(self, path: Path | None = None, python: str | None = None) -> Said:
        """Run the tool through Ansible, with another Python if one is given."""
        options = json.dumps(self.tool.options(str(path or self.path)))
        command = ["ansible", "localhost", "-m", self.tool.module, "-a", options]
        if python:
            command += ["-e", json.dumps({"ansible_python_interpreter": python})]
        # What a traced run writes is the tool's, and nothing of Python's own.
        around = environment(self.scratch, self.core, PYTHONDONTWRITEBYTECODE="1")
        text = run(command, self.scratch, around).output
        words = (word for word in ("CHANGED", "SUCCESS", "FAILED") if f"| {word}" in text)
        return Said(next(words, "FAILED"), text)

    def strace(self, at: strace.Point | None = None) -> str:
        """A Python that is traced, or killed at a call."""
        what = f"-e trace={WRITING}"
        if at is not None:
            what = f"-e trace={at.call} -e inject={at.call}:signal=SIGKILL:when={at.number}"
        name = self.scratch / "python"
        real = self.core / "bin" / "python"
        name.write_text(f'#!/bin/sh\nexec strace -f -o {self.log} {what} {real} "$@"\n')
        name.chmod(0o755)
        return str(name)

    @property
    def log(self) -> Path:
        return self.scratch / "log"


Question = t.Callable[[Bench], str]


def verdict(bench: Bench, said: Said, before: bytes, is_kept: t.Callable[[], bool]) -> str:
    """One word about a property that an edit should keep."""
    now = bench.path.read_bytes()
    if said.word == "FAILED":
        return "refused, untouched" if now == before else "no: failed, and changed the file"
    if now == before:
        return "no: says ok, edits nothing"
    return "yes" if is_kept() else "no"


def edited(bench: Bench, codec: str = "utf-8") -> bool:
    """Whether the value, and no other trace of it, is the new one."""
    text = bench.path.read_bytes().decode(codec, "replace")
    return NEW in text and OLD not in text


def symlink(bench: Bench) -> str:
    before = bench.fresh()
    link = bench.folder / f"link{bench.path.suffix}"
    link.symlink_to(bench.path)
    said = bench.edit(link)
    if not link.is_symlink():
        return "no: a file takes its place"
    return verdict(bench, said, before, lambda: edited(bench))


def hard_link(bench: Bench) -> str:
    before = bench.fresh()
    other = bench.folder / "other"
    os.link(bench.path, other)
    return verdict(bench, bench.edit(), before, lambda: bench.path.samefile(other))


def attribute(give: t.Callable[[Path], object], look: t.Callable[[Path], t.Any]) -> Question:
    """Whether something about the file, not in it, stays."""

    def ask(bench: Bench) -> str:
        before = bench.fresh()
        give(bench.path)
        had = look(bench.path)
        said = bench.edit()
        return verdict(bench, said, before, lambda: look(bench.path) == had)

    return ask


def give_list(path: Path) -> None:
    subprocess.run(["setfacl", "-m", "u:12345:rw", str(path)], check=True)


def access_list(path: Path) -> str:
    command = ["getfacl", "-cpn", str(path)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def only_the_value(bench: Bench) -> str:
    before = bench.fresh()
    wanted = before.replace(OLD.encode(), NEW.encode())
    return verdict(bench, bench.edit(), before, lambda: bench.path.read_bytes() == wanted)


def crlf(bench: Bench) -> str:
    before = bench.fresh(bench.tool.text.replace("\n", "\r\n").encode())

    def is_kept() -> bool:
        now = bench.path.read_bytes()
        return now.count(b"\n") == now.count(b"\r\n") and edited(bench)

    return verdict(bench, bench.edit(), before, is_kept)


def encoding(mark: bytes, codec: str, name: str) -> Question:
    """Whether a text stays in its encoding, with its mark."""

    def ask(bench: Bench) -> str:
        before = bench.fresh(mark + bench.tool.text.replace("utf-8", name).encode(codec))

        def is_kept() -> bool:
            now = bench.path.read_bytes()
            return now.startswith(mark) and "é".encode(codec) in now and edited(bench, codec)

        return verdict(bench, bench.edit(), before, is_kept)

    return ask


def no_final_newline(bench: Bench) -> str:
    before = bench.fresh(bench.tool.text.rstrip("\n").encode())
    said = bench.edit()
    return verdict(bench, said, before, lambda: not bench.path.read_bytes().endswith(b"\n"))


def quiet(bench: Bench) -> str:
    bench.fresh()
    bench.edit()
    before = bench.path.read_bytes()
    said = bench.edit()
    return "yes" if (said.word, bench.path.read_bytes()) == ("SUCCESS", before) else "no"


def noticed(bench: Bench, before: bytes) -> str:
    """Whether a file that should not be edited is refused."""
    said = bench.edit()
    if said.word == "FAILED" and bench.path.read_bytes() == before:
        return "yes"
    return "no: edited" if bench.path.read_bytes() != before else "no: says ok, edits nothing"


def duplicate(bench: Bench) -> str:
    row = bench.tool.row
    return noticed(bench, bench.fresh(bench.tool.text.replace(row, row + row).encode()))


def malformed(bench: Bench) -> str:
    return noticed(bench, bench.fresh(bench.tool.broken.encode()))


def immutable(bench: Bench) -> str:
    before = bench.fresh()
    subprocess.run(["chattr", "+i", str(bench.path)], check=True)
    try:
        return noticed(bench, before)
    finally:
        subprocess.run(["chattr", "-i", str(bench.path)], check=True)


QUESTIONS: dict[str, Question] = {
    "a symbolic link stays one": symlink,
    "a hard link stays one": hard_link,
    "mode": attribute(lambda p: p.chmod(0o604), lambda p: stat.S_IMODE(p.stat().st_mode)),
    "owner and group": attribute(
        lambda p: os.chown(p, 1234, 1234), lambda p: (p.stat().st_uid, p.stat().st_gid)
    ),
    "extended attribute": attribute(
        lambda p: os.setxattr(p, "user.origin", b"x"),
        lambda p: [name for name in os.listxattr(p) if name == "user.origin"],
    ),
    "access list": attribute(give_list, access_list),
    "only the value changes": only_the_value,
    "CRLF": crlf,
    "byte order mark": encoding(codecs.BOM_UTF8, "utf-8", "utf-8"),
    "UTF-16": encoding(codecs.BOM_UTF16_LE, "utf-16-le", "utf-16"),
    "Latin-1": encoding(b"", "latin-1", "iso-8859-1"),
    "no newline at the end": no_final_newline,
    "the second run is quiet": quiet,
    "a key that appears twice is noticed": duplicate,
    "a malformed text is refused": malformed,
    "an immutable file is a failure": immutable,
}


def traced(bench: Bench) -> list[str]:
    """The calls of the process that reads the file."""
    lines = [line.split(maxsplit=1) for line in bench.log.read_text().splitlines()]
    reader = next(number for number, call in lines if f'"{bench.path}"' in call)
    return [call for number, call in lines if number == reader]


def killed(bench: Bench) -> list[str]:
    """At every writing call: old or new, and the next run ends it; whether anything is flushed."""
    filler = "; {}\n" if bench.tool.text == INI else "<!-- {} -->\n"
    text = bench.tool.text.replace("</configuration>\n", "")
    text += filler.format("x" * 70) * 420
    text += "" if bench.tool.text == INI else "</configuration>\n"
    old = bench.fresh(text.encode())
    bench.edit(python=bench.strace())
    new, calls = bench.path.read_bytes(), traced(bench)
    places = strace.points(bench.path, calls)
    whole = healed = clean = 0
    for at in places:
        bench.fresh(old)
        bench.edit(python=bench.strace(at))
        if "killed by SIGKILL" not in bench.log.read_text():
            raise SystemExit(f"{bench.tool.module} was not killed at {at}")
        whole += bench.path.read_bytes() in (old, new)
        again = bench.edit()
        healed += again.word != "FAILED" and bench.path.read_bytes() == new
        clean += list(bench.folder.iterdir()) == [bench.path]
    flushed = any(line.startswith(("fsync", "fdatasync")) for line in calls)
    return [*(f"{count} of {len(places)}" for count in (whole, healed, clean)), _yes(flushed)]


KILLS = (
    "killed at a writing call: the file is old or new",
    "… and the next run ends it",
    "… and nothing lies beside it afterwards",
    "flushed to the disk before success is reported",
)


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def asked(core: Path, name: str) -> list[str]:
    """All answers of one tool."""
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(core, TOOLS[name], Path(folder))
        answers = []
        for question, ask in QUESTIONS.items():
            answers.append(ask(bench))
            print(f"{name} | {question} | {answers[-1]}", flush=True)
        return [*answers, f"{answers.count('yes')} of {len(QUESTIONS)}", *killed(bench)]


def made_with(core: Path) -> str:
    """The versions of what answered."""
    return versions(core, "ansible", "ansible-core", "lxml")


def rows(core: Path) -> list[list[str]]:
    """A question a row, a tool a column."""
    columns = [asked(core, name) for name in TOOLS]
    questions = [*QUESTIONS, "**yes, of these**", *KILLS]
    return [["Question", *TOOLS], *map(list, zip(questions, *columns))]
