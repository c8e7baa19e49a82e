# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The key of a password record: given by the user, or random in a file beside the record."""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile

from .._phrase import Phrase, say

KEY_BYTES = 32
#: Permissions with which others could choose the key, and so forge a record.
OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH


def key_path(record: str) -> str:
    """Where the key of the record at ``record`` is kept."""
    return record + ".key"


def read_key(record: str) -> tuple[bytes | None, Phrase | None]:
    """The key beside ``record`` and, where there is one that cannot be used, why not."""
    path = key_path(record)
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    try:
        with os.fdopen(os.open(path, flags), "rb") as handle:
            state = os.fstat(handle.fileno())
            text = handle.read(4 * KEY_BYTES)
    except FileNotFoundError:
        return None, None
    except OSError as exc:
        return None, say("{path} cannot be read ({error})", path=path, error=exc.strerror)
    if not stat.S_ISREG(state.st_mode) or state.st_mode & OTHERS_WRITE:
        return None, say("{path} is not a file that only its owner can write", path=path)
    with contextlib.suppress(ValueError):
        key = bytes.fromhex(text.decode("ascii", "replace").strip())
        if len(key) == KEY_BYTES:
            return key, None
    return None, say("{path} does not hold a key of {count} bytes", path=path, count=KEY_BYTES)


def make_key(record: str) -> tuple[bytes | None, Phrase | None]:
    """The key beside ``record``, made where there is none; raises ``OSError``.

    The first process to make it makes it for all: the file appears complete or not at all.
    """
    key, trouble = read_key(record)
    if key is not None or trouble is not None:
        return key, trouble
    folder = os.path.dirname(record) or "."
    # A temporary file is private (0600) from the start.
    handle, draft = tempfile.mkstemp(dir=folder, prefix=".key-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(os.urandom(KEY_BYTES).hex().encode("ascii") + b"\n")
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(draft, key_path(record))
    finally:
        os.unlink(draft)
    return read_key(record)
