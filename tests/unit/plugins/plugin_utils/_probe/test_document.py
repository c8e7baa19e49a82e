# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The file that is sent to strangers: no secret, no name, and a table whatever a server says."""

from __future__ import annotations

import json
import re

import pytest
from ansible_collections.rpaops.orchestrator.plugins.plugin_utils._probe.anonymous import Anonymous
from fake.orchestrator import FakeOrchestrator
from measure.leaks.canaries import Canary, Hunt, canary
from support.run import mail_probe, server

PASSWORDS = {
    "Abp.Net.Mail.Smtp.Password": "smtp_password",
    "Email.Smtp.Password": "smtp_password",
}
TENANT, USER, ORGANIZATION = "Quintessenz", "walrus.admin", "zebracorp"
HOST, GUID = "relay.zebra.example.org", "0d5f0f0e-5a57-4d6c-8f0e-0a4f3a2b1c0d"
NAMES = (TENANT, "walrus", ORGANIZATION, "zebra", GUID, "10.1.2.3", "127.0.0.1")
SAID = (
    f"{TENANT.upper()} of {USER} ({USER}@zebra.example.org) in {ORGANIZATION} may not write {HOST} "
    f"from 10.1.2.3, see https://zebra.example.org/x?y in {GUID} at 127.0.0.1"
)


def written(folder):
    return (folder / "mail-probe.md").read_text(encoding="utf-8")


def secret(name, kind):
    """A secret; one of few letters is not hidden for looking like a token."""
    if kind != "letters":
        return canary(name, kind)
    text = re.sub(r"\d", "q", canary(name, "plain").text)[:16]
    return Canary(name, text)


@pytest.mark.parametrize("kind", ["letters", "plain", "special"])
@pytest.mark.parametrize(("level", "mask"), [("auto", "clear"), ("organization", "blob")])
def test_no_secret_is_in_the_file_or_in_the_result(tmp_path, kind, level, mask):
    """Not the ones given, not the ones that a server shows or repeats, not the token."""
    names = ("sign-in", "smtp_password")
    secrets = {name: secret(name, kind) for name in names}
    stored = {key: secrets[name].text for key, name in PASSWORDS.items()}
    stored["NuGet.Packages.ApiKey"] = secret("another row", kind).text
    rows = {key: text for key, text in stored.items() if key.startswith("Email")}
    with FakeOrchestrator(
        "v17",
        tenants={"Default": {key: text for key, text in stored.items() if key not in rows}},
        clients={"app-id": secrets["sign-in"].text},
        identity={"acme": rows},
        switches={"mask": mask, "identity_mask": mask, "echo_rejected": True},
    ) as fake:
        given = {k: v for k, v in server(fake).items() if k not in ("username", "password")}
        given.update(client_id="app-id", client_secret=secrets["sign-in"].text, level=level)
        repeated = json.dumps({"message": " ".join(one.text for one in secrets.values())}).encode()
        for operation in ("Settings.VerifySmtpSetting", "Identity.Verify"):
            fake.fault(operation, "odd-answer", status=400, body=repeated)
        known = {"smtp_password": secrets["smtp_password"].text}
        done = mail_probe(server=given, write=True, directory=str(tmp_path), **known)
        answers = [r.answer for r in fake.requests if r.operation == "Token" and r.status == 200]

    assert not done.failed, done.result
    told = written(tmp_path) + json.dumps(done.result) + "".join(done.warnings)
    assert Hunt([*secrets.values(), secret("another row", kind)]).owners_in(told) == set()
    assert not [a for a in answers if json.loads(a)["access_token"][-20:] in told]


def test_a_password_of_the_probe_is_a_secret_too(tmp_path):
    """As long as it is stored, and a server may repeat it."""
    key = "Abp.Net.Mail.Smtp.Password"
    switches = {"read_only": [key], "echo_rejected": True}
    with FakeOrchestrator("v17", switches=switches) as fake:
        assert not mail_probe(server=server(fake), write=True, directory=str(tmp_path)).failed
        sent = str([r.body for r in fake.requests if r.operation == "Settings.UpdateBulk"])

    (password,) = set(re.findall(r"probe-[0-9a-f]{24}", sent))
    assert Hunt([Canary("probe", password)]).owners_in(written(tmp_path)) == set()


def test_no_name_is_in_the_file(tmp_path):
    """Nobody who gets it learns whose server it was."""
    rows = {"Abp.Net.Mail.Smtp.Host": HOST, "Abp.Net.Mail.Smtp.UserName": USER}
    options = {"tenants": {TENANT: rows}, "clients": {USER: "secret"}}
    with FakeOrchestrator("v17", "suite", ORGANIZATION, **options) as fake:
        body = json.dumps({"message": SAID}).encode()
        fake.fault("Settings.UpdateBulk", "odd-answer", executes=False, status=400, body=body)
        given = {"url": fake.url, "use_proxy": False, "tenant": TENANT, "organization_id": GUID}
        given.update(client_id=USER, client_secret="secret", organization=ORGANIZATION)
        done = mail_probe(server=given, write=True, directory=str(tmp_path))
        port = str(fake.port)

    assert not done.failed, done.result
    found = written(tmp_path)
    assert "may not write <smtp host>" in found.replace("&lt;", "<").replace("&gt;", ">")
    assert [name for name in (*NAMES, port) if name.lower() in found.lower()] == []


@pytest.mark.parametrize("said", ["a | b", "`tick`", "<script>alert(1)</script>", "two\n# lines"])
def test_whatever_a_server_says_is_one_cell(tmp_path, said):
    """Text from outside is data, in Markdown too."""
    with FakeOrchestrator("2020.10") as fake:
        body = json.dumps({"message": said}).encode()
        options = {"times": None, "executes": False, "status": 400, "body": body}
        fake.fault("Settings.UpdateBulk", "odd-answer", **options)
        mail_probe(server=server(fake), write=True, directory=str(tmp_path))

    (line,) = [line for line in written(tmp_path).splitlines() if "UpdateBulk` | 400" in line]
    assert line.count("|") == 6
    assert re.sub(r"`[^`]*`|<code>[^<]*</code>", "", line).count("<") == 0


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("Acme and acmeist", "<organization> and acmeist"),
        ("at www.example.com:8443", "at www.<server>"),
        ("eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln", "<token>"),
        ("Abp.Net.Mail.DefaultFromDisplayName", "Abp.Net.Mail.DefaultFromDisplayName"),
    ],
)
def test_names_are_whole_words_and_the_rest_stays(text, hidden):
    """A key that holds the name of somebody is still a key."""
    names = Anonymous({"url": "https://example.com:8443/x", "organization": "acme"})

    assert names.hide(text) == hidden
