# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Build the tarball of the collection, and prove that what it installs works.

    python tests/tools/build.py build

The tarball is the same to the byte for the same files: its times are those of the last commit, or
``SOURCE_DATE_EPOCH``. It is installed into a folder of its own; every file that it lists has to be
there, its documentation has to be found, and its module has to run.
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
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NAME = "rpaops.orchestrator"
PLUGINS = {
    "module": "mail_settings",
    "inventory": "tenants",
    "role": "mail",
    "lookup": "mail_hosts",
}
PLAY = """
- hosts: localhost
  connection: local
  gather_facts: false
  tasks:
    - rpaops.orchestrator.mail_settings:
        config_file: {path: %s}
        smtp_port: 2525
      register: done
    - ansible.builtin.assert: {that: done is changed}
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
    for kind, name in PLUGINS.items():
        said = _output(["ansible-doc", "-t", kind, f"{NAME}.{name}"], home, environment)
        found += (
            [] if name.upper() in said.upper() else [f"ansible-doc does not know {kind} {name}"]
        )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "app.json")
        path.write_text('{"Abp.Net.Mail.Smtp.Port": "25"}\n', encoding="utf-8")
        play = Path(folder, "play.yml")
        play.write_text(PLAY % path, encoding="utf-8")
        said = _output(["ansible-playbook", "-i", "localhost,", str(play)], home, environment)
        if '"2525"' not in path.read_text(encoding="utf-8"):
            found.append(f"the installed module changed nothing:\n{said}")
    return found


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
