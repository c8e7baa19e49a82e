# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The playbook ``validate``: one task for all hosts, and the reasons of those that are refused."""

from __future__ import annotations

import json
import re

import pytest
from support.findings import FIRING, GOOD

CANARY = "Canary-2231-secret"


def declared(**more):
    """A server that nobody asks, a port and a password."""
    sign_in = {"username": "admin", "password": CANARY}
    target = {"url": "http://127.0.0.1:9", "tenant": "{{ inventory_hostname }}", **sign_in}
    return {"mail_server": target, "mail_smtp_port": 2525, "mail_smtp_password": CANARY, **more}


def test_declarations_that_can_be_used_cost_one_task_for_all(project):
    """No host but the first takes part in anything; nothing listens at the address."""
    project.inventory({name: declared() for name in ("one", "two", "three")})

    done = project.on("validate")

    assert done.code == 0, done.output
    assert "3 of 3 declarations can be used. Nobody was asked." in done.output
    assert "[two]" not in done.output
    assert "[three]" not in done.output
    assert CANARY not in done.output


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"mail_smtp_port": 99999}, "smtp_port"),
        ({"mail_prest": "gmail"}, "mail_preset"),
        ({"mail_smtp_host": "{{ nowhere }}"}, "'nowhere' is undefined"),
        ({"mail_smtp_password": f"{CANARY} {{{{ nowhere }}}}"}, "'nowhere' is undefined"),
        ({"mail_smtp_password": "{{ vault_mail_password }}"}, "'vault_mail_password' is undefined"),
        (
            {"mail_server": {"url": "https://x.example.com", "password": "{{ vault_of_server }}"}},
            "'vault_of_server' is undefined",
        ),
        ({"mail_test_recipients": ["ops@example.com"]}, "mail_smtp_host: give it"),
    ],
)
def test_a_host_that_is_refused_says_why_and_the_others_are_fine(project, wrong, reason):
    """The reason is that of the role; the count leaves it out."""
    project.inventory({"good": declared(), "bad": declared(**wrong)})

    done = project.on("validate")

    assert done.code != 0
    assert "1 of 2 declarations can be used" in done.output
    assert "fatal: [good]" not in done.output
    assert "fatal: [bad]" in done.output, done.output
    assert reason in done.output
    assert CANARY not in done.output


def test_those_that_are_fine_cost_no_task_beside_one_that_is_refused(project):
    """Neither a task nor a line; one that is refused is still the host that its groups say."""
    port = {"mail_smtp_port": "{{ 0 if 'mailless' in group_names else 25 }}"}
    project.write("hosts.yml", "mailless: {hosts: {b: {}}}\nothers: {hosts: {a: {}, c: {}}}")
    project.write("group_vars/all.json", json.dumps(declared(**port)))

    done = project.run("rpaops.orchestrator.validate", "-i", "hosts.yml")

    assert done.code == 2, done.output
    assert "2 of 3 declarations can be used" in done.output
    assert "fatal: [b]" in done.output
    assert "0 is not a port" in done.output
    assert "[c]" not in done.output


def test_all_that_are_refused_say_so(project):
    """When no host is fine, there is nobody to tell apart."""
    project.inventory({name: declared(mail_smtp_port=0) for name in ("one", "two")})

    done = project.on("validate")

    assert "0 of 2 declarations can be used" in done.output
    assert "fatal: [one]" in done.output
    assert "fatal: [two]" in done.output


def test_a_variable_may_look_at_another_host(project):
    """In one task for all as in a task for each."""
    port = {"mail_smtp_port": "{{ hostvars['one'].mail_smtp_port }}"}
    project.inventory({"one": declared(), "two": declared(**port)})

    assert "2 of 2 declarations can be used" in project.on("validate").output


def test_a_limit_limits_what_is_judged(project):
    """The other one is not looked at."""
    project.inventory({"good": declared(), "bad": declared(mail_prest="gmail")})

    done = project.on("validate", "--limit", "good")

    assert done.code == 0, done.output
    assert "1 of 1 declarations can be used" in done.output


#: What no inventory can hold, and what only the version of the server tells.
UNHEARD = {"half-character", "ssl-with-default-credentials", "anonymous"}
MISTAKES = [row for row in FIRING if row[0] != "half-character"]
#: An option where a variable is meant.
BARE = re.compile(r"(?<![\w.-])(?:(?:smtp|enable|default|use|verify|implicit)_\w+|state: )")


def test_every_pre_flight_rule_is_heard_in_words_of_the_role(project):
    """An error from the task of its host; a warning once, with the names of its hosts."""
    hosts = {}
    for number, (rule, _grade, preset, differing) in enumerate(MISTAKES):
        given = {**GOOD, **differing, "preset": preset}
        mine = {f"mail_{name}": value for name, value in given.items() if value is not None}
        hosts[f"{rule}-{number}"] = declared(**mine)
    project.inventory(hosts)

    done = project.on("validate")

    heard = set(re.findall(r"\[([a-z0-9-]+)\]", done.output))
    assert {rule for rule, *_others in FIRING} - heard == UNHEARD
    assert BARE.findall(done.output) == []
    assert re.search(r"\[WARNING\]: port-25-\d+: mail_smtp_port: 25 is blocked", done.output)


def test_a_warning_refuses_nobody_and_names_but_a_few_hosts(project):
    """The declarations are alike, and the host that is refused is not among those named."""
    risky = declared(mail_preset="gmail", mail_smtp_username="robots@gmail.com")
    names = ("one", "two", "three", "four", "five")
    project.inventory(dict.fromkeys(names, risky) | {"bad": declared(mail_smtp_port=99999)})

    done = project.on("validate")

    assert "5 of 6 declarations can be used" in done.output
    shown = "[WARNING]: one, two, three and 2 more: mail_smtp_password: does not look like"
    assert shown in " ".join(done.output.split())
    assert CANARY not in done.output
