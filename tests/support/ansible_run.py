# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Start Ansible in a process of its own, with nothing of the caller around it.

It sees this collection, an empty home and a state folder of its own; what the caller has in its
environment (``ANSIBLE_*``, proxies) or in its home does not reach it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
import typing as t
from dataclasses import dataclass
from pathlib import Path

from ansible.release import __version__ as core
from support.places import COLLECTIONS, HERE

#: Before 2.21 ansible-core starts no job (``async``) by a Python whose path has a blank.
STARTS_JOBS = " " not in sys.executable or tuple(map(int, core.split(".")[:2])) >= (2, 21)
NO_JOBS = f"ansible-core {core} starts no job by a Python whose path has a blank"


@dataclass(frozen=True)
class Ended:
    """A finished process: its exit code, what it printed, and the seconds of wall time it took."""

    code: int
    stdout: str
    stderr: str
    seconds: float

    @property
    def output(self) -> str:
        """What a person or a pipeline log sees."""
        return self.stdout + self.stderr


def environment(folder: Path, core: Path = HERE, /, **more: str) -> dict[str, str]:
    """Return variables for Ansible of the virtual environment ``core``, with ``more`` of them.

    Its programs are the first on ``PATH``; what it keeps for later is below ``folder``.
    """
    home = folder / "home"
    home.mkdir(parents=True, exist_ok=True)
    return {
        "PATH": f"{core / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "LANG": "C.UTF-8",
        "HOME": str(home),
        "XDG_STATE_HOME": str(folder / "state"),
        # For these Ansible asks the user database for a home, not HOME.
        "ANSIBLE_ASYNC_DIR": str(folder / "async"),
        "ANSIBLE_REMOTE_TEMP": str(folder / "remote"),
        "ANSIBLE_COLLECTIONS_PATH": str(COLLECTIONS),
        "ANSIBLE_NOCOLOR": "1",
        # `make coverage` measures the processes too.
        **{name: value for name, value in os.environ.items() if name.startswith("COVERAGE_")},
        **more,
    }


def run(
    command: t.Sequence[str],
    folder: Path,
    surroundings: t.Mapping[str, str] | None = None,
    timeout: float = 900,
) -> Ended:
    """Run ``command`` in ``folder`` to its end, by default in the ``environment`` of that folder.

    Whether it failed is for the caller to judge; one that hangs is ended after
    ``timeout`` seconds with ``subprocess.TimeoutExpired``.
    """
    begin = time.monotonic()
    done = subprocess.run(
        command,
        capture_output=True,
        encoding="utf-8",
        cwd=folder,
        env=environment(folder) if surroundings is None else surroundings,
        timeout=timeout,
        check=False,
    )
    return Ended(done.returncode, done.stdout, done.stderr, time.monotonic() - begin)
