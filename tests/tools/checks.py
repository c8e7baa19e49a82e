# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run the checks on every supported ansible-core, and module code on the other Pythons of targets.

    python tests/tools/checks.py [--docs] [--only CHECK]... [VERSION]...

Without versions all of them; else the named ones, such as ``2.16 3.9``, which have to be there.
What else is not installable here is skipped, and said. ``--docs`` puts what was run into the tables
of the page about support; what was not run keeps its cell.
"""

from __future__ import annotations

import argparse
import datetime
import os
import re
import subprocess
import sys
import typing as t
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from support.page import fill, part, require, rows, table
from support.places import PAGES, ROOT

TOOLS = ROOT / "tests" / "tools"
ENVIRONMENTS = ROOT / ".venvs"
PAGE = PAGES / "support.rst"
#: Pythons of targets that no ansible-core here runs on itself.
TARGETS = ("3.9", "3.10", "3.14")
#: The ansible-core that sends modules to them; it supports targets from Python 3.8 on.
SENDER = "2.19"
#: May fail, as nobody promises anything about it.
ALLOWED = {"devel"}
NOT_RUN = "not run"
_COUNTS = re.compile(r"^(\d.*?) in [\d.]+s", re.MULTILINE)
_SANITY = re.compile(r'^Running sanity test "([\w-]+)"', re.MULTILINE)
_NOT_INSTALLED = "Could not install packages"
_VERSION = re.compile(r"core (\S+)\].*?python version = (\S+)", re.DOTALL)


@dataclass(frozen=True)
class Ran:
    """How a check ended: whether well, and the words of its cell."""

    well: bool
    words: str


def cores() -> dict[str, str]:
    """The supported ansible-cores, and the Python of each."""
    command = f'source {TOOLS}/cores.sh; printf "%s\\n" "${{CORES[@]}}"'
    said = subprocess.run(["bash", "-c", command], check=True, stdout=subprocess.PIPE, text=True)
    return {row.split()[0]: row.split()[1] for row in said.stdout.splitlines()}


def sanity(core: str) -> Ran:
    """``ansible-test sanity`` of the installed tarball; a test that is not installable is named."""
    command = [str(TOOLS / "sanity.sh"), core]
    code, said = _run(command)
    if missing := not_installable(said):
        code, said = _run([*command, "--skip-test", missing])
    without = f", {missing} is not installable" if missing else ""
    return Ran(
        code == 0, f"{len(_SANITY.findall(said))} passed{without}" if code == 0 else "failed"
    )


def not_installable(said: str) -> str:
    """The sanity test that ended the run because its requirements could not be had, or nothing."""
    before, found, _after = said.partition(_NOT_INSTALLED)
    return _SANITY.findall(before)[-1] if found else ""


def units(core: str) -> Ran:
    """The tests that need no Ansible around them."""
    return _pytest(core, "tests/unit", "-n", "2")


def playbooks(core: str) -> Ran:
    """Modules, both roads, role and playbooks under a real ``ansible-playbook``."""
    return _pytest(core, "tests/playbooks", "-n", "2")


def secrets(core: str) -> Ran:
    """Canary secrets through every channel."""
    environment = ENVIRONMENTS / f"core-{core}"
    command = [str(environment / "bin/python"), "-m", "measure.leaks", str(environment)]
    code, said = _run(command, PYTHONPATH="tests")
    channels = len(re.findall(r"^  .+: (?:clean|LEAK)", said, re.MULTILINE))
    return Ran(code == 0, f"{channels} channels, {'none leaks' if code == 0 else 'see the log'}")


def imports(target: str) -> Ran:
    """Every file that travels to a target."""
    library = next((ENVIRONMENTS / f"core-{SENDER}/lib").glob("python*/site-packages"))
    code, said = _run([_target(target), str(TOOLS / "import_plugins.py"), str(library)])
    counted = re.search(r"^(\d+ files)", said, re.MULTILINE)
    return Ran(code == 0, counted[1] if counted else "failed")


def roads(target: str) -> Ran:
    """Tasks as modules under this Python, held against the same tasks inside of the controller."""
    return _pytest(SENDER, "tests/playbooks/test_both_roads.py", TARGET_PYTHON=_target(target))


Check = t.Callable[[str], Ran]
OF_CORES: t.Mapping[str, Check] = {
    "sanity tests": sanity,
    "unit tests": units,
    "playbook tests": playbooks,
    "secrets": secrets,
}
OF_TARGETS: t.Mapping[str, Check] = {"imported": imports, "the same task on both roads": roads}


def _pytest(core: str, *words: str, **more: str) -> Ran:
    programs = ENVIRONMENTS / f"core-{core}" / "bin"
    path = f"{programs}{os.pathsep}{os.environ['PATH']}"
    collections = str(ROOT / "collections")
    command = [str(programs / "python"), "-m", "pytest", "-q", "-p", "no:cacheprovider", *words]
    code, said = _run(command, PATH=path, ANSIBLE_COLLECTIONS_PATH=collections, **more)
    counted = _COUNTS.findall(said)
    return Ran(code == 0, counted[-1] if counted else "failed")


def _run(command: t.Sequence[str], **more: str) -> tuple[int, str]:
    """The exit code and what was said, which is shown as it comes."""
    print("==", *command, flush=True)
    said = []
    environment = {**os.environ, **more}
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as process:
        assert process.stdout
        for line in process.stdout:
            said.append(line.decode("utf-8", "replace"))
            print(said[-1], end="", flush=True)
    return process.returncode, "".join(said)


def _target(version: str) -> str:
    return str(ENVIRONMENTS / f"python-{version}" / "bin" / "python")


def _have(version: str) -> bool:
    """Make the environment of a version, and say whether there is one."""
    if version in TARGETS:
        made = _run(["bash", "-c", f"source {TOOLS}/cores.sh; core_env {SENDER}"])[0] == 0
        return made and (
            Path(_target(version)).exists()
            or _run([str(TOOLS / "make_venv.sh"), f".venvs/python-{version}", version, "PyYAML"])[0]
            == 0
        )
    return _run(["bash", "-c", f"source {TOOLS}/cores.sh; core_env {version}"])[0] == 0


def _name(version: str) -> str:
    """The first cell of a row: what a version was when it ran."""
    if version in TARGETS:
        said = subprocess.run([_target(version), "-V"], check=True, stdout=subprocess.PIPE)
        return said.stdout.decode().strip()
    ansible = ENVIRONMENTS / f"core-{version}" / "bin" / "ansible"
    said = subprocess.run([ansible, "--version"], check=True, stdout=subprocess.PIPE)
    found = _VERSION.search(said.stdout.decode())
    assert found, said
    return f"{found[1]} on Python {found[2]}"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="checks.py", description=__doc__)
    known = [*cores(), *TARGETS]
    parser.add_argument("versions", nargs="*", metavar="VERSION", help=", ".join(known))
    checks = [*OF_CORES, *OF_TARGETS]
    parser.add_argument("--only", action="append", choices=checks, help="only this check")
    parser.add_argument("--docs", action="store_true", help=f"fill in {PAGE.name}")
    given = parser.parse_args()
    # A slip must not look like a success.
    for version in given.versions:
        if version not in known:
            parser.error(f"{version} is none of {', '.join(known)}")
    return given


def note(name: str, version: str, title: str, cells: t.Mapping[str, str], heads: list[str]) -> None:
    """Put what was run of one version into its table; other cells and rows stay."""
    held = {row[0].split()[0]: row for row in rows(part(PAGE, name))}
    old = dict(zip(heads, held.get(version, [version])[2:], strict=False))
    today = datetime.datetime.now().date().isoformat()
    kept = [cells.get(head) or old.get(head) or NOT_RUN for head in heads]
    held[version] = [f"{version} ({title})" if title else version, today, *kept]
    order = [*cores(), *TARGETS]
    made = [held[one] for one in order if one in held]
    corner = "ansible-core" if name == "cores" else "Python"
    fill(PAGE, name, table([[corner, "on", *heads], *made]))


def main() -> int:
    given = _arguments()
    require(PAGE, ["cores", "targets"])
    failed = []
    for version in given.versions or [*cores(), *TARGETS]:
        name, checks = ("targets", OF_TARGETS) if version in TARGETS else ("cores", OF_CORES)
        wanted = {key: run for key, run in checks.items() if not given.only or key in given.only}
        if not wanted:
            continue
        if not _have(version):
            print(f"skipped: {version} is not installable here", flush=True)
            # What was asked for by name has to be there.
            failed += [version] if version in given.versions else []
            continue
        ran = {key: run(version) for key, run in wanted.items()}
        if given.docs:
            cells = {key: one.words for key, one in ran.items()}
            note(name, version, _name(version), cells, list(checks))
        failed += [f"{version}: {key} ({one.words})" for key, one in ran.items() if not one.well]
    hard = [one for one in failed if one.partition(":")[0] not in ALLOWED]
    print("\n".join(["failed:", *failed]) if failed else "all checks passed", flush=True)
    return 1 if hard else 0


if __name__ == "__main__":
    sys.exit(main())
