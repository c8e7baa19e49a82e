# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which keys a file already holds, and that no second set is ever put beside them."""

from __future__ import annotations

import json

import pytest
from support.config_file import content, edit, refusal, run, settings_in, written

ABP, MAILING = "Abp.Net.Mail.Smtp.Host", "Abp.Mailing.Smtp.Host"
IDENTITY, ALERTS = "Email.Smtp.Host", "Alerts.Email.Enabled"
XML = '<configuration><appSettings><add key="{}" value="a"/></appSettings></configuration>'


@pytest.mark.parametrize("key", [ABP, MAILING, IDENTITY])
@pytest.mark.parametrize("nested", [False, True])
def test_the_family_that_is_there_is_taken(tmp_path, key, nested):
    """Without an option; the keys that are new are of the same family."""
    keys = {key: "a"}
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"Settings": keys} if nested else keys))
    edit(path, smtp_host="b", smtp_port=587)
    found = content(path)
    assert (found["Settings"] if nested else found) == {
        key: "b",
        key.replace("Host", "Port"): "587",
    }


@pytest.mark.parametrize("key", [ABP, MAILING, IDENTITY])
@pytest.mark.parametrize("name", ["a.config", "a.yml"])
def test_the_family_is_taken_in_every_format(tmp_path, key, name):
    """XML and YAML as well."""
    path = written(tmp_path / name, XML.format(key) if name == "a.config" else f"{key}: a\n")
    edit(path, smtp_host="b", smtp_username="u")
    assert content(path) == {key: "b", key.replace("Host", "UserName"): "u"}


def test_a_key_that_two_families_share_speaks_for_neither(tmp_path):
    """Alerts.Email.Enabled stands beside both."""
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"Settings": {ALERTS: "false", MAILING: "a"}}))
    edit(path, smtp_host="b", enable_email_alerts=True)
    assert content(path) == {"Settings": {ALERTS: "true", MAILING: "b"}}
    path.write_text(json.dumps({ALERTS: "false"}))
    edit(path, smtp_host="b")
    assert content(path) == {ALERTS: "false", ABP: "b"}


def test_the_plain_password_of_abp_is_refused_and_nothing_else(tmp_path):
    """The framework decrypts what stands there; its other keys are edited."""
    text = f'{{"Settings": {{"{MAILING}": "a", "Abp.Mailing.Smtp.Password": "MYTKCtNvYbA="}}}}'
    path = written(tmp_path / "a.json", text)
    said = refusal(path, smtp_password="plainPassw0rd")
    assert "encrypted with the application's own key" in said
    edit(path, smtp_host="b", allow_password_reuse=True)
    assert path.read_text() == text.replace('"a"', '"b"')


@pytest.mark.parametrize(
    ("text", "options", "words"),
    [
        (f'{{"Settings": {{"{MAILING}": "a"}}}}', {"key_style": "abp"}, "key_style: abp_mailing"),
        (f'{{"{MAILING}": "a"}}', {"key_style": "identity"}, "key_style: abp_mailing,"),
        (f'{{"{ABP}": "a", "{IDENTITY}": "b"}}', {}, "key_style (abp, identity)"),
        (f'{{"App": {{"Settings": {{"{ABP}": "a"}}}}}}', {}, "section: App:Settings"),
        (f'{{"A": {{"B": {{"C": {{"{MAILING}": "a"}}}}}}}}', {}, "section: A:B:C"),
        (f'{{"Settings": {{"{ABP.lower()}": "a"}}}}', {}, "upper and lower case"),
        (f'{{"{ABP.upper()}": "a"}}', {}, "upper and lower case"),
        (f'{{"A": {{"B": {{"{ABP.lower()}": "a"}}}}}}', {}, "section: A:B"),
        (f'{{"{ABP}": "a", "S": {{}}}}', {"section": "S"}, "leave config_file.section out"),
        (f'{{"T": {{"{ABP}": "a"}}, "S": {{}}}}', {"section": "S"}, "section: T"),
        (f'{{"S": [{{"{ABP}": "a"}}]}}', {}, "in a list"),
        (f'{{"S:{ABP}": "a"}}', {}, "below a name with a colon"),
        (f'{{"S": {{"{ABP}": "a"}}, "T": {{"{ABP}": "a"}}}}', {}, "several places"),
        (f'{{"S": {{"{ABP}": "a"}}, "s": {{}}}}', {"section": "S"}, "'S' appears twice"),
        ('{"Settings": {}}', {"section": "None"}, "there is no object 'None'"),
        ('{"Settings": []}', {"section": "Settings"}, "'Settings' is not an object"),
        ('{"apiVersion": "v1", "kind": "ConfigMap", "data": {}}', {}, "Kubernetes object"),
        ('{"apiVersion": "v1", "kind": "Secret", "data": {}}', {"section": "data"}, "stringData"),
    ],
)
@pytest.mark.parametrize("name", ["a.json", "a.yml"])
def test_another_family_or_place_is_refused_with_the_option_to_set(
    tmp_path, name, text, options, words
):
    """The same in JSON and YAML, as YAML reads the same texts."""
    assert words in refusal(written(tmp_path / name, text), smtp_host="b", file=options)


@pytest.mark.parametrize(
    ("key", "options", "words"),
    [
        (MAILING, {"key_style": "abp"}, "key_style: abp_mailing"),
        (ABP.lower(), {}, "upper and lower case"),
        (MAILING.lower(), {"key_style": "abp"}, "key_style: abp_mailing"),
        (ABP, {"key_style": "insights"}, "in a JSON file"),
    ],
)
def test_another_family_or_letters_in_xml_are_refused(tmp_path, key, options, words):
    """Keys of appSettings are compared without regard to letters."""
    path = written(tmp_path / "a.config", XML.format(key))
    assert words in refusal(path, smtp_host="b", file=options)


def test_attributes_in_other_letters_are_refused(tmp_path):
    """.NET would not start with a second one, nor with this one."""
    smtp = '<system.net><mailSettings><smtp><network Host="a"/></smtp></mailSettings></system.net>'
    path = written(tmp_path / "a.config", f"<configuration>{smtp}</configuration>")
    assert "'Host' differs" in refusal(path, smtp_host="b", file={"layout": "mail_settings"})


@pytest.mark.parametrize("section", ["App:Settings", "app:SETTINGS", "APP:settings"])
@pytest.mark.parametrize("name", ["a.json", "a.yml"])
def test_a_section_is_a_path_whose_letters_do_not_count(tmp_path, name, section):
    """As .NET writes and compares it; a name with a colon is the same path."""
    for text in (
        f'{{"App": {{"Settings": {{"{ABP}": "a"}}}}}}',
        f'{{"App:Settings": {{"{ABP}": "a"}}}}',
    ):
        path = written(tmp_path / name, text)
        edit(path, smtp_host="b", file={"section": section})
        assert path.read_text() == text.replace('"a"', '"b"')


def test_what_is_refused_can_be_read_and_the_reason_is_a_warning(tmp_path):
    """Keys in other letters are what .NET reads; those of another family are not ours."""
    path = written(tmp_path / "a.json", f'{{"{ABP.lower()}": "a"}}')
    assert settings_in(path)["smtp_host"] == "a"
    done = run(path, smtp_host="a")
    assert (done["changed"], "upper and lower case" in done["warnings"][0]) == (False, True)
    path = written(tmp_path / "b.json", f'{{"{MAILING}": "a"}}')
    assert "smtp_host" not in settings_in(path, key_style="abp")


def test_keys_that_are_all_new_are_a_warning(tmp_path):
    """Nothing says that the application reads them there."""
    path = written(tmp_path / "a.json", '{"Logging": {}}')
    (warning,) = run(path, True, smtp_host="b")["warnings"]
    assert "None of these settings is in" in warning
    edit(path, smtp_host="b")
    assert run(path, smtp_host="c")["warnings"] == ()


def test_a_file_of_an_environment_that_wins_is_pointed_out(tmp_path):
    """Only one that holds such a key, and not to whoever edits that very file."""
    text = f'{{"Settings": {{"{MAILING}": "a"}}}}'
    path = written(tmp_path / "appsettings.json", text)
    other = written(tmp_path / "appsettings.Production.json", text)
    written(tmp_path / "appsettings.Development.json", '{"Logging": {}}')
    (warning,) = run(path, True, smtp_host="b")["warnings"]
    assert warning.startswith("appsettings.Production.json beside")
    assert run(other, True, smtp_host="b")["warnings"] == ()


def test_a_transformation_is_pointed_out(tmp_path):
    """A new element without an instruction has no effect."""
    xdt = 'xmlns:xdt="http://schemas.microsoft.com/XML-Document-Transform"'
    text = XML.format(ABP).replace("<configuration>", f"<configuration {xdt}>")
    (warning,) = run(written(tmp_path / "a.config", text), True, smtp_host="b")["warnings"]
    assert "xdt:Transform" in warning


def test_a_file_of_a_cluster_is_told_from_its_block(tmp_path):
    """The Insights block alone; keys of its names elsewhere mean nothing."""
    block = {"host": "a", "port": 25}
    text = json.dumps({"host": "x", "insights": {"smtp_configuration": block}}, indent=2)
    path = written(tmp_path / "cluster_config.json", text)
    edit(path, smtp_host="b", smtp_port=587)
    found = content(path)
    assert found == {"host": "x", "insights": {"smtp_configuration": {"host": "b", "port": 587}}}
