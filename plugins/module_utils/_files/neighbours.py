# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files beside a configuration file whose keys win over its own."""

from __future__ import annotations

import glob
import os
import typing as t

from .base import fold
from .text_file import TextFile

if t.TYPE_CHECKING:
    from .format import Format

#: Bytes up to which a file beside the one that is asked for is looked into.
LIMIT = 4_000_000


def beside(path: str, name: str) -> str:
    """The path of a file that a configuration file names; it may do so as Windows does."""
    return os.path.join(os.path.dirname(path), name.replace("\\", "/"))


def keys_in(path: str, parse: t.Callable[[str], Format]) -> t.Collection[str]:
    """Which keys the file at ``path`` holds; none where it is missing, as .NET has it."""
    if not os.path.lexists(path):
        return ()
    return parse(TextFile(path).text).values.keys()


def of_environments(path: str, keys: t.Collection[str]) -> list[str]:
    """Names of ``appsettings.Production.json`` and the like that hold some of ``keys`` too."""
    stem, ending = os.path.splitext(path)
    if ending.lower() != ".json":
        return []
    found = sorted(glob.glob(f"{glob.escape(stem)}.*{glob.escape(ending)}"))
    wanted = [fold(key) for key in keys]
    return [os.path.basename(other) for other in found if _mentions(other, wanted)]


def _mentions(path: str, wanted: t.Sequence[str]) -> bool:
    if not os.path.isfile(path) or os.path.getsize(path) > LIMIT:
        return False
    text = fold(TextFile(path).text)
    return any(f'"{key}"' in text or f':{key}"' in text for key in wanted)
