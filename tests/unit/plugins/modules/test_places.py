# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Evidence, plans and tenants belong to the place that keeps a value, however it is reached."""

from __future__ import annotations

import pytest
from fake.orchestrator import FakeOrchestrator
from support.run import mail_settings, mail_settings_info, server

PREFIX = "Abp.Net.Mail.Smtp."
ACCOUNT = {
    "smtp_host": "smtp.example.com",
    "smtp_port": 587,
    "smtp_username": "robot",
    "smtp_password": "TENANT-PASSWORD",
    "enable_ssl": True,
    "default_from_address": "robot@example.com",
}
ABOVE = {
    f"{PREFIX}Host": "smtp.example.com",
    f"{PREFIX}Port": "587",
    f"{PREFIX}UserName": "robot",
    f"{PREFIX}Password": "HOST-PASSWORD",
    f"{PREFIX}EnableSsl": "true",
    f"{PREFIX}UseDefaultCredentials": "false",
}
TENANTS = ["Default", "T2", "T3"]
USER = {"username": "admin", "password": "secret"}
APPLICATION = {"username": None, "password": None, "client_id": "app-id"}
APPLICATION["client_secret"] = "app-secret"


@pytest.fixture
def recorded(tmp_path):
    return {"password_record": str(tmp_path / "record"), **ACCOUNT}


@pytest.fixture
def suite():
    with FakeOrchestrator("v15", "suite", tenants={name: {} for name in TENANTS}) as running:
        yield running


def in_turn(suite, *tenants, check_mode=False, **options):
    target = server(suite, organization="acme", tenant=None)
    entries = [one if isinstance(one, dict) else {"name": one} for one in tenants or TENANTS]
    return mail_settings(check_mode, server=target, tenants=entries, **options).result


def test_a_password_that_was_taken_away_is_written_again(recorded):
    """What shows after the reset is the host's, whatever was written here once."""
    with FakeOrchestrator("v15", host=ABOVE) as fake:
        target = server(fake, api="orchestrator")
        mail_settings(server=target, **recorded)
        mail_settings(server=target, **{**recorded, "state": "inherited"})

        done = mail_settings(server=target, **recorded).result

        assert (done["changed"], done["password_evidence"]) == (True, "absent")
        assert fake.settings("Default")[f"{PREFIX}Password"] == "TENANT-PASSWORD"


def test_a_reset_forgets_also_where_the_server_tells_nothing(recorded):
    """Rows without a scope: only the record could vouch, and it does not."""
    with FakeOrchestrator("v15", host=ABOVE, switches={"scope": "null"}) as fake:
        target = server(fake, api="orchestrator")
        mail_settings(server=target, **recorded)
        record = {"password_record": recorded["password_record"]}
        assert mail_settings(server=target, state="inherited", **record).result["changed"] is True

        done = mail_settings(server=target, **recorded).result

        assert (done["changed"], done["password_evidence"]) == (True, "none")
        assert fake.settings("Default")[f"{PREFIX}Password"] == "TENANT-PASSWORD"


@pytest.mark.parametrize("mask", ["bullets", "empty", "absent"])
def test_a_tenant_made_anew_under_its_name_is_noticed(recorded, mask):
    """Its own values are gone, so what was written before says nothing."""
    with FakeOrchestrator("2020.10", host=ABOVE, switches={"mask": mask}) as fake:
        mail_settings(server=server(fake), **recorded)
        assert mail_settings(server=server(fake), **recorded).result["changed"] is False
        port, address = fake.port, server(fake)
    with FakeOrchestrator("2020.10", host=ABOVE, switches={"mask": mask}, port=port) as anew:
        done = mail_settings(server=address, **recorded).result

        assert "smtp_password" in done["updated"], done
        assert anew.settings("Default")[f"{PREFIX}Password"] == "TENANT-PASSWORD"


def test_an_organization_made_anew_is_noticed(recorded):
    """The same on the Identity API, where no row is left."""
    with FakeOrchestrator("v17", switches={"identity_mask": "absent"}) as fake:
        mail_settings(server=server(fake), **recorded)
        assert mail_settings(server=server(fake), **recorded).result["changed"] is False
        port, address = fake.port, server(fake)
    with FakeOrchestrator("v17", switches={"identity_mask": "absent"}, port=port) as anew:
        done = mail_settings(server=address, **recorded).result

        assert "smtp_password" in done["updated"], done
        assert anew.identity_settings("acme")["Email.Smtp.Password"] == "TENANT-PASSWORD"


def test_always_leaves_no_older_fingerprint_behind(recorded):
    """The password that was written last counts, whichever policy wrote it."""
    with FakeOrchestrator("2020.10") as fake:
        mail_settings(server=server(fake), **recorded)
        other = {"smtp_password": "ANOTHER-ONE", "update_password": "always"}
        mail_settings(server=server(fake), **{**recorded, **other})

        done = mail_settings(server=server(fake), **recorded).result

        assert (done["updated"], done["password_evidence"]) == (["smtp_password"], "fingerprint")


@pytest.mark.parametrize(
    ("url", "tenant"), [("{}/", "Default"), ("{}", "DEFAULT"), ("{}", "default")]
)
def test_another_spelling_is_the_same_place(recorded, url, tenant):
    """A slash at the end and the letters of a tenant do not count."""
    with FakeOrchestrator("2020.10") as fake:
        first = mail_settings(check_mode=True, server=server(fake), **recorded).result
        mail_settings(server=server(fake), **recorded)
        other = {**server(fake), "url": url.format(fake.url), "tenant": tenant}

        done = mail_settings(server=other, **recorded).result

        assert (done["changed"], done["password_evidence"]) == (False, "fingerprint")
        assert first["plan"] != done["plan"]


def test_a_token_of_unknown_tenant_vouches_for_nothing(recorded):
    """Two ready tokens may be of two tenants."""
    with FakeOrchestrator("2020.10", tenants={"Default": {}, "Other": {}}) as fake:
        for tenant in ("Default", "Other"):
            token = fake.add_token(tenant)
            target = server(fake, tenant=None, username=None, access_token=token)
            done = mail_settings(server=target, **recorded).result
            assert "smtp_password" in done["updated"]
        again = mail_settings(server=target, **recorded).result

        assert again["password_evidence"] == "none"


def test_the_password_of_an_organization_is_known_from_every_tenant(suite, recorded):
    """Written through one tenant, recognized through another."""
    mail_settings(server=server(suite, organization="acme"), **recorded)

    done = mail_settings(server=server(suite, organization="acme", tenant="T2"), **recorded).result

    assert (done["changed"], done["password_evidence"]) == (False, "fingerprint")


def test_one_place_is_written_once(suite):
    """Three tenants of one organization: one write of its settings, a switch for each."""
    foreseen = in_turn(suite, check_mode=True, enable_email_alerts=True, **ACCOUNT)
    suite.clear_log()

    done = in_turn(suite, enable_email_alerts=True, **ACCOUNT)

    assert foreseen == done
    assert [one["changed"] for one in done["tenants"]] == [True, True, True]
    assert (suite.count("Identity.Update"), suite.count("Settings.UpdateBulk")) == (1, 3)
    assert [one["updated"] for one in done["tenants"]][1:] == [["enable_email_alerts"]] * 2


def test_a_shared_place_converges(suite, recorded):
    """The second run changes nothing, and reads that place once."""
    in_turn(suite, **recorded)
    suite.clear_log()

    done = in_turn(suite, **recorded)

    assert done["changed"] is False, done
    assert suite.count("Identity.Read") == 1


def test_two_declarations_for_one_place_are_refused_before_the_first_request(suite):
    """Both tenants and the option are named."""
    first, second = {"name": "Default", "smtp_host": "a.example.com"}, {"name": "T2"}

    done = in_turn(suite, first, {**second, "smtp_host": "b.example.com"})

    assert (done["error"], suite.requests) == ("invalid_option", [])
    assert "Default and T2 share the place that keeps smtp_host" in done["msg"]


def test_two_declarations_for_one_place_are_refused_once_it_is_known():
    """Standalone, the organization of a tenant is known only after its sign-in."""
    with FakeOrchestrator("v17", tenants={name: {} for name in TENANTS}) as fake:
        hosts = [{"name": name, "smtp_host": f"{name}.example.com"} for name in TENANTS[:2]]
        done = mail_settings(server=server(fake, tenant=None), tenants=hosts, **ACCOUNT).result

        assert done["error"] == "tenants_failed"
        assert "Default and T2 share the place that keeps smtp_host" in done["msg"]
        assert fake.identity_settings("acme")["Email.Smtp.Host"] == "Default.example.com"


@pytest.mark.parametrize("parallel", [1, 8])
def test_a_place_that_failed_is_tried_by_the_next_tenant(suite, parallel):
    """One refused write, then it is done; nobody says that it holds before it does."""
    suite.fault("Identity.Update", "403", times=1)

    done = in_turn(suite, parallel=parallel, max_failures=0, **ACCOUNT)

    assert [bool(one.get("failed")) for one in done["tenants"]].count(True) == 1
    assert [one["changed"] for one in done["tenants"]].count(True) == 1
    assert suite.count("Identity.Update") == 2


@pytest.mark.parametrize("other", ["default", " Default"])
def test_a_tenant_named_twice_in_other_letters_is_refused(suite, other):
    """They are one tenant to the server."""
    done = in_turn(suite, "Default", other)

    assert (done["error"], suite.requests) == ("invalid_option", [])
    assert "appears twice" in done["msg"]


@pytest.mark.parametrize("who", [USER, APPLICATION], ids=["user", "application"])
def test_without_a_tenant_the_record_holds_for_who_signs_in(recorded, who):
    """It was learned of the tenant that this account belongs to."""
    with FakeOrchestrator("v15") as fake:
        target = server(fake, api="orchestrator", **{**who, "tenant": None})
        mail_settings(server=target, **recorded)

        done = mail_settings(server=target, **recorded).result

    assert (done["changed"], done["password_evidence"]) == (False, "fingerprint"), done


@pytest.mark.parametrize(
    ("version", "where", "named"),
    [
        ("v17", {}, "/identity (organization "),
        ("v17", {"level": "host", "tenant": None}, "/identity (host)"),
        ("2020.10", {}, " (tenant Default)"),
        ("2020.10", {"tenant": None}, " (tenant of admin)"),
    ],
)
def test_a_write_that_may_have_failed_names_the_place(version, where, named):
    """Which of the settings on this server to look at."""
    with FakeOrchestrator(version) as fake:
        for operation in ("Identity.Update", "Settings.UpdateBulk"):
            fake.fault(operation, "500", times=9)
        done = mail_settings(server=server(fake, **where), **ACCOUNT).result

        assert f"Whether {fake.url}{named}" in done["msg"]


def test_a_result_says_which_api_keeps_what():
    """Also where there is but one."""
    with FakeOrchestrator("2020.10") as fake:
        api = mail_settings(server=server(fake), **ACCOUNT).result["api"]

    assert [keeper for keeper, names in api.items() if "smtp_host" in names] == ["orchestrator"]


@pytest.mark.parametrize("version", ["2020.10", "v17"])
def test_a_password_that_is_hidden_is_set(version):
    """On both APIs; the text itself is not told."""
    with FakeOrchestrator(version) as fake:
        mail_settings(server=server(fake), **ACCOUNT)
        found = mail_settings_info(server=server(fake)).result["settings"]

    assert (found["smtp_password_set"], found.get("smtp_password")) == (True, None)


def test_a_plan_made_without_a_record_holds_where_there_is_one(recorded):
    """What cannot be compared is not part of it; what is known to change is."""
    without = {**recorded, "password_record": ""}
    with FakeOrchestrator("2020.10") as fake:
        mail_settings(server=server(fake), **recorded)
        named = {"default_from_display_name": "Robots"}
        plan = mail_settings(check_mode=True, server=server(fake), **without, **named).result
        done = mail_settings(server=server(fake), expect_plan=plan["plan"], **recorded, **named)

        assert plan["password_evidence"] == "none"
        assert done.result["updated"] == ["default_from_display_name"], done
        other = {**recorded, "smtp_password": "ANOTHER-ONE", "expect_plan": plan["plan"]}
        assert mail_settings(server=server(fake), **other).result["error"] == "plan_changed"


def test_with_a_key_the_plan_says_which_password(recorded):
    """Two new passwords are two plans, where the user gave a key to tell them apart."""
    keyed = {**recorded, "password_record_key": "k" * 40}
    with FakeOrchestrator("2020.10") as fake:
        plans = {
            mail_settings(
                check_mode=True, server=server(fake), **{**keyed, "smtp_password": one}
            ).result["plan"]
            for one in ("FIRST-ONE", "SECOND-ONE", "FIRST-ONE")
        }
    assert len(plans) == 2
