# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the variables of a host say, where its result says too little or too much."""

from __future__ import annotations

import pytest
from ansible_collections.rpaops.orchestrator.plugins.plugin_utils._reports import declared

SECRET = "canary-of-a-secret"
NAMES = ("mail_smtp_password", "mail_password_record_key")


def same(value):
    """A template without anything in it."""
    return value


def refuse(value):
    raise RuntimeError(f"cannot template {value}")


def said(result, variables, template=same):
    return declared.without_secrets(result, lambda: variables, template)


@pytest.mark.parametrize(
    "variables",
    [
        {"mail_smtp_password": SECRET},
        {"mail_server": {"password": SECRET}},
        {"mail_server": {"client_secret": SECRET}},
        {"mail_server": {"access_token": SECRET}},
        {"mail_tenants": [{"name": "A", "smtp_password": SECRET}]},
    ],
)
def test_a_foreign_message_is_redacted_with_the_secrets_of_its_host(variables):
    """Ansible quotes what it was given; warnings are shown as well."""
    result = {"failed": True, "msg": f"cannot use {SECRET} here", "warnings": [SECRET]}

    found = said(result, variables)

    assert SECRET[:8] not in repr(found)
    assert found["msg"] == "cannot use *** here"


def test_a_template_that_fails_is_quoted_without_the_texts_in_it():
    """The name of what is undefined stays."""
    raw = "{{ 'canary-of-a-secret' | nothing(vault_missing) }}"
    result = {"failed": True, "msg": f"No filter nothing: {raw}"}

    found = said(result, {"mail_smtp_password": raw}, refuse)

    assert "canary" not in found["msg"]
    assert "vault_missing" in found["msg"]


def test_secrets_of_the_environment_are_known(monkeypatch):
    """A pipeline gives them that way."""
    monkeypatch.setenv("ORCHESTRATOR_CLIENT_SECRET", SECRET)

    assert SECRET not in said({"failed": True, "msg": SECRET}, {})["msg"]


def test_a_vault_text_is_known_in_clear():
    """It is no text before it is templated."""

    class Vault:
        pass

    found = said({"msg": SECRET}, {"mail_smtp_password": Vault()}, lambda value: SECRET)

    assert SECRET not in found["msg"]


def test_the_items_of_a_loop_are_redacted_each():
    """A result of a loop has no message of its own."""
    found = said({"results": [{"msg": SECRET}]}, {"mail_smtp_password": SECRET})

    assert found["results"] == [{"msg": "***"}]


@pytest.mark.parametrize("key", ["error", "plan", "stages"])
def test_a_result_of_our_own_is_taken_as_it_is(key):
    """It was redacted where it was made, and its variables are not looked at."""
    result = {key: "x", "msg": "m"}

    assert declared.without_secrets(result, lambda: pytest.fail("asked"), refuse) is result


@pytest.mark.parametrize(
    ("variables", "found"),
    [
        (
            {"mail_server": {"url": "https://u:p@o.example/x?y", "tenant": "T", "password": "p"}},
            {"address": "https://o.example/x?y", "tenant": "T"},
        ),
        (
            {"mail_server": {"url": "https://o", "level": "host"}},
            {"address": "https://o", "level": "host"},
        ),
        (
            {"mail_config_file": {"path": "/srv/app.json"}},
            {"address": "/srv/app.json", "level": "file"},
        ),
        ({"mail_server": "text"}, {}),
        ({"mail_server": {"url": "http://[::"}}, {}),
        ({}, {}),
    ],
)
def test_the_target_is_what_the_variables_name(variables, found):
    """Without user and password in the address."""
    assert declared.target(variables, same) == found


def test_a_target_that_cannot_be_templated_is_left_out():
    """The report is about that very trouble."""
    assert declared.target({"mail_server": {"url": "{{ x }}"}}, refuse) == {}
