# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A server that wants to keep us: waits, lists and texts without end, and answers that are traps.

Each of these would have kept the run for hours, or ended it in a traceback.
"""

from __future__ import annotations

import json

import pytest
from fake.orchestrator import FakeOrchestrator
from support.raw_http import RawServer, answer
from support.run import mail_settings, mail_settings_info

TENANTS = [f"T{number:05d}" for number in range(1, 7)]
HOST = "Abp.Net.Mail.Smtp.Host"
DAY = 86_400


def info(server, **more):
    """What ``mail_settings_info`` makes of a scripted server, signed in with a token."""
    options = {"url": server.url, "access_token": "t" * 20, "use_proxy": False, "timeout": 20}
    return dict(mail_settings_info(server={**options, "api": "orchestrator", **more}).result)


def settings(*rows, **more):
    """An answer of the settings API."""
    return answer(json.dumps({"value": list(rows), **more}).encode())


def many(fake, **more):
    token = fake.user_token("admin")
    server = {"url": fake.url, "use_proxy": False, "access_token": token, "timeout": 30}
    given = {"smtp_host": "new.example.com", "allow_password_reuse": True, "parallel": 3, **more}
    tenants = [{"name": name} for name in TENANTS]
    return dict(mail_settings(server=server, tenants=tenants, **given).result)


@pytest.fixture
def fake():
    switches = {"allow_host_to_access_tenant_api": True}
    with FakeOrchestrator(version="2020.10", tenants=len(TENANTS), switches=switches) as running:
        yield running


def test_a_day_that_one_tenant_is_asked_to_wait_stops_no_run(fake):
    """Each tenant waits in its own time only; the others are served, or told the number."""
    fake.fault("Settings.UpdateBulk", "429", times=None, after=2, retry_after=DAY)
    done = many(fake, max_failures=0)

    assert done["error"] == "tenants_failed"
    failed = [found for found in done["tenants"] if found.get("failed")]
    # Those that had written by then may still be stopped before they read back.
    assert len(failed) >= len(TENANTS) - 2
    assert all(str(DAY) in found["msg"] and "429" in found["msg"] for found in failed)
    assert str(DAY) in done["msg"]


def test_a_day_that_the_first_tenant_is_asked_to_wait_fails_it_alone(fake):
    """With the usual max_failures nobody else is tried."""
    fake.fault("Settings.Read", "429", times=None, retry_after=DAY)
    done = many(fake)

    assert [found.get("failed", False) for found in done["tenants"]] == [True] + [False] * 5
    assert done["tenants"][0]["status"] == 429


def test_a_wait_that_the_time_leaves_is_waited(fake):
    """One second of thirty: every tenant is served."""
    fake.fault("Settings.*", "429", times=2, after=3, retry_after=1)

    assert not many(fake).get("failed")
    assert {fake.settings(name)[HOST] for name in TENANTS} == {"new.example.com"}


@pytest.mark.parametrize("asked", ["3600", "9" * 400, "Fri, 31 Dec 9999 23:59:59 GMT"])
def test_one_target_says_what_it_was_asked_to_wait(asked):
    """At once, with the status and the number."""
    with RawServer(answer(b"", "429 Slow", f"Retry-After: {asked}")) as server:
        done = info(server)

    assert (done["error"], done["status"]) == ("deadline", 429)
    assert "HTTP 429" in done["msg"]
    assert any(number in done["msg"] for number in ("3600 s", "1000000000 s"))


@pytest.mark.parametrize("asked", ["soon", "-5", "1e3", "Mon, 99 Foo 99999 99:99:99", "\xa0\xff"])
def test_a_wait_that_is_no_number_is_none(asked):
    """The usual wait comes instead."""
    busy = answer(b"", "429 Slow", f"Retry-After: {asked}")
    with RawServer(busy, settings()) as server:
        assert not info(server).get("failed")


def test_a_server_that_stays_busy_says_how_long_it_wanted():
    """After the last try, in the sentence."""
    busy = answer(b"", "503 Busy", "Retry-After: 0")
    with RawServer(*[busy] * 9) as server:
        assert "it asks to wait 0 s" in info(server, retries=1)["msg"]


def test_a_link_to_the_same_page_is_followed_once():
    """An endless list of settings is refused after two requests."""
    looped = {"@odata.nextLink": "http://x/odata/Settings?$skiptoken=1"}
    with RawServer(*[settings(**looped)] * 9) as server:
        done = info(server)

        assert len(server.requests) == 2
    assert (done["error"], done["stage"]) == ("bad_answer", "read")


def test_a_list_of_ever_new_pages_comes_to_an_end(monkeypatch):
    """Links that differ each time are counted."""
    from ansible_collections.rpaops.orchestrator.plugins.module_utils._server import pages

    monkeypatch.setattr(pages, "MOST_PAGES", 4)
    script = [settings(**{"@odata.nextLink": f"?$skip={n}"}) for n in range(9)]
    with RawServer(*script) as server:
        assert "more than 4 pages" in info(server)["msg"]


@pytest.mark.parametrize("next_link", [5, ["x"], "http://[::1", "", None])
def test_a_link_that_is_no_link_is_none(next_link):
    """The list ends there."""
    with RawServer(settings(**{"@odata.nextLink": next_link})) as server:
        assert not info(server).get("failed")


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("x" * (64 * 1024 + 1), "has 65537 characters"),
        (["a"], "is not a text"),
        ({"a": 1}, "is not a text"),
    ],
    ids=["long", "list", "object"],
)
def test_what_no_setting_holds_is_refused(value, reason):
    """A display name of megabytes would go through every message and log."""
    row = {"Name": "Abp.Net.Mail.DefaultFromDisplayName", "Value": value, "Scope": "Tenant"}
    with RawServer(settings(row)) as server:
        done = info(server)

    assert done["error"] == "bad_answer"
    assert reason in done["msg"]
    assert len(done["msg"]) < 300


def test_a_long_value_of_somebody_else_is_no_trouble():
    """A logo among the settings may have any size."""
    row = {"Name": "System.CustomLogo", "Value": "x" * 1_000_000, "Scope": "Tenant"}
    with RawServer(settings(row)) as server:
        assert not info(server).get("failed")


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b'{"value": ' + b"[" * 100_000, "nested too deeply"),
        (b'{"a":' * 100_000, "nested too deeply"),
        (b'{"value": ' + b"1" * 5000 + b"}", "a number that is too long"),
        (b'{"value": [' + b"{}," * 600_000 + b"{}]}", "more than 500000 values"),
        (b'{"value": "' + b"x" * 9_000_000 + b'"}', "larger than 8 MiB"),
    ],
    ids=["lists", "objects", "digits", "values", "size"],
)
@pytest.mark.parametrize("status", ["200 OK", "400 Bad Request"])
def test_a_trap_in_an_answer_is_a_bad_answer(body, reason, status):
    """However a body is made, in an answer or in a refusal, nothing of ours breaks on it."""
    with RawServer(answer(body, status)) as server:
        done = info(server)

    if status == "200 OK":
        assert done["error"] == "bad_answer"
        assert reason in done["msg"]
    assert done["error"] in ("bad_answer", "unexpected_status")


@pytest.mark.parametrize("location", ["http://h:notaport/", "http://[::1", "/a b", "/\xe9"])
def test_a_redirect_to_no_address_is_refused(location):
    """Also when it cannot be taken apart."""
    with RawServer(answer(b"", "302 Found", f"Location: {location}")) as server:
        assert info(server)["error"] == "redirected"


@pytest.mark.parametrize(
    "errors",
    [5, "x", [5], [["x"]], {"a": "b"}, [{"message": 5}], None],
)
def test_a_refusal_of_any_shape_is_read(errors):
    """Whatever stands where a list of errors belongs."""
    body = {"error": {"message": "no", "validationErrors": errors}, "errors": errors}
    with RawServer(answer(json.dumps(body).encode(), "400 Bad Request")) as server:
        done = info(server)

    assert (done["error"], done["status"]) == ("unexpected_status", 400)
    assert ": no." in done["msg"]


def test_a_port_of_many_digits_is_a_text_that_differs():
    """Python refuses to make a number of it."""
    row = {"Name": "Abp.Net.Mail.Smtp.Port", "Value": "9" * 5000, "Scope": "Tenant"}
    with RawServer(settings(row)) as server:
        assert info(server)["settings"]["smtp_port"] == "9" * 5000


def test_an_answer_before_the_answer_is_passed_over():
    """Early hints (103) are no answer, and the next one is not taken for the one after."""
    hints = b"HTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\n\r\n"
    with RawServer(hints + settings(), settings()) as server:
        assert not info(server).get("failed")


def signed_in(*script, **more):
    """What ``mail_settings_info`` makes of scripted answers, the first of them to a sign-in."""
    with RawServer(*script) as server:
        login = {"access_token": None, "username": "admin", "password": "correct-horse", **more}
        return info(server, **login)


@pytest.mark.parametrize("token", ["a b", "a\nb", "ü", "テ", "\ud800", "x" * 40_000, " "])
def test_a_token_that_cannot_be_sent_is_a_bad_answer(token):
    """A line end would begin another header; a megabyte is no token."""
    done = signed_in(answer(json.dumps({"result": token}).encode()))

    assert (done["error"], done["stage"]) == ("bad_answer", "sign_in"), done["msg"]


@pytest.mark.parametrize("said", [b"[]", b"5", b'"text"', b'{"result": 5}', b"null", b"{}"])
def test_an_answer_without_a_token_is_a_refused_sign_in(said):
    """Of whatever type it is."""
    assert signed_in(answer(said))["error"] == "sign_in_refused"


@pytest.mark.parametrize("life", [10**400, -5, 1e308, float("nan"), "soon", None, True, []])
def test_the_life_of_a_token_may_be_any_number(life):
    """It only says when to ask for another one."""
    token = answer(json.dumps({"access_token": "a.b.c", "expires_in": life}).encode())
    alerts = settings({"Name": "Alerts.Email.Enabled", "Value": "true", "Scope": "Tenant"})
    application = {"username": None, "password": None, "client_id": "i", "client_secret": "s" * 9}
    done = signed_in(token, alerts, tenant="Default", **application)

    assert not done.get("failed"), done["msg"]


def test_a_cookie_that_is_a_word_takes_nothing_out_of_a_sentence():
    """Only what is long enough for a session is secret."""
    language = answer(b"{}", "200 OK", "Set-Cookie: lang=en", "Set-Cookie: s=SESSION-0123456789")
    refused = answer(b'{"message": "Not open to SESSION-0123456789"}', "401 Unauthorized")
    absent = answer(b"", "404 Not Found")
    done = signed_in(absent, absent, language, refused, level="host")

    assert "Not open to ***" in done["msg"]


@pytest.mark.parametrize("version", ["9" * 5000, "1.2.3", "-1", "1e5", "11.0, 9", "", "\xb2"])
def test_a_version_is_a_short_number_or_unknown(version):
    """A header is as hostile as a body."""
    body = json.dumps({"value": []}).encode()
    with RawServer(answer(body, "200 OK", f"api-supported-versions: {version}")) as server:
        done = info(server)

    assert done.get("server_version") == ("11.0" if "11.0" in version else None)
