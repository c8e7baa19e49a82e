# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Build the tarball of the collection, and prove that what it installs works.

    python tests/tools/build.py build

The tarball is the same to the byte for the same files: its times are those of the last commit, or
``SOURCE_DATE_EPOCH``. It is installed into a folder of its own; every file that it lists has to be
there, every module, plugin and role has to be described by ``ansible-doc``, and a module has to
run, in the controller and as it would on another machine.
"""

from __future__ import annotations

import gzip
import io
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import typing as t
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NAME = "rpaops.orchestrator"
#: The kinds of plugins that ``ansible-doc`` knows, by the folder that they are in.
KINDS = {"modules": "module", "inventory": "inventory", "lookup": "lookup"}
PLAY = """
- hosts: localhost
  connection: local
  gather_facts: false
  tasks:
    - rpaops.orchestrator.mail_settings: &here
        config_file: {path: %s}
        smtp_port: 2524
      register: here
    # What has an environment of its own is sent as a module, as to another machine.
    - rpaops.orchestrator.mail_settings:
        <<: *here
        smtp_port: 2525
      environment: {OF_ITS_OWN: "1"}
      register: sent
    - ansible.builtin.assert: {that: [here is changed, sent is changed]}
"""


def build(folder: Path) -> Path:
    """The path of the tarball in ``folder``."""
    subprocess.run(
        [
            "ansible-galaxy",
            "collection",
            "build",
            "--force",
            "--output-path",
            str(folder),
            str(ROOT),
        ],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    (made,) = folder.glob("*.tar.gz")
    _normalise(made)
    return made


def _normalise(tarball: Path) -> None:
    """The same members in the same order, with times and owners that say nothing."""
    when = _epoch()
    with tarfile.open(tarball) as source:
        members = sorted(source.getmembers(), key=lambda member: member.name)
        texts = [source.extractfile(one) if one.isfile() else None for one in members]
        plain = io.BytesIO()
        with tarfile.open(fileobj=plain, mode="w", format=tarfile.PAX_FORMAT) as target:
            for member, text in zip(members, texts, strict=True):
                member.mtime, member.uid, member.gid = when, 0, 0
                member.uname = member.gname = ""
                target.addfile(member, text)
    with tarball.open("wb") as file, gzip.GzipFile("", "wb", 9, file, when) as packed:
        packed.write(plain.getvalue())


def _epoch() -> int:
    given = os.environ.get("SOURCE_DATE_EPOCH")
    if given:
        return int(given)
    command = ["git", "-C", str(ROOT), "log", "-1", "--format=%ct"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return int(done.stdout) if done.returncode == 0 and done.stdout.strip() else 0


def problems(tarball: Path, home: Path) -> list[str]:
    """What is wrong with the installed collection, as sentences; none when all is well."""
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    environment = {k: v for k, v in os.environ.items() if not k.startswith("ANSIBLE_")}
    environment.update(HOME=str(home), ANSIBLE_COLLECTIONS_PATH=str(home))
    install = ["ansible-galaxy", "collection", "install", "--force", "--no-deps", "-p", str(home)]
    subprocess.run(
        [*map(str, install), str(tarball)], check=True, env=environment, stdout=subprocess.DEVNULL
    )
    installed = home / "ansible_collections" / Path(*NAME.split("."))
    if not (installed / "FILES.json").is_file():
        return [f"nothing was installed in {installed}"]
    listed = json.loads((installed / "FILES.json").read_text(encoding="utf-8"))["files"]
    found = [
        f"{one['name']} is not there" for one in listed if not (installed / one["name"]).exists()
    ]
    found += _undocumented(installed, home, environment)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "app.json")
        path.write_text('{"Abp.Net.Mail.Smtp.Port": "25"}\n', encoding="utf-8")
        play = Path(folder, "play.yml")
        play.write_text(PLAY % path, encoding="utf-8")
        said = _output(["ansible-playbook", "-i", "localhost,", str(play)], home, environment)
        if '"2525"' not in path.read_text(encoding="utf-8") or "failed=0" not in said:
            found.append(f"the installed module did not do its work:\n{said}")
    return found


def _undocumented(installed: Path, home: Path, environment: dict[str, str]) -> t.Iterator[str]:
    """What ``ansible-doc`` cannot describe, of all that is installed and has a documentation."""
    for kind, names in _shipped(installed).items():
        full = [f"{NAME}.{name}" for name in names]
        said = _output(["ansible-doc", "--json", "-t", kind, *full], home, environment)
        start = said.find("{")
        described = json.JSONDecoder().raw_decode(said, start)[0] if start >= 0 else {}
        # One that cannot be read ends it before it says anything of the others.
        lost = [name for name in full if not described.get(name)] if described else [f"any {kind}"]
        yield from (f"ansible-doc does not describe {name}:\n{said}" for name in lost)


def _shipped(installed: Path) -> dict[str, list[str]]:
    """The names of all plugins and roles, by their kind."""
    plugins = {
        kind: sorted(path.stem for path in (installed / "plugins" / folder).glob("[!_]*.py"))
        for folder, kind in KINDS.items()
    }
    return {**plugins, "role": sorted(path.name for path in (installed / "roles").iterdir())}


def _output(command: list[str], home: Path, environment: dict[str, str]) -> str:
    done = subprocess.run(
        command, cwd=home, env=environment, capture_output=True, text=True, check=False
    )
    return done.stdout + done.stderr


def checked(folder: Path) -> tuple[Path, list[str]]:
    """The tarball in ``folder``, in place of older ones, and what is wrong with it."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.tar.gz"):
        old.unlink()
    tarball = build(folder)
    with tempfile.TemporaryDirectory() as again:
        same = build(Path(again)).read_bytes() == tarball.read_bytes()
    found = [] if same else ["two builds of the same files differ"]
    return tarball, found + problems(tarball, folder / "installed")


def main() -> int:
    tarball, found = checked(ROOT / sys.argv[1])
    print("\n".join(found), file=sys.stderr)
    if not found:
        print(f"{tarball.relative_to(ROOT)}: installed, documented, and it works")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
