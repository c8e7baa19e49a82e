# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Sentences of the modules, said about the variables of the role."""

from __future__ import annotations

import ast
import datetime
import re

import pytest
from ansible_collections.rpaops.orchestrator.plugins.module_utils._declaration.preflight import (
    RULES,
    Circumstances,
    check,
)
from ansible_collections.rpaops.orchestrator.plugins.module_utils._knowledge.providers import preset
from ansible_collections.rpaops.orchestrator.plugins.module_utils._settings import MAIL_TAB
from ansible_collections.rpaops.orchestrator.plugins.plugin_utils._role.variables import (
    SETTINGS,
    TEST,
)
from ansible_collections.rpaops.orchestrator.plugins.plugin_utils._role.wording import in_role_words
from support.findings import FIRING, GOOD
from support.places import ROOT

#: What no text of the role may hold: an option where a variable is meant.
BARE = re.compile(
    r"(?<![\w./`-])(?:(?:smtp|enable|default|use|verify|config|custom|preset|password|update)_\w+\b"
    r"|(?:state|via|implicit_tls|preset|tenants|recipients): (?:\w+)\b|(?:server|seen)\.[a-z_]+\b"
    r"|helo\b)"
)
SAID = {
    "recipients: name at least one address.": "mail_test_recipients: name at least one address.",
    "Check server.url, DNS, firewall and proxy.": "Check mail_server.url, DNS, firewall and proxy.",
    "Give smtp_password again, or set allow_password_reuse: true.": (
        "Give mail_smtp_password again, or set mail_allow_password_reuse: true."
    ),
    "config_file.path, line 2: odd.": "mail_config_file.path, line 2: odd.",
    "Declare them with state: present instead.": "Declare them with mail_state: present instead.",
    "Leave it out, or use mail_test with via: smtp.": (
        "Leave it out, or test with mail_test_via: smtp."
    ),
    "Another machine may do it (via: smtp and via: server).": (
        "Another machine may do it (mail_test_via: smtp and mail_test_via: server)."
    ),
    "Give the mail server, or use state: inherited.": (
        "Give the mail server, or use mail_state: inherited."
    ),
    "It belongs to a preset; give preset as well.": (
        "It belongs to a preset; give mail_preset as well."
    ),
    "Check seen.imap_host and seen.mailbox.": (
        "Check mail_test_seen.imap_host and mail_test_seen.mailbox."
    ),
    "Give a full name as helo in this test.": "Give a full name as mail_test_helo in this test.",
    "tenants: HR appears twice.": "mail_tenants: HR appears twice.",
}
OF_A_TEST = ("recipients", "seen", "helo")
LEFT_ALONE = (
    "The server refused the settings; its answer has a body.",
    "Cannot reach https://server.example.com/smtp_host: refused.",
    "smtp_password_set",
    "The state of the server: unknown.",
    "/etc/server.pem is missing",
)


@pytest.mark.parametrize("text", SAID)
def test_an_option_becomes_its_variable(text):
    """Names of two words anywhere, single words where they are the subject or get a value."""
    module = TEST if any(word in text for word in OF_A_TEST) else SETTINGS
    assert in_role_words({"msg": text}, module) == {"msg": SAID[text]}


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_other_words_stay(text):
    """Prose, addresses and paths."""
    assert in_role_words(text, SETTINGS) == text


def test_keys_and_values_of_a_result_stay():
    """Only sentences change, at whatever depth."""
    result = {"updated": ["smtp_host"], "tenants": [{"name": "preset", "msg": "smtp_port: x"}]}

    told = in_role_words(result, SETTINGS)

    assert told["updated"] == ["smtp_host"]
    assert told["tenants"] == [{"name": "preset", "msg": "mail_smtp_port: x"}]


def findings():
    """The sentence of every mistake of the table, by its rule."""
    around = Circumstances(datetime.date(2026, 11, 23), era=MAIL_TAB)
    for rule, _grade, provider, differing in FIRING:
        settings = {k: v for k, v in {**GOOD, **differing}.items() if v is not None}
        found = check(settings, preset(provider) if provider else None, around)
        yield from ((rule, one.text) for one in (*found.errors, *found.warnings))


def test_every_pre_flight_rule_speaks_of_variables():
    """No rule is left out, and none of them names an option of a module."""
    told = [(rule, in_role_words(str(text), SETTINGS)) for rule, text in findings()]

    assert {rule for rule, _text in told} == {rule.id for rule in RULES}
    assert [text for _rule, text in told if BARE.search(text)] == []


@pytest.mark.parametrize("module", [SETTINGS, TEST])
def test_every_sentence_of_the_code_speaks_of_variables(module):
    """Whatever is written in ``module_utils`` and is a sentence."""
    texts = {
        node.value
        for path in (ROOT / "plugins/module_utils").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    # Without patterns, lists of names and descriptions of the code; a part follows an option.
    sentences = {text for text in texts if " " in text and not re.search(r"``|\n|\\|\|", text)}
    told = {in_role_words(f"x: {re.sub(r'{.*?}', 'x', text)}", module) for text in sentences}

    assert len(sentences) > 500
    assert {text for text in told if BARE.search(text)} == set()
