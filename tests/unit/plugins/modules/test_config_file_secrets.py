# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What stands in a configuration file never appears in a result, a message or a warning."""

from __future__ import annotations

import json

import pytest
import yaml
from support.config_file import written
from support.run import mail_settings, mail_settings_info

CANARY = "Stored-Passw0rd-77"
KEY = "Abp.Net.Mail.Smtp.Password"
HOST = "Abp.Net.Mail.Smtp.Host"
APP = f'<configuration><appSettings><add key="{KEY}" value=%s</appSettings></configuration>'
TEXTS = {
    "yml": [
        f"{KEY}: {CANARY}\n",
        f"{KEY}: !Secret {CANARY}\n",
        f"{KEY}: !<{CANARY}> x\n",
        f"{KEY}: !{CANARY}!a b\n",
        f"{KEY}: {CANARY}: x\n",
        f"{KEY}: @{CANARY}\n",
        f"{KEY}: %{CANARY}\n",
        f"{KEY}: *{CANARY}\n",
        f"{KEY}: &{CANARY} a\nb: *{CANARY}\n",
        f'{KEY}: "{CANARY}\\q"\n',
        f'{KEY}: "{CANARY}\n',
        f"{KEY}: [{CANARY}\n",
        f"{KEY}: |\n  {CANARY}\n",
        f"{KEY}: [{CANARY}]\n",
        f"{KEY}: {CANARY}\n{KEY}: {CANARY}\n",
        f"{KEY}: {CANARY}\n  {CANARY}: x\n",
        f"{KEY}: {CANARY}\x01\n",
        f"%{CANARY} x\n---\n{KEY}: x\n",
        f"- {CANARY}\n",
        CANARY,
    ],
    "json": [
        f'{{"{KEY}": "{CANARY}"}}',
        f'{{"{KEY}": {CANARY}}}',
        f'{{"{KEY}": "{CANARY}\\x"}}',
        f'{{"{KEY}": "{CANARY}',
        f'{{"{KEY}": ["{CANARY}"]}}',
        f'{{"{KEY}": "{CANARY}", "{KEY}": "{CANARY}"}}',
        f'{{"{KEY.lower()}": "{CANARY}"}}',
        f'{{"a": {{"b": {{"{KEY}": "{CANARY}"}}}}}}',
        f'{{"{KEY}": "{CANARY}"}} {CANARY}',
        f'"{CANARY}"',
    ],
    "config": [
        APP % f'"{CANARY}"/>',
        APP % f"{CANARY}/>",
        APP % f'"&{CANARY};"/>',
        APP % f'"{CANARY}"/><{CANARY}>',
        APP % f'"{CANARY}"><{CANARY}/></add>',
        APP % f'"{CANARY}"/><clear/>',
        APP % f'"{CANARY}"/><add key="{KEY}" value="{CANARY}"/>',
        f'<!DOCTYPE a [<!ENTITY x "{CANARY}">]><a/>',
        f"{CANARY}",
    ],
}
CASES = [(kind, text) for kind in TEXTS for text in TEXTS[kind]]


def said(path):
    """All that three kinds of runs say about a file."""
    file = {"path": str(path)}
    runs = [
        mail_settings_info(config_file=file),
        mail_settings(True, config_file=file, smtp_host="b", smtp_port=25),
        mail_settings(config_file=file, smtp_host="b", smtp_username="u"),
        mail_settings(config_file=file, state="inherited"),
    ]
    return json.dumps([[dict(done.result), list(done.warnings)] for done in runs])


@pytest.mark.parametrize(("kind", "text"), CASES)
def test_nothing_of_the_stored_password_is_said(tmp_path, kind, text):
    """Whatever is wrong with the file, and wherever the parser stops."""
    spoken = said(written(tmp_path / f"a.{kind}", text))
    assert [CANARY[i : i + 8] for i in range(len(CANARY) - 7) if CANARY[i : i + 8] in spoken] == []


@pytest.mark.parametrize("text", TEXTS["yml"])
def test_the_parser_in_python_says_nothing_either(tmp_path, monkeypatch, text):
    """Where PyYAML comes without libyaml; its complaints quote what they are about."""
    monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    spoken = said(written(tmp_path / "a.yml", text))
    assert [CANARY[i : i + 8] for i in range(len(CANARY) - 7) if CANARY[i : i + 8] in spoken] == []


def test_the_stored_password_is_known_to_the_redactor(tmp_path):
    """Also where it stands in another setting."""
    text = f'{{"{KEY}": "{CANARY}", "{HOST}": "{CANARY}.example.com"}}'
    spoken = said(written(tmp_path / "a.json", text))
    assert CANARY not in spoken
    assert "***" in spoken


def test_our_own_words_stay_whatever_the_stored_password_is(tmp_path):
    """A password of such words would else make a sentence that helps nobody."""
    text = f'{{"{KEY}": "appears twice", "{HOST}": "a", "{HOST}": "a"}}'
    assert f"the key '{HOST}' appears twice" in said(written(tmp_path / "a.json", text))
