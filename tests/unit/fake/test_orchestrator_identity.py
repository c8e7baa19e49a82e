# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The Identity surface of the fake: rows of the host and of an organization."""

from __future__ import annotations

import pytest
from fake.orchestrator import FakeOrchestrator
from support.caller import Caller

HOST, PASSWORD = "Email.Smtp.Host", "Email.Smtp.Password"
TOGETHER = {
    HOST: "smtp.example.com",
    "Email.Smtp.Port": "587",
    "Email.Smtp.FromEmail": "a@b.example",
}
ROWS = [{"key": key, "value": value} for key, value in TOGETHER.items()]


@pytest.fixture
def fake():
    with FakeOrchestrator("v17", "suite") as running:
        yield running


@pytest.fixture
def caller(fake):
    return Caller(fake, "suite", "identity")


def put(caller, rows, partition=None, **options):
    settings = [{"key": key, "value": value} for key, value in rows.items()]
    body = {"settings": settings, "partitionGlobalId": partition}
    return caller.put("/api/Setting", body, **options)


def read(caller, partition, *names, **options):
    query = "&".join(f"key={name}" for name in names)
    suffix = f"&partitionGlobalId={partition}" if partition else ""
    return caller.get(f"/api/Setting?{query}{suffix}", **options)


def test_a_row_that_is_not_stored_is_left_out(fake, caller):
    """Nothing is inherited here: the host's row does not show in an organization."""
    fake.set_identity_settings("host", {HOST: "relay.example.com"})
    put(caller, TOGETHER, fake.organization_id)

    rows = read(caller, fake.organization_id, HOST, "Email.Smtp.Domain").json()

    assert [(row["key"], row["value"]) for row in rows] == [(HOST, "smtp.example.com")]
    assert fake.identity_settings("host") == {HOST: "relay.example.com"}


def test_a_read_without_keys_is_empty(fake, caller):
    """Every key has to be named."""
    put(caller, TOGETHER, fake.organization_id)

    assert caller.get(f"/api/Setting?partitionGlobalId={fake.organization_id}").json() == []


def test_the_host_partition_is_closed_to_an_organization(caller):
    """No partition means the host: 403 for the tenant's token, rows for the host's."""
    assert read(caller, None, HOST).status == 403
    assert put(caller, TOGETHER, host=True).status == 200
    assert read(caller, None, HOST, host=True).json()[0]["partitionGlobalId"] is None


@pytest.mark.parametrize("missing", TOGETHER)
def test_host_port_and_sender_have_to_arrive_together(fake, caller, missing):
    """A write that lacks one of them is refused and stores nothing."""
    rows = {key: value for key, value in TOGETHER.items() if key != missing}

    answer = put(caller, rows, fake.organization_id)

    assert (answer.status, fake.identity_settings("acme")) == (400, {})
    assert missing in answer.json()["Message"]


def test_a_posted_mask_becomes_the_password(fake, caller):
    """The corruption that the vendor warns of; the mask differs from the other surface's."""
    put(caller, {**TOGETHER, PASSWORD: "hunter2"}, fake.organization_id)
    mask = read(caller, fake.organization_id, PASSWORD).json()[0]["value"]
    put(caller, {**TOGETHER, PASSWORD: mask}, fake.organization_id)

    assert mask == "********"
    assert fake.identity_settings("acme")[PASSWORD] == mask


def test_deleting_needs_a_partition(fake, caller):
    """With one, the named rows go and the others stay."""
    put(caller, TOGETHER, fake.organization_id)
    body = {"settings": [HOST]}

    refused = caller.call("DELETE", "/api/Setting", body)
    body["partitionGlobalId"] = fake.organization_id
    deleted = caller.call("DELETE", "/api/Setting", body)

    assert (refused.status, deleted.status) == (400, 204)
    assert HOST not in fake.identity_settings("acme")
    assert len(fake.identity_settings("acme")) == 2


def test_a_row_can_be_deleted_by_its_number(fake, caller):
    """The number is the one that reading shows."""
    put(caller, TOGETHER, fake.organization_id)
    number = read(caller, fake.organization_id, HOST).json()[0]["id"]

    assert caller.call("DELETE", f"/api/Setting/{number}").status == 204
    assert HOST not in fake.identity_settings("acme")


@pytest.mark.parametrize(("scope", "status"), [("OR.Settings", 403), ("PM.Setting.Read", 200)])
def test_an_application_needs_the_platform_scope(fake, caller, scope, status):
    """The Orchestrator's scopes do not open the Identity surface."""
    bearer = {"Authorization": f"Bearer {fake.add_token(kind='application', scopes=[scope])}"}

    assert read(caller, fake.organization_id, HOST, **bearer).status == status


@pytest.mark.parametrize(("version", "status"), [("v16", 400), ("v17", 200)])
def test_the_timeout_is_known_from_2023_10(version, status):
    """Earlier servers refuse the key they do not know."""
    with FakeOrchestrator(version) as fake:
        caller = Caller(fake, surface="identity")
        rows = {**TOGETHER, "Email.Smtp.ConnectionTimeout": "5000"}
        assert put(caller, rows, fake.organization_id).status == status


def test_there_is_no_identity_surface_in_2020_10():
    """Mail lives on the other surface there."""
    with FakeOrchestrator("2020.10") as fake:
        assert read(Caller(fake, surface="identity"), None, HOST).status == 404


STRANGE = "0d5f0f0e-5a57-4d6c-8f0e-0a4f3a2b1c0d"


@pytest.mark.parametrize("spell", [str.upper, "{{{}}}".format, lambda guid: guid.replace("-", "")])
def test_a_guid_is_read_whatever_its_spelling(fake, caller, spell):
    """Case, braces and hyphens do not matter, nor does the case of the name before it."""
    put(caller, TOGETHER, fake.organization_id)
    query = f"KEY={HOST}&PartitionGlobalId={spell(fake.organization_id)}"

    rows = caller.get(f"/api/Setting?{query}").json()

    assert rows[0]["value"] == "smtp.example.com"
    assert rows[0]["partitionGlobalId"] == fake.organization_id


@pytest.mark.parametrize(("version", "kind"), [("v17", "rfc7231"), ("v18", "rfc9110")])
def test_a_partition_that_is_no_guid_is_a_bad_request(version, kind):
    """Model binding refuses it before anybody looks at who asks."""
    with FakeOrchestrator(version) as fake:
        answer = read(Caller(fake, surface="identity"), "acme", HOST)

    assert (answer.status, list(answer.json()["errors"])) == (400, ["partitionGlobalId"])
    assert kind in answer.json()["type"]


@pytest.mark.parametrize(("position", "status"), [("refuse", 403), ("empty", 200)])
def test_reading_makes_no_partition(fake, caller, position, status):
    """What the host gets to see of one that does not exist is a switch; it is not there after."""
    fake.switch(identity_unknown_partition=position)

    assert read(caller, STRANGE, HOST, host=True).status == status
    assert fake.identity_settings(STRANGE) == {}
    fake.switch(identity_unknown_partition="refuse")
    assert read(caller, STRANGE, HOST, host=True).status == 403


def test_rows_of_a_user_are_other_rows(fake, caller):
    """Neither reading nor writing them touches those of the organization."""
    put(caller, TOGETHER, fake.organization_id)
    own = [{"key": HOST, "value": "own.example.com"}, *ROWS[1:]]
    named = {"partitionGlobalId": fake.organization_id, "userId": STRANGE}

    written = caller.put("/api/Setting", {"settings": own, **named}).json()

    query = f"key={HOST}&partitionGlobalId={fake.organization_id}"
    read_back = caller.get(f"/api/Setting?{query}&userId={STRANGE}").json()
    assert {row["userId"] for row in written} == {STRANGE}
    assert read_back[0]["value"] == "own.example.com"
    assert caller.get(f"/api/Setting?{query}").json()[0]["value"] == "smtp.example.com"


@pytest.mark.parametrize(("position", "status"), [("store", 200), ("reject", 400)])
def test_an_empty_host_meets_the_switch(fake, caller, position, status):
    """Nobody has seen a server asked to."""
    fake.switch(identity_empty_host=position)

    assert put(caller, {**TOGETHER, HOST: ""}, fake.organization_id).status == status


@pytest.mark.parametrize(("position", "status"), [(False, 400), (True, 204)])
def test_rows_of_the_host_may_be_deletable(fake, caller, position, status):
    """The document requires a partition, and the host has none."""
    fake.switch(identity_host_delete=position)

    assert caller.call("DELETE", "/api/Setting", {"settings": [HOST]}, host=True).status == status


@pytest.mark.parametrize(("position", "body"), [("empty", b""), ("abp", b"__abp")])
def test_a_request_without_a_token_meets_the_switch(fake, caller, position, body):
    """The status is 401 in any case."""
    fake.switch(identity_unauthenticated=position)

    answer = caller.get(f"/api/Setting?key={HOST}", bare=True)

    assert answer.status == 401
    assert body in answer.text


def test_names_of_members_may_be_in_any_case(fake, caller):
    """The vendor's own samples write them with capitals."""
    rows = [{"Key": key, "Value": value} for key, value in TOGETHER.items()]

    answer = caller.put(
        "/api/setting", {"Settings": rows, "PartitionGlobalId": fake.organization_id}
    )

    assert answer.status == 200
    assert fake.identity_settings("acme") == TOGETHER
