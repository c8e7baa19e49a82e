# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A machine that has the starting repository, where lines of the documentation are run."""

from __future__ import annotations

import json
import re
import typing as t
from dataclasses import dataclass
from pathlib import Path

from support.ansible_run import Ended, environment, run
from support.places import HERE, PAGES
from support.repository import VAULT_PASSWORD, filled_in


def line_of(page: str, begins: str) -> str:
    """The one line of the code of a page that begins like this, without its prompt."""
    text = (PAGES / f"{page}.rst").read_text(encoding="utf-8")
    (found,) = re.findall(rf"^ +(?:\$ )?({re.escape(begins)}.*)$", text, re.MULTILINE)
    return str(found)


@dataclass(frozen=True)
class Machine:
    """A home with a clone of the repository, the password of its vault, and the collection.

    ``programs`` is the virtual environment whose programs are on the path.
    """

    folder: Path
    programs: Path = HERE

    @classmethod
    def of(cls, folder: Path, collections: Path, fake: t.Any, mailbox: t.Any) -> Machine:
        home = folder / "home"
        repository = filled_in(home / "mail-settings", fake, mailbox)
        (home / ".vault-password").write_text(VAULT_PASSWORD, encoding="utf-8")
        (home / ".ansible").mkdir(exist_ok=True)
        (home / ".ansible" / "collections").symlink_to(collections)
        programs = repository / ".venv" / "bin"
        programs.mkdir(parents=True)
        (programs / "ansible-playbook").symlink_to(HERE / "bin" / "ansible-playbook")
        return cls(folder)

    @property
    def home(self) -> Path:
        return self.folder / "home"

    @property
    def repository(self) -> Path:
        return self.home / "mail-settings"

    @property
    def around(self) -> dict[str, str]:
        """An environment without a collection path and without a secret."""
        found = environment(self.folder, self.programs)
        del found["ANSIBLE_COLLECTIONS_PATH"]
        return found

    def run(self, line: str, start: Path | None = None, around: t.Any = None) -> Ended:
        """Run a line in a shell, in the repository unless it is to ``start`` elsewhere."""
        command = ["sh", "-c", line]
        return run(command, start or self.repository, around or self.around)

    def outcomes(self) -> list[str]:
        """What the report of the last comparison says of each row."""
        report = (self.repository / "reports" / "mail-drift.json").read_text(encoding="utf-8")
        return [row["outcome"] for row in json.loads(report)["rows"]]
