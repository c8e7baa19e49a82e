# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The servers of the model: where each keeps a setting, and what its texts mean."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from fake.orchestrator import FakeOrchestrator, keys

PASSWORD, ALERTS, TIMEOUT = "smtp_password", "enable_email_alerts", "smtp_timeout"
A_KEYS = {
    ALERTS: keys.A_ALERTS,
    "use_default_credentials": keys.A_DEFAULT_CREDENTIALS,
    "enable_ssl": keys.A_SSL,
    "smtp_host": keys.A_HOST,
    "smtp_port": keys.A_PORT,
    "smtp_username": keys.A_USER,
    PASSWORD: keys.A_PASSWORD,
    "smtp_domain": keys.A_DOMAIN,
    "default_from_address": keys.A_FROM,
    "default_from_display_name": keys.A_FROM_NAME,
}
B_KEYS = {
    "use_default_credentials": keys.B_DEFAULT_CREDENTIALS,
    "enable_ssl": keys.B_SSL,
    "smtp_host": keys.B_HOST,
    "smtp_port": keys.B_PORT,
    "smtp_username": keys.B_USER,
    PASSWORD: keys.B_PASSWORD,
    "smtp_domain": keys.B_DOMAIN,
    "default_from_address": keys.B_FROM,
    "default_from_display_name": keys.B_FROM_NAME,
    TIMEOUT: keys.B_TIMEOUT,
}
#: In the order of the Mail tab.
NAMES = (*A_KEYS, TIMEOUT)
SWITCHES = (ALERTS, "use_default_credentials", "enable_ssl")
NUMBERS = ("smtp_port", TIMEOUT)
WORDS = {"true": True, "1": True, "false": False, "0": False, "": False}
#: Everything that a fake stores, by place: host and tenants of the Orchestrator, then Identity.
Stores = t.Mapping[str, t.Mapping[str, t.Optional[str]]]
USER = {"username": "admin", "password": "secret"}
CLIENT = {"client_id": "app-id", "client_secret": "app-secret"}


@dataclass(frozen=True)
class World:
    """A version in an address shape, and the level and sign-in that a declaration goes to.

    ``mail`` and ``alerts`` are the places of ``Stores`` that keep these settings.
    """

    version: str
    shape: str
    level: str
    sign_in: t.Mapping[str, str]
    mail: str
    alerts: str | None
    api: str = "auto"

    def server(self, fake: FakeOrchestrator) -> dict[str, t.Any]:
        """The option ``server``."""
        named = {} if self.level == "host" else {"tenant": "Default"}
        suite = {"organization": "acme"} if self.shape == "suite" else {}
        way = {"level": self.level, "api": self.api, **self.sign_in}
        return {"url": fake.url, "use_proxy": False, "timeout": 20, **named, **suite, **way}

    @property
    def on_identity(self) -> bool:
        return self.mail in ("acme", "host rows")

    @property
    def names(self) -> tuple[str, ...]:
        """What can be declared here."""
        late = self.on_identity and int(self.version.lstrip("v")) >= 17
        return tuple(
            name
            for name in NAMES
            if (self.alerts if name == ALERTS else late if name == TIMEOUT else True)
        )

    @property
    def can_inherit(self) -> bool:
        old = self.version.startswith("20") or self.version == "v13"
        return self.level != "host" and not (old and (self.alerts or not self.on_identity))

    def place(self, name: str) -> str:
        return str(self.alerts if name == ALERTS else self.mail)

    def key(self, name: str) -> str:
        return (B_KEYS if self.place(name) in ("acme", "host rows") else A_KEYS)[name]

    def own(self, stores: Stores, name: str) -> str | None:
        """The text that the place of ``name`` itself stores."""
        return stores[self.place(name)].get(self.key(name))

    def effective(self, stores: Stores, name: str) -> str:
        """The text that holds, from whatever level."""
        above = {"Default": ("host", "defaults"), "host": ("defaults",), "acme": ("host rows",)}
        place = self.place(name)
        found = (stores[p].get(self.key(name)) for p in (place, *above.get(place, ())))
        return next((text for text in found if text is not None), "")


WORLDS = (
    World("2018.1", "standalone", "auto", USER, "Default", "Default"),
    World("2019.10", "standalone", "tenant", USER, "Default", "Default"),
    World("2020.10", "standalone", "auto", USER, "Default", "Default"),
    World("2020.10", "standalone", "host", USER, "host", "host"),
    World("v13", "standalone", "auto", USER, "acme", "Default"),
    World("v15", "standalone", "auto", USER, "Default", "Default", "orchestrator"),
    World("v15", "suite", "auto", USER, "acme", "Default"),
    World("v17", "standalone", "auto", USER, "acme", "Default"),
    World("v17", "standalone", "host", USER, "host rows", "host"),
    World("v18", "suite", "organization", CLIENT, "acme", None),
    World("v20", "suite", "auto", CLIENT, "acme", "Default"),
)


def stores_of(fake: FakeOrchestrator, defaults: t.Mapping[str, str]) -> Stores:
    """A copy of everything stored."""
    return {
        "defaults": defaults,
        "host": fake.own_settings(None),
        "Default": fake.own_settings("Default"),
        "Other": fake.own_settings("Other"),
        "host rows": fake.identity_settings(None),
        "acme": fake.identity_settings("acme"),
        "other rows": fake.identity_settings("00000000-0000-4000-8000-000000000001"),
    }


def meaning(name: str, value: t.Any) -> t.Any:
    """What a text or a declared value says; odd texts say only themselves."""
    text = "" if value is None else str(value)
    word = text.strip()
    if name in SWITCHES:
        return WORDS.get(word.lower(), word)
    if name in NUMBERS:
        return int(word) if word.isascii() and word.isdigit() else word
    return text.lower() if name == "smtp_host" else text
