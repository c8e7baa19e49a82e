# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The Orchestrator surface of the fake: levels, masks, writes, lists, permissions, test mail."""

from __future__ import annotations

import pytest
from fake.mailbox import Mailbox
from fake.orchestrator import FakeOrchestrator
from support.caller import Caller

HOST, PORT = "Abp.Net.Mail.Smtp.Host", "Abp.Net.Mail.Smtp.Port"
USER, PASSWORD = "Abp.Net.Mail.Smtp.UserName", "Abp.Net.Mail.Smtp.Password"
SSL = "Abp.Net.Mail.Smtp.EnableSsl"
BULK = "/odata/Settings/UiPath.Server.Configuration.OData.UpdateBulk"
VERIFY = "/odata/Settings/UiPath.Server.Configuration.OData.VerifySmtpSetting"
SERVICES = "GetServicesSettings"
DELETE = "/odata/Settings/UiPath.Server.Configuration.OData.DeleteBulk"


@pytest.fixture
def fake():
    with FakeOrchestrator("2020.10", tenants={"Default": {}, "Other": {}}) as running:
        yield running


@pytest.fixture
def caller(fake):
    return Caller(fake)


def bulk(**changes):
    names = {"host": HOST, "port": PORT, "user": USER, "password": PASSWORD}
    return {"settings": [{"Name": names[key], "Value": text} for key, text in changes.items()]}


def read(caller, **options):
    rows = caller.get("/odata/Settings", **options).json()["value"]
    return {row["Name"]: row["Value"] for row in rows}


def test_a_tenant_shows_the_host_value_until_it_has_its_own(fake, caller):
    """Tenant over host over default; each tenant for itself."""
    caller.post(BULK, bulk(host="host.example.com"), host=True)
    caller.post(BULK, bulk(port="2525"))

    assert (read(caller)[HOST], read(caller)[PORT]) == ("host.example.com", "2525")
    assert fake.own_settings("Default") == {PORT: "2525"}
    assert fake.settings("Other")[PORT] == "25"


def test_a_password_is_read_as_twelve_bullets_and_nothing_when_unset(fake, caller):
    """The list and the single key agree; only the test itself sees the real one."""
    assert read(caller)[PASSWORD] == ""

    caller.post(BULK, bulk(password="hunter2"))

    assert read(caller)[PASSWORD] == "\u2022" * 12
    assert caller.get(f"/odata/Settings('{PASSWORD}')").json()["value"] == "\u2022" * 12
    assert fake.settings("Default")[PASSWORD] == "hunter2"


def test_other_rows_hold_secrets_in_clear(caller):
    """About three dozen settings stand beside the mail ones, API keys among them."""
    rows = read(caller)

    assert len(rows) == 46
    assert rows["NuGet.Packages.ApiKey"].endswith("-feed-key")


@pytest.mark.parametrize(
    ("position", "stored"),
    [("store", "\u2022" * 12), ("ignore", "hunter2"), ("reject", "hunter2")],
)
def test_a_posted_mask_does_what_the_switch_says(fake, caller, position, stored):
    """Nobody knows what the real server does, so all three can be had."""
    fake.set_settings("Default", {PASSWORD: "hunter2"})
    fake.switch(posted_mask=position)

    answer = caller.post(BULK, bulk(password="\u2022" * 12))

    assert fake.settings("Default")[PASSWORD] == stored
    assert answer.status == (400 if position == "reject" else 200)


@pytest.mark.parametrize(
    ("switch", "key", "shown"),
    [
        ({"boolean": "True"}, SSL, "True"),
        ({"boolean": "json"}, SSL, True),
        ({"boolean": "1"}, SSL, "1"),
        ({"port": "number"}, PORT, 587),
        ({"port": "space"}, PORT, " 587 "),
        ({"mask": "stars"}, PASSWORD, "********"),
        ({"mask": "null"}, PASSWORD, None),
        ({"null_for_empty": True}, USER, None),
    ],
)
def test_values_are_spelled_as_the_switch_says(fake, caller, switch, key, shown):
    """Spelling is a matter of reading; what is stored stays."""
    fake.set_settings("Default", {SSL: "true", PORT: "587", PASSWORD: "hunter2"})
    fake.switch(**switch)

    assert read(caller)[key] == shown
    assert fake.settings("Default")[PORT] == "587"


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"Name": "No.Such.Key", "Value": "x"}, 404, 1002),
        ({"Name": PORT, "Value": "70000"}, 400, 1009),
        ({"Name": SSL, "Value": "yes"}, 400, 1009),
        ({"Name": PORT, "Value": 25}, 400, 0),
    ],
)
def test_one_bad_row_refuses_the_whole_write(fake, caller, change, status, code):
    """Nothing of a refused bulk update is stored."""
    body = {"settings": [{"Name": HOST, "Value": "new.example.com"}, change]}

    answer = caller.post(BULK, body)

    assert (answer.status, answer.json()["errorCode"]) == (status, code)
    assert fake.own_settings("Default") == {}


def test_mail_keys_may_have_to_arrive_together(fake, caller):
    """With the switch on, a host alone is refused and names what is missing."""
    fake.switch(keys_together=True)

    refused = caller.post(BULK, bulk(host="smtp.example.com"))
    taken = caller.post(BULK, bulk(host="smtp.example.com", port="587", user="robot"))

    assert (refused.status, taken.status) == (400, 200)
    assert PORT in refused.json()["message"]


def test_pages_lead_to_all_rows(fake, caller):
    """Following the link of each page gives every row once."""
    fake.switch(page_size=20)
    names, route = [], "/odata/Settings"
    while route:
        page = caller.get(route).json()
        names += [row["Name"] for row in page["value"]]
        route = page.get("@odata.nextLink", "").removeprefix(fake.url)

    assert len(names) == len(set(names)) == 46
    assert fake.count("Settings.Read") == 3


def test_a_filter_keeps_what_it_names(caller):
    """Comparisons, functions and their combination; nonsense is a 400."""
    route = f"/odata/Settings?$filter=startswith(Name,'Alerts.') or Name eq '{HOST}'"

    rows = caller.get(route).json()["value"]

    assert {row["Name"] for row in rows} == {"Alerts.Email.Enabled", HOST}
    assert caller.get("/odata/Settings?$filter=Name like 'x'").status == 400


def test_a_slow_write_shows_after_some_reads(fake, caller):
    """The stored value is new at once, readers see the old one for a while."""
    fake.switch(stale_reads=2)
    caller.post(BULK, bulk(port="2525"))

    assert fake.settings("Default")[PORT] == "2525"
    assert [read(caller)[PORT] for _each in range(3)] == ["25", "25", "2525"]


def test_deleted_values_show_the_host_again():
    """DeleteBulk drops own values only."""
    with FakeOrchestrator("v16", tenants={"Default": {PORT: "1"}}, host={PORT: "2"}) as fake:
        assert Caller(fake).post(DELETE, {"settingNames": [PORT]}).status == 204
        assert fake.settings("Default")[PORT] == "2"


@pytest.mark.parametrize(("permission", "allowed"), [("Settings.View", 0), ("Settings.Edit", 1)])
def test_each_call_needs_its_permission(fake, caller, permission, allowed):
    """Read without write and write without read; the refusal has the framework's form."""
    bearer = f"Bearer {fake.add_token('Default', permissions=[permission])}"
    answers = [
        caller.get("/odata/Settings", Authorization=bearer),
        caller.post(BULK, bulk(port="25"), Authorization=bearer),
    ]

    assert answers[allowed].status == 200
    refused = answers[1 - allowed]
    assert (refused.status, refused.json()["unAuthorizedRequest"]) == (403, True)


@pytest.mark.parametrize("allowed", [True, False])
def test_the_host_reaches_a_tenant_only_when_configured(fake, caller, allowed):
    """The tenant header works for host tokens with the server's own option."""
    fake.switch(allow_host_to_access_tenant_api=allowed)

    answer = caller.post(BULK, bulk(port="1"), host=True, X_UIPATH_TenantName="Other")

    assert answer.status == (200 if allowed else 403)
    assert fake.own_settings("Other") == ({PORT: "1"} if allowed else {})


def test_the_path_of_a_suite_names_an_existing_tenant():
    """Organization and tenant are path segments there; the standalone address is not served."""
    with FakeOrchestrator("v17", "suite") as fake:
        caller = Caller(fake, "suite")
        assert caller.get("/odata/Settings").status == 200
        assert Caller(fake, "standalone").get("/odata/Settings").status == 404
        bearer = {"Authorization": f"Bearer {fake.add_token('Default')}"}
        elsewhere = Caller(fake).call("GET", "/acme/No/orchestrator_/odata/Settings", **bearer)
        assert elsewhere.status == 404


def verification(mailbox, **changes):
    model = {
        "Host": "smtp.example.com",
        "Port": 587,
        "EnableSsl": True,
        "UserName": mailbox.username,
        "Password": mailbox.password,
        "DefaultFromAddress": "robot@example.com",
        "DefaultFromDisplayName": "Robot",
    }
    return {"sendTo": "ops@example.com", "smtpSettingModel": {**model, **changes}}


def test_a_verify_call_really_sends_one_message():
    """STARTTLS, login and one message, with the values of the request."""
    with Mailbox() as mailbox:
        address = (mailbox.host, mailbox.port)
        with FakeOrchestrator("2019.10", mailbox=address, trust=mailbox.ca_path) as fake:
            answer = Caller(fake).post(VERIFY, verification(mailbox))

    assert answer.status == 200
    assert [message.recipients for message in mailbox.messages] == [("ops@example.com",)]
    assert (fake.verified[0].error, mailbox.messages[0].login) == (
        None,
        mailbox.username,
    )


@pytest.mark.parametrize(
    ("changes", "said"), [({"Password": "wrong"}, "535"), ({"Port": "587"}, "Port")]
)
def test_a_failed_verify_call_carries_the_mail_error(changes, said):
    """The mail server's words, or the field that has the wrong type, come back with 400."""
    with Mailbox() as mailbox:
        address = (mailbox.host, mailbox.port)
        with FakeOrchestrator("2020.10", mailbox=address, trust=mailbox.ca_path) as fake:
            answer = Caller(fake).post(VERIFY, verification(mailbox, **changes))

    assert answer.status == 400
    assert said in answer.text.decode()
    assert mailbox.messages == []


def test_there_is_no_verify_call_before_2019_10():
    """An absent operation is a 404 that is logged as unknown."""
    with FakeOrchestrator("2019.4") as fake:
        assert Caller(fake).post(VERIFY, {}).status == 404
        assert fake.requests[0].operation == "Unknown"


@pytest.mark.parametrize(
    "body",
    [
        {"Settings": [{"Name": HOST, "Value": "x"}]},
        {"settings": [{"name": HOST, "value": "x"}]},
        {"settings": [{"Name": HOST, "Value": "x", "Text": "x"}]},
        [{"Name": HOST, "Value": "x"}],
    ],
)
def test_members_in_other_letters_do_not_bind(fake, caller, body):
    """OData knows its members by their exact names, and says nothing of what it did not read."""
    answer = caller.post(BULK, body)

    assert (answer.status, "must not be null" in answer.json()["message"]) == (400, True)
    assert fake.own_settings("Default") == {}


def test_annotations_of_odata_are_no_members(fake, caller):
    """Rows may be sent back as they were read."""
    row = {"@odata.type": "#x", "Name": HOST, "Value": "x.example.com", "Scope": None, "Id": HOST}

    assert caller.post(BULK, {"settings": [row]}).status == 200
    assert fake.own_settings("Default") == {HOST: "x.example.com"}


@pytest.mark.parametrize(
    ("route", "status"),
    [
        (f"/odata/Settings('{HOST}')", 200),
        (f"/odata/Settings({HOST})", 404),
        ("/odata/Settings('')", 404),
        ("/odata/Settings/", 200),
        ("/odata/Tenants('1')", 404),
    ],
)
def test_a_key_is_quoted_where_it_is_a_text_and_only_there(caller, route, status):
    """A slash at the end is nothing to ASP.NET."""
    assert caller.get(route, host=True).status == status


@pytest.mark.parametrize(("position", "status"), [("reject", 400), ("store", 200)])
def test_a_port_that_is_no_number_meets_the_switch(fake, caller, position, status):
    """Values travel as text, and whether somebody looks at them is not known."""
    fake.switch(bad_value=position)

    assert caller.post(BULK, bulk(port="many")).status == status
    assert fake.settings("Default")[PORT] == ("25" if position == "reject" else "many")


def test_a_setting_of_a_user_leaves_those_of_the_tenant_alone(fake, caller):
    """The row comes back with its own scope."""
    row = {"Name": "Abp.Localization.DefaultLanguageName", "Value": "fi"}

    answer = caller.post(BULK.replace("Bulk", "UserSetting"), {"setting": row})

    assert (answer.status, answer.json()["Scope"]) == (200, "User")
    assert fake.own_settings("Default") == {}


def test_facts_for_clients_are_given_to_whom_they_are_for(caller):
    """Web settings to people who signed in, services settings to robots."""
    web, services = (BULK.replace("UpdateBulk", name) for name in ("GetWebSettings", SERVICES))

    assert caller.get(web).json()["Keys"]
    assert caller.get(web, bare=True).status == 401
    assert caller.get(services).status == 401
    assert caller.get(services, bare=True, X_ROBOT_LICENSE="0123").json()["Values"]
