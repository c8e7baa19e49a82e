# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The probe tells the truth of every position of every switch, and leaves nothing behind."""

from __future__ import annotations

import dataclasses
import typing as t

import pytest
from ansible_collections.rpaops.orchestrator.plugins.plugin_utils._probe.questions import QUESTIONS
from contract.jobs import Place
from contract.jobs import server as where
from contract.test_switches import positions
from fake.orchestrator import FakeOrchestrator, Switches
from support.run import mail_probe

#: Where a probe runs: who signs in, and whether it writes there.
PLACES = {
    "early": (Place("2018.1", "standalone", "tenant", "user"), False),
    "tenant": (Place("2020.10", "standalone", "tenant", "user"), True),
    "later": (Place("v15", "standalone", "tenant", "client"), True),
    "suite": (Place("v17", "suite", "auto", "client"), True),
    "organization": (Place("v17", "standalone", "organization", "client"), True),
    "user": (Place("v17", "standalone", "auto", "user"), False),
    "host": (Place("v17", "standalone", "host", "user"), False),
}
OF_ROWS = {"boolean", "port", "null_for_empty", "scope", "key_case", "missing_keys"}
OF_ROWS |= {"duplicate_keys", "filter", "page_size", "api_header"}
OF_WRITES = {"mask", "bulk", "bulk_text", "bulk_status", "read_only", "keys_together", "bad_value"}
OF_WRITES |= {"posted_mask", "verify_orchestrator", "echo_rejected", "stale_reads"}
OF_USERS = {"email_confirmed", "directory_address"}
OF_TENANTS = {"tenant_header", "refused_tenant_header", "unknown_tenant"}
#: Which switches a place tells of, one position and no other, but for those of ``OPEN_ENDED``.
TOLD = {
    "early": {"login_path", "token_uses", *OF_ROWS, *OF_TENANTS},
    "tenant": {"token_uses", *OF_ROWS, *OF_WRITES, *OF_TENANTS, *OF_USERS},
    "later": {
        *OF_ROWS,
        *OF_WRITES,
        "unknown_key",
        "unknown_tenant",
        "tenant_header",
        "application_without_tenant",
        "tenants_for_applications",
        "prt_id",
    },
    "suite": {*OF_ROWS, *OF_WRITES, *OF_USERS, "unknown_key", "prt_id", "identity_host"},
    "organization": {
        "identity_mask",
        "identity_together",
        "identity_error",
        "identity_unknown_key",
        "identity_bad_value",
        "identity_empty_host",
        "identity_unauthenticated",
        "identity_host",
        "verify_identity",
        "identity_users",
        "identity_page_size",
        "echo_rejected",
        "stale_reads",
    },
    "user": {"identity_accepts_orchestrator_token", "identity_host", *OF_ROWS, *OF_TENANTS},
    "host": {
        "allow_host_to_access_tenant_api",
        "identity_accepts_orchestrator_token",
        "identity_host",
        "identity_unknown_partition",
    },
}
#: Positions that nothing can tell from the others in brackets, and why.
OPEN_ENDED: dict[tuple[str, t.Any], set[t.Any]] = {
    # What is posted is taken in both cases, and only a mask comes back.
    ("posted_mask", "store"): {"store", "ignore"},
    ("posted_mask", "ignore"): {"store", "ignore"},
    # A server does not say which of its habits are those of its version.
    ("scope", "null"): {"null", "version"},
    ("scope", "filled"): {"filled", "version"},
    ("scope", "version"): {"null", "filled", "version"},
    # A row of the password that is missing may stand for a password.
    ("missing_keys", ("Abp.Net.Mail.Smtp.Password",)): {(), ("Abp.Net.Mail.Smtp.Password",)},
}
#: Switches that may disturb any other answer.
DISTURBING = {"bulk", "mask", "page_size", "api_header", "stale_reads", "token_uses"}
BEFORE = {"Abp.Net.Mail.Smtp.Port": "2525", "Abp.Net.Mail.DefaultFromDisplayName": "robot"}
ROWS = {
    "Email.Smtp.Host": "old.example.com",
    "Email.Smtp.Port": "2525",
    "Email.Smtp.FromEmail": "old@example.com",
}
#: Numbers are at least what they are said to be.
AT_LEAST = {"latency", "token_seconds"}


def probe(place, writes, fake, folder):
    options = where(fake, place)
    if place.level == "host":
        del options["tenant"]
    return mail_probe(server=options, write=writes, directory=str(folder))


def frozen(position):
    """Lists of keys come as lists."""
    return tuple(position) if isinstance(position, list) else position


def same(one, other):
    return type(one) is type(other) and one == other


def situations():
    """Every position of what a place tells, and of what may disturb it."""
    for place, told in TOLD.items():
        for switch, position in positions():
            if switch in told | AT_LEAST | DISTURBING:
                yield place, switch, position


def running(name, **switches):
    facts, _writes = PLACES[name]
    tenants = {"Default": BEFORE, "Other": {}}
    kinds = ("user", "directory_user", "user", "robot")
    people = [{"name": f"u{n}", "address": "a@b.example", "kind": k} for n, k in enumerate(kinds)]
    options = {"tenants": tenants, "identity": {"acme": ROWS}, "people": people}
    options["switches"] = switches
    return FakeOrchestrator(facts.version, facts.shape, **options)


def held(fake):
    """All that is stored, but for what a tenant inherits."""
    return fake.settings("Default"), fake.settings("Other"), fake.identity_settings("acme")


@pytest.mark.parametrize(("place", "switch", "position"), list(situations()), ids=str)
def test_each_answer_is_the_position_that_the_server_is_in(place, switch, position, tmp_path):
    """Whatever is told agrees with every switch, and everything is as it was before."""
    facts, writes = PLACES[place]
    with running(place, **{switch: position}) as fake:
        before = held(fake)
        result = probe(facts, writes, fake, tmp_path).result
        assert held(fake) == before
        true = {
            f.name: getattr(fake._server.switches, f.name) for f in dataclasses.fields(Switches)
        }

    assert not result.get("failed"), result
    for answer in result["answers"]:
        told, name = [frozen(p) for p in answer["positions"]], answer["switch"]
        if name in AT_LEAST:
            assert told[0] >= true[name]
        elif told and not (name == "login_path" and place != "early"):
            # Later servers have one address, whatever that switch says.
            assert any(same(p, true[name]) for p in told), (answer, true[name])
    if switch in TOLD[place]:
        found = [a["positions"] for a in result["answers"] if a["switch"] == switch]
        expected = OPEN_ENDED.get((switch, position), {position})
        assert found, result["unanswered"]
        assert {frozen(p) for p in found[0]} <= expected


def test_every_question_is_a_switch_and_the_other_way_round():
    """What is asked is what nobody knows."""
    assert QUESTIONS.keys() == {field.name for field in dataclasses.fields(Switches)}


def test_every_question_is_answered_somewhere_or_says_why_it_never_is():
    """No switch is left out without a word."""
    told = set().union(*TOLD.values()) | AT_LEAST

    assert {name for name in QUESTIONS if name not in told} == {
        name for name, question in QUESTIONS.items() if question.never
    }
