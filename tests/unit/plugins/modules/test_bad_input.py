# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bad input ends in one clear sentence that names the option or the address; nothing is written."""

from __future__ import annotations

import pytest
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible_collections.rpaops.orchestrator.plugins.module_utils import _argspec
from fake.orchestrator import FakeOrchestrator
from support.raw_http import RawServer, answer
from support.run import mail_settings, server


@pytest.fixture
def fake():
    users = {"Default": {"admin": "secret", "reader": {"password": "secret", "permissions": []}}}
    with FakeOrchestrator(version="2020.10", users=users) as running:
        yield running


def refused(fake, sentence, **options):
    """Run with bad input; the message holds ``sentence`` and nothing was written."""
    result = mail_settings(**options).result
    assert result["failed"] is True
    assert sentence in result["msg"], result["msg"]
    assert "Traceback" not in result["msg"]
    assert fake.count("Settings.UpdateBulk") == 0
    return result


@pytest.mark.parametrize(
    ("declared", "option"),
    [
        ({"smtp_port": 0}, "smtp_port"),
        ({"smtp_port": 70000}, "smtp_port"),
        ({"smtp_host": ""}, "smtp_host"),
        ({"smtp_host": "smtp://mail.example.com"}, "smtp_host"),
        ({"smtp_host": "mail.example.com:587"}, "smtp_host"),
        ({"smtp_password": "********"}, "smtp_password"),
        ({"smtp_password": "secret\n"}, "smtp_password"),
        ({"default_from_address": "nobody"}, "default_from_address"),
        ({"default_from_display_name": "x\r\nBcc: y"}, "default_from_display_name"),
        ({"preset": "gmial"}, "preset"),
    ],
)
def test_a_bad_value_is_refused_before_any_connection(fake, declared, option):
    """The message names the option."""
    refused(fake, option, server=server(fake), **declared)
    assert fake.requests == []


def test_five_mistakes_are_five_findings(fake):
    """All findings come together."""
    result = refused(
        fake,
        "smtp_port",
        server=server(fake),
        smtp_host="smtp://x",
        smtp_port=0,
        smtp_password="••••••••",
        default_from_address="nobody",
        default_from_display_name="x\ny",
    )
    errors = [found["rule"] for found in result["findings"] if found["grade"] == "error"]
    assert len(errors) == 5
    assert fake.requests == []


def test_a_proof_without_a_password_names_the_option(fake):
    """The server cannot test the password it has stored."""
    fake.set_settings("Default", {"Abp.Net.Mail.Smtp.UserName": "robot@example.com"})
    refused(
        fake,
        "smtp_password",
        server=server(fake),
        use_default_credentials=False,
        verify_recipient="ops@example.com",
        default_from_address="robot@example.com",
    )


def test_a_server_nobody_listens_at_is_named(fake):
    """The address and what to check."""
    options = server(fake, url="http://127.0.0.1:9", retries=0)
    refused(fake, "Cannot reach http://127.0.0.1:9", server=options, smtp_host="mail.example.com")


@pytest.mark.parametrize("wrong", [{"password": "other"}, {"tenant": "Nowhere"}])
def test_a_refused_sign_in_names_user_tenant_and_options(fake, wrong):
    """A wrong password and a wrong tenant look the same to a server, so both are named."""
    result = refused(
        fake, "server.tenant", server=server(fake, **wrong), smtp_host="mail.example.com"
    )
    assert (result["error"], result["stage"]) == ("sign_in_refused", "sign_in")


def test_a_missing_permission_is_named(fake):
    """403 tells which permission it would take."""
    options = server(fake, username="reader")
    result = refused(fake, "Settings.View", server=options, smtp_host="mail.example.com")
    assert (result["error"], result["status"]) == ("forbidden", 403)


def test_a_page_instead_of_json_names_the_address(fake):
    """A wrong path often leads to a login page."""
    with RawServer(answer(b"<html>log in</html>")) as site:
        options = server(fake, url=site.url)
        refused(fake, "an HTML page instead of JSON", server=options, smtp_host="m.example.com")


def test_no_way_to_sign_in_lists_the_ways(fake):
    """Without user, application or token there is nothing to try."""
    options = server(fake, username=None, password=None)
    refused(fake, "server.access_token", server=options, smtp_host="mail.example.com")


def test_an_address_without_scheme_is_refused(fake):
    """server.url needs a scheme."""
    options = server(fake, url="orchestrator.example.com")
    refused(fake, "server.url", server=options, smtp_host="mail.example.com")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"smtp_hots": "x"}, "smtp_hots"),
        ({"smtp_port": "many"}, "smtp_port"),
        ({"enable_ssl": "perhaps"}, "enable_ssl"),
        ({}, "server, config_file"),
        ({"server": {"url": "u"}, "config_file": {"path": "p"}}, "server|config_file"),
    ],
)
def test_what_ansible_refuses_names_the_option(options, words):
    """Unknown options, wrong types, and both or neither target."""
    relations = {k: v for k, v in _argspec.mail_settings().items() if k != "supports_check_mode"}
    target = {} if not options or "server" in options else {"config_file": {"path": "p"}}
    messages = ArgumentSpecValidator(**relations).validate({**target, **options}).error_messages
    assert messages
    assert words in " ".join(messages)
