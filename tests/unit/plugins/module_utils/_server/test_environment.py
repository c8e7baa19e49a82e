# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which way to sign in counts: the task's, or one from the environment."""

from __future__ import annotations

import pytest
from ansible_collections.rpaops.orchestrator.plugins.module_utils._server.environment import (
    WAYS,
    stated,
    with_sign_in,
)
from fake.orchestrator import FakeOrchestrator
from support.run import mail_settings, mail_settings_info, mail_test, server

TOKEN = {"ORCHESTRATOR_ACCESS_TOKEN": "TOKEN-OF-ANOTHER-SERVER"}
CLIENT = {"ORCHESTRATOR_CLIENT_ID": "app", "ORCHESTRATOR_CLIENT_SECRET": "SECRET-OF-ANOTHER-SERVER"}
USER = {"ORCHESTRATOR_USERNAME": "admin", "ORCHESTRATOR_PASSWORD": "PASSWORD-FROM-AROUND"}
LOGIN = {"username": "bob", "password": "his own"}


@pytest.fixture
def fake():
    tenants = {"Default": {}, "HR": {}}
    users = {"HR": {"hannah": "her-own-password"}, "Default": {"admin": "secret"}}
    with FakeOrchestrator(version="2020.10", tenants=tenants, users=users) as running:
        yield running


@pytest.fixture
def environment(monkeypatch):
    """A function that puts variables into the environment."""
    return lambda *groups: [monkeypatch.setenv(n, v) for group in groups for n, v in group.items()]


def sent(fake):
    return str([(request.headers, request.body) for request in fake.requests])


@pytest.mark.parametrize("task", [LOGIN, {"client_id": "a", "client_secret": "b"}])
@pytest.mark.parametrize("around", [TOKEN, CLIENT, USER])
def test_what_the_task_states_is_all_that_counts(task, around):
    """Nothing is added to a complete way."""
    assert with_sign_in(task, around) == task


@pytest.mark.parametrize(
    ("around", "way"), [({**USER, **CLIENT, **TOKEN}, "token"), ({**USER, **CLIENT}, "client")]
)
def test_of_several_ways_in_the_environment_one_is_taken_alone(around, way):
    """A token before an application, an application before a user."""
    found = with_sign_in({}, around)

    assert (stated(found), set(found)) == (way, set(WAYS[way]))


@pytest.mark.parametrize("lost", ["ORCHESTRATOR_CLIENT_ID", "ORCHESTRATOR_CLIENT_SECRET"])
def test_half_a_way_in_the_environment_is_no_way(lost):
    """A forgotten variable does not stand in the way of a complete user."""
    around = {**CLIENT, **USER}
    del around[lost]

    assert stated(with_sign_in({}, around)) == "user"


def test_an_empty_variable_is_none():
    """Pipelines set variables that they do not have to nothing."""
    assert stated(with_sign_in({}, {**TOKEN, "ORCHESTRATOR_ACCESS_TOKEN": ""})) is None


def test_a_way_that_the_task_has_begun_is_completed():
    """The user is in Git, the password in the pipeline; a token there does not win."""
    found = with_sign_in({"username": "admin"}, {**TOKEN, **USER})

    assert found == {"username": "admin", "password": "PASSWORD-FROM-AROUND"}


def test_the_password_of_another_user_completes_nothing():
    """It would be tried, and counted as a wrong one, for somebody it is not of."""
    assert stated(with_sign_in({"username": "bob"}, USER)) is None


def test_a_token_of_the_environment_goes_to_no_server_with_credentials_of_its_own(
    fake, environment
):
    """The case of a pipeline for server A with a task for server B."""
    environment(TOKEN, CLIENT)

    assert "failed" not in mail_settings_info(server=server(fake)).result
    assert "ANOTHER-SERVER" not in sent(fake)


@pytest.mark.parametrize("name", ["username", "password"])
def test_a_half_stated_sign_in_says_which_half_is_missing(fake, environment, name):
    """And takes no other way instead."""
    environment(TOKEN)
    half = server(fake, **{**dict.fromkeys(("username", "password")), name: "something"})

    done = mail_settings_info(server=half).result

    assert done["error"] == "sign_in_missing"
    assert f"server.{name} is given without server." in done["msg"]
    assert fake.requests == []


def test_every_module_signs_in_from_the_environment(fake, environment):
    """With nothing in the task but the address."""
    environment({**USER, "ORCHESTRATOR_PASSWORD": "secret"})
    target = server(fake, username=None, password=None)
    mail = {"smtp_host": "127.0.0.1", "smtp_port": 9, "enable_ssl": False}

    done = [
        mail_settings(server=target, enable_email_alerts=True),
        mail_settings_info(server=target),
        mail_test(
            via="server",
            server=target,
            recipients=["ops@example.com"],
            **mail,
            default_from_address="robot@example.com",
        ),
    ]

    assert [report.result.get("error") for report in done] == [None, None, "verify_failed"]


def test_a_secret_of_the_environment_appears_nowhere(fake, environment):
    """A server repeats what it was sent; no option of the task holds it."""
    fake.switch(echo_rejected=True)
    environment(USER)

    done = mail_settings_info(server=server(fake, username=None, password=None)).result

    assert done["error"] == "sign_in_refused"
    assert "PASSWORD" not in str(done)


@pytest.mark.parametrize("around", [TOKEN, CLIENT, {**USER, "ORCHESTRATOR_PASSWORD": "secret"}])
def test_a_tenant_signs_in_with_its_own_credentials(fake, environment, around):
    """They are part of the task, and so before the environment."""
    environment(around)
    tenants = [{"name": "HR", "username": "hannah", "password": "her-own-password"}]
    nobody = server(fake, tenant=None, username=None, password=None)

    done = mail_settings(server=nobody, tenants=tenants, enable_email_alerts=True).result

    assert done["changed"] is True, done
    assert "ANOTHER-SERVER" not in sent(fake)


def test_a_tenant_s_own_sign_in_stays_its_own(fake):
    """The next tenant signs in as the task says."""
    tenants = [
        {"name": "HR", "username": "hannah", "password": "her-own-password"},
        {"name": "Default"},
    ]

    done = mail_settings(server=server(fake, tenant=None), tenants=tenants, smtp_domain="x").result

    assert [entry["changed"] for entry in done["tenants"]] == [True, True]


def test_only_the_tenant_with_credentials_leaves_the_token_of_all(fake, environment):
    """Who has none of its own goes on with the way of the environment."""
    environment({"ORCHESTRATOR_ACCESS_TOKEN": fake.add_token("Default")})
    tenants = [
        {"name": "HR", "username": "hannah", "password": "her-own-password"},
        {"name": "Default"},
    ]
    nobody = server(fake, tenant=None, username=None, password=None)

    done = mail_settings(server=nobody, tenants=tenants, smtp_domain="x", parallel=1).result

    assert [entry["changed"] for entry in done["tenants"]] == [True, True], done
    assert fake.count("Authenticate") == 1


@pytest.mark.parametrize("way", ["token", "client"])
def test_own_credentials_beside_a_stated_token_are_refused(fake, way):
    """Nobody would use them, so nobody shall believe that they are used."""
    tenants = [{"name": "HR", "username": "hannah", "password": "her-own-password"}]
    ready = server(fake, tenant=None, **dict.fromkeys(WAYS[way], "one-for-all"))

    done = mail_settings(server=ready, tenants=tenants, enable_email_alerts=True).result

    assert (done["error"], fake.requests) == ("invalid_option", [])
    assert "tenants: 'HR' would sign in" in done["msg"]
    assert "her-own-password" not in done["msg"]
