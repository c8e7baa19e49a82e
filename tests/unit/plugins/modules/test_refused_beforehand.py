# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whatever can be refused without writing is refused in check mode too, in the same words."""

from __future__ import annotations

import pytest
from fake.orchestrator import FakeOrchestrator
from support.run import mail_settings, server

STORED = {
    "Abp.Net.Mail.Smtp.UserName": "robot@example.com",
    "Abp.Net.Mail.Smtp.Password": "stored-long-ago",
    "Abp.Net.Mail.Smtp.UseDefaultCredentials": "false",
}
XML = '<configuration><add key="Other" value="a"/></configuration>'
JSON = '{"Abp.Net.Mail.Smtp.Host": "old.example.com"}'
FILES = {
    "a file cannot send a message": ("a.json", {"verify_recipient": "ops@example.com"}),
    "this layout has no place for smtp_timeout": ("a.json", {"smtp_timeout": 60000}),
    "config_file.path": ("a.config", {}),
}


def both_ways(**options):
    foreseen = mail_settings(check_mode=True, **options).result
    done = mail_settings(**options).result
    assert foreseen == done
    return done


@pytest.mark.parametrize("words", FILES)
def test_a_file_refuses_in_check_mode_what_it_refuses_in_earnest(tmp_path, words):
    """A proof, a setting without a key, a file without the place for it: untouched both times."""
    name, options = FILES[words]
    path = tmp_path / name
    path.write_text(XML if name.endswith("config") else JSON)
    before = path.read_bytes()

    done = both_ways(config_file={"path": str(path)}, smtp_host="smtp.example.com", **options)

    assert done["failed"] is True, done
    assert words in done["msg"]
    assert path.read_bytes() == before


def test_a_proof_that_needs_the_stored_password_is_refused_in_check_mode():
    """The server tests what it is given, and nobody gave it the password."""
    with FakeOrchestrator(version="2020.10", tenants={"Default": STORED}) as fake:
        proof = {"verify_recipient": "ops@example.com", "default_from_display_name": "Robots"}

        done = both_ways(server=server(fake), **proof)

        assert done["msg"].startswith("verify_recipient: the server cannot test its stored")
        assert fake.own_settings("Default") == STORED


def test_a_proof_on_a_server_without_verify_call_is_refused_in_check_mode():
    """It came with 2019.10, and the version is known from the sign-in."""
    with FakeOrchestrator(version="2019.4") as fake:
        done = both_ways(
            server=server(fake), verify_recipient="ops@example.com", smtp_host="smtp.example.com"
        )

        assert done["error"] == "verify_unsupported"
        assert "status" not in done, "nobody was asked"
        assert fake.count("Settings.VerifySmtpSetting") == 0
