# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The place that keeps a setting, however it was reached.

Pure.

Several names may lead to one place: every tenant of an organization to the mail settings of that
organization, ``https://h:443/`` and ``https://H`` to one server, ``default`` and ``Default`` to one
tenant.  What is known about a value (evidence, plans, who declares it) belongs to its place.
"""

from __future__ import annotations

import functools
import typing as t
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from .._phrase import say
from .._server.web_address import Origin

#: What keeps settings, in the words of messages.
KEEPERS: t.Mapping[str, str] = {
    "orchestrator": "the Orchestrator API",
    "identity": "the Identity API",
    "config_file": "the file",
}


@dataclass(frozen=True)
class Place:
    """Equal to another one when both are the same place.

    ``key`` is the canonical text, ``api`` one of ``KEEPERS``.  Put together for people only where
    something is said of it: a task may have ten thousand places.
    ``certain`` is false where the server alone knows which place it is, as for a ready token
    without the name of a tenant; nothing that was learned in one run holds there in the next.
    """

    key: str
    address: str = field(compare=False)
    level: str = field(compare=False)
    name: str = field(compare=False)
    api: str = field(compare=False)
    certain: bool = field(default=True, compare=False)

    def __str__(self) -> str:
        template = "{address} ({level} {name})" if self.name else "{address} ({level})"
        return say(template, address=self.address, level=self.level, name=self.name)

    @property
    def keeper(self) -> str:
        """What keeps the settings, in words."""
        return KEEPERS[self.api]


def on_server(api: str, url: str, level: str, name: str = "", *, certain: bool = True) -> Place:
    """The place of ``level`` (tenant, organization, host) on the API that answers at ``url``.

    ``name`` is the name of a tenant or the identifier of an organization.
    """
    named = f"{level} {name}".rstrip()
    address = _canonical(url)
    key = f"{api} {address} ({named})".casefold()
    return Place(key, address, level, name, api, certain)


# One task names few addresses, and each for all of its tenants.
@functools.lru_cache(maxsize=64)
def _canonical(url: str) -> str:
    return f"{Origin.of(url)}{urlsplit(url).path.rstrip('/')}"


def in_file(path: str, family: str) -> Place:
    """The keys of one ``family`` in the file at ``path``."""
    return Place(f"config_file {path} ({family})", path, family, "", "config_file")
