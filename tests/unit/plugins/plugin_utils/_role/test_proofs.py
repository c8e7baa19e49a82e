# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which way a test message takes, and what a proof adds to a result."""

from __future__ import annotations

import pytest
from ansible_collections.rpaops.orchestrator.plugins.plugin_utils._role.given import declared
from ansible_collections.rpaops.orchestrator.plugins.plugin_utils._role.proofs import (
    UNTESTABLE,
    seen,
    together,
    ways,
)

SERVER = {"url": "https://orchestrator.example.com", "username": "admin", "password": "secret-1"}
RELAY = {"mail_smtp_host": "relay.example.com", "mail_smtp_password": "secret-2"}


def found(nightly=False, **variables):
    given = {"mail_server": SERVER, "mail_test_recipients": ["ops@example.com"], **variables}
    plain = {name: value for name, value in given.items() if value is not None}
    said = declared(plain, lambda value: value, target=False, start="/", here=True)
    return ways(said, nightly=nightly)


def test_a_message_is_sent_from_here_unless_the_server_is_asked():
    """And the server's sign-in does not travel with it."""
    (way,) = found(**RELAY)

    assert (way.options["via"], way.options["smtp_host"]) == ("smtp", "relay.example.com")
    assert "server" not in way.options
    assert "server" not in way.given


def test_the_server_tests_what_is_stored_and_else_what_is_declared():
    """The first way holds nothing to test, so nothing of the declaration reaches the server."""
    stored, given = found(mail_test_via="server", **RELAY)

    assert (stored.next_on, stored.options["smtp_host"]) == (UNTESTABLE, None)
    assert stored.given.get("smtp_password") is None
    assert (given.options["via"], given.options["smtp_host"]) == ("server", "relay.example.com")


def test_a_night_finds_its_way_by_itself():
    """What is stored if the server can test it, else the declared settings from here."""
    stored, here = found(nightly=True, **RELAY)

    assert (stored.options["via"], here.options["via"]) == ("server", "smtp")
    assert stored.look["stop_after"] == "tls"
    assert stored.look["smtp_host"] == "relay.example.com"


@pytest.mark.parametrize(
    "variables",
    [{"mail_test_via": "smtp", **RELAY}, {"mail_server": None, **RELAY}],
    ids=["told so", "no server"],
)
def test_a_night_that_is_told_or_has_no_server_tests_from_here(variables):
    """A file sends nothing."""
    (way,) = found(nightly=True, **variables)

    assert way.options["via"] == "smtp"


def test_nothing_declared_leaves_what_is_stored():
    """No second way, and no certificate to look at."""
    (way,) = found(nightly=True)

    assert way.options["via"] == "server"
    assert way.look is None


def test_a_certificate_that_cannot_be_seen_is_no_failure():
    """Only the Orchestrator may reach the mail server."""
    looked = {"failed": True, "msg": "Tried relay. It stopped at connect."}

    told = seen({"accepted": True, "warnings": ["one"]}, looked)

    assert "failed" not in told
    assert told["warnings"][1].endswith(
        "cannot be seen from here: Tried relay. It stopped at connect."
    )
    assert seen({}, {"tls": {"days_left": 9}})["tls"]["days_left"] == 9


def test_a_failed_test_fails_an_apply_but_keeps_what_was_done():
    """The message says that the settings hold."""
    proof = {"failed": True, "msg": "Tried it. No.", "error": "mail_failed", "stage": "login"}

    told = together({"changed": True, "plan": "x"}, proof, fails=True)

    assert (told["failed"], told["changed"], told["error"]) == (True, True, "mail_failed")
    assert told["msg"] == "The settings are written. The test message failed: Tried it. No."
    assert told["test"] == proof
    assert "failed" not in together({"changed": False}, proof, fails=False)
