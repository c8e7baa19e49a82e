# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Several files put in place: all of them, or none."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import typing as t

from ..module_utils._errors import invalid
from ..module_utils._phrase import say


def written(folder: str, documents: t.Mapping[str, str]) -> list[str]:
    """Put every text of ``documents`` (path below ``folder`` to text) in place; the full paths.

    A relative folder starts where the command was started, and is made when it is not there.  Every
    file is old or new, never half, and none is new when one cannot be written, which is a
    ``Failure`` that names the option ``directory``.
    """
    place = os.path.abspath(os.path.expanduser(folder))
    try:
        os.makedirs(place, exist_ok=True)
        _refuse_folders(place, documents)
        with contextlib.ExitStack() as drafts:
            made = {
                os.path.join(place, path): _draft(os.path.join(place, path), text, drafts)
                for path, text in documents.items()
            }
            for path, draft in made.items():
                os.replace(draft, path)
    except (OSError, ValueError) as exc:
        said = getattr(exc, "strerror", None) or str(exc)
        reason = say(
            "{folder} cannot be written ({said}); name a folder that can be",
            folder=place,
            said=said,
        )
        raise invalid("directory", reason) from exc
    return list(made)


def _refuse_folders(place: str, names: t.Iterable[str]) -> None:
    for path in (os.path.join(place, name) for name in names):
        if os.path.isdir(path):
            raise IsADirectoryError(errno.EISDIR, f"{path} is a folder")


def _draft(place: str, text: str, drafts: contextlib.ExitStack) -> str:
    folder, name = os.path.split(place)
    os.makedirs(folder, exist_ok=True)
    path = os.path.join(folder, f".{name}.{secrets.token_hex(8)}")
    # What others may read is said by the umask, as for every file a command makes.
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
    descriptor = os.open(path, flags, 0o666)
    drafts.callback(_discard, path)
    with os.fdopen(descriptor, "wb") as file:
        file.write(text.encode("utf-8"))
    return path


def _discard(path: str) -> None:
    with contextlib.suppress(FileNotFoundError):
        os.unlink(path)
