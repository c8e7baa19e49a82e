# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The same task gives the same result here and as a module, whatever happens to it."""

from __future__ import annotations

import json
import re
import shutil

import pytest
from ansible.parsing.vault import VaultLib, VaultSecret
from fake.mailbox import Mailbox
from fake.orchestrator import FakeOrchestrator
from support.roads import VAULT_PASSWORD, drive, other_python

APPLY, INFO, TEST = (
    f"rpaops.orchestrator.{name}" for name in ("mail_settings", "mail_settings_info", "mail_test")
)
MAIL = "Abp.Net.Mail."
JSON_FILE = '{"Settings": {"Abp.Net.Mail.Smtp.Host": "old.example.com", "Other": 1}} '
NEW_HOST = {"smtp_host": "new.example.com", "allow_password_reuse": True}
ACCOUNT = {"smtp_host": "new.example.com", "smtp_username": "robot@example.com"}


def asked(tenant, **more):
    """The option server of a case, in a tenant of its own."""
    login = {"tenant": tenant, "username": "admin", "password": "secret"}
    return {"url": "{{ url }}", "use_proxy": False, "timeout": 20, "retries": 0, **login, **more}


def apply(tenant, *, also=(), **options):
    """A task with mail_settings; ``also`` are its keywords."""
    return {APPLY: {"server": asked(tenant), **options}, **dict(also)}


def file(path, **options):
    """A task with a configuration file beside the playbook."""
    return {APPLY: {"config_file": {"path": path}, **options}}


def mail(**options):
    """A task that talks to the mail server."""
    good = {
        "smtp_host": "{{ mail_host }}",
        "smtp_port": "{{ mail_port }}",
        "smtp_username": "robot@example.com",
        "smtp_password": "correct-horse-battery",
        "recipients": ["ops@example.com"],
        "ca_path": "{{ mail_ca }}",
    }
    return {TEST: {**good, **options}}


def many(*tenants, **options):
    """A task with several tenants, one after the other."""
    server = {key: value for key, value in asked("").items() if key != "tenant"}
    names = [{"name": name} for name in tenants]
    return {APPLY: {"server": server, "tenants": names, "parallel": 1, **NEW_HOST, **options}}


#: Each case: its task, and words of its result, so that it is the case that it says.
CASES = {
    "unchanged": (apply("t1", smtp_port=25), '"changed": false'),
    "changed": (apply("t2", **NEW_HOST), '"changed": true'),
    "check mode with diff": (
        apply("t3", also={"check_mode": True, "diff": True}, **NEW_HOST),
        '"smtp_host": "new.example.com"',
    ),
    "refused by a guard": (apply("stored", smtp_host="new.example.com"), "password_reuse"),
    "pre-flight findings": (apply("t4", smtp_port=0, smtp_host="smtp://x"), '"preflight"'),
    "a masked password": (apply("t4", smtp_password="********"), "is a mask"),
    "an option of a wrong type": (apply("t4", smtp_port="many"), "cannot be converted"),
    "an unknown option": (apply("t4", smtp_prot=25), "Did you mean smtp_port"),
    "an unknown option of the server": (
        {APPLY: {"server": asked("t4", pasword="x")}},
        "Did you mean server.password?",
    ),
    "a word that is no choice": (apply("t4", state="gone"), "must be one of"),
    "no target": ({APPLY: {"smtp_port": 25}}, "one of the following is required"),
    "two targets": (apply("t4", config_file={"path": "x"}), "mutually exclusive"),
    "no address": ({APPLY: {"server": {"tenant": "t4"}}}, "missing required"),
    "an unknown preset": (apply("t4", preset="gmial"), "invalid_option"),
    "forbidden by the server": (apply("forbidden", **NEW_HOST), '"status": 403'),
    "a server that is not there": (
        {APPLY: {"server": asked("t4", url="http://127.0.0.1:9")}},
        '"unreachable"',
    ),
    "wrong credentials": (
        {APPLY: {"server": asked("t4", password="wrong")}},
        "sign_in_refused",
    ),
    "a letter for a password": (
        {APPLY: {"server": asked("t4", password="e"), **NEW_HOST}},
        "Check server.tenant, server.username and server.password.",
    ),
    "an exception": (
        {APPLY: {"server": asked("t4", username="exception"), **NEW_HOST}},
        "Internal error (ArithmeticError)",
    ),
    "all tenants": (many("m1", "m2", "m3"), '"changed": true'),
    "one tenant fails": (many("m4", "forbidden", "m5"), "1 not tried"),
    "one tenant fails, the rest is done": (
        many("m6", "forbidden", "m7", max_failures=0),
        "2 changed",
    ),
    "own values that stay": (apply("own", state="inherited"), "reset_unsupported"),
    "another plan": (apply("t4", expect_plan="x", **NEW_HOST), "plan_changed"),
    "proven by the server": (
        apply("t5", verify_recipient="ops@example.com", smtp_port="{{ mail_port }}"),
        "verif",
    ),
    "a password for the first time": (apply("t6", smtp_password="new-secret", **ACCOUNT), "true"),
    "a password from a vault": (apply("t7", smtp_password="{{ vaulted }}", **ACCOUNT), "true"),
    "the same from a variable of it": (
        apply("t7", smtp_password="{{ vaulted ~ '' }}", **ACCOUNT),
        '"password_evidence": "fingerprint"',
    ),
    "a warning": (
        apply("t8", smtp_host="192.0.2.1", enable_ssl=True, allow_password_reuse=True),
        '"changed": true',
    ),
    "a number for a text": (apply("t8", smtp_username=12345), '"changed": true'),
    "a word for a truth": (apply("t8", enable_email_alerts="yes"), '"changed": true'),
    "a date for a text": (apply("t8", smtp_domain="{{ a_date }}"), '"changed": true'),
    "keys that are no texts": (
        apply("t4", preset="custom", custom_preset="{{ odd_keys }}"),
        "it has no key 1, 2, null",
    ),
    "nothing for an option": (apply("t8", smtp_port=None, smtp_domain=None), '"changed": false'),
    "omitted, also further down": (
        {APPLY: {"server": asked("t8", ca_path="{{ omit }}"), "smtp_host": "{{ omit }}"}},
        '"changed": false',
    ),
    "a text that looks like a template": (
        apply("t8", default_from_display_name="{{ braces }}"),
        "{{ 1 + 1 }}",
    ),
    "a loop": (
        {
            APPLY: {"server": asked("t9"), **NEW_HOST, "smtp_port": "{{ item }}"},
            "loop": [25, 26, "x"],
        },
        "results",
    ),
    "failed_when": (
        apply("t10", also={"failed_when": True, "changed_when": False}, **NEW_HOST),
        '"failed_when_result": true',
    ),
    "no_log": (apply("t11", also={"no_log": True}, **NEW_HOST), '"changed": true'),
    "a file, unchanged": (file("a.json", smtp_host="old.example.com"), '"changed": false'),
    "a file, changed": (file("b.json", **NEW_HOST), '"changed": true'),
    "a file, malformed": (file("c.json", **NEW_HOST), "file_refused"),
    "a file with a backup": (
        {APPLY: {"config_file": {"path": "d.json", "backup": True}, **NEW_HOST}},
        "backup_file",
    ),
    "no such file": (file("missing.json", **NEW_HOST), "file_refused"),
    "a path below the home": (file("~/missing.json", **NEW_HOST), "file_refused"),
    "what is set": ({INFO: {"server": asked("t1")}}, '"declaration"'),
    "what is set in a file": ({INFO: {"config_file": {"path": "a.json"}}}, '"declaration"'),
    "a message up to TLS": (mail(stop_after="tls"), '"starttls"'),
    "a message up to the login": (mail(stop_after="auth"), '"logged_in": true'),
    "a message": (mail(), '"accepted": true'),
    "a message in check mode": ({**mail(), "check_mode": True}, '"accepted": false'),
    "a message with a wrong password": (mail(smtp_password="wrong-horse"), "mail_failed"),
    "a message to nobody": (mail(recipients=[]), "invalid_option"),
    "a message through the server": (
        mail(via="server", server=asked("t1"), enable_ssl=True),
        '"accepted": true',
    ),
    "a message through no server": (mail(via="server"), "missing: server"),
    "a port of thousands of digits": (apply("t4", smtp_port="9" * 5000), "smtp_port: it is not"),
    "a time without an end": (apply("t4", smtp_timeout="{{ endless }}"), "smtp_timeout: it is not"),
    "a list for a secret": (apply("t4", smtp_password=["x", "y"]), "smtp_password: it is a list"),
    "a number for the server": ({INFO: {"server": 5}}, "server: it is a number"),
}
TENANTS = {name: {} for name in re.findall(r'"((?:[tm]\d+)|forbidden)"', json.dumps(CASES))}
TENANTS["stored"] = {
    MAIL + "Smtp.UserName": "robot@example.com",
    MAIL + "Smtp.Password": "old-secret",
    MAIL + "Smtp.UseDefaultCredentials": "false",
}
TENANTS["own"] = {MAIL + "Smtp.Port": "2525"}


def one_road(folder, mailbox, port, **variables):
    """Drive all cases on one road, from the same start; what they left behind as well."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "playbook").mkdir(parents=True)
    for name in "abd":
        (folder / f"playbook/{name}.json").write_text(JSON_FILE, encoding="utf-8")
    (folder / "playbook/c.json").write_text(JSON_FILE + "}", encoding="utf-8")
    (folder / "playbook/more.yml").write_text(more_variables(), encoding="utf-8")
    address = (mailbox.host, mailbox.port)
    with FakeOrchestrator(
        tenants=TENANTS, mailbox=address, trust=mailbox.ca_path, port=port
    ) as fake:
        fake.fault("Settings.Read", "403", times=None, tenant="forbidden")
        host = {
            "url": fake.url,
            "mail_host": mailbox.host,
            "mail_port": mailbox.port,
            "mail_ca": mailbox.ca_path,
            **variables,
        }
        tasks = {name: task for name, (task, _words) in CASES.items()}
        driven = drive(folder, tasks, {"here": host}, vars_files=["more.yml"])
        sent = [(r.operation, r.tenant, r.query, r.body, r.status) for r in fake.requests]
        stored = {name: fake.own_settings(name) for name in TENANTS}
    files = {path.name: path.read_bytes() for path in (folder / "playbook").glob("?.json")}
    return driven, {"requests": sent, "settings": stored, "files": files}


def more_variables():
    """What JSON cannot say."""
    vault = VaultLib([("default", VaultSecret(VAULT_PASSWORD.encode()))])
    vaulted = vault.encrypt("new-secret").decode().replace("\n", "\n  ")
    return (
        f"vaulted: !vault |\n  {vaulted}\n"
        "a_date: 2024-01-02\n"
        "braces: !unsafe '{{ 1 + 1 }}'\n"
        "odd_keys: {1: a, null: b, '2': c}\n"
        "endless: .inf\n"
    )


@pytest.fixture(scope="module")
def roads(tmp_path_factory):
    """Both roads, one after the other, at the same addresses and in the same folder."""
    folder = tmp_path_factory.mktemp("roads")
    python = other_python(tmp_path_factory.mktemp("other"))
    with Mailbox() as mailbox:
        with FakeOrchestrator() as fake:
            port = fake.port
        here = one_road(folder / "play", mailbox, port)
        module = one_road(folder / "play", mailbox, port, ansible_python_interpreter=python)
    return here, module


#: What may differ, and why.
DIFFERENT = {
    # How long a stage of a message took.
    "seconds": "time",
    # Every message has a name of its own.
    "message_id": "chance",
    # A decoration of Ansible's for answers of modules, from ansible-core 2.22 on.
    "ansible_parsed": "ansible",
}
CHANCE = re.compile(r"\d{4}-?\d\d-?\d\d[T@._-]?\d\d:?\d\d:?\d\d(\.\d+)?Z?")


def comparable(result):
    """``result`` without what may differ."""
    if isinstance(result, dict):
        return {k: comparable(v) for k, v in result.items() if k not in DIFFERENT}
    if isinstance(result, list):
        return [comparable(item) for item in result]
    return CHANCE.sub("TIME", result) if isinstance(result, str) else result


@pytest.mark.parametrize("case", CASES)
def test_the_result_is_the_same(roads, case):
    """Registered by a playbook, key for key; and it is the case that it says."""
    (here, _left), (module, _also_left) = roads
    assert CASES[case][1] in json.dumps(here.results[case]), here.results[case]
    assert comparable(here.results[case]) == comparable(module.results[case])


#: Arguments that only the module can refuse, or that are no JSON.
NOT_HERE = {
    "an option of a wrong type",
    "an unknown option",
    "an unknown option of the server",
    "a word that is no choice",
    "no target",
    "two targets",
    "no address",
    "keys that are no texts",
    # Only for its last item.
    "a loop",
    "a message through no server",
}


#: Arguments that no module could be given, or none could take: refused wherever it would run.
BY_NOBODY = {
    "a port of thousands of digits",
    "a time without an end",
    "a list for a secret",
    "a number for the server",
}


def test_each_road_is_the_one_it_says(roads):
    """Here no program was built but for arguments that need it; on the other road always."""
    (here, _left), (module, _also_left) = roads
    # Up to ansible-core 2.18 a template makes a text of a date.
    assert here.modules - {"a date for a text"} == NOT_HERE
    assert module.modules == set(CASES) - BY_NOBODY


@pytest.mark.parametrize("kind", ["requests", "settings", "files"])
def test_the_work_is_the_same(roads, kind):
    """The same requests in the same order; the same settings and bytes afterwards."""
    (_here, left), (_module, also_left) = roads
    assert left[kind] == also_left[kind]
    assert left[kind]


#: What is said before a module works on many tenants, also where a letter of it is masked.
ANNOUNCED = r"rpaops\.\S+: (\d+) \S+ \S+ \S+ on from \S+\. Nothing .*\n"


def screen(output):
    """``output`` without time, chance, the road, and what Ansible says from 2.19 or 2.22 on.

    From 2.22 on Ansible masks a password in everything it shows, also one of a single letter.
    """
    theirs = '((Action|Module) failed: )|("ansible_parsed": true, )'
    ours = r'("s[^"]+conds": [^,}]+)|(<rpaops-[^@]+@)'
    return re.sub(f"{theirs}|{ours}|{ANNOUNCED}", "", CHANCE.sub("TIME", output))


def test_the_screen_is_the_same(roads):
    """Line by line, with the default callback."""
    (here, _left), (module, _also_left) = roads
    shown = [screen(driven.output) for driven in (here, module)]
    assert shown[0] == shown[1]
    assert "[host-is-ip]" in shown[0]


def test_a_module_that_works_on_many_tenants_is_announced(roads):
    """With their number, once for each such task; in the controller progress is shown instead."""
    (here, _left), (module, _also_left) = roads
    assert re.findall(ANNOUNCED, module.output) == ["3", "3", "3"]
    assert re.findall(ANNOUNCED, here.output) == []
