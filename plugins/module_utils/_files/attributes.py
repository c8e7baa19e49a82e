# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Owner, mode and extended attributes of a file, and what may forbid to replace it."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import stat
import struct
import typing as t

_ACCESS_LIST = "system.posix_acl_access"
# Signatures over the content; the kernel makes new ones.
_OF_THE_CONTENT = frozenset(("security.evm", "security.ima"))
UNSUPPORTED = frozenset((errno.EINVAL, errno.ENOTSUP, errno.ENOSYS))
_MOUNTS = "/proc/self/mountinfo"
# FS_IOC_GETFLAGS and FS_IMMUTABLE_FL | FS_APPEND_FL of linux/fs.h, as most processors number them.
_GET_FLAGS = 2 << 30 | struct.calcsize("l") << 16 | ord("f") << 8 | 1
_LOCKED = 0x10 | 0x20


def copy_attributes(descriptor: int, like: str) -> None:
    """Give an open file the owner, mode and extended attributes of the file at ``like``."""
    target, draft = os.stat(like), os.fstat(descriptor)
    # A folder with the setgid bit has given the draft its own group.
    if (target.st_uid, target.st_gid) != (draft.st_uid, draft.st_gid):
        os.fchown(descriptor, target.st_uid, target.st_gid)
    wanted, given = _attributes(like), _attributes(descriptor)
    # A folder with a default access list has given the draft one that the target may lack.
    if _ACCESS_LIST in given and _ACCESS_LIST not in wanted:
        os.removexattr(descriptor, _ACCESS_LIST)
    for name, value in wanted.items():
        if given.get(name) != value:
            os.setxattr(descriptor, name, value)
    os.fchmod(descriptor, stat.S_IMODE(target.st_mode))


def check_replaceable(path: str, size: int) -> None:
    """Raise the ``OSError`` that replacing the file at ``path`` would meet; changes nothing.

    A file without a name is made in its folder, where the system can do that: it takes as much
    room and the same attributes, and is gone when it is closed.
    """
    folder = os.path.dirname(path)
    _refuse_pinned(path, folder)
    try:
        descriptor = os.open(folder, os.O_TMPFILE | os.O_RDWR, 0o600)
    except (AttributeError, IsADirectoryError):
        return _ask_only(folder)
    except OSError as exc:
        if exc.errno in UNSUPPORTED:
            return _ask_only(folder)
        raise
    with os.fdopen(descriptor, "wb"):
        copy_attributes(descriptor, path)
        try:
            os.posix_fallocate(descriptor, 0, max(size, 1))
        except OSError as exc:
            if exc.errno not in UNSUPPORTED:
                raise
    return None


def _ask_only(folder: str) -> None:
    if not os.access(folder, os.W_OK | os.X_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


def _refuse_pinned(path: str, folder: str) -> None:
    """What forbids a rename over a file although its folder can be written."""
    status, around, me = os.stat(path), os.stat(folder), os.geteuid()
    is_sticky = bool(around.st_mode & stat.S_ISVTX)
    if is_sticky and me not in (0, around.st_uid, status.st_uid):
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))
    if _is_locked(path) or _is_locked(folder):
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))
    if path in _mount_points():
        raise OSError(errno.EBUSY, "it is mounted by itself, so nothing can take its place")


def _is_locked(path: str) -> bool:
    """Whether ``chattr`` forbids to replace a file, or to take one out of a folder."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        flags = bytearray(struct.calcsize("l"))
        fcntl.ioctl(descriptor, _GET_FLAGS, flags)
        return bool(struct.unpack("i", flags[: struct.calcsize("i")])[0] & _LOCKED)
    except OSError:
        return False
    finally:
        os.close(descriptor)


def _mount_points() -> t.Collection[str]:
    """Where something is mounted, single files among them, as containers have them."""
    with contextlib.suppress(OSError):
        with open(_MOUNTS, "rb") as lines:
            fields = (line.split(b" ")[4] for line in lines)
            return {os.fsdecode(_unescaped(field)) for field in fields}
    return ()


def _unescaped(field: bytes) -> bytes:
    for character in b"\\ \t\n":
        field = field.replace(b"\\%03o" % character, bytes((character,)))
    return field


def _attributes(where: str | int) -> dict[str, bytes]:
    """Extended attributes in the order to set them; none where the system or disk has none."""
    if not hasattr(os, "listxattr"):
        return {}
    try:
        names = os.listxattr(where)
    except OSError as exc:
        if exc.errno in UNSUPPORTED:
            return {}
        raise
    # The access list last: it may take away the right to set the others.
    names = sorted(set(names) - _OF_THE_CONTENT, key=lambda name: (name == _ACCESS_LIST, name))
    return {name: os.getxattr(where, name) for name in names}
