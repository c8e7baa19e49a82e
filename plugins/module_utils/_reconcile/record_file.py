# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A file of lines that several processes append to: bounded, and healed when it is damaged.

Its first line says what it is; each further line is a JSON object.  What cannot be read as that is
no line of it.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import stat
import time
import typing as t

from .._phrase import Phrase, say
from .record_key import OTHERS_WRITE

FORMAT = "rpaops.orchestrator password record 2"
HEADER = json.dumps({"format": FORMAT}).encode("ascii")
#: How much of a header a torn first line must hold to be one of ours.
TELLING = 20
LARGEST = 64 * 1024 * 1024
LOOK_SECONDS = 0.02
SIDE = ".damaged"

Line = dict[str, t.Any]


class Unusable(Exception):
    """The file is not to be touched; ``why`` is the rest of a sentence."""

    def __init__(self, why: Phrase) -> None:
        super().__init__(why)
        self.why = why


def read(path: str, *, trusting: bool) -> tuple[list[bytes], bool]:
    """The rows of the file, which ``line`` reads, and whether it is whole; raises ``Unusable``.

    ``trusting`` takes a file that others can write, as each of its lines is sealed.
    """
    try:
        with os.fdopen(_open(path, os.O_RDONLY), "rb") as handle:
            _checked(handle, trusting)
            content = handle.read()
        rows = content.split(b"\n")
        # A host needs one line, and every host of a play reads the file.
        return rows, rows[0].strip() == HEADER or _parsed(content)[1]
    except FileNotFoundError:
        return [], True
    except OSError as exc:
        raise Unusable(say("cannot be read ({error})", error=exc.strerror)) from exc


def append(
    path: str,
    line: Line,
    keep: t.Callable[[list[Line]], list[Line]],
    *,
    crowded: bool,
    patience: float,
    trusting: bool,
) -> None:
    """Add ``line`` under a lock, which is waited for at most ``patience`` seconds.

    A damaged file is set aside and begun anew with what can be read of it, a ``crowded`` one is
    written again; ``keep`` chooses the lines.  Raises ``Unusable`` and ``OSError``.
    """
    with _locked(path, time.monotonic() + patience) as handle:
        size = _checked(handle, trusting).st_size
        begun = os.pread(handle.fileno(), len(HEADER) + 1, 0) == HEADER + b"\n"
        if size and (crowded or not begun):
            _renew(path, handle, lambda lines: keep([*lines, line]))
            return
        torn = size and os.pread(handle.fileno(), 1, size - 1) != b"\n"
        first = b"" if size else HEADER + b"\n"
        handle.write((b"\n" if torn else first) + _text(line))
        os.fsync(handle.fileno())


def _renew(path: str, handle: t.BinaryIO, keep: t.Callable[[list[Line]], list[Line]]) -> None:
    lines, whole = _parsed(handle.read())
    if not whole:
        os.replace(path, path + SIDE)
    _replace(path, keep(lines), stat.S_IMODE(os.fstat(handle.fileno()).st_mode))


def _open(path: str, flags: int) -> int:
    # No link, so that nobody chooses another file for us; no waiting for the writer of a pipe.
    return os.open(path, flags | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, 0o600)


def _checked(handle: t.BinaryIO, trusting: bool) -> os.stat_result:
    state = os.fstat(handle.fileno())
    if not stat.S_ISREG(state.st_mode):
        raise Unusable(say("is not a regular file"))
    if state.st_size > LARGEST:
        raise Unusable(say("is larger than {size} MiB", size=LARGEST >> 20))
    if not trusting and state.st_mode & OTHERS_WRITE:
        raise Unusable(say("can be written by others (give password_record_key, or mode 0600)"))
    return state


def _parsed(content: bytes) -> tuple[list[Line], bool]:
    rows = content.split(b"\n")
    lines = [found for found in map(line, rows) if found is not None]
    if not content.strip(b"\0 \r\n"):
        return [], not content
    entries = [found for found in lines if "format" not in found]
    if rows[0].strip() == HEADER:
        return entries, True
    if not entries and not rows[0].startswith(HEADER[:TELLING]):
        raise Unusable(say("is not a password record"))
    return entries, False


def line(row: bytes) -> Line | None:
    """What ``row`` holds; None for what is no line."""
    try:
        # What a power cut did not let through reads as NUL.
        found = json.loads(row.strip(b"\0 \r"))
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) and found.keys() & {"place", "format"} else None


def _text(line: Line) -> bytes:
    return json.dumps(line).encode("ascii") + b"\n"


@contextlib.contextmanager
def _locked(path: str, end: float) -> t.Iterator[t.BinaryIO]:
    os.makedirs(os.path.dirname(path) or ".", mode=0o700, exist_ok=True)
    while True:
        flags = os.O_RDWR | os.O_CREAT | os.O_APPEND
        with os.fdopen(_open(path, flags), "r+b", buffering=0) as raw:
            handle = t.cast(t.BinaryIO, raw)
            _lock(handle, end)
            if _is_still(handle, path):
                yield handle
                return


def _lock(handle: t.BinaryIO, end: float) -> None:
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() >= end:
                raise Unusable(say("is locked by another run")) from None
            time.sleep(LOOK_SECONDS)


def _is_still(handle: t.BinaryIO, path: str) -> bool:
    """Whether the locked file is the one at ``path``: another run may have replaced it."""
    try:
        return os.path.samestat(os.fstat(handle.fileno()), os.lstat(path))
    except FileNotFoundError:
        return False


def _replace(path: str, lines: t.Iterable[Line], mode: int) -> None:
    draft = f"{path}.{os.getpid()}.new"
    try:
        with os.fdopen(_open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), "wb") as handle:
            os.fchmod(handle.fileno(), mode)
            handle.write(HEADER + b"\n" + b"".join(map(_text, lines)))
            handle.flush()
            os.fsync(handle.fileno())
        os.replace(draft, path)
    except OSError:
        with contextlib.suppress(OSError):
            os.unlink(draft)
        raise
