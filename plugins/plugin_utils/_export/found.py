# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From what holds on one host to the variables of the role that declare it.

Pure.
"""

from __future__ import annotations

import re
import typing as t
from dataclasses import dataclass

from ...module_utils._knowledge.providers import OWN, of_host, preset, with_preset
from ...module_utils._settings import NAMES, PASSWORD, same

if t.TYPE_CHECKING:
    from ...module_utils._knowledge.provider import Provider

Values = t.Mapping[str, t.Any]
PREFIX = "mail_"
PRESET, REGION = "mail_preset", "mail_preset_region"
#: Where a value is the host's own; a host administrator's own are those of the host level.
OWN_SOURCES = frozenset(("tenant", "organization", "file", "unknown"))
#: What the server does not tell counts as own: declaring it changes nothing.
SAYS_NOTHING = "unknown"


@dataclass(frozen=True)
class Found:
    """What one host is declared by: ``values`` of variables, and what goes along as a comment.

    ``inherited`` maps settings to their value and the level that it comes from.  ``login`` is host
    and user of a stored password of its own; None where there is none.  ``problems`` are sentences.
    """

    host: str
    values: Values
    inherited: t.Mapping[str, tuple[t.Any, str]]
    login: tuple[str, str] | None
    problems: tuple[str, ...] = ()


def found(host: str, result: Values, *, is_top: bool) -> Found:
    """What the ``result`` of ``mail_settings_info`` says of ``host``.

    ``is_top`` where the settings are those of the host level, above which there is nothing.
    """
    sources = result.get("sources") or {}
    own_sources = OWN_SOURCES | ({"host"} if is_top else set())
    settings = result.get("settings") or {}
    declared = result.get("declaration") or {}
    own = {n: v for n, v in declared.items() if sources.get(n, SAYS_NOTHING) in own_sources}
    inherited = {
        name: (settings[name], sources[name])
        for name in NAMES
        if sources.get(name, SAYS_NOTHING) not in own_sources
        and settings.get(name) not in (None, "")
    }
    has_password = settings.get(PASSWORD + "_set") and sources.get(PASSWORD) in own_sources
    login = (str(settings.get("smtp_host", "")), str(settings.get("smtp_username", "")))
    empty = {name: "" for name in NAMES if settings.get(name) == ""}
    return Found(
        host,
        as_variables(own, empty),
        inherited,
        login if has_password else None,
        tuple(str(text) for text in result.get("warnings") or ()),
    )


def as_variables(own: Values, empty: Values) -> dict[str, t.Any]:
    """Own settings as variables of the role, through a preset where one gives the same values.

    Where a preset wants nothing, a setting may be ``empty`` that somebody else left so.
    """
    known = _recognised({**empty, **own})
    if known is None:
        return {PREFIX + name: value for name, value in own.items()}
    provider, region, implied = known
    kept = {n: v for n, v in own.items() if n not in implied or n == "smtp_username"}
    if provider.username_literal:
        kept.pop("smtp_username", None)
    chosen = {PRESET: provider.id, **({REGION: region} if region else {})}
    return {**chosen, **{PREFIX + name: value for name, value in kept.items()}}


def _recognised(holds: Values) -> tuple[Provider, str | None, Values] | None:
    """The preset that says exactly what holds, its region, and what it implies."""
    host = str(holds.get("smtp_host", ""))
    name = of_host(host)
    if not host or name == OWN:
        return None
    provider = preset(name, None)
    region = _region(provider, host)
    if provider.host != host.lower() and region is None:
        return None
    account = {n: holds[n] for n in ("smtp_username",) if n in holds}
    implied = with_preset(provider, account, region)
    says_the_same = all(n in holds and same(n, holds[n], v) for n, v in implied.items())
    return (provider, region, implied) if says_the_same else None


def _region(provider: Provider, host: str) -> str | None:
    if not provider.host_template:
        return None
    pattern = re.escape(provider.host_template).replace(re.escape("{region}"), "(.+)")
    fitting = re.fullmatch(pattern, host.lower())
    is_known = fitting and re.fullmatch(provider.region_pattern, fitting[1])
    return fitting[1] if fitting and is_known else None
