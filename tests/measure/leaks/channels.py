# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The places a secret may turn up in while a play runs, watched from outside."""

from __future__ import annotations

import contextlib
import os
import socket
import threading
import typing as t
from pathlib import Path

SYSLOG = "/dev/log"


def is_program(content: bytes) -> bool:
    """Whether a file is the program that Ansible sends to a target, with all arguments in it."""
    return b"ansiballz" in content[:100_000].lower()


class Watch:
    """Looks at files below ``folder``, at process arguments and at syslog until it is closed.

    Processes are those that were started in ``folder``, or with something of it around them:
    whatever else this machine does is not the play's.

    ``files`` maps a path to everything it ever held; ``arguments`` and ``syslog`` are texts.
    ``syslog`` is None where this machine has a system log of its own, which is left alone.
    """

    def __init__(self, folder: Path) -> None:
        self.files: dict[str, dict[tuple[int, int], bytes]] = {}
        self._folder = folder
        self._arguments: set[bytes] = set()
        self._messages: list[bytes] = []
        self._ended = threading.Event()
        self._log = _system_log()
        jobs = [self._look, *([self._listen] if self._log else [])]
        self._threads = [threading.Thread(target=job, daemon=True) for job in jobs]

    def __enter__(self) -> Watch:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *failure: object) -> None:
        self._ended.set()
        for thread in self._threads:
            thread.join()
        if self._log:
            self._log.close()
            os.unlink(SYSLOG)

    @property
    def arguments(self) -> str:
        return "\n".join(text.decode("utf-8", "replace") for text in self._arguments)

    @property
    def syslog(self) -> str | None:
        if self._log is None:
            return None
        return "\n".join(text.decode("utf-8", "replace") for text in self._messages)

    def text_of_files(self, chosen: t.Callable[[str, bytes], bool]) -> str:
        """What the files that are ``chosen`` by path and content ever held."""
        parts = [
            content.decode("utf-8", "replace")
            for path, versions in self.files.items()
            for content in versions.values()
            if chosen(path, content)
        ]
        return "\n".join(parts)

    def _listen(self) -> None:
        assert self._log is not None
        while not self._ended.is_set():
            with contextlib.suppress(TimeoutError):
                self._messages.append(self._log.recv(1 << 20))

    def _look(self) -> None:
        while not self._ended.wait(0.01):
            self._look_at_files()
            self._look_at_processes()
        self._look_at_files()

    def _look_at_files(self) -> None:
        for folder, _folders, names in os.walk(self._folder):
            for name in names:
                path = os.path.join(folder, name)
                with contextlib.suppress(OSError):
                    status = os.stat(path)
                    version = (status.st_mtime_ns, status.st_size)
                    versions = self.files.setdefault(path, {})
                    if version not in versions:
                        versions[version] = Path(path).read_bytes()

    def _look_at_processes(self) -> None:
        ours = os.fsencode(self._folder)
        for number in filter(str.isdigit, os.listdir("/proc")):
            with contextlib.suppress(OSError):
                process = Path("/proc", number)
                arguments = (process / "cmdline").read_bytes()
                if ours in arguments or ours in (process / "environ").read_bytes():
                    self._arguments.add(arguments)


def _system_log() -> socket.socket | None:
    if os.path.exists(SYSLOG):
        return None
    log = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    try:
        log.bind(SYSLOG)
    except OSError:
        log.close()
        return None
    os.chmod(SYSLOG, 0o666)
    log.settimeout(0.2)
    return log
