# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The schema of the role's variables: made from the specification, and what it refuses."""

from __future__ import annotations

import importlib.util
import json

import jsonschema
import pytest
import yaml
from support.places import ROOT

GOOD = {
    "mail_server": {"url": "https://orchestrator.example.com", "username": "admin"},
    "mail_preset": "gmail",
    "mail_smtp_username": "robots@gmail.com",
    "mail_smtp_password": "{{ vault_gmail_app_password }}",
    "mail_smtp_port": 587,
    "mail_enable_ssl": True,
    "mail_fail_on": ["drift", "error"],
    "mail_tenants": ["HR", {"name": "Finance", "smtp_port": 25}],
    "another_variable": {"anything": [1]},
}
SLIPS = {
    "a misspelt variable": {"mail_prest": "gmail"},
    "a misspelt option of the server": {"mail_server": {"url": "https://a", "tennant": "x"}},
    "an unknown preset": {"mail_preset": "gmial"},
    "a port beyond all ports": {"mail_smtp_port": 98793},
    "a port that is a word": {"mail_smtp_port": "smtp"},
    "a switch that is a word": {"mail_enable_ssl": "ssl"},
    "a host with a scheme": {"mail_smtp_host": "smtp://mail.example.com"},
    "a host with a port": {"mail_smtp_host": "mail.example.com:587"},
    "a sender that is no address": {"mail_default_from_address": "robots"},
    "a server that is a text": {"mail_server": "https://orchestrator.example.com"},
    "a policy that does not exist": {"mail_update_password": "never"},
    "a state that does not exist": {"mail_state": "absent"},
    "an outcome that does not exist": {"mail_fail_on": ["drfit"]},
    "recipients as a number": {"mail_test_recipients": 5},
    "a misspelt setting of a tenant": {"mail_tenants": [{"name": "HR", "smtp_prot": 25}]},
}


def made():
    place = ROOT / "tests" / "tools" / "make_schema.py"
    spec = importlib.util.spec_from_file_location("make_schema", place)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def validator():
    schema = json.loads(made().SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def test_the_schema_is_what_the_specification_says():
    """After a change of an option somebody ran ``python tests/tools/make_schema.py``."""
    module = made()

    assert json.loads(module.SCHEMA.read_text(encoding="utf-8")) == module.schema()


def test_a_declaration_and_whatever_else_stands_beside_it_are_accepted(validator):
    """Templates are judged when they are filled in, and other people's variables never."""
    assert [error.message for error in validator.iter_errors(GOOD)] == []
    assert validator.is_valid(None)


@pytest.mark.parametrize("slip", SLIPS)
def test_a_likely_slip_is_refused(validator, slip):
    """While it is typed, not when it runs."""
    assert not validator.is_valid({**GOOD, **SLIPS[slip]})


def test_every_choice_can_be_chosen(validator):
    """Alone, or in a list where there may be several; and no other word."""
    text = made().SPECIFICATION.read_text(encoding="utf-8")
    options = yaml.safe_load(text)["argument_specs"]["main"]["options"]
    chosen = {name: one for name, one in options.items() if one.get("choices")}
    assert chosen
    for name, one in chosen.items():
        as_given = (lambda word: [word]) if one.get("type") == "list" else (lambda word: word)
        for word in one["choices"]:
            assert validator.is_valid({name: as_given(word)}), (name, word)
        assert not validator.is_valid({name: as_given("none of them")}), name


def test_presets_come_with_their_caveats(validator):
    """An editor shows what has to be known before one is chosen."""
    (gmail,) = [
        one
        for one in validator.schema["properties"]["mail_preset"]["anyOf"]
        if one.get("const") == "gmail"
    ]

    assert "less secure apps" in gmail["description"]
