# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a result is about: the address, and whose settings there."""

from __future__ import annotations

import typing as t
from urllib.parse import urlsplit, urlunsplit


def target_of(params: t.Mapping[str, t.Any]) -> dict[str, str]:
    """Address, tenant and level of module arguments, as far as they name them; no secret."""
    server, file = params.get("server"), params.get("config_file")
    if server:
        url = server.get("url") or server.get("orchestrator_url") or server.get("identity_url")
        found = {
            "address": _bare(str(url or "")),
            "organization": server.get("organization"),
            "tenant": server.get("tenant") if server.get("level") != "host" else None,
            "level": server.get("level"),
        }
    else:
        found = {"address": (file or {}).get("path"), "level": "file" if file else None}
    return {key: str(value) for key, value in found.items() if value}


def _bare(url: str) -> str:
    """A web address without user and password, which some people put there."""
    try:
        parts = urlsplit(url)
        return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
    except ValueError:
        return ""
