# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Presets: the ready-made settings of a mail provider, and what is known about it.

Pure.
"""

from __future__ import annotations

import datetime
import difflib
import re
import typing as t

from .._errors import invalid
from .._phrase import say
from .._settings import PASSWORD, Value, Values
from .provider import Provider
from .provider_table import COMMON, PROVIDERS
from .relay import BY_ERA, RELAY
from .relay import COMMON as OF_RELAY

CUSTOM = "custom"
#: A mail server that is nobody's we know; replies of providers are not looked for there.
OWN = "own"
#: Four groups of four letters: how app passwords are shown, but not how they are typed.
GROUPED = re.compile(r"[A-Za-z]{4}( [A-Za-z]{4}){3}")
OVERDUE = (
    "preset {id}: what is known about {name} was to be looked at again by {day}; check it with the "
    "provider."
)
#: A dated caveat is news from that long before its date until that long after it.
NEWS_BEFORE, NEWS_AFTER = datetime.timedelta(days=90), datetime.timedelta(days=365)

BY_ID: t.Mapping[str, Provider] = {provider.id: provider for provider in PROVIDERS}


def preset(name: str, custom: t.Mapping[str, t.Any] | None = None) -> Provider:
    """The provider called ``name``, however its letters are; raises ``Failure``."""
    word = _word(name)
    if word == CUSTOM:
        # Few have one, so few load what reads it.
        from .custom_preset import read

        return read(custom, CUSTOM)
    if word == RELAY.id:
        return RELAY
    if word not in BY_ID:
        known = ", ".join((*BY_ID, RELAY.id, CUSTOM))
        meant = " or ".join(_alike(word))
        hint = f"Did you mean {meant}? " if meant else ""
        raise invalid(
            "preset",
            say(
                "{name!r} is not known. {hint}Known are {known}", name=name, hint=hint, known=known
            ),
        )
    return BY_ID[word]


def _word(name: str) -> str:
    return re.sub(r"[\s.-]+", "_", name.strip().lower())


def _alike(word: str) -> list[str]:
    """The ids that ``word`` may have been meant for: by its letters, else by name or host."""
    near = difflib.get_close_matches(word, (*BY_ID, RELAY.id, CUSTOM), n=2, cutoff=0.7)
    bare = word.replace("_", "")
    return near or [
        provider.id
        for provider in PROVIDERS
        if len(bare) > 2 and bare in f"{provider.id} {provider.name} {provider.host}".lower()
    ]


def of_host(host: str) -> str:
    """The id of the provider that ``host`` belongs to; ``own`` for any other server."""
    name = host.lower().rstrip(".")
    return next((provider.id for provider in PROVIDERS if _has_host(provider, name)), OWN)


def _has_host(provider: Provider, host: str) -> bool:
    if host in (provider.host, *provider.other_hosts):
        return True
    return bool(provider.host_pattern and re.fullmatch(provider.host_pattern, host))


def with_preset(
    provider: Provider, declared: Values, region: str | None = None
) -> dict[str, Value]:
    """``declared`` on top of the provider's settings; what the user wrote wins."""
    common = OF_RELAY if provider.id == RELAY.id else COMMON
    settings: dict[str, Value] = {**common, "smtp_port": provider.port}
    host = _host(provider, region)
    if host:
        settings["smtp_host"] = host
    if provider.username_literal:
        settings["smtp_username"] = provider.username_literal
    settings.update(declared)
    if provider.password_equals_username and settings.get(PASSWORD):
        settings.setdefault("smtp_username", settings[PASSWORD])
    if provider.from_is_username and settings.get("smtp_username"):
        settings.setdefault("default_from_address", settings["smtp_username"])
    if provider.password_strip_spaces and GROUPED.fullmatch(str(settings.get(PASSWORD, ""))):
        settings[PASSWORD] = str(settings[PASSWORD]).replace(" ", "")
    if "smtp_host" not in settings:
        note = provider.host_note or "its host"
        raise invalid(
            "smtp_host", say("preset {preset} needs it: {note}", preset=provider.id, note=note)
        )
    return settings


def by_era(provider: Provider, declared: Values) -> dict[str, Values]:
    """Settings of the preset whose right value depends on the era, for what is not ``declared``."""
    if provider.id != RELAY.id:
        return {}
    return {
        era: {name: value for name, value in values.items() if name not in declared}
        for era, values in BY_ERA.items()
    }


def dated_warnings(provider: Provider, today: datetime.date) -> list[str]:
    """Caveats whose date is near or was reached lately, and a row that nobody looked at since."""
    found: list[str] = [
        say("preset {id}: {caveat}", id=provider.id, caveat=caveat.text)
        for caveat in provider.caveats
        if _is_news(caveat.since or caveat.until, today)
    ]
    if overdue(today, (provider,)):
        found.append(say(OVERDUE, id=provider.id, name=provider.name, day=provider.review_by))
    return found


def overdue(today: datetime.date, rows: t.Iterable[Provider] = PROVIDERS) -> list[Provider]:
    """The ``rows`` that were to be looked at again before ``today``."""
    return [row for row in rows if row.review_by and _date(row.review_by) < today]


def _is_news(date: str | None, today: datetime.date) -> bool:
    return date is not None and -NEWS_AFTER <= _date(date) - today <= NEWS_BEFORE


def _date(text: str) -> datetime.date:
    return datetime.date(*map(int, text.split("-")))


def _host(provider: Provider, region: str | None) -> str | None:
    if region is None:
        return provider.host
    hosts = dict(provider.region_hosts)
    if region in hosts:
        return hosts[region]
    template = provider.host_template
    if template and re.fullmatch(provider.region_pattern, region):
        return template.replace("{region}", region)
    possible = "|".join((*([provider.region_pattern] if template else []), *hosts))
    if possible:
        reason = say(
            "{region!r} does not fit preset {preset} ({possible})",
            region=region,
            preset=provider.id,
            possible=possible,
        )
    else:
        reason = say("preset {preset} has one address for all regions", preset=provider.id)
    raise invalid("preset_region", reason)
