# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sections and maps that are encrypted, elsewhere, doubled or shared: refused where it matters."""

from __future__ import annotations

import pytest
from support.config_file import content, edit, refusal, run, settings_in, written

HOST, PORT = "Abp.Net.Mail.Smtp.Host", "Abp.Net.Mail.Smtp.Port"
ADD = f'<add key="{HOST}" value="a"/>'
APP = "<configuration>{}</configuration>"
NET = (
    "<system.net{}><mailSettings{}><smtp{}><network{} host='a'/></smtp></mailSettings></system.net>"
)
SMTP = APP.format(NET)
MAIL = {"layout": "mail_settings"}
PROTECTED = ' configProtectionProvider="RsaProtectedConfigurationProvider"'


def in_app(inside, attributes="", after=""):
    return APP.format(f"<appSettings{attributes}>{inside}</appSettings>{after}")


@pytest.mark.parametrize(
    "after",
    [
        f"<secureAppSettings{PROTECTED}><EncryptedData/></secureAppSettings>",
        f"<connectionStrings{PROTECTED}><EncryptedData><CipherData/></EncryptedData></connectionStrings>",
        '<connectionStrings configSource="secret.config"/>',
        "<appSettings2/><other><appSettings/></other>",
    ],
)
def test_another_section_may_be_encrypted_or_elsewhere(tmp_path, after):
    """The vendor's own hardening of an Orchestrator, and the usual one of others."""
    path = written(tmp_path / "a.config", in_app(ADD, after=after))
    edit(path, smtp_host="b", smtp_port=25)
    assert content(path)[HOST] == "b"
    assert after in path.read_text()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (in_app("<EncryptedData/>"), "encrypted"),
        (in_app(ADD, PROTECTED), "encrypted"),
        (
            APP.format(in_app(ADD)).replace("<configuration>", f"<configuration{PROTECTED}>", 1),
            "encrypted",
        ),
        (
            in_app("", " configSource='app.config'"),
            "another file (app.config); set config_file.path",
        ),
        (in_app(ADD, after="<appSettings/>"), "<appSettings> appears twice"),
        (in_app(ADD + ADD), f"{HOST!r} appears twice"),
        (in_app(ADD + ADD.replace("Host", "HOST")), "upper and lower case"),
        (in_app(ADD + "<clear/>"), "<clear> behind"),
        (in_app(f'{ADD}<remove key="{HOST.lower()}"/>'), "<remove> behind"),
    ],
)
def test_our_own_section_is_refused_where_that_is_so(tmp_path, text, words):
    """One sentence with its place."""
    said = refusal(written(tmp_path / "a.config", text), smtp_host="b", smtp_port=25)
    assert words in said
    assert "line 1, column" in said


@pytest.mark.parametrize("place", range(4))
@pytest.mark.parametrize("attribute", [" configSource='mail.config'", PROTECTED])
def test_every_element_on_the_way_to_the_network_may_be_elsewhere(tmp_path, place, attribute):
    """A value beside configSource makes .NET refuse the whole file."""
    attributes = [attribute if number == place else "" for number in range(4)]
    path = written(tmp_path / "a.config", SMTP.format(*attributes))
    said = refusal(path, default_from_address="a@b.c", file=MAIL)
    assert "encrypted" in said or "(mail.config); set config_file.path" in said


@pytest.mark.parametrize(
    ("name", "text", "options"),
    [
        ("app.config", f"<appSettings>{ADD}</appSettings>", {}),
        ("mail.config", "<smtp><network host='a'/></smtp>", MAIL),
        (
            "net.config",
            "<mailSettings><smtp><network host='a'/></smtp></mailSettings>",
            MAIL,
        ),
    ],
)
def test_the_other_file_can_be_edited(tmp_path, name, text, options):
    """Its root is the section itself."""
    path = written(tmp_path / name, text)
    edit(path, smtp_host="b", file=options)
    assert path.read_text() == text.replace('value="a"', 'value="b"').replace("'a'", "'b'")


@pytest.mark.parametrize("twice", ["system.net", "mailSettings", "smtp", "network"])
def test_a_doubled_section_is_refused(tmp_path, twice):
    """.NET allows each of them once."""
    text = SMTP.format("", "", "", "").replace(f"</{twice}>", f"</{twice}><{twice}/>")
    text = text.replace("host='a'/>", "host='a'/><network/>") if twice == "network" else text
    path = written(tmp_path / "a.config", text)
    assert f"<{twice}> appears twice" in refusal(path, smtp_host="b", file=MAIL)


def test_a_double_of_somebody_else_is_nobodys_business(tmp_path):
    """.NET takes the last one of an appSettings key; in JSON and YAML it is theirs to settle."""
    for name, text in {
        "a.config": in_app('<add key="x" value="1"/><add key="x" value="2"/>' + ADD),
        "a.json": f'{{"x": 1, "x": 2, "{HOST}": "a", "y": {{"z": 1, "z": 2}}}}',
        "a.yml": f"x: 1\nx: 2\n{HOST}: a\n",
    }.items():
        path = written(tmp_path / name, text)
        edit(path, smtp_host="b")
        assert path.read_text() == text.replace('"a"', '"b"').replace(": a\n", ": b\n")


def test_what_is_doubled_can_be_read_and_says_so(tmp_path):
    """The last one counts; a declaration that it fulfils is fulfilled, with a warning."""
    path = written(tmp_path / "a.json", f'{{"{HOST}": "a", "{HOST}": "b"}}')
    assert settings_in(path)["smtp_host"] == "b"
    done = run(path, smtp_host="b")
    assert (done["changed"], "appears twice" in done["warnings"][0]) == (False, True)


@pytest.mark.parametrize("where", ["é", "\\u00e9", "S"])
def test_a_double_that_is_written_in_another_way_is_one(tmp_path, where):
    """An escape is the character that it stands for, in names of keys and of sections."""
    escaped = HOST.replace("o", "\\u006f")
    path = written(tmp_path / "a.json", f'{{"{where}": {{"{HOST}": "a", "{escaped}": "b"}}}}')
    assert "appears twice" in refusal(path, smtp_host="c")
    path = written(tmp_path / "b.json", f'{{"é": {{"{HOST}": "a"}}, "é": {{"{HOST}": "b"}}}}')
    assert "appears twice" in refusal(path, smtp_host="c")


def test_a_removed_key_does_not_hold(tmp_path):
    """What .NET takes out again is not there."""
    path = written(tmp_path / "a.config", in_app(ADD + "<clear/>"))
    assert "smtp_host" not in settings_in(path)
    path = written(tmp_path / "b.config", in_app("<clear/>" + ADD))
    assert settings_in(path)["smtp_host"] == "a"


@pytest.mark.parametrize("other", [None, "<appSettings/>", in_app(ADD.replace(HOST, "x"))])
def test_a_file_that_only_could_win_is_in_nobodys_way(tmp_path, other):
    """Missing, empty, or with other keys; a path as Windows writes it."""
    (tmp_path / "user").mkdir()
    if other is not None:
        written(tmp_path / "user" / "x.config", other)
    path = written(tmp_path / "a.config", in_app(ADD, " file='user\\x.config'"))
    edit(path, smtp_host="b")
    assert content(path) == {HOST: "b"}


def test_a_file_that_wins_is_named_and_does_not_matter_elsewhere(tmp_path):
    """Its keys override ours; other keys, and mailSettings, are ours to edit."""
    written(tmp_path / "user.config", f"<appSettings>{ADD}</appSettings>")
    text = in_app(ADD, " file='user.config'", NET.format("", "", "", ""))
    path = written(tmp_path / "a.config", text)
    assert "user.config" in refusal(path, smtp_host="b")
    (warning,) = run(path, smtp_host="a")["warnings"]
    assert "user.config" in warning
    edit(path, smtp_port=25)
    edit(path, smtp_host="b", file=MAIL)
    assert 'value="25"' in path.read_text()


def test_a_file_that_might_win_and_cannot_be_read_is_a_refusal(tmp_path):
    """It is named; the settings here can still be read."""
    (tmp_path / "user.config").write_text("<appSettings>")
    path = written(tmp_path / "a.config", in_app(ADD, " file='user.config'"))
    assert "user.config" in refusal(path, smtp_host="b")
    assert settings_in(path)["smtp_host"] == "a"


SHARED = f"Settings: &s\n  {HOST}: old\nOther: {{}}\n"


@pytest.mark.parametrize(
    ("text", "section", "words"),
    [
        (SHARED.format("*s"), "Other", "is an alias"),
        (SHARED.format("*s"), "Settings", "aliases elsewhere would change"),
        (SHARED.format("{<<: *s}"), "Settings", "aliases elsewhere would change"),
        (SHARED.format("[{<<: [*s]}]"), "Settings", "aliases elsewhere would change"),
        (f"A: &a\n  B: {{}}\n  S:\n    {HOST}: old\nC: *a\n", "A:S", "aliases elsewhere"),
        (f"A: &x old\nS:\n  {HOST}: *x\n", "S", "has an anchor or is an alias"),
        (f"S:\n  {HOST}: &x old\nA: *x\n", "S", "has an anchor or is an alias"),
        (f"S:\n  {HOST}: old\n  {HOST}: older\n", "S", "appears twice"),
        (f"S: {{}}\nS:\n  {HOST}: old\n", "S", "'S' appears twice"),
    ],
)
def test_a_yaml_map_that_others_share_is_refused(tmp_path, text, section, words):
    """They would change with it, or the value would not be where it is looked for."""
    path = written(tmp_path / "a.yml", text)
    assert words in refusal(path, smtp_host="b", file={"section": section})
    assert settings_in(path, section=section)["smtp_host"] in ("old", "older")


@pytest.mark.parametrize(
    "text",
    [
        f"Settings: &s\n  {HOST}: old\nOther: 1\n",
        f"Settings: &s\n  {HOST}: old\n  a: &x 1\nOther: *x\n",
        f"Settings: &s {{{HOST}: old}}\n",
        f"a: &x 1\nSettings:\n  b: *x\n  {HOST}: old\n",
    ],
)
def test_an_anchor_that_nobody_uses_is_in_nobodys_way(tmp_path, text):
    """Neither is one beside our keys."""
    path = written(tmp_path / "a.yml", text)
    edit(path, smtp_host="b")
    assert path.read_text() == text.replace("old", "b")


def test_a_merged_value_is_read_and_overridden_where_it_is_merged(tmp_path):
    """What is merged in holds; a change stands in the map itself, and the source stays."""
    path = written(tmp_path / "a.yml", f"base: &b\n  {HOST}: old\nprod:\n  <<: *b\n  a: 1\n")
    assert settings_in(path, section="prod")["smtp_host"] == "old"
    assert run(path, smtp_host="old", file={"section": "prod"})["changed"] is False
    edit(path, smtp_host="new", file={"section": "prod"})
    assert content(path) == {"base": {HOST: "old"}, "prod": {HOST: "new", "a": 1}}
