# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every door through which a text of somebody else enters a result: what comes out is harmless.

The doors into an inventory and into reports have tests of their own, with more to lose.
"""

from __future__ import annotations

import json

import pytest
from ansible_collections.rpaops.orchestrator.plugins.module_utils import _argspec
from ansible_collections.rpaops.orchestrator.plugins.module_utils._modules import (
    mail_settings as settings_work,
)
from ansible_collections.rpaops.orchestrator.plugins.module_utils._output import report
from ansible_collections.rpaops.orchestrator.plugins.module_utils._tenants import tally
from fake.smtp_script import ScriptedSmtp, reply
from support.raw_http import RawServer, answer
from support.run import arguments, mail_settings, mail_settings_info, mail_test

PASSWORD = "correct-horse-battery"
HOSTILE = {
    "template": "{{ lookup('pipe', 'id') }}{% raw %}",
    "terminal": "\x1b[31mred\x1b[0m \x1b]0;title\x07 \x9b1m",
    "control": "nul\0 bell\x07 del\x7f back\x08",
    "lines": "one\r\ntwo\u2028three\x85four\x0bfive",
    "direction": "abc\u202edef\u2066\u200b\ufeff",
    "path": "../../etc/passwd\\..\\x",
    "group": "all:!localhost,@hosts",
    "markdown": "| a | [b](javascript:x) `c` ![d](http://e)",
    "html": "</td><script>alert(1)</script><img src=x>",
    "xml": "]]></failure><!ENTITY x SYSTEM 'file:///'>&x;",
    "secret": f"you sent {PASSWORD}, {PASSWORD[2:14]} and {PASSWORD.encode().hex()}",
    "long": "x" * 100_000,
}


def refused_by_a_server(text):
    """The words of a refusal, of a 500 and of a header."""
    for body in ({"message": text}, {"error": {"message": text}}, {"title": text}):
        said = answer(json.dumps(body).encode(), "400 Bad")
        with RawServer(said) as server:
            there = {"url": server.url, "access_token": PASSWORD, "use_proxy": False}
            yield mail_settings_info(server={**there, "api": "orchestrator"})


def refused_in_a_list_of_tenants(text):
    """The words for one tenant, in the sentence for all of them."""
    body = answer(json.dumps({"message": text}).encode(), "400 Bad")
    with RawServer(*[body] * 9) as server:
        there = {"url": server.url, "access_token": PASSWORD, "use_proxy": False}
        tenants = [{"name": "A"}, {"name": "B"}]
        more = {"max_failures": 0, "parallel": 1, "smtp_port": 25}
        yield mail_settings(server=there, tenants=tenants, **more)


def refused_by_a_mail_server(text):
    """A banner, a refused login, a refused recipient and a refused message."""
    line = text.replace("\r", " ").replace("\n", " ")[:2000]
    for step in ("banner", "password", "rcpt", "end_of_data"):
        script = {step: reply(f"554 {line}")}
        with ScriptedSmtp(script, starttls=False) as server:
            yield mail_test(
                smtp_host=server.host,
                smtp_port=server.port,
                enable_ssl=False,
                smtp_username="robot@example.com",
                smtp_password=PASSWORD,
                recipients=["ops@example.com"],
                timeout=20,
            )


DOORS = {
    door.__name__: door
    for door in (refused_by_a_server, refused_in_a_list_of_tenants, refused_by_a_mail_server)
}


def texts(value):
    """All texts of a result, keys as well."""
    if isinstance(value, dict):
        return [text for pair in value.items() for item in pair for text in texts(item)]
    if isinstance(value, (list, tuple)):
        return [text for item in value for text in texts(item)]
    return [value] if isinstance(value, str) else []


@pytest.mark.parametrize("kind", HOSTILE)
@pytest.mark.parametrize("door", DOORS)
def test_what_comes_through_a_door_is_harmless(door, kind):
    """One printable line of limited length, without a secret; whatever else it is, is data."""
    for done in DOORS[door](HOSTILE[kind]):
        assert done.failed
        assert done.result["error"] != "internal", done.result["msg"]
        for text in [*texts(done.result), *done.warnings]:
            assert text.isprintable(), text
            assert len(text) < 2000, text
            assert not {PASSWORD[i : i + 8] for i in range(len(PASSWORD) - 7)} & {
                text[i : i + 8] for i in range(len(text) - 7)
            }


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_line_of_progress_is_harmless(monkeypatch, kind):
    """It goes straight to a terminal."""
    monkeypatch.setattr(tally, "PROGRESS_SECONDS", 0.0)
    lines = []
    body = answer(json.dumps({"message": HOSTILE[kind]}).encode(), "400 Bad")
    with RawServer(*[body] * 9) as server:
        there = {"url": server.url, "access_token": PASSWORD, "use_proxy": False}
        given = {"server": there, "tenants": [{"name": "A"}, {"name": "B"}], "max_failures": 0}
        params = arguments(_argspec.mail_settings(), {**given, "password_record": ""})
        report.report(settings_work.mail_settings, params, False, lines.append)

    assert lines
    assert all(line.isprintable() and len(line) < 200 for line in lines)
