# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What servers may mean differently: every position of every switch ends in the declared state."""

from __future__ import annotations

import pytest
from ansible_collections.rpaops.orchestrator.plugins.module_utils._reconcile import read_back
from fake.orchestrator import FakeOrchestrator
from support.run import mail_settings, server

PASSWORD = "correct-horse-battery"
DECLARED = {
    "enable_ssl": True,
    "use_default_credentials": False,
    "smtp_host": "smtp.example.com",
    "smtp_port": 587,
    "smtp_username": "robot@example.com",
    "smtp_password": PASSWORD,
    "default_from_address": "robot@example.com",
}
POSITIONS = [
    {"posted_mask": "store"},
    {"posted_mask": "ignore"},
    {"posted_mask": "reject"},
    {"keys_together": "with_password"},
    {"bulk_status": 204},
    *[
        {"mask": mask}
        for mask in ("bullets", "stars", "empty", "null", "absent", "constant", "blob", "clear")
    ],
    {"boolean": "True"},
    {"boolean": "json"},
    {"boolean": "1"},
    {"port": "number"},
    {"port": "space"},
    {"null_for_empty": True},
    {"scope": "null"},
    {"scope": "filled"},
    {"key_case": "lower"},
    {"page_size": 7},
    {"stale_reads": 2},
    {"wrong_login": 401},
    {"token_uses": 2},
    {"api_header": False},
]


@pytest.fixture(params=POSITIONS, ids=str)
def fake(request):
    with FakeOrchestrator(version="2020.10", switches=request.param) as running:
        yield running


@pytest.fixture(autouse=True)
def hasty(monkeypatch):
    """Wait less than a real run would."""
    monkeypatch.setattr(read_back, "SETTLING", (0.0, 0.01, 0.01, 0.01))


def test_the_second_run_is_a_no_op_whatever_the_server_means(fake, tmp_path):
    """Applied twice: the password is stored as declared, and the second run writes nothing."""
    options = {"server": server(fake), "password_record": str(tmp_path / "record"), **DECLARED}

    first = mail_settings(**options).result
    fake.clear_log()
    second = mail_settings(**options).result

    assert (first["changed"], second["changed"]) == (True, False), (first, second)
    assert fake.settings("Default")["Abp.Net.Mail.Smtp.Password"] == PASSWORD
    assert fake.count("Settings.UpdateBulk") == 0


@pytest.mark.parametrize(
    "position", [{"bulk": "ignore"}, {"bulk": "partial"}, {"bulk_text": "lower"}], ids=str
)
def test_a_server_that_stores_something_else_is_found_out(position):
    """An accepted write that does not show on reading back is a failure that says what holds."""
    with FakeOrchestrator(version="2020.10", switches=position) as fake:
        done = mail_settings(
            server=server(fake),
            allow_password_reuse=True,
            smtp_port=2525,
            default_from_address="Ops@Example.com",
        ).result

    assert done["error"] == "not_stored"
    assert "default_from_address" in done["msg"] or "smtp_port" in done["msg"]
