# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The new text of a configuration file is looked at before it replaces the old one."""

from __future__ import annotations

import os

import pytest
from ansible_collections.rpaops.orchestrator.plugins.module_utils._errors import Failure
from ansible_collections.rpaops.orchestrator.plugins.module_utils._files import formats, proof
from ansible_collections.rpaops.orchestrator.plugins.module_utils._files.home import Family, Wanted
from support.config_file import edit, refusal, run, written

HOST, PORT = "Abp.Net.Mail.Smtp.Host", "Abp.Net.Mail.Smtp.Port"
WANTED = Wanted({"abp": Family(frozenset((HOST, PORT)))})
SMTP = (
    "<configuration><system.net><mailSettings><smtp{}>{}</smtp></mailSettings></system.net>"
    "</configuration>"
)
NO_NETWORK = SMTP.format("", "")
WITH_NETWORK = SMTP.format("", '<network host="a"/>')
PICKUP = SMTP.format(' deliveryMethod="SpecifiedPickupDirectory"', '<network host="a"/>')
MAIL = {"layout": "mail_settings"}
MAILING = '{"Settings": {"Abp.Mailing.Smtp.Host": "a"}}'
#: What check mode used to approve and the run refused: file, text, options, words.
ONLY_THE_RUN_KNEW = [
    ("a.config", WITH_NETWORK, {"file": MAIL, "default_from_display_name": "x"}, "no place for"),
    ("a.config", NO_NETWORK, {"file": MAIL, "smtp_host": "x"}, "no <network>"),
    ("a.config", PICKUP, {"file": MAIL, "enable_ssl": True}, "SpecifiedPickupDirectory"),
    ("a.config", "<configuration/>", {"smtp_host": "x"}, "no <appSettings>"),
    ("a.json", MAILING, {"smtp_password": "correct-horse"}, "encrypted with the application's"),
    ("a.json", "{}", {"smtp_timeout": 1000}, "no place for smtp_timeout"),
    ("a.json", "{}", {"smtp_host": "x", "verify_recipient": "a@b.c"}, "verify_recipient"),
]


class Careless:
    """An editor that writes whatever it is told, as one with a fault would."""

    def __init__(self, text, made):
        self._real = formats.opened("json", text, WANTED, "")
        self._made = made

    def __getattr__(self, name):
        return getattr(self._real, name)

    def edited(self, _changes):
        return self._made


def prove(made):
    old = f'{{"{HOST}": "a", "other": [1]}}'
    careless = Careless(old, made)
    return proof.edited(
        old, careless, {HOST: "b"}, (), lambda text: formats.opened("json", text, WANTED, "")
    )


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (f'{{"{HOST}": b, "other": [1]}}', "could not be read back"),
        (f'{{"{HOST}": "a", "other": [1]}}', "other values than wanted"),
        (f'{{"{HOST}": "bb", "other": [1]}}', "other values than wanted"),
        (f'{{"{HOST}": "b", "{PORT}": 1, "other": [1]}}', "other values than wanted"),
        (f'{{"{HOST}": "b", "other": [2]}}', "more than"),
        (f'{{"{HOST}": "b"}}', "more than"),
        (f'{{"x": {{"{HOST}": "b"}}, "other": [1]}}', "more than"),
    ],
)
def test_a_text_that_is_not_the_old_one_with_the_new_value_is_refused(made, words):
    """Whatever an editor makes of it; the place where the texts part is named."""
    with pytest.raises(Failure, match="line 1, column") as refused:
        prove(made)
    assert words in str(refused.value)


def test_a_text_that_is_the_old_one_with_the_new_value_passes():
    """Layout does not count; the proof gives the text back, and what it says."""
    made = f'{{"other": [1],\n"{HOST}": "b"}}'
    proven = prove(made)
    assert (proven.text, proven.parsed.values) == (made, {HOST: "b"})


@pytest.mark.parametrize(("name", "text", "options", "words"), ONLY_THE_RUN_KNEW)
def test_check_mode_refuses_what_the_run_would(tmp_path, name, text, options, words):
    """The same sentence, without the file being touched or anything lying beside it."""
    assert words in refusal(written(tmp_path / name, text), **options)


def test_a_folder_that_cannot_take_the_file_is_known_in_check_mode(tmp_path):
    """A file with two names would be parted from the other one; reading it is possible."""
    path = written(tmp_path / "a.json", f'{{"{HOST}": "a"}}')
    os.link(path, tmp_path / "b.json")
    assert "hard links" in refusal(path, smtp_host="b")
    assert run(path, smtp_host="a")["changed"] is False


@pytest.mark.parametrize("backup", [False, True])
def test_check_mode_names_no_backup_and_the_run_does(tmp_path, backup):
    """A copy is named whenever one was made, and only then."""
    path = written(tmp_path / "a.json", f'{{"{HOST}": "a"}}')
    foreseen = run(path, True, smtp_host="b", file={"backup": backup})
    done = edit(path, smtp_host="b", file={"backup": backup})
    assert ("backup_file" in foreseen, "backup_file" in done) == (False, backup)
    assert len(os.listdir(tmp_path)) == 1 + backup
