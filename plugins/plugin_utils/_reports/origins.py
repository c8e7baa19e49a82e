# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a variable is declared: the file and line that Ansible remembers of its value.

ansible-core up to 2.18 remembers the place of texts, lists and mappings, later ones that of numbers
as well; nobody remembers that of ``true``.  Then the next larger thing is taken: the preset, the
server, and at last the file of the inventory.
"""

from __future__ import annotations

import os
import typing as t
from collections.abc import Mapping

from ...module_utils._compat import declared_at
from .model import Place

Variables = t.Mapping[str, t.Any]
PREFIX = "mail_"
#: What stands for a setting whose own place is not known.
INSTEAD = ("preset", "server", "config_file")


def working_copy(start: str) -> str:
    """The root of the Git working copy that ``start`` is in, else ``start`` itself."""
    folder = os.path.realpath(start)
    while not os.path.exists(os.path.join(folder, ".git")):
        above = os.path.dirname(folder)
        if above == folder:
            return os.path.realpath(start)
        folder = above
    return folder


class Origins:
    """Finds the place of the settings of one host.

    ``variables`` are those of the host, not templated; ``declared_in`` is the file that the user
    named for it; ``root`` is the folder that paths are relative to.
    """

    def __init__(self, variables: Variables, declared_in: str | None, root: str) -> None:
        self._variables, self._root = variables, root
        self._named = os.path.abspath(declared_in) if declared_in else None

    def __call__(self, tenant: str, option: str) -> Place | None:
        """The place of ``option`` for ``tenant``; with an empty option that of the whole."""
        found = next(filter(None, map(_origin, self._candidates(tenant, option))), None)
        path, line = found or (None, None)
        if self._named is not None and (path is None or os.path.abspath(path) != self._named):
            path, line = self._named, None
        if path is None:
            path = self._variables.get("inventory_file")
        return Place(self._relative(str(path)), line) if path else None

    def _candidates(self, tenant: str, option: str) -> t.Iterator[t.Any]:
        tenants = self._variables.get(f"{PREFIX}tenants")
        for entry in tenants if tenant and isinstance(tenants, list) else ():
            if isinstance(entry, Mapping) and entry.get("name") == tenant:
                yield entry.get(option)
        names = (option, *INSTEAD) if option else INSTEAD[1:]
        yield from (self._variables.get(PREFIX + name) for name in names)

    def _relative(self, path: str) -> str:
        whole = os.path.realpath(path)
        inside = os.path.relpath(whole, self._root)
        return whole if inside.startswith(os.pardir) else inside.replace(os.sep, "/")


def _origin(value: t.Any) -> tuple[str, int | None] | None:
    """File and line of a value, where Ansible knows them and the file is there."""
    found = declared_at(value)
    return found if found is not None and os.path.isfile(found[0]) else None
