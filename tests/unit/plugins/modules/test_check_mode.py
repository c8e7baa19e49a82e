# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Check mode, apply and a second apply agree over generated pairs of current and wanted state."""

from __future__ import annotations

import pytest
from fake.orchestrator import FakeOrchestrator
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.run import mail_settings, server

WIRE = {
    "enable_email_alerts": "Alerts.Email.Enabled",
    "enable_ssl": "Abp.Net.Mail.Smtp.EnableSsl",
    "smtp_host": "Abp.Net.Mail.Smtp.Host",
    "smtp_port": "Abp.Net.Mail.Smtp.Port",
    "smtp_domain": "Abp.Net.Mail.Smtp.Domain",
    "default_from_address": "Abp.Net.Mail.DefaultFromAddress",
    "default_from_display_name": "Abp.Net.Mail.DefaultFromDisplayName",
}
SWITCH = st.booleans()
HOST = st.sampled_from(["mail.example.com", "Mail.Example.com", "relay.example.net"])
NAME = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), max_size=20)
DECLARED = st.fixed_dictionaries(
    {},
    optional={
        "enable_email_alerts": SWITCH,
        "enable_ssl": st.just(True),
        "smtp_host": HOST,
        "smtp_port": st.sampled_from([587, 2525]),
        "smtp_domain": st.just(""),
        "default_from_address": st.sampled_from(["a@example.com", "b@example.com"]),
        "default_from_display_name": NAME,
    },
)
CURRENT = st.fixed_dictionaries(
    {
        "enable_email_alerts": st.sampled_from(["true", "True", "false", ""]),
        "enable_ssl": st.sampled_from(["true", "false"]),
        "smtp_host": HOST,
        "smtp_port": st.sampled_from(["587", " 587", "25", ""]),
        "smtp_domain": st.sampled_from(["", "CORP"]),
        "default_from_address": st.sampled_from(["", "a@example.com"]),
        "default_from_display_name": NAME,
    }
)
PREDICTED = ("changed", "updated", "diff", "plan", "settings", "password_evidence")


@pytest.fixture(scope="module")
def fake():
    with FakeOrchestrator(version="2020.10") as running:
        yield running


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(current=CURRENT, declared=DECLARED)
def test_check_mode_predicts_the_run_and_the_second_run_is_a_no_op(fake, current, declared):
    """The same changed, updated, diff and plan; then nothing more to do."""
    fake.set_settings("Default", {WIRE[name]: value for name, value in current.items()})
    options = {"server": server(fake), "allow_password_reuse": True, **declared}

    foreseen = mail_settings(check_mode=True, **options).result
    done = mail_settings(**options).result
    again = mail_settings(**options).result

    assert {k: foreseen[k] for k in PREDICTED} == {k: done[k] for k in PREDICTED}
    assert again["changed"] is False
    assert done["settings"] == again["settings"]
