# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The stage of the demo: both stand-ins as processes, with a folder for what the story leaves.

    python tests/fake/stage.py start USERNAME PASSWORD    # prints one JSON line when all is ready
    python tests/fake/stage.py stop FOLDER                # ends them, and removes the folder

The line has ``folder``, ``mailbox`` and ``orchestrator``: the ready lines of the two. One that
does not come up is an error with what it printed. Nobody has to stop them: they end by themselves.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import typing as t
from pathlib import Path

HERE = Path(__file__).resolve().parent
#: Seconds until a stand-in must be ready, and until it ends should nobody stop it.
PATIENCE, LIFETIME = 60, 600
#: A pending alarm outlives the start of another program.
_MORTAL = (
    "import os, signal, sys; signal.alarm(int(sys.argv[1])); os.execv(sys.argv[2], sys.argv[2:])"
)
_Ready = dict[str, t.Any]


def start(username: str, password: str) -> dict[str, t.Any]:
    """Start both; ``SystemExit`` with the reason when one of them does not come up."""
    folder = Path(tempfile.mkdtemp(prefix="mail-demo-"))
    try:
        login = [f"--username={username}", f"--password={password}"]
        mailbox = _started(folder, "mailbox", *login)
        trust = f"--trust={mailbox['ca_path']}"
        orchestrator = _started(folder, "orchestrator", "--version=2020.10", trust)
    except BaseException:
        stop(folder)
        raise
    return {"folder": str(folder), "mailbox": mailbox, "orchestrator": orchestrator}


def _started(folder: Path, name: str, *arguments: str) -> _Ready:
    ready, log = folder / f"{name}.json", folder / f"{name}.log"
    files = [f"--ready-file={ready}", f"--pid-file={folder / name}.pid"]
    command = [sys.executable, str(HERE / name), *files, *arguments]
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-c", _MORTAL, str(LIFETIME), *command],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            start_new_session=True,
            env={**os.environ, "TMPDIR": str(folder)},
        )
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        if ready.is_file() and (text := ready.read_text(encoding="utf-8")).endswith("\n"):
            return t.cast("_Ready", json.loads(text))
        time.sleep(0.02)
    process.kill()
    sys.exit(f"The stand-in {name} did not start: {log.read_text(errors='replace').strip()}")


def stop(folder: Path) -> None:
    """End what is running of the two, and remove the folder."""
    for file in folder.glob("*.pid"):
        try:
            os.kill(int(file.read_text()), signal.SIGTERM)
        except (ValueError, ProcessLookupError):
            continue
    shutil.rmtree(folder)


def main(command: str, *arguments: str) -> None:
    """Do what the command line says."""
    if command == "stop":
        stop(Path(arguments[0]))
    else:
        print(json.dumps(start(*arguments)))


if __name__ == "__main__":
    main(*sys.argv[1:])
