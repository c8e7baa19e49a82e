# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Sentences of the modules, said about the variables of the role."""

from __future__ import annotations

import pytest
from ansible_collections.rpaops.orchestrator.plugins.plugin_utils._role.variables import (
    SETTINGS,
    TEST,
)
from ansible_collections.rpaops.orchestrator.plugins.plugin_utils._role.wording import in_role_words

SAID = {
    "recipients: name at least one address.": "mail_test_recipients: name at least one address.",
    "Check server.url, DNS, firewall and proxy.": "Check mail_server.url, DNS, firewall and proxy.",
    "Give smtp_password again, or set allow_password_reuse: true.": (
        "Give mail_smtp_password again, or set mail_allow_password_reuse: true."
    ),
    "config_file.path, line 2: odd.": "mail_config_file.path, line 2: odd.",
    "Declare them with state: present instead.": "Declare them with mail_state: present instead.",
    "Leave it out, or use mail_test with via: smtp.": (
        "Leave it out, or use mail_test with mail_test_via: smtp."
    ),
    "tenants: HR appears twice.": "mail_tenants: HR appears twice.",
}
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
    module = TEST if "recipients" in text or "via" in text else SETTINGS
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
