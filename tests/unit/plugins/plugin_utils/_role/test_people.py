# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whom mail reaches, in the result of a job: one question per place that keeps users."""

from __future__ import annotations

from ansible_collections.rpaops.orchestrator.plugins.plugin_utils._role.given import Declared
from ansible_collections.rpaops.orchestrator.plugins.plugin_utils._role.people import with_people

SERVER = {"url": "https://orchestrator.example.com", "username": "admin", "password": "p"}
OF_TENANT = {"level": "tenant", "users": 1, "reachable": 1, "unreachable": [], "unknown": 0}
OF_ALL = {**OF_TENANT, "level": "organization"}
FOUND = {"changed": False, "warnings": ["of before"]}
MANY = {**FOUND, "tenants": [{"name": "A"}, {"name": "bad", "failed": True}]}
MANY["tenants_as_declared"] = ["B", "C"]


def said(tenants=None, **more):
    """What the variables of a host say."""
    server = more.get("server", SERVER)
    settings = {"server": server, "config_file": None, "tenants": tenants}
    given = {"mail_server": server, "mail_tenants": tenants} if server else {}
    return Declared(settings=settings, test={"recipients": ["ops@x"]}, run={}, given=given)


class Asked(list):
    """Answers in turn, the last one for ever; the list is of the servers asked about."""

    def __init__(self, *answers):
        super().__init__()
        self.answers = list(answers)

    def __call__(self, options, given):
        assert (options["audience"], options["recipients"]) == (True, ["ops@x"])
        assert given["server"] == options["server"]
        self.append(options["server"])
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


def test_a_host_has_the_audience_of_its_place():
    """Of the warnings those about people are added: the others have been said."""
    answer = {"audience": OF_TENANT, "warnings": ["Nobody in this tenant has x", "something else"]}

    found = with_people(FOUND, said(), Asked(answer))

    assert found["audience"] == OF_TENANT
    assert found["warnings"] == ["of before", "Nobody in this tenant has x"]


def test_every_tenant_that_was_looked_at_is_asked_about_with_its_own_sign_in():
    """Names as the result has them; one that failed is left out."""
    ask = Asked({"audience": OF_TENANT})

    entries = ["A", {"name": "b", "username": "other", "password": "q"}, "bad", "C"]
    found = with_people(MANY, said(tenants=entries), ask)

    assert found["audiences"] == dict.fromkeys("ABC", OF_TENANT)
    users = [(server["tenant"], server["username"]) for server in ask]
    assert users == [("A", "admin"), ("B", "other"), ("C", "admin")]


def test_an_organization_is_asked_about_once():
    """All tenants of it share its users."""
    ask = Asked({"audience": OF_ALL})

    found = with_people(MANY, said(), ask)

    assert (len(ask), found["audience"]) == (1, OF_ALL)
    assert "audiences" not in found


def test_after_a_refusal_no_other_tenant_is_asked_about():
    """Ten thousand tenants are not refused ten thousand times."""
    refused = {"warnings": ["There is no audience: admin may not read."]}
    ask = Asked({"audience": OF_TENANT}, refused)

    found = with_people(MANY, said(), ask)

    assert (len(ask), list(found["audiences"])) == (2, ["A"])
    assert found["warnings"][1:] == [
        "There is no audience: admin may not read.",
        "The users of the other tenants were not asked for.",
    ]


def test_a_question_that_fails_and_a_host_without_a_server_are_said():
    """No audience, one warning, and the result of the job as it was."""
    failed = with_people(FOUND, said(), Asked({"failed": True, "msg": "Cannot reach it."}))
    nobody = with_people(FOUND, said(server=None), Asked())

    assert failed["warnings"][1] == "There is no audience: Cannot reach it."
    assert nobody["warnings"][1].startswith("There is no audience: mail_server is not given")
    assert "audience" not in failed.keys() | nobody.keys()
