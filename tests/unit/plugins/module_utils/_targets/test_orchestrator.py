# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What rows of the Orchestrator API say of a value: where it is stored, whether it is set."""

from __future__ import annotations

import json

import pytest
from support.raw_http import RawServer, answer
from support.run import mail_settings_info

HOST, PASSWORD = "Abp.Net.Mail.Smtp.Host", "Abp.Net.Mail.Smtp.Password"


def told(*rows, **more):
    """What ``mail_settings_info`` makes of a server that lists these rows."""
    with RawServer(answer(json.dumps({"value": rows}).encode())) as server:
        options = {"url": server.url, "access_token": "t" * 20, "use_proxy": False, "timeout": 20}
        target = {**options, "api": "orchestrator", "tenant": "Default", **more}
        return mail_settings_info(server=target).result


@pytest.mark.parametrize(
    ("level", "scope", "source"),
    [
        ("tenant", "Tenant", "tenant"),
        ("tenant", "Application", "host"),
        ("tenant", None, "unknown"),
        ("host", "Tenant", "host"),
        ("host", "Application", "host"),
    ],
)
def test_the_scope_of_a_row_says_where_its_value_is_stored(level, scope, source):
    """At the host whatever is stored is the host's own."""
    tenant = {"tenant": None} if level == "host" else {}
    row = {"Name": HOST, "Value": "smtp.example.com", "Scope": scope}

    assert told(row, level=level, **tenant)["sources"]["smtp_host"] == source


@pytest.mark.parametrize(
    ("rows", "is_set"),
    [
        ([], None),
        ([{"Name": PASSWORD, "Value": ""}], False),
        ([{"Name": PASSWORD, "Value": "••••"}], True),
    ],
    ids=["no row", "empty", "mask"],
)
def test_a_row_says_whether_a_password_is_set(rows, is_set):
    """Without a row nobody knows."""
    found = told({"Name": HOST, "Value": "smtp.example.com"}, *rows)

    assert found["settings"]["smtp_password_set"] is is_set
    assert found["sources"]["smtp_password"] == "unknown"
