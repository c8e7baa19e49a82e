# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every place that keeps mail settings, and every job that the collection can do there."""

from __future__ import annotations

import typing as t

from ansible_collections.rpaops.orchestrator.plugins.module_utils._argspec import server as spec
from ansible_collections.rpaops.orchestrator.plugins.module_utils._tenants.listing import tenants
from fake.mailbox import Mailbox
from fake.orchestrator import VERSIONS, FakeOrchestrator
from support import run
from support.run import arguments

ERAS = ("2018.1", "2019.10", "2020.10", "v13", "v15", "v17", "v20")
SIGN_INS: t.Mapping[str, dict[str, str]] = {
    "user": {"username": "admin", "password": "secret"},
    "client": {"client_id": "app-id", "client_secret": "app-secret"},
}
#: Before 2018.3 the documents list the short address of the sign-in alone.
AS_DOCUMENTED = {"login_path": "short"}
PROVEN = "ops@example.com"


class Place(t.NamedTuple):
    """A version, an address shape, a level and a way to sign in that go together."""

    version: str
    shape: str
    level: str
    sign_in: str

    @property
    def moved(self) -> bool:
        """Whether the Identity server keeps the SMTP settings."""
        return VERSIONS[self.version].identity

    @property
    def holds_alerts(self) -> bool:
        """Whether the alert switch has a home at this level."""
        return self.level != "organization" and (self.shape, self.level) != ("suite", "host")

    @property
    def tests_stored(self) -> bool:
        """Whether the server can prove what it has stored."""
        return self.moved and self.level != "tenant"


def places(versions: t.Iterable[str]) -> list[Place]:
    """All places of these versions."""
    found = []
    for version in versions:
        facts = VERSIONS[version]
        for shape in ("standalone", "suite") if facts.identity else ("standalone",):
            for level in ("auto", "organization", "host") if facts.identity else ("tenant", "host"):
                by_password = facts.authenticate or level == "host"
                if by_password and not (shape == "suite" and level == "organization"):
                    found.append(Place(version, shape, level, "user"))
                if facts.identity and level != "host":
                    found.append(Place(version, shape, level, "client"))
    return found


def server(fake: FakeOrchestrator, place: Place) -> dict[str, t.Any]:
    """The option ``server`` for a place of a running fake."""
    organization = {"organization": "acme"} if place.shape == "suite" else {}
    address = {"url": fake.url, "use_proxy": False, "timeout": 20, "tenant": "Default"}
    return {**address, **organization, **SIGN_INS[place.sign_in], "level": place.level}


def declared(place: Place, mailbox: Mailbox) -> dict[str, t.Any]:
    """All settings that a place can hold; they really work with ``mailbox``."""
    facts = VERSIONS[place.version]
    return {
        **({"enable_email_alerts": True} if place.holds_alerts else {}),
        **({"smtp_timeout": 90000} if facts.identity_timeout and place.moved else {}),
        "enable_ssl": True,
        "use_default_credentials": False,
        "smtp_host": "localhost",
        "smtp_port": mailbox.port,
        "smtp_username": mailbox.username,
        "smtp_password": mailbox.password,
        "smtp_domain": "",
        "default_from_address": mailbox.username,
        "default_from_display_name": "Röbot & Söhne",
    }


def do_everything(fake: FakeOrchestrator, place: Place, mailbox: Mailbox) -> None:
    """Every job, one after the other; each ends well, so that every request is really made."""
    options, wish = {"server": server(fake, place)}, declared(place, mailbox)
    facts = VERSIONS[place.version]
    candidate = {k: v for k, v in wish.items() if k not in ("enable_email_alerts", "smtp_timeout")}
    proof = {"verify_recipient": PROVEN} if facts.verify else {}
    _well(run.mail_settings(**options, **wish, **proof))
    _well(run.mail_settings(check_mode=True, **options, **wish))
    _well(run.mail_settings_info(**options, audience=True))
    _well(run.mail_settings(**options, default_from_display_name="Other"))
    _well(run.mail_settings(**options, default_from_display_name=""))
    if place.holds_alerts:
        _well(run.mail_settings(**options, enable_email_alerts=False))
    if facts.verify:
        _well(run.mail_test(via="server", recipients=[PROVEN], **options, **candidate))
    if place.tests_stored:
        _well(run.mail_test(via="server", recipients=[PROVEN], **options))
    if (place.moved and place.level != "host") or (facts.delete_bulk and place.level != "host"):
        one = {"default_from_display_name": "x"}
        if place.level == "organization" or facts.delete_bulk:
            _well(run.mail_settings(**options, state="inherited", **one))
            _well(run.mail_settings(**options, state="inherited"))
    if place.moved and place.level == "auto":
        _do_the_rest(options["server"], candidate)
    if _lists_tenants(place):
        given = {name: value for name, value in options["server"].items() if name != "tenant"}
        tenants(arguments({"argument_spec": spec()["options"]}, given), lambda secret: None)


def _do_the_rest(server: dict[str, t.Any], candidate: dict[str, t.Any]) -> None:
    """What the Orchestrator API still does where the Identity server keeps the SMTP settings."""
    _well(run.mail_settings_info(server={**server, "level": "tenant"}, audience=True))
    there = {**server, "api": "orchestrator"}
    _well(run.mail_test(via="server", recipients=[PROVEN], server=there, **candidate))


def _lists_tenants(place: Place) -> bool:
    """Whether a host administrator, or an application, is asked for the tenants here."""
    if place.shape != "standalone":
        return False
    by_password = place.level == "host" and VERSIONS[place.version].authenticate
    return by_password or (place.sign_in, place.level) == ("client", "auto")


def _well(report: t.Any) -> None:
    assert not report.failed, report.result
