# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading and replacing a file so that it is old or new, never half."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import glob
import itertools
import os
import stat
import tempfile
import time
import typing as t

from .._errors import Fleeting, Refused
from .base import left_alone

_MARKS: tuple[tuple[bytes, str], ...] = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
#: Seconds to wait for another run on a file of the same folder.
PATIENCE = 20.0
_ACCESS_LIST = "system.posix_acl_access"
# Signatures over the content; the kernel makes new ones.
_OF_THE_CONTENT = frozenset(("security.evm", "security.ima"))
_UNSUPPORTED = frozenset((errno.EINVAL, errno.ENOTSUP, errno.ENOSYS))


class TextFile:
    """A regular file of text; a link is followed, and stays a link.

    Raises ``Failure`` for what is missing, no regular file, or in an encoding that is not Unicode.
    """

    def __init__(self, path: str) -> None:
        if "\0" in path:
            raise left_alone("its name holds a NUL character")
        self.path = os.path.realpath(os.path.expanduser(path))
        self._bytes = self._read()
        self._encoding = next(
            (name for mark, name in _MARKS if self._bytes.startswith(mark)), "utf-8"
        )
        try:
            self.text = self._bytes.decode(self._encoding)
        except UnicodeDecodeError as exc:
            raise left_alone(f"it is neither UTF-8 nor UTF-16 (byte {exc.start + 1})") from exc

    def replace(self, text: str, backup: bool, patience: float = PATIENCE) -> str | None:
        """Put ``text`` in place; returns the path of the copy of what was there, if one was asked.

        The owner, mode and extended attributes stay. Raises ``Failure`` when somebody else changed
        the file since it was read, or keeps the folder locked for ``patience`` seconds, and then
        writes nothing; ``file_unconfirmed`` alone is raised with the new text in place.
        """
        try:
            content = text.encode(self._encoding)
        except UnicodeEncodeError as exc:
            raise left_alone(f"the new text cannot be kept as {self._encoding}", "write") from exc
        try:
            with _locked(os.path.dirname(self.path), patience) as folder:
                self._remove_leftovers()
                kept = self._put(content, backup)
                self._confirm(folder, kept)
                return kept
        except OSError as exc:
            raise left_alone(f"it cannot be written: {exc.strerror}", "write") from exc

    def _read(self) -> bytes:
        try:
            status = os.stat(self.path)
            if not stat.S_ISREG(status.st_mode):
                raise left_alone("it is not a regular file")
            if status.st_nlink > 1:
                raise left_alone("it has several hard links, which replacing it would break")
            with open(self.path, "rb") as handle:
                return handle.read()
        except OSError as exc:
            raise left_alone(f"it cannot be read: {exc.strerror}") from exc

    def _put(self, content: bytes, backup: bool) -> str | None:
        with contextlib.ExitStack() as drafts:
            new = self._draft(content, drafts)
            old = self._draft(self._bytes, drafts) if backup else None
            # Looked at last, so that next to nothing can happen between the look and the rename.
            if self._read() != self._bytes:
                raise Refused("file_changed", path=self.path, stage="write")
            kept = self._keep(old, drafts) if old else None
            os.rename(new, self.path)
            drafts.pop_all()
        return kept

    def _keep(self, draft: str, drafts: contextlib.ExitStack) -> str:
        stamp = time.strftime("%Y-%m-%dT%H:%M:%S")
        names = (f"{self.path}.{stamp}{more}~" for more in _counted())
        kept = next(name for name in names if not os.path.lexists(name))
        os.rename(draft, kept)
        drafts.callback(_discard, kept)
        return kept

    def _draft(self, content: bytes, drafts: contextlib.ExitStack) -> str:
        """A new file beside the target, readable by nobody else until it is complete."""
        folder = os.path.dirname(self.path)
        descriptor, draft = tempfile.mkstemp(prefix=self._prefix(), dir=folder)
        drafts.callback(_discard, draft)
        with os.fdopen(descriptor, "wb") as handle:
            handle.write(content)
            handle.flush()
            self._dress(handle.fileno())
            os.fsync(handle.fileno())
        return draft

    def _dress(self, descriptor: int) -> None:
        target, draft = os.stat(self.path), os.fstat(descriptor)
        # A folder with the setgid bit has given the draft its own group.
        if (target.st_uid, target.st_gid) != (draft.st_uid, draft.st_gid):
            os.fchown(descriptor, target.st_uid, target.st_gid)
        wanted, given = _attributes(self.path), _attributes(descriptor)
        # A folder with a default access list has given the draft one that the target may lack.
        if _ACCESS_LIST in given and _ACCESS_LIST not in wanted:
            os.removexattr(descriptor, _ACCESS_LIST)
        for name, value in wanted.items():
            if given.get(name) != value:
                os.setxattr(descriptor, name, value)
        os.fchmod(descriptor, stat.S_IMODE(target.st_mode))

    def _confirm(self, folder: int, kept: str | None) -> None:
        try:
            os.fsync(folder)
        except OSError as exc:
            if exc.errno not in _UNSUPPORTED:
                raise Fleeting(
                    "file_unconfirmed",
                    path=self.path,
                    reason=exc.strerror,
                    stage="write",
                    result={"changed": True, "backup_file": kept},
                ) from exc

    def _prefix(self) -> str:
        return f".{os.path.basename(self.path)}.rpaops-"

    def _remove_leftovers(self) -> None:
        folder = os.path.dirname(self.path)
        for leftover in glob.glob(glob.escape(os.path.join(folder, self._prefix())) + "?" * 8):
            _discard(leftover)


@contextlib.contextmanager
def _locked(folder: str, patience: float) -> t.Iterator[int]:
    # The folder is locked, not the file: the file is another one after the rename.
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        end = time.monotonic() + patience
        while not _taken(descriptor):
            if time.monotonic() > end:
                reason = f"somebody else has kept its folder locked for {patience:g} s"
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


def _attributes(where: str | int) -> dict[str, bytes]:
    """Extended attributes in the order to set them; none where the system or disk has none."""
    if not hasattr(os, "listxattr"):
        return {}
    try:
        names = os.listxattr(where)
    except OSError as exc:
        if exc.errno in _UNSUPPORTED:
            return {}
        raise
    # The access list last: it may take away the right to set the others.
    names = sorted(set(names) - _OF_THE_CONTENT, key=lambda name: (name == _ACCESS_LIST, name))
    return {name: os.getxattr(where, name) for name in names}


def _counted() -> t.Iterator[str]:
    yield ""
    for number in itertools.count(2):
        yield f".{number}"


def _discard(path: str) -> None:
    with contextlib.suppress(OSError):
        os.unlink(path)
