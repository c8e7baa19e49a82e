# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""No declaration, and no series of them, hands a password to a place it was not given for."""

from __future__ import annotations

import pytest
from fake.orchestrator import FakeOrchestrator
from support.run import mail_settings, server

PREFIX = "Abp.Net.Mail.Smtp."
ACCOUNT = {
    f"{PREFIX}Host": "smtp.example.com",
    f"{PREFIX}Port": "587",
    f"{PREFIX}UserName": "robot",
    f"{PREFIX}Password": "stored-long-ago",
    f"{PREFIX}EnableSsl": "true",
    f"{PREFIX}UseDefaultCredentials": "false",
}
EVIL = {"smtp_host": "evil.example.net"}
MOVES = [
    EVIL,
    {"smtp_port": 2525},
    {"enable_ssl": False},
    {"smtp_username": "other"},
    {"smtp_domain": "CORP"},
]
#: Steps that lead somewhere else, the last of which has to be refused.
SERIES = {
    "by way of default credentials": [
        {**EVIL, "use_default_credentials": True, "enable_ssl": False},
        {"use_default_credentials": False},
    ],
    "by way of an empty user": [{**EVIL, "smtp_username": ""}, {"smtp_username": "robot"}],
}
NOBODY = [{"smtp_username": ""}, {"use_default_credentials": True, "enable_ssl": False}]


@pytest.fixture
def stored():
    with FakeOrchestrator(version="2020.10", tenants={"Default": ACCOUNT}) as running:
        yield running


@pytest.fixture
def inherited():
    with FakeOrchestrator(version="2020.10", host=ACCOUNT) as running:
        yield running


@pytest.fixture
def organization():
    """One whose host holds an account that the API does not show there."""
    above = {"Email.Smtp.UserName": "robot", "Email.Smtp.Password": "stored-above"}
    with FakeOrchestrator(version="v17", identity={"host": above}) as running:
        yield running


def refused(fake, **options):
    for check_mode in (True, False):
        before = fake.settings("Default"), fake.identity_settings("acme")
        done = mail_settings(check_mode, server=server(fake), **options).result
        assert done.get("error") == "password_reuse", done
        assert (fake.settings("Default"), fake.identity_settings("acme")) == before


@pytest.mark.parametrize("move", MOVES, ids=str)
def test_a_stored_password_stays_where_it_is(stored, move):
    """Every setting that decides where it goes."""
    refused(stored, **move)


@pytest.mark.parametrize("move", MOVES, ids=str)
def test_an_inherited_password_counts_like_a_stored_one(inherited, move):
    """The tenant would send the host's password elsewhere."""
    refused(inherited, **move)


def test_a_password_that_may_be_there_counts_as_well(organization):
    """An organization does not show what it inherits."""
    refused(organization, **EVIL, smtp_port=587, default_from_address="a@example.com")


def test_an_unknown_password_counts_as_well(stored):
    """A server that says nothing about it."""
    stored.switch(mask="absent")
    refused(stored, **EVIL)


@pytest.mark.parametrize("series", SERIES)
def test_several_steps_lead_no_further_than_one(stored, series):
    """The step that would use the password in the new place is refused."""
    *steps, last = SERIES[series]
    for step in steps:
        assert mail_settings(server=server(stored), **step).result["changed"] is True
    refused(stored, **last)


@pytest.mark.parametrize(
    "removed",
    [{"smtp_host": "x"}, {"smtp_password": "x"}, {"enable_ssl": True, "smtp_port": 25}],
    ids=str,
)
def test_removing_some_pairs_no_password_with_another_server(removed):
    """What would show instead belongs to the account of the level above."""
    with FakeOrchestrator(version="v15", tenants={"Default": ACCOUNT}, host=ACCOUNT) as fake:
        target = server(fake, api="orchestrator")

        done = mail_settings(server=target, state="inherited", **removed).result

        assert done["error"] == "password_reuse", done
        assert fake.own_settings("Default") == ACCOUNT


@pytest.mark.parametrize("nobody", NOBODY, ids=str)
def test_who_signs_in_as_nobody_may_move(stored, nobody):
    """No password is used."""
    assert mail_settings(server=server(stored), **EVIL, **nobody).result["changed"] is True


def test_an_empty_user_is_written_where_another_may_be_inherited(organization):
    """Nobody signs in only if that is stored: what shows above is no longer used."""
    nobody = {"smtp_username": "", "smtp_port": 587, "default_from_address": "a@example.com"}

    done = mail_settings(server=server(organization), **EVIL, **nobody).result

    assert "smtp_username" in done["updated"]
    assert organization.identity_settings("acme")["Email.Smtp.UserName"] == ""
    again = mail_settings(server=server(organization), **EVIL, **nobody).result
    assert again["changed"] is False


@pytest.mark.parametrize("way", [{"smtp_password": "given-again"}, {"allow_password_reuse": True}])
def test_a_password_given_again_or_allowed_may_move(stored, way):
    """Given: it is written. Allowed: the stored one is kept."""
    done = mail_settings(server=server(stored), **EVIL, **way).result

    assert done["changed"] is True, done
    assert stored.settings("Default")[f"{PREFIX}Host"] == "evil.example.net"


def test_a_name_may_change_without_the_password(stored):
    """It does not decide where the password goes."""
    done = mail_settings(server=server(stored), default_from_display_name="Robots").result
    assert done["changed"] is True


def test_an_empty_password_of_ones_own_hides_another():
    """Taking it away with some of the account would pair the host's password with the rest."""
    empty = {**ACCOUNT, f"{PREFIX}Password": ""}
    with FakeOrchestrator(version="v15", tenants={"Default": empty}, host=ACCOUNT) as fake:
        gone = {"smtp_password": "x", "smtp_username": "x"}
        done = mail_settings(server=server(fake, api="orchestrator"), state="inherited", **gone)

        assert done.result["error"] == "password_reuse", done
