# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a probe sends, what it leaves behind however it ends, and what its file holds."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import threading

import pytest
from contract import validator
from fake.orchestrator import FakeOrchestrator
from support.run import mail_probe, server
from support.until import until

PASSWORD = "Abp.Net.Mail.Smtp.Password"
BEFORE = {
    "Abp.Net.Mail.Smtp.Host": "mail.old.example.com",
    "Abp.Net.Mail.Smtp.UserName": "olduser@old.example.com",
    "Alerts.Email.Enabled": "true",
}
ROWS = {
    "Email.Smtp.Host": "mail.old.example.com",
    "Email.Smtp.Port": "2525",
    "Email.Smtp.FromEmail": "old@old.example.com",
    "Email.Smtp.Domain": "old",
}
#: The last step, and where a signal comes in the middle, by level.
LAST = [("auto", "Settings.VerifySmtpSetting"), ("organization", "Identity.Verify")]
ENDED = [("auto", "Settings.UpdateBulk"), ("organization", "Identity.Update")]
APPLICATION = {"client_id": "app-id", "client_secret": "app-secret"}
SIGN_INS = {"Authenticate", "Token", "Antiforgery", "Identity.Login"}
WRITES = ("Settings.UpdateBulk", "Settings.DeleteBulk", "Settings.VerifySmtpSetting")
IDENTITY_WRITES = ("Identity.Update", "Identity.Delete", "Identity.Verify")


@pytest.fixture
def fake():
    with FakeOrchestrator("v17", tenants={"Default": BEFORE}, identity={"acme": ROWS}) as running:
        yield running


def options(fake, level="auto", **more):
    """The option ``server``, signed in as an application."""
    given = {k: v for k, v in server(fake).items() if k not in ("username", "password")}
    return {**given, **APPLICATION, "level": level, **more}


def held(fake):
    return fake.own_settings("Default"), fake.identity_settings("acme")


def seen(report):
    return {answer["switch"]: answer["positions"] for answer in report.result["answers"]}


@pytest.mark.parametrize("version", ["2018.1", "2020.10", "v13", "v17"])
@pytest.mark.parametrize("level", ["tenant", "host"])
def test_a_probe_that_only_reads_sends_nothing_but_get(version, level, tmp_path):
    """Besides the sign-in; that is the default."""
    with FakeOrchestrator(version, switches={"allow_host_to_access_tenant_api": True}) as fake:
        done = mail_probe(server=server(fake, level=level), directory=str(tmp_path))
        others = {r.operation for r in fake.requests if r.method != "GET"}

    assert not done.failed, done.result
    assert others <= SIGN_INS


def test_check_mode_only_reads_whatever_is_wished(fake, tmp_path):
    """And the file is written all the same."""
    done = mail_probe(True, server=options(fake), write=True, directory=str(tmp_path))

    assert {r.operation for r in fake.requests if r.method != "GET"} == {"Token"}
    assert "It only read" in (tmp_path / "mail-probe.md").read_text(encoding="utf-8")
    assert done.result["changed"] is False


@pytest.mark.parametrize(
    ("level", "tenant", "option"), [("host", "Default", "write"), ("auto", None, "server.tenant")]
)
def test_it_writes_only_where_nobody_else_would_feel_it(fake, tmp_path, level, tenant, option):
    """Not to the host, and not to a tenant that nobody named; refused before anything is sent."""
    given = server(fake, level=level, tenant=tenant)
    done = mail_probe(server=given, write=True, directory=str(tmp_path)).result

    assert (done["error"], done["stage"]) == ("invalid_option", "guard")
    assert done["msg"].startswith(f"{option}: ")
    assert fake.requests == []


@pytest.mark.parametrize(("level", "shape"), [("auto", "standalone"), ("organization", "suite")])
def test_what_it_sends_is_documented(tmp_path, level, shape):
    """Also what asks for something that is not there: only values and names are strange."""
    with FakeOrchestrator("v17", shape) as fake:
        given = options(fake, level, **({"organization": "acme"} if shape == "suite" else {}))
        assert not mail_probe(server=given, write=True, directory=str(tmp_path)).failed
        found = validator.validate(fake.requests, "v17", shape)

    # The verify calls are asked for without anything that could be sent.
    assert [text for text in found if "is a required property" not in text] == []


@pytest.mark.parametrize("level", ["auto", "organization"])
@pytest.mark.parametrize("fault", ["reset-before", "500", "403", "lost-answer", "429", "bad-json"])
@pytest.mark.parametrize("after", [0, 1, 3, 5])
def test_whatever_goes_wrong_once_everything_is_put_back(fake, tmp_path, level, fault, after):
    """One write or one reading in the middle fails; the others do not."""
    before = held(fake)
    for operation in (*WRITES, *IDENTITY_WRITES, "Settings.Read", "Identity.Read"):
        fake.fault(operation, fault, after=after + (3 if "Read" in operation else 0))
    given = options(fake, level, retries=0)

    done = mail_probe(server=given, write=True, directory=str(tmp_path)).result

    assert held(fake) == before
    assert done.get("error") in (None, "unreachable", "unexpected_status", "not_json", "bad_answer")
    assert not (tmp_path / "mail-probe-before.json").exists()


@pytest.mark.parametrize("level", ["auto", "organization"])
def test_what_cannot_be_put_back_is_named_and_kept_in_a_file(fake, tmp_path, level):
    """The keys, and where the values are; the password is in neither."""
    for operation in ("Settings.UpdateBulk", "Settings.DeleteBulk", *IDENTITY_WRITES):
        fake.fault(operation, "403", times=None, after=1)
    done = mail_probe(server=options(fake, level), write=True, directory=str(tmp_path)).result

    kept = json.loads((tmp_path / "mail-probe-before.json").read_text(encoding="utf-8"))
    host = next(key for key in kept if key.endswith("Smtp.Host"))
    assert done["error"] == "probe_not_restored"
    assert host in done["msg"]
    assert kept[host] == "mail.old.example.com"
    assert not [key for key in kept if "Password" in key]


def test_a_probe_that_did_not_end_is_not_followed_by_another(fake, tmp_path):
    """What stands in the file would be lost."""
    (tmp_path / "mail-probe-before.json").write_text("{}", encoding="utf-8")
    done = mail_probe(server=options(fake), write=True, directory=str(tmp_path)).result

    assert done["error"] == "invalid_option"
    assert "put it back, remove the file" in done["msg"]
    assert not {r.operation for r in fake.requests} & set(WRITES)


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
@pytest.mark.parametrize(("level", "write"), ENDED)
def test_a_signal_ends_the_writing_and_not_the_putting_back(fake, tmp_path, level, write, name):
    """It comes while the server is thinking about a write, and again while all is put back."""
    number, before = signal.Signals[name], held(fake)
    handler = signal.getsignal(number)
    fake.fault(write, "stall-before", after=2)
    with beside(ended_twice, fake, number, lambda: fake.count(write) == 3):
        done = mail_probe(server=options(fake, level), write=True, directory=str(tmp_path)).result

    assert (done["error"], held(fake)) == ("probe_interrupted", before)
    assert name in done["msg"]
    assert signal.getsignal(number) is handler
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize(("level", "last"), LAST)
def test_a_signal_that_comes_late_is_heard_after_the_putting_back(fake, tmp_path, level, last):
    """All questions have been asked by then, and are lost all the same: somebody wants the end."""
    before = held(fake)
    fake.fault(last, "stall-before")
    with beside(ended_late, fake, signal.SIGINT, lambda: fake.count(last) == 1):
        done = mail_probe(server=options(fake, level), write=True, directory=str(tmp_path)).result

    assert (done["error"], held(fake)) == ("probe_interrupted", before)


def ended_twice(fake, number, is_time):
    """A signal when it is time, and one while the putting back waits for its first answer."""
    until(is_time)
    with next_stalls(fake, number):
        os.kill(os.getpid(), number)


def ended_late(fake, number, is_time):
    """The last step gets no answer; the signal comes while the putting back waits for its own."""
    until(is_time)
    with next_stalls(fake, number):
        fake.drop_connections()


@contextlib.contextmanager
def next_stalls(fake, number):
    """Let the next request wait until a signal is sent."""
    fake.fault("*", "stall-before")
    count = len(fake.requests)
    yield
    until(lambda: len(fake.requests) > count)
    os.kill(os.getpid(), number)
    fake.drop_connections()


@contextlib.contextmanager
def beside(work, *arguments):
    """Do work in another thread, until its end."""
    thread = threading.Thread(target=work, args=arguments)
    thread.start()
    yield
    thread.join()


def test_rows_that_were_not_there_are_gone_again(tmp_path):
    """An organization that stores nothing stores nothing afterwards."""
    with FakeOrchestrator("v17") as fake:
        given = options(fake, "organization")
        assert not mail_probe(server=given, write=True, directory=str(tmp_path)).failed
        assert fake.count("Identity.Update") > 3
        assert fake.identity_settings("acme") == {}


def test_a_password_that_is_set_is_left_alone(fake, tmp_path):
    """It could not be put back, so nothing is asked about it."""
    fake.set_settings("Default", {PASSWORD: "correct-horse-battery"})
    done = mail_probe(server=options(fake), write=True, directory=str(tmp_path))

    assert fake.settings("Default")[PASSWORD] == "correct-horse-battery"
    assert PASSWORD not in str([r.body for r in fake.requests if r.operation in WRITES])
    assert "posted_mask" in done.result["unanswered"]
    assert seen(done)["mask"] == ["bullets"]


@pytest.mark.parametrize("level", ["auto", "organization"])
def test_a_password_that_is_known_is_put_back(fake, tmp_path, level):
    """Then the questions about it are asked."""
    fake.set_settings("Default", {PASSWORD: "correct-horse-battery"})
    fake.set_identity_settings("acme", {"Email.Smtp.Password": "correct-horse-battery"})
    before, known = held(fake), {"smtp_password": "correct-horse-battery"}
    done = mail_probe(server=options(fake, level), write=True, directory=str(tmp_path), **known)

    assert held(fake) == before
    assert seen(done)["mask" if level == "auto" else "identity_mask"]
    assert "correct-horse" not in (tmp_path / "mail-probe.md").read_text(encoding="utf-8")


def test_what_became_the_tenants_own_is_said(tmp_path):
    """Early servers cannot remove values; what holds is the same."""
    with FakeOrchestrator("2020.10") as fake:
        before = fake.settings("Default")
        done = mail_probe(server=server(fake), write=True, directory=str(tmp_path))
        own = set(fake.own_settings("Default"))
        assert fake.settings("Default") == before

    (warning,) = done.warnings
    assert done.result["changed"] is True
    assert own == {key.strip(",") for key in warning.split() if "." in key.strip(",.")}


def test_a_server_that_cannot_be_reached_is_a_failure(tmp_path):
    """There is nothing to tell, and no file."""
    with FakeOrchestrator() as fake:
        given = server(fake, retries=0)
    done = mail_probe(server=given, directory=str(tmp_path)).result

    assert done["error"] == "unreachable"
    assert os.listdir(tmp_path) == []


def test_an_application_that_may_do_one_thing_is_told_what_it_may(fake, tmp_path):
    """Each API is asked for by itself."""
    scopes = {"scopes": ["PM.Setting.Read"], "secret": "app-secret"}
    with FakeOrchestrator("v17", clients={"app-id": scopes}) as strict:
        given = options(strict, "organization")
        done = mail_probe(server=given, directory=str(tmp_path))

    assert not done.failed, done.result
    assert seen(done)["identity_host"] == ["served"]
