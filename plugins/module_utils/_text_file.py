# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading and replacing a file so that it is old or new, never half.

Private to this collection; may change at any time.
"""

from __future__ import annotations

import contextlib
import fcntl
import glob
import os
import stat
import tempfile
import time
import typing as t

from ._errors import Failure

_MARKS: tuple[tuple[bytes, str], ...] = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)


class TextFile:
    """A regular file of text; a link is followed, and stays a link.

    Raises C(Failure) for what is missing, no regular file, or in an encoding that is not Unicode.
    """

    def __init__(self, path: str) -> None:
        self.path = os.path.realpath(os.path.expanduser(path))
        self._bytes = self._read()
        self._encoding = next(
            (name for mark, name in _MARKS if self._bytes.startswith(mark)), "utf-8"
        )
        try:
            self.text = self._bytes.decode(self._encoding)
        except UnicodeDecodeError as exc:
            raise _refused(f"It is neither UTF-8 nor UTF-16 (byte {exc.start + 1}).") from exc

    def replace(self, text: str, backup: bool) -> str | None:
        """Put ``text`` in place; returns the path of the copy of what was there, if one was asked.

        The owner, mode and extended attributes stay. Raises C(Failure) when somebody else changed
        the file since it was read, and then writes nothing.
        """
        try:
            with _locked(os.path.dirname(self.path)):
                self._remove_leftovers()
                if self._read() != self._bytes:
                    raise Failure("file_changed", path=self.path, stage="write")
                copy = self._back_up() if backup else None
                self._put(text.encode(self._encoding))
                return copy
        except OSError as exc:
            reason = f"It cannot be written: {exc.strerror}."
            raise Failure("file_refused", reason=reason, stage="write") from exc

    def _read(self) -> bytes:
        try:
            status = os.stat(self.path)
            if not stat.S_ISREG(status.st_mode):
                raise _refused("It is no regular file.")
            if status.st_nlink > 1:
                raise _refused("It has several hard links, which replacing it would break.")
            with open(self.path, "rb") as handle:
                return handle.read()
        except OSError as exc:
            raise _refused(f"It cannot be read: {exc.strerror}.") from exc

    def _put(self, content: bytes) -> None:
        temporary = self._written(content, self._prefix())
        try:
            os.rename(temporary, self.path)
        except OSError:
            os.unlink(temporary)
            raise
        _sync_folder(os.path.dirname(self.path))

    def _back_up(self) -> str:
        stamp = time.strftime("%Y-%m-%dT%H:%M:%S")
        temporary = self._written(self._bytes, self._prefix())
        kept = f"{self.path}.{stamp}~"
        os.rename(temporary, kept)
        return kept

    def _written(self, content: bytes, prefix: str) -> str:
        """A new file beside the target, readable by nobody else until it is complete."""
        descriptor, temporary = tempfile.mkstemp(prefix=prefix, dir=os.path.dirname(self.path))
        try:
            with os.fdopen(descriptor, "wb") as handle:
                handle.write(content)
                handle.flush()
                self._dress(handle.fileno())
                os.fsync(handle.fileno())
        except OSError:
            os.unlink(temporary)
            raise
        return temporary

    def _dress(self, descriptor: int) -> None:
        status = os.stat(self.path)
        if (status.st_uid, status.st_gid) != (os.geteuid(), os.getegid()):
            os.fchown(descriptor, status.st_uid, status.st_gid)
        os.fchmod(descriptor, stat.S_IMODE(status.st_mode))
        for name in os.listxattr(self.path):
            os.setxattr(descriptor, name, os.getxattr(self.path, name))

    def _prefix(self) -> str:
        return f".{os.path.basename(self.path)}.rpaops-"

    def _remove_leftovers(self) -> None:
        folder = os.path.dirname(self.path)
        for leftover in glob.glob(glob.escape(os.path.join(folder, self._prefix())) + "*"):
            os.unlink(leftover)


@contextlib.contextmanager
def _locked(folder: str) -> t.Iterator[None]:
    # The folder is locked, not the file: the file is another one after the rename.
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _sync_folder(folder: str) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _refused(reason: str) -> Failure:
    return Failure("file_refused", reason=reason, stage="read")
