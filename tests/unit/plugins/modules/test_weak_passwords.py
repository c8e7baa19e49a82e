# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A password that is a word of ours, or a single letter, breaks no sentence, id or key."""

from __future__ import annotations

import json
import re

import pytest
from fake.orchestrator import FakeOrchestrator
from support.run import mail_settings, mail_settings_info, mail_test, server

STRONG = "Tr0ub4dor&3-horse"
WEAK = ["secret", "server", "settings", "smtp_host", "changed", "plan", "read", "none", "test"]
WEAK += ["tenant", "answer", "access token", "would become"]


def declare(fake, login, **more):
    options = {**server(fake, password=login), **more.pop("server", {})}
    return mail_settings(server=options, allow_password_reuse=True, **more)


def holding(fake, **settings):
    """The fake, whose tenant has these mail settings of its own."""
    fake.set_settings("Default", {f"Abp.Net.Mail.{key}": text for key, text in settings.items()})
    return fake


def with_a_token(fake, login):
    """A write that fails, by somebody whom only a ready token names."""
    fake.fault("Settings.UpdateBulk", "500", times=None)
    fake.add_token("Default", text="0f-n0body")
    nobody = {"username": None, "password": None, "tenant": None, "access_token": "0f-n0body"}
    more = {"smtp_username": "robot@example.com", "smtp_password": login}
    return declare(fake, login, smtp_host="new.example.com", server=nobody, **more)


def spoiled(fake, login, operation, fault, **more):
    """A declaration where a call goes wrong each time."""
    fake.fault(operation, fault, times=None, **more)
    return declare(fake, login, smtp_host="new.example.com", server={"retries": 0})


#: What can happen, as functions of the fake and the password of the sign-in.
RUNS = {
    "changed": lambda fake, login: declare(fake, login, smtp_host="new.example.com"),
    "a first password": lambda fake, login: declare(
        fake, login, smtp_username="robot@example.com", smtp_password="An0ther-0ne"
    ),
    "nothing to prove it with": lambda fake, login: declare(
        fake,
        login,
        smtp_username="robot@example.com",
        use_default_credentials=False,
        verify_recipient="ops@example.com",
    ),
    "nothing above": lambda fake, login: mail_settings(
        server=server(fake, password=login, level="host"), state="inherited"
    ),
    "no record": lambda fake, login: declare(
        fake, login, smtp_username="a@example.com", smtp_password="Th1rd-one", password_record="/"
    ),
    "a short key": lambda fake, login: declare(
        fake, login, smtp_port=26, password_record_key="0123"
    ),
    "pre-flight": lambda fake, login: declare(
        fake, login, smtp_host="a b", smtp_port=0, smtp_password="****", smtp_username="x"
    ),
    "a wrong option": lambda fake, login: declare(
        fake, login, smtp_host="a", server={"access_token": "a b"}
    ),
    "plan changed": lambda fake, login: declare(
        fake, login, smtp_host="newer.example.com", expect_plan="0" * 64
    ),
    "sign-in refused": lambda fake, login: declare(
        fake, login, smtp_host="a", server={"username": "nobody"}
    ),
    "no tenant": lambda fake, login: mail_settings(
        server=server(fake, password=login, level="host"), tenants=[{"name": "Default"}]
    ),
    "info": lambda fake, login: mail_settings_info(server=server(fake, password=login)),
    "by a token": with_a_token,
    "info that cannot be declared": lambda fake, login: mail_settings_info(
        server=server(holding(fake, **{"Smtp.Host": "a.example.com."}), password=login)
    ),
    "info that would be refused": lambda fake, login: mail_settings_info(
        server=server(holding(fake, **{"Smtp.Port": "70000"}), password=login)
    ),
    "tenants": lambda fake, login: mail_settings(
        server=server(fake, password=login), tenants=[{"name": "Nowhere"}], smtp_port=25
    ),
    "forbidden": lambda fake, login: spoiled(fake, login, "Settings.Read", "403"),
    "broken off": lambda fake, login: spoiled(fake, login, "Settings.Read", "close-before"),
    "cut": lambda fake, login: spoiled(fake, login, "Settings.Read", "short-body"),
    "busy": lambda fake, login: spoiled(fake, login, "Settings.Read", "503", retry_after=7),
    "a page": lambda fake, login: spoiled(fake, login, "Settings.UpdateBulk", "login-page"),
    "no recipients": lambda fake, login: mail_test(
        smtp_host="mail.example.com",
        smtp_username="x@example.com",
        smtp_password=login,
        recipients=[],
    ),
}


def run(name, login):
    """The result, with what differs from run to run taken out."""
    with FakeOrchestrator(version="2020.10", users={"Default": {"admin": login}}) as fake:
        done = RUNS[name](fake, login)
        text = json.dumps([done.result, done.warnings], sort_keys=True)
        return re.sub(r"\b[0-9a-f]{64}\b", "DIGEST", text.replace(str(fake.port), "PORT"))


@pytest.mark.parametrize("name", RUNS)
@pytest.mark.parametrize("weak", WEAK)
def test_a_word_for_a_password_takes_nothing_away(name, weak):
    """Message, ids, keys and warnings are those of a strong one."""
    assert run(name, weak) == run(name, STRONG)


@pytest.mark.parametrize("name", RUNS)
def test_a_letter_for_a_password_leaves_every_key(name):
    """Values that hold it are dropped whole; the result can still be read, and the id is there."""
    weak, strong = json.loads(run(name, "m"))[0], json.loads(run(name, STRONG))[0]

    assert weak.keys() == strong.keys()
    assert weak.get("error") == strong.get("error")
    assert weak.get("updated") == strong.get("updated")


@pytest.mark.parametrize("weak", ["set", "inherited", "not set", "unknown"])
def test_a_word_of_the_diff_stays(tmp_path, weak):
    """What it says of a password, and of a value that is taken away, says nothing of a secret."""
    path = tmp_path / "settings.json"
    own = {"Abp.Net.Mail.Smtp.Host": "own.example.com", "Abp.Net.Mail.Smtp.Password": "0ld-one"}
    path.write_text(json.dumps({"Settings": own}), encoding="utf-8")
    gone = {"smtp_host": "any", "smtp_password": weak, "state": "inherited"}

    diff = mail_settings(config_file={"path": str(path)}, **gone).result["diff"]

    assert diff["before"]["smtp_password"] == "(set)"
    assert set(diff["after"].values()) == {"(inherited)"}
