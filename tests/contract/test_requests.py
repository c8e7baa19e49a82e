# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every request of the collection, version by version, against the vendor's OpenAPI documents."""

from __future__ import annotations

import pytest
from contract import validator
from fake.mailbox import Mailbox
from fake.orchestrator import VERSIONS, FakeOrchestrator
from support.run import mail_settings, server

#: Where the full login address is tried before the short one that the document lists.
PROBES = ("/api/Account/Authenticate",)
ORCHESTRATOR_ONLY = [name for name, facts in VERSIONS.items() if not facts.identity]
DECLARED = {
    "enable_email_alerts": True,
    "enable_ssl": True,
    "use_default_credentials": False,
    "smtp_host": "localhost",
    "smtp_domain": "",
    "default_from_display_name": "Robot",
}


def declaration(mailbox):
    account = {
        "smtp_port": mailbox.port,
        "smtp_username": mailbox.username,
        "smtp_password": mailbox.password,
        "default_from_address": mailbox.username,
    }
    return {**DECLARED, **account}


@pytest.fixture(scope="module")
def mailbox():
    with Mailbox() as running:
        yield running


@pytest.mark.parametrize("version", ORCHESTRATOR_ONLY)
def test_declaring_mail_settings_asks_only_what_is_documented(version, mailbox):
    """Sign-in, read, proof, write and read-back: paths, options and bodies are the document's."""
    proof = {"verify_recipient": "ops@example.com"} if VERSIONS[version].verify else {}
    with FakeOrchestrator(version, trust=mailbox.ca_path) as fake:
        done = mail_settings(server=server(fake), **declaration(mailbox), **proof).result

    assert done.get("changed"), done
    assert {"Settings.Read", "Settings.UpdateBulk"} <= set(fake.counts)
    assert validator.validate(fake.requests, version, probes=PROBES) == []
