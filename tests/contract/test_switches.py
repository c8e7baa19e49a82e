# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What nobody can know of a server is a switch of the fake; each is turned to each position."""

from __future__ import annotations

import dataclasses

import pytest
from contract.jobs import Place, server
from fake.orchestrator import FakeOrchestrator, Switches
from support.run import mail_settings, mail_settings_info

HOST = "smtp.example.com"
#: Endings that say what was read back.
STATED = ("ambiguous_write", "not_stored", "written_partly")
#: What is said where a server gives no sign of its version.
UNPLACED = "does not name its API version"
#: Positions of switches that take any number or any list of keys.
OPEN = {
    "read_only": [("Abp.Net.Mail.Smtp.Host",)],
    "missing_keys": [("Abp.Net.Mail.Smtp.Domain",), ("Abp.Net.Mail.Smtp.Password",)],
    "duplicate_keys": [("Abp.Net.Mail.Smtp.Host",)],
    "page_size": [1, 3],
    "identity_page_size": [1, 3],
    "stale_reads": [1, 2],
    "latency": [0.01],
    "token_uses": [1, 2],
    "token_seconds": [1],
}
PLACES = (
    Place("2020.10", "standalone", "tenant", "user"),
    Place("2020.10", "standalone", "host", "user"),
    Place("v17", "suite", "auto", "client"),
    Place("v17", "standalone", "host", "user"),
)
KEYS = {False: "Abp.Net.Mail.Smtp.", True: "Email.Smtp."}
DECLARED = {
    "smtp_host": HOST,
    "smtp_username": "robot@example.com",
    "smtp_password": "correct-horse-battery",
    "enable_ssl": True,
    "use_default_credentials": False,
    "default_from_address": "robot@example.com",
}


def positions():
    """Every switch with every position of it."""
    for switch in dataclasses.fields(Switches):
        choices = switch.metadata.get("choices") or OPEN[switch.name]
        yield from ((switch.name, position) for position in choices)


def held(fake, place):
    """Host and port as the fake keeps them, by another road than the one they came by."""
    if place.moved:
        rows = fake.identity_settings("host" if place.level == "host" else "acme")
    else:
        rows = fake.host_settings() if place.level == "host" else fake.settings("Default")
    prefix = KEYS[place.moved]
    return str(rows.get(prefix + "Host", "")).lower(), str(rows.get(prefix + "Port", "")).strip()


@pytest.mark.parametrize("place", PLACES, ids="-".join)
@pytest.mark.parametrize(("switch", "position"), list(positions()), ids=str)
def test_whatever_a_server_does_a_run_says_what_holds(place, switch, position, tmp_path):
    """Declare, again, ask, change one: each ends verified, or says in one sentence why not."""
    record = {"password_record": str(tmp_path / "record")}
    turned = {"switches": {switch: position}, "people": 4}
    with FakeOrchestrator(place.version, place.shape, **turned) as fake:
        options = {"server": server(fake, place), **record}
        asked = mail_settings_info(server=options["server"], audience=True)
        assert asked.result.get("error") != "internal"
        assert "audience" in asked.result or asked.failed or "no audience" in str(asked.warnings)
        for port in (587, 2525):
            before = held(fake, place)
            done = mail_settings(**options, **{**DECLARED, "smtp_port": port})
            said, after = done.result.get("error"), held(fake, place)
            if said is None:
                assert after == (HOST, str(port)) or UNPLACED in "".join(done.warnings)
            elif said not in STATED:
                assert (said != "internal", after) == (True, before)
        again = mail_settings(**options, **{**DECLARED, "smtp_port": 2525})
        assert held(fake, place) == after
        assert said is not None or again.result["changed"] is False
