# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The password from run to run of ``mail_settings``, counted in the log of a real server."""

from __future__ import annotations

import os

import pytest
from fake.orchestrator import FakeOrchestrator
from support.run import mail_settings, server

WRITE, KEY = "Settings.UpdateBulk", "Abp.Net.Mail.Smtp.Password"
RECORD_KEY = "key-of-the-user-0123456789"
ACCOUNT = {
    "smtp_host": "smtp.example.com",
    "smtp_port": 587,
    "smtp_username": "robot@example.com",
    "enable_ssl": True,
}


@pytest.fixture
def fake():
    with FakeOrchestrator(version="2020.10") as running:
        yield running


@pytest.fixture
def run(fake, tmp_path):
    """Run with a record of its own; returns the result and how often was written."""

    def once(password="correct-horse", **more):
        fake.clear_log()
        more.setdefault("password_record", str(tmp_path / "state" / "record"))
        options = {**ACCOUNT, "smtp_password": password, **more}
        return mail_settings(server=server(fake), **options).result, fake.count(WRITE)

    return once


def test_the_same_password_twice_is_one_write(run):
    """The second run is unchanged, by the fingerprint."""
    assert run()[1] == 1
    result, writes = run()
    assert (result["changed"], result["password_evidence"], writes) == (False, "fingerprint", 0)


def test_a_rotated_password_is_one_write(run, fake):
    """The new password is stored, and then it is quiet again."""
    run()
    result, writes = run(password="battery-staple")
    assert (result["updated"], writes) == (["smtp_password"], 1)
    assert fake.settings("Default")[KEY] == "battery-staple"
    assert run(password="battery-staple")[1] == 0


def test_a_lost_record_is_one_write_and_then_quiet(run, tmp_path):
    """Without evidence the password is written once."""
    run()
    (tmp_path / "state" / "record").unlink()
    result, writes = run()
    assert (result["password_evidence"], writes) == ("none", 1)
    assert run()[1] == 0


def test_on_create_with_another_name_sends_no_password(run, fake):
    """Only the name is written."""
    run()
    more = {"default_from_display_name": "Robots", "update_password": "on_create"}
    result, writes = run(password="other-password", **more)
    assert (result["updated"], writes) == (["default_from_display_name"], 1)
    sent = [request.body for request in fake.requests if request.operation == WRITE]
    assert RECORD_KEY not in str(sent)


def test_on_create_hands_no_stored_password_to_a_new_place(run, fake):
    """A password that is given but never written proves nothing about the stored one."""
    run()
    result, writes = run(password="any", smtp_port=2525, update_password="on_create")
    assert (result["error"], writes) == ("password_reuse", 0)
    assert "update_password: on_change" in result["msg"]


def test_always_writes_on_every_run_and_says_so(run):
    """The honest choice for people without state."""
    run(update_password="always")
    result, writes = run(update_password="always")
    assert (result["changed"], result["password_evidence"], writes) == (True, "none", 1)


def test_a_raised_version_is_one_write(run):
    """password_version tells when the password is another."""
    run(password_version=1)
    result, writes = run(password_version=1)
    assert (result["changed"], result["password_evidence"], writes) == (False, "version", 0)
    assert run(password="battery-staple", password_version=2)[1] == 1


def test_a_change_of_the_host_hands_no_stored_password_on(fake, run):
    """Without the password given again, the change is refused."""
    run()
    fake.clear_log()
    done = mail_settings(server=server(fake), smtp_host="elsewhere.example.com").result
    assert (done["error"], fake.count(WRITE)) == ("password_reuse", 0)
    assert "smtp_host" in done["msg"]


def test_the_record_is_for_its_owner_only_and_holds_no_password(run, tmp_path):
    """0600 in a folder of 0700, and no password in it."""
    run()
    record = tmp_path / "state" / "record"
    modes = [os.stat(path).st_mode & 0o777 for path in (record.parent, record)]
    assert modes == [0o700, 0o600]
    assert "correct-horse" not in record.read_text()


def test_check_mode_keeps_no_record(fake, tmp_path):
    """Nothing is written anywhere in check mode."""
    record = tmp_path / "record"
    options = {**ACCOUNT, "smtp_password": "correct-horse", "password_record": str(record)}
    mail_settings(check_mode=True, server=server(fake), **options)
    assert not record.exists()


def test_a_runner_without_memory_compares_by_a_record_that_travels(fake, tmp_path):
    """Applied on one machine, compared on another: the file and the key are all that is needed."""
    options = {**ACCOUNT, "smtp_password": "correct-horse", "password_record_key": RECORD_KEY}
    mail_settings(server=server(fake), password_record=str(tmp_path / "one"), **options)
    (tmp_path / "other").write_bytes((tmp_path / "one").read_bytes())
    other = {**options, "password_record": str(tmp_path / "other")}
    same = mail_settings(check_mode=True, server=server(fake), **other).result
    moved = mail_settings(check_mode=True, server=server(fake), **{**other, "smtp_password": "x2"})

    assert (same["changed"], same["password_evidence"]) == (False, "fingerprint")
    assert moved.result["updated"] == ["smtp_password"]
    assert RECORD_KEY not in str(same) + str(moved)


def test_a_path_that_no_file_can_have_is_refused_by_name(fake):
    """Before anything is sent."""
    done = mail_settings(
        server=server(fake), password_record="a\0b", **{**ACCOUNT, "smtp_password": "correct-horse"}
    ).result

    assert done["msg"].startswith("password_record: it holds a NUL")
    assert fake.requests == []


@pytest.mark.parametrize(("key", "reason"), [("short", "fewer than 16"), ("*" * 20, "is a mask")])
def test_a_key_that_protects_nothing_is_refused_by_name(fake, key, reason):
    """Before anything is sent, and without repeating it."""
    options = {**ACCOUNT, "smtp_password": "correct-horse", "password_record_key": key}
    done = mail_settings(server=server(fake), password_record=None, **options).result

    assert done["msg"].startswith("password_record_key: ")
    assert reason in done["msg"]
    assert fake.requests == []
