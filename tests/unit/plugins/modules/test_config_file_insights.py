# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The SMTP block of Insights in the cluster configuration of an Automation Suite."""

from __future__ import annotations

import json

import pytest
from support.config_file import content, edit, refusal, run, settings_in, written
from support.run import mail_settings

BLOCK = {
    "tls_version": "TLSv1_2",
    "from_email": "robot@example.com",
    "host": "smtp.example.com",
    "port": 587,
    "username": "robot",
    "password": "correct-horse",
}
KEY = "smtp_configuration"
INSIGHTS = {"key_style": "insights"}


def cluster(path, block):
    insights = {"enabled": True} if block is None else {"enabled": True, KEY: block}
    return written(path, json.dumps({"fqdn": "a.example.com", "insights": insights}, indent=2))


def test_the_block_is_read_in_our_words(tmp_path):
    """TLS is on when a version of it is named; the password is not shown."""
    found = settings_in(cluster(tmp_path / "cluster_config.json", BLOCK))
    assert found == {
        "enable_ssl": True,
        "use_default_credentials": False,
        "smtp_host": "smtp.example.com",
        "smtp_port": 587,
        "smtp_username": "robot",
        "default_from_address": "robot@example.com",
        "smtp_password_set": True,
    }


def test_every_key_is_written_in_its_type(tmp_path):
    """A block that is not there is made; the port is a number."""
    path = cluster(tmp_path / "cluster_config.json", None)
    edit(
        path,
        enable_ssl=True,
        smtp_host="smtp.example.com",
        smtp_port=587,
        smtp_username="robot",
        smtp_password="correct-horse",
        default_from_address="robot@example.com",
        file=INSIGHTS,
    )
    assert content(path)["insights"] == {"enabled": True, KEY: BLOCK}


@pytest.mark.parametrize("version", ["TLSv1_1", "SSLv23"])
def test_another_version_of_tls_is_tls_and_stays(tmp_path, version):
    """Only what is declared changes."""
    path = cluster(tmp_path / "a.json", {**BLOCK, "tls_version": version})
    edit(path, enable_ssl=True, smtp_port=25, smtp_password="correct-horse")
    expected = {**BLOCK, "tls_version": version, "port": 25}
    assert content(path)["insights"][KEY] == expected


def test_without_tls_the_version_goes_and_comes_back(tmp_path):
    """No TLS is said by leaving it out."""
    path = cluster(tmp_path / "a.json", BLOCK)
    edit(path, enable_ssl=False, smtp_password="correct-horse", smtp_port=2525)
    found = content(path)["insights"][KEY]
    assert found == {**{k: v for k, v in BLOCK.items() if k != "tls_version"}, "port": 2525}
    assert settings_in(path)["enable_ssl"] is False
    edit(path, enable_ssl=True, smtp_password="correct-horse")
    assert content(path)["insights"][KEY]["tls_version"] == "TLSv1_2"


def test_a_preset_fits(tmp_path):
    """It says that credentials are used, which is how the block is meant."""
    path = cluster(tmp_path / "a.json", None)
    secret = {"smtp_password": "abcd efgh ijkl mnop", "smtp_username": "robot@gmail.com"}
    edit(path, preset="gmail", default_from_address="robot@gmail.com", **secret, file=INSIGHTS)
    assert content(path)["insights"][KEY]["host"] == "smtp.gmail.com"


@pytest.mark.parametrize(
    ("option", "value"),
    [("smtp_domain", "x"), ("default_from_display_name", "x"), ("enable_email_alerts", True)],
)
def test_what_the_block_has_no_key_for_is_refused(tmp_path, option, value):
    """Named, in check mode as well."""
    path = cluster(tmp_path / "a.json", BLOCK)
    assert f"no place for {option}" in refusal(path, allow_password_reuse=True, **{option: value})


@pytest.mark.parametrize("text", ["{}", '{"insights": null}', '{"insights": []}', '{"a": {}}'])
def test_a_file_without_insights_is_refused(tmp_path, text):
    """Nothing says that this is a cluster configuration."""
    path = written(tmp_path / "a.json", text)
    assert "'insights:smtp_configuration'" in refusal(path, smtp_host="x", file=INSIGHTS)


def test_the_block_can_be_emptied(tmp_path):
    """With state inherited the keys go, and their defaults show."""
    path = cluster(tmp_path / "a.json", BLOCK)
    done = mail_settings(config_file={"path": str(path), **INSIGHTS}, state="inherited").result
    assert len(done["updated"]) == len(BLOCK)
    assert content(path)["insights"] == {"enabled": True, KEY: {}}
    assert run(path, enable_ssl=False, file=INSIGHTS)["changed"] is False
