# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading and replacing a file so that it is old or new, never half."""

from __future__ import annotations

import contextlib
import fcntl
import glob
import itertools
import os
import stat
import tempfile
import time
import typing as t

from .._errors import Fleeting, Refused
from .._phrase import say
from .._text import why_no_path
from .attributes import UNSUPPORTED, check_replaceable, copy_attributes
from .base import left_alone
from .encoding import encoding_of

#: Seconds to wait for another run on a file of the same folder.
PATIENCE = 20.0
NOT_WRITTEN = "it cannot be written: {reason}"
HARD_LINKS = say("it has several hard links, which replacing it would break")
#: Bytes of the longest name, where the disk does not tell.
LONGEST_NAME = 255


class TextFile:
    """A regular file of text; a link is followed, and stays a link.

    Raises ``Failure`` for what is missing, no regular file, or in no encoding that it shows.
    """

    def __init__(self, path: str) -> None:
        trouble = why_no_path(path)
        if trouble:
            raise left_alone(say("its name cannot be that of a file: {why}", why=trouble))
        self.path = os.path.realpath(os.path.expanduser(path))
        self._bytes = self._read()
        self._encoding = encoding_of(self._bytes)
        self.text = self._encoding.decoded(self._bytes)

    def foresee(self, text: str, *, backup: bool) -> None:
        """Refuse now what ``replace`` would refuse with this text; changes nothing."""
        size = len(self._encoding.encoded(text)) + (len(self._bytes) if backup else 0)
        self._refuse_hard_links("guard")
        try:
            # What a killed run left goes first, and makes room.
            check_replaceable(self.path, size - sum(map(_size, self._leftovers())))
        except OSError as exc:
            raise left_alone(say(NOT_WRITTEN, reason=exc.strerror), "guard") from exc

    def replace(self, text: str, *, backup: bool, patience: float = PATIENCE) -> str | None:
        """Put ``text`` in place; returns the path of the copy of what was there, if one was asked.

        The owner, mode and extended attributes stay. Raises ``Failure`` when somebody else changed
        the file since it was read, or keeps the folder locked for ``patience`` seconds, and then
        writes nothing; ``file_unconfirmed`` alone is raised with the new text in place.
        """
        content = self._encoding.encoded(text)
        try:
            with _locked(os.path.dirname(self.path), patience) as folder:
                self._remove_leftovers()
                kept = self._put(content, backup)
                self._confirm(folder, kept)
                return kept
        except OSError as exc:
            raise left_alone(say(NOT_WRITTEN, reason=exc.strerror), "write") from exc

    def _read(self) -> bytes:
        try:
            status = os.stat(self.path)
            if not stat.S_ISREG(status.st_mode):
                raise left_alone(say("{path} is not a regular file", path=self.path))
            with open(self.path, "rb") as handle:
                return handle.read()
        except OSError as exc:
            reason = say("{path} cannot be read: {why}", path=self.path, why=exc.strerror)
            raise left_alone(reason) from exc

    def _refuse_hard_links(self, stage: str) -> None:
        if os.stat(self.path).st_nlink > 1:
            raise left_alone(HARD_LINKS, stage)

    def _put(self, content: bytes, backup: bool) -> str | None:
        with contextlib.ExitStack() as drafts:
            new = self._draft(content, drafts)
            old = self._draft(self._bytes, drafts) if backup else None
            # Compared last, so that as little time as possible passes before the rename.
            self._refuse_hard_links("write")
            if self._read() != self._bytes:
                raise Refused("file_changed", path=self.path, stage="write")
            kept = self._keep(old, drafts) if old else None
            os.rename(new, self.path)
            drafts.pop_all()
        return kept

    def _keep(self, draft: str, drafts: contextlib.ExitStack) -> str:
        stamp = time.strftime("%Y-%m-%dT%H:%M:%S")
        names = (self._beside("", f".{stamp}{more}~") for more in _counted())
        kept = next(name for name in names if not os.path.lexists(name))
        os.rename(draft, kept)
        drafts.callback(_discard, kept)
        return kept

    def _draft(self, content: bytes, drafts: contextlib.ExitStack) -> str:
        """A new file beside the target, readable by nobody else until it is complete."""
        folder = os.path.dirname(self.path)
        prefix = os.path.basename(self._draft_name())
        descriptor, draft = tempfile.mkstemp(prefix=prefix, dir=folder)
        drafts.callback(_discard, draft)
        with os.fdopen(descriptor, "wb") as handle:
            handle.write(content)
            handle.flush()
            copy_attributes(handle.fileno(), self.path)
            os.fsync(handle.fileno())
        return draft

    def _confirm(self, folder: int, kept: str | None) -> None:
        try:
            os.fsync(folder)
        except OSError as exc:
            if exc.errno not in UNSUPPORTED:
                raise Fleeting(
                    "file_unconfirmed",
                    path=self.path,
                    reason=exc.strerror,
                    stage="write",
                    result={"changed": True, "backup_file": kept},
                ) from exc

    def _draft_name(self) -> str:
        """What the names of drafts begin with; eight characters follow."""
        return self._beside(".", ".rpaops-", more=8)

    def _beside(self, before: str, after: str, more: int = 0) -> str:
        """A path like that of the file, whose name is cut where it would become too long."""
        folder, name = os.path.split(self.path)
        room = _longest_name(folder) - len(before) - len(after) - more
        return os.path.join(folder, before + os.fsdecode(os.fsencode(name)[:room]) + after)

    def _leftovers(self) -> list[str]:
        return glob.glob(glob.escape(self._draft_name()) + "?" * 8)

    def _remove_leftovers(self) -> None:
        for leftover in self._leftovers():
            _discard(leftover)


def _longest_name(folder: str) -> int:
    try:
        return os.pathconf(folder, "PC_NAME_MAX")
    except (OSError, ValueError, AttributeError):
        return LONGEST_NAME


@contextlib.contextmanager
def _locked(folder: str, patience: float) -> t.Iterator[int]:
    # The folder is locked, not the file: the file is another one after the rename.
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        end = time.monotonic() + patience
        while not _taken(descriptor):
            if time.monotonic() > end:
                reason = say("somebody else has kept its folder locked for {s:g} s", s=patience)
                raise left_alone(reason, "write")
            time.sleep(0.02)
        yield descriptor
    finally:
        os.close(descriptor)


def _taken(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _counted() -> t.Iterator[str]:
    yield ""
    for number in itertools.count(2):
        yield f".{number}"


def _size(path: str) -> int:
    with contextlib.suppress(OSError):
        return os.path.getsize(path)
    return 0


def _discard(path: str) -> None:
    with contextlib.suppress(OSError):
        os.unlink(path)
