# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""``mail_settings_info`` with ``audience: true``: whom mail reaches, on either API."""

from __future__ import annotations

import json

import pytest
from fake.orchestrator import FakeOrchestrator
from fake.orchestrator.users import KINDS
from support.run import mail_settings_info, server

#: Nine kinds of users; no address is part of a name.
NINE = [
    {"name": "jane", "address": "of-jane@mail.example"},
    {"name": "nobody", "address": None},
    {"name": "typo", "address": "of-typo.mail.example"},
    {"name": "left", "address": "of-left@mail.example", "active": False},
    {"name": "new", "address": "of-new@mail.example", "confirmed": False},
    {"name": "corp\\joe", "kind": "directory_user", "address": "of-joe@mail.example"},
    {"name": "robot", "kind": "robot"},
    {"name": "app", "kind": "application"},
    {"name": "everyone", "kind": "group", "address": "of-all@mail.example"},
]
MISSED = [
    {"user": "left", "reason": "inactive"},
    {"user": "new", "reason": "address_not_confirmed"},
    {"user": "nobody", "reason": "no_address"},
    {"user": "typo", "reason": "bad_address"},
]
FOUND = {"users": 6, "reachable": 1, "unreachable": MISSED, "unknown": 1}
APPLICATION = {"username": None, "password": None, "client_id": "app-id"}
APPLICATION["client_secret"] = "app-secret"
SUITE = {**APPLICATION, "organization": "acme"}
#: Version, address shape, options of the server, and whose users they are.
PLACES = {
    "oldest": ("2018.1", "standalone", {}, "tenant"),
    "2020.10": ("2020.10", "standalone", {}, "tenant"),
    "v17": ("v17", "standalone", {}, "organization"),
    "tenant of v17": ("v17", "standalone", {"level": "tenant"}, "tenant"),
    "application": ("v18", "standalone", APPLICATION, "organization"),
    "suite": ("v20", "suite", SUITE, "organization"),
    "tenant of a suite": ("v17", "suite", {**SUITE, "level": "tenant"}, "tenant"),
}


@pytest.mark.parametrize("place", PLACES)
def test_nine_kinds_of_users_and_every_reason_once(place):
    """People alone are counted; a directory's silence is no missing address; no address leaves."""
    version, shape, options, level = PLACES[place]
    with FakeOrchestrator(version, shape, people=NINE) as fake:
        done = mail_settings_info(server=server(fake, **options), audience=True)

    assert done.result["audience"] == {"level": level, **FOUND}
    assert done.warnings == ()
    assert "mail.example" not in json.dumps(done.result)


def test_from_api_20_on_nobody_says_whether_an_address_is_confirmed():
    """That reason goes; nobody is asked for a field that is not there."""
    options = {**SUITE, "level": "tenant"}
    with FakeOrchestrator("v20", "suite", people=NINE) as fake:
        found = mail_settings_info(server=server(fake, **options), audience=True)
        assert {r.status for r in fake.requests if r.operation == "Users.Read"} == {200}

    missed = [one["user"] for one in found.result["audience"]["unreachable"]]
    assert missed == ["left", "nobody", "typo"]


def test_nobody_is_asked_about_without_being_told_to():
    """No request, no right, no key."""
    with FakeOrchestrator("v18", people=NINE) as fake:
        done = mail_settings_info(server=server(fake, **APPLICATION))
        asked = {r.operation for r in fake.requests}
        scopes = " ".join(r.body["scope"] for r in fake.requests if r.operation == "Token")

    assert "audience" not in done.result
    assert not asked & {"Users.Read", "Identity.Users"}
    assert "User" not in scopes


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("limit", [0, 500])
def test_five_thousand_users_take_at_most_twelve_requests(place, limit):
    """Sign-in and settings count as well; half as long pages are twice as many."""
    version, shape, options, _level = PLACES[place]
    limits = {"page_size": limit, "identity_page_size": limit}
    with FakeOrchestrator(version, shape, people=5000, switches=limits) as fake:
        found = mail_settings_info(server=server(fake, **options), audience=True).result
        asked = [fake.count("Users.Read") + fake.count("Identity.Users"), len(fake.requests)]

    assert (found["audience"]["users"], found["audience"]["reachable"]) == (5000, 5000)
    assert asked[0] == (10 if limit else 5)
    assert limit or asked[1] <= 12


USERS = {"Default": {"admin": {"password": "secret", "permissions": ["Settings.View"]}}}
ADMIN = {"password": "secret", "permissions": ["Settings.View", "Organization.Admin"]}
CLIENTS = {"app-id": {"secret": "app-secret", "scopes": ["PM.Setting.Read", "OR.Settings.Read"]}}
CLOSED = {
    "user of a tenant": ("2020.10", {}, ("admin in tenant Default", "Users.View", "OR.Users.Read")),
    "application, tenant": (
        "v17",
        {**APPLICATION, "level": "tenant"},
        ("application app-id", "OR.Users.Read"),
    ),
    "application": ("v17", APPLICATION, ("application app-id", "PM.User.Read")),
}


@pytest.mark.parametrize("case", CLOSED)
def test_without_the_right_one_sentence_says_so_and_the_rest_stands(case):
    """Who lacks which permission and scope; settings, sources and declaration as without."""
    version, options, words = CLOSED[case]
    with FakeOrchestrator(version, users=USERS, clients=CLIENTS, people=NINE) as fake:
        plain = mail_settings_info(server=server(fake, **options))
        done = mail_settings_info(server=server(fake, **options), audience=True)

    assert done.result == plain.result
    (said,) = set(done.warnings) - set(plain.warnings)
    assert said.startswith("There is no audience: ")
    assert all(word in said for word in words), said


def test_an_identity_server_that_refuses_names_scope_and_administration():
    """A ready token with the right to settings alone."""
    with FakeOrchestrator("v17", people=NINE) as fake:
        token = fake.add_token(kind="application", scopes=["PM.Setting", "OR.Settings"])
        done = mail_settings_info(server=server(fake, access_token=token), audience=True)

    assert "audience" not in done.result
    assert not done.failed
    assert "PM.User or PM.User.Read" in done.warnings[0]
    assert "organization administration" in done.warnings[0]


def test_the_host_says_that_it_has_nobody():
    """No request is made for what is not there."""
    with FakeOrchestrator("2020.10", people=NINE) as fake:
        done = mail_settings_info(server=server(fake, level="host", tenant=None), audience=True)
        assert fake.count("Users.Read") == 0

    assert "audience" not in done.result
    assert "the host has no users" in done.warnings[0]


def test_a_file_says_that_it_has_nobody(tmp_path):
    """The same play may ask servers and files."""
    path = tmp_path / "appsettings.json"
    path.write_text('{"Abp.Net.Mail.Smtp.Host": "smtp.example.com"}', encoding="utf-8")

    done = mail_settings_info(config_file={"path": str(path)}, audience=True)

    assert done.result["settings"]["smtp_host"] == "smtp.example.com"
    assert any("a configuration file has no users" in said for said in done.warnings)


@pytest.mark.parametrize("version", ["2020.10", "v17"])
@pytest.mark.parametrize(
    "trouble", ["login-page", "close-before", "404", "500", "odd-answer", "truncated-json"]
)
def test_a_list_that_does_not_come_costs_the_audience_alone(version, trouble):
    """Whatever becomes of the question, what was read of the settings is said."""
    with FakeOrchestrator(version, people=NINE) as fake:
        fake.fault("*Users*", trouble, times=None)
        done = mail_settings_info(server=server(fake, retries=0), audience=True)

    assert "smtp_host" in done.result["sources"]
    assert "audience" not in done.result
    assert "There is no audience" in done.warnings[-1]
    assert "mail.example" not in str(done)


@pytest.mark.parametrize("version", ["2018.1", "v17"])
def test_a_server_that_knows_fewer_fields_is_asked_for_all_it_has(version):
    """One request more; what it does not say is no reason."""
    switches = {"email_confirmed": False}
    with FakeOrchestrator(version, people=NINE, switches=switches) as fake:
        found = mail_settings_info(server=server(fake, level="tenant"), audience=True).result

    assert [one["user"] for one in found["audience"]["unreachable"]] == ["left", "nobody", "typo"]


@pytest.mark.parametrize("position", ["null", "empty", "told"])
@pytest.mark.parametrize("version", ["2020.10", "v17"])
def test_a_directory_user_is_unknown_until_the_address_is_told(version, position):
    """Empty fields of a directory are not a missing address."""
    with FakeOrchestrator(version, people=NINE, switches={"directory_address": position}) as fake:
        found = mail_settings_info(server=server(fake), audience=True).result["audience"]

    assert found["unreachable"] == MISSED
    told = position == "told"
    assert (found["reachable"], found["unknown"]) == ((2, 0) if told else (1, 1))


def test_recipients_that_nobody_has_are_named():
    """Those of others are compared and never said; unknown ones are admitted."""
    recipients = ["OF-JANE@mail.example", "ops@other.example"]
    with FakeOrchestrator("2020.10", people=NINE) as fake:
        done = mail_settings_info(server=server(fake), audience=True, recipients=recipients)

    (said,) = done.warnings
    assert "Nobody in this tenant has the address ops@other.example" in said
    assert "of 1 of its users the address is not known" in said
    assert "mail.example" not in str(done)


def test_a_name_is_one_harmless_line():
    """It comes from outside; a user name that is an address is a name."""
    people = [{"name": "a\nb\x1b[31m{{ 1 }}"}, {"name": "jane@example.com"}, {"name": ""}]
    with FakeOrchestrator("2020.10", people=people) as fake:
        found = mail_settings_info(server=server(fake), audience=True).result["audience"]

    names = [one["user"] for one in found["unreachable"]]
    assert names == ["(without a name)", "a b{{ 1 }}", "jane@example.com"]


@pytest.mark.parametrize("version", ["2020.10", "v17"])
def test_a_secret_in_a_name_or_a_refusal_does_not_leave(version):
    """Names are values from outside, and so are the words of a server."""
    secret = "canary-Of-Sign-In-7"
    users = {"Default": {"admin": secret}}
    people = [{"name": f"corp\\{secret}"}, {"name": "jane"}]
    with FakeOrchestrator(version, users=users, people=people) as fake:
        target = server(fake, password=secret)
        done = mail_settings_info(
            server=target, audience=True, recipients=[f"{secret}@example.com"]
        )

    assert "jane" in str(done.result["audience"])
    assert "Nobody in this" in done.warnings[0]
    assert secret not in str(done)
    assert secret[4:14] not in str(done)


def of_tenant(*rows, **more):
    return {"value": list(rows), **more}


def of_organization(*rows, total):
    return {"results": list(rows), "totalCount": total}


#: What a list may be, by version, and what is then said of it.
ODD = {
    "no list": ("2020.10", {"value": "x"}, "holds no list"),
    "rows that are none": ("2020.10", of_tenant("x"), "holds no list of users"),
    "the same for ever": (
        "2020.10",
        of_tenant({"Id": 1}, **{"@odata.count": 9000}),
        "the same users again",
    ),
    "too many": ("2020.10", of_tenant({"Id": 1}, **{"@odata.count": 10**9}), "lists more than"),
    "a list": ("v17", [], "holds no list of users"),
    "rows that are none there": ("v17", of_organization(1, total=1), "holds no list of users"),
    "no total": ("v17", of_organization({}, total=None), "holds no list of users"),
    "the same again": ("v17", of_organization({"id": "a"}, total=9), "the same users again"),
    "too many there": ("v17", of_organization({"id": "a"}, total=10**9), "lists more than"),
}


@pytest.mark.parametrize("case", ODD)
def test_a_list_that_cannot_be_one_ends(case):
    """Where a list ends is the server's to say, so what it says is bounded."""
    version, body, words = ODD[case]
    with FakeOrchestrator(version) as fake:
        fake.fault("*Users*", "odd-answer", times=None, status=200, body=json.dumps(body).encode())
        done = mail_settings_info(server=server(fake), audience=True)
        asked = fake.count("Users.Read") + fake.count("Identity.Users")

    assert words in done.warnings[-1], done
    assert asked <= 2
    assert "audience" not in done.result


def test_an_odd_row_is_no_reason():
    """What a row does not say, or says in another type, is not held against anybody."""
    rows = [{}, {"Id": 1, "UserName": 7, "EmailAddress": ["x"], "IsActive": "no", "Type": 3}]
    rows += [{"Id": 2, "UserName": "jane", "EmailAddress": "j@x", "IsActive": None}]
    with FakeOrchestrator("2018.1") as fake:
        body = json.dumps(of_tenant(*rows)).encode()
        fake.fault("*Users*", "odd-answer", times=None, status=200, body=body)
        found = mail_settings_info(server=server(fake), audience=True).result["audience"]

    nameless = {"user": "(without a name)", "reason": "no_address"}
    assert found["unreachable"] == [nameless]
    assert (found["users"], found["reachable"], found["unknown"]) == (3, 1, 1)


@pytest.mark.parametrize("version", ["2020.10", "v17"])
def test_of_all_kinds_two_are_people(version):
    """Robots, applications and groups are not, under their names on either API."""
    people = [{"name": kind, "kind": kind} for kind in KINDS]
    with FakeOrchestrator(version, people=people) as fake:
        found = mail_settings_info(server=server(fake), audience=True).result["audience"]

    missed = [{"user": "user", "reason": "no_address"}]
    assert (found["users"], found["unreachable"], found["unknown"]) == (2, missed, 1)
