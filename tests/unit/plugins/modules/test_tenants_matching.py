# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""``tenants_matching``: the tenants of a server by patterns over its own list."""

from __future__ import annotations

import pytest
from ansible_collections.rpaops.orchestrator.plugins.module_utils import _argspec
from ansible_collections.rpaops.orchestrator.plugins.module_utils._modules import (
    mail_settings as settings_work,
)
from ansible_collections.rpaops.orchestrator.plugins.module_utils._output.report import report
from ansible_collections.rpaops.orchestrator.plugins.module_utils._tenants import tally
from fake.orchestrator import FakeOrchestrator
from support.run import arguments, mail_settings, server

HOST = "Abp.Net.Mail.Smtp.Host"
WRITE = "Settings.UpdateBulk"
NAMES = ("Finance", "HR-1", "HR-2", "Sandbox-A", "Straße")


@pytest.fixture
def fake():
    with FakeOrchestrator(version="2020.10", tenants={name: {} for name in NAMES}) as running:
        yield running


def run(fake, *patterns, check_mode=False, **more):
    options = {"smtp_host": "relay.example.com", "tenants_matching": list(patterns), **more}
    return mail_settings(check_mode=check_mode, server=server(fake, tenant=None), **options).result


def pointed(fake):
    return {name for name in NAMES if fake.settings(name)[HOST] == "relay.example.com"}


@pytest.mark.parametrize(
    ("patterns", "meant"),
    [
        (("*",), set(NAMES)),
        (("hr-?",), {"HR-1", "HR-2"}),
        (("*", "!sandbox-*", "!STRASSE"), {"Finance", "HR-1", "HR-2"}),
        (("!*[0-9]",), {"Finance", "Sandbox-A", "Straße"}),
        (("finance", "F*"), {"Finance"}),
    ],
)
def test_patterns_choose_tenants_of_the_server(fake, patterns, meant):
    """Letters do not matter, ``!`` leaves out, and nobody else is touched."""
    done = run(fake, *patterns)

    assert done["changed"] is True, done
    assert pointed(fake) == meant == {one["name"] for one in done["tenants"]}


def test_inactive_tenants_are_left_out(fake):
    """Nobody can sign in there."""
    fake.set_active("Finance", active=False)
    assert run(fake, "*")["tenants_summary"]["changed"] == len(NAMES) - 1
    assert "Finance" not in pointed(fake)


def test_a_name_that_no_request_can_hold_costs_its_tenant_alone():
    """The list is the server's; whoever comes before or after is served."""
    names = ("Finance", "Sales\x01", "Tax")
    with FakeOrchestrator(version="2020.10", tenants={name: {} for name in names}) as fake:
        done = run(fake, "*", max_failures=0)

    told = {one["name"]: one.get("error") for one in done["tenants"]}
    assert list(told.values()) == [None, "invalid_option", None], told
    assert fake.count("Authenticate") == 1 + 2


def test_a_pattern_that_matches_nothing_is_an_error(fake):
    """A slip of the pen must not look like a success."""
    done = run(fake, "*", "Fnance")

    assert done["msg"].startswith("tenants_matching: Fnance matches none of the 5")
    assert fake.count(WRITE) == 0


def test_what_is_given_for_a_tenant_goes_with_it(fake):
    """In whatever letters it is named; and a tenant that no pattern matches comes as well."""
    own = [{"name": "hr-1", "smtp_host": "hr.example.com"}, {"name": "finance"}]
    done = run(fake, "HR-*", tenants=own)

    assert [one["name"] for one in done["tenants"]] == ["HR-1", "HR-2", "Finance"]
    assert fake.settings("HR-1")[HOST] == "hr.example.com"
    assert pointed(fake) == {"HR-2", "Finance"}


def test_unchanged_tenants_are_names_only(fake):
    """Ten thousand of them must not cost Ansible anything; the counts say how many there are."""
    run(fake, "*")
    fake.set_settings("HR-2", {HOST: "old.example.com"})
    done = run(fake, "*")

    assert [one["name"] for one in done["tenants"]] == ["HR-2"]
    assert done["tenants_as_declared"] == [name for name in NAMES if name != "HR-2"]
    assert done["tenants_summary"] == {"changed": 1, "unchanged": 4, "failed": 0, "not_tried": 0}


def test_check_mode_foresees_the_run_and_a_plan_holds_for_all(fake):
    """The same result; a tenant that moved in between stops everything."""
    foreseen = run(fake, "*", check_mode=True)
    fake.set_settings("HR-1", {HOST: "elsewhere.example.com"})
    moved = run(fake, "*", expect_plan=foreseen["plan"])
    assert (moved["error"], fake.count(WRITE)) == ("plan_changed", 0)

    seen = run(fake, "*", check_mode=True)
    assert run(fake, "*", expect_plan=seen["plan"]) == seen


ROADS = {
    "list": {"tenants": [{"name": name} for name in NAMES]},
    "patterns": {"tenants_matching": ["*"]},
}


def declared(fake, road, **more):
    """The arguments of a task that means every tenant, by a list or by a pattern."""
    options = {"server": server(fake, tenant=None), "smtp_host": "relay.example.com", **more}
    return arguments(_argspec.mail_settings(), {**options, **ROADS[road], "password_record": ""})


def test_a_plan_is_the_same_by_a_list_and_by_patterns(fake):
    """Also where some tenants are as declared, of which patterns show the names only."""
    fake.set_settings("HR-2", {HOST: "relay.example.com"})
    work = settings_work.mail_settings
    first, second = (report(work, declared(fake, road), True).result["plan"] for road in ROADS)

    assert first == second


@pytest.mark.parametrize("road", ROADS)
def test_a_plan_binds_the_tenants_that_were_as_declared(fake, road, monkeypatch):
    """One that moves after the look ahead is not written to: nobody has seen that in the plan."""
    monkeypatch.setattr(tally, "PROGRESS_SECONDS", 0)
    fake.set_settings("HR-2", {HOST: "relay.example.com"})
    work = settings_work.mail_settings
    plan = report(work, declared(fake, road), True).result["plan"]

    def move(sentence):
        if " 0 not tried" in sentence and not fake.count(WRITE):
            fake.set_settings("HR-2", {HOST: "elsewhere.example.com"})

    done = report(work, declared(fake, road, expect_plan=plan, max_failures=0), False, move).result

    (refused,) = [one for one in done["tenants"] if one.get("failed")]
    assert (refused["name"], refused["error"]) == ("HR-2", "plan_changed")
    assert fake.settings("HR-2")[HOST] == "elsewhere.example.com"


def test_the_first_tenant_is_the_canary(fake):
    """What is wrong in general shows there, and the others are not tried."""
    fake.fault(WRITE, "403", tenant="Finance", times=None)
    done = run(fake, "*")

    assert done["tenants_summary"] == {"changed": 0, "unchanged": 0, "failed": 1, "not_tried": 4}
    assert pointed(fake) == set()


def test_an_organization_has_no_list(fake):
    """There the tenants have to be named."""
    options = server(fake, tenant=None, organization="acme")
    done = mail_settings(server=options, tenants_matching=["*"], smtp_host="a.example.com").result

    assert "standalone" in done["msg"]
