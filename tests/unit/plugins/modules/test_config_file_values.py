# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Values that a format has to write in its own way, and values that are already odd."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET

import pytest
from support.config_file import content, edit, refusal, settings_in, written

HOST, PORT = "Abp.Net.Mail.Smtp.Host", "Abp.Net.Mail.Smtp.Port"
NAME, PASSWORD = "Abp.Net.Mail.DefaultFromDisplayName", "Abp.Net.Mail.Smtp.Password"
USER, SSL = "Abp.Net.Mail.Smtp.UserName", "Abp.Net.Mail.Smtp.EnableSsl"
TEXTS = {
    "json": f'{{"{NAME}": "old", "Other": "a"}}',
    "yml": f"{NAME}: old\nOther: a\n",
    "config": "<configuration><appSettings>"
    f'<add key="{NAME}" value="old"/></appSettings></configuration>',
}
FLOW = f"Settings: {{{NAME}: old, {HOST}: h, keep: me}}\n"
#: Punctuation of every format, blanks, and characters that no parser reads as they stand.
ODD = (
    *("Robots, Inc", "Robots}", "a: b", "a #b", "- a", "? a", "[x]", "{x}", "'a'", '"a"', "*a"),
    *("&a", "!a", "%a", "@a", "`a", "|", ">", "---", "~", "null", "yes", "No", "on", "1e3", "0x1F"),
    *("007", "1_000", "12:30:45", "2024-13-01", "2024-01-01", "=", "<<", ".inf", "NaN", "-", ":"),
    *("a\tb", " a ", "a\\b", "<a>", "]]>", "&amp;", "&#64;", "a/*b*/", "// a"),
    *("a\x7fb", "a\x85b", "a\u2028b", "\ufeffa", "a\u00a0b", "é", "\U0001f600", "{{ a }}"),
)


@pytest.mark.parametrize("kind", list(TEXTS))
@pytest.mark.parametrize("value", ODD)
def test_an_odd_value_is_read_back_by_another_parser(tmp_path, kind, value):
    """Also into a map in one line, the format's own parser reads what was declared."""
    path = written(tmp_path / f"a.{kind}", TEXTS[kind])
    edit(path, default_from_display_name=value)
    assert content(path)[NAME] == value
    if kind == "yml":
        flow = written(tmp_path / "flow.yml", FLOW)
        edit(flow, default_from_display_name=value)
        assert content(flow)["Settings"] == {NAME: value, HOST: "h", "keep": "me"}


@pytest.mark.parametrize("value", ["a\x01b", "a\x0bb", "\x1b[0m", "a\uffff"])
def test_a_character_that_xml_cannot_hold_is_refused_before_anything(tmp_path, value):
    """Not even as a number; JSON and YAML can hold it."""
    path = written(tmp_path / "a.config", TEXTS["config"])
    assert "which XML cannot hold" in refusal(path, default_from_display_name=value)
    for kind in ("json", "yml"):
        path = written(tmp_path / f"a.{kind}", TEXTS[kind])
        edit(path, default_from_display_name=value)
        assert content(path)[NAME] == value


@pytest.mark.parametrize(
    ("old", "options", "new"),
    [
        ("1234", {"smtp_password": "004217"}, '"004217"'),
        ("1234", {"smtp_password": "4217"}, '"4217"'),
        ("1234", {"smtp_password": "１２"}, '"１２"'),
        ("true", {"smtp_password": "false"}, '"false"'),
        ("25", {"smtp_port": 587}, "587"),
        ("25.0", {"smtp_port": 587}, "587"),
        ("true", {"smtp_port": 587}, '"587"'),
        ("null", {"smtp_port": 587}, '"587"'),
        ('"25"', {"smtp_port": 587}, '"587"'),
        ("false", {"enable_ssl": True}, "true"),
        ("0", {"enable_ssl": True}, '"true"'),
        ('"False"', {"enable_ssl": True}, '"true"'),
    ],
)
@pytest.mark.parametrize("kind", ["json", "yml"])
def test_a_literal_stays_one_only_where_the_setting_has_that_type(
    tmp_path, kind, old, options, new
):
    """A port stays a number, a switch a boolean; a text is written as text."""
    key = {"smtp_password": PASSWORD, "smtp_port": PORT, "enable_ssl": SSL}[next(iter(options))]
    path = written(tmp_path / f"a.{kind}", f'{{"{key}": {old}, "x": 1}}')
    edit(path, **options)
    assert path.read_text() == f'{{"{key}": {new}, "x": 1}}'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"{HOST}:\nb: c\n", f"{HOST}: smtp.example.com\nb: c\n"),
        (f"{HOST}: \nb: c\n", f"{HOST}: smtp.example.com\nb: c\n"),
        (f"{HOST}: # why\nb: c\n", f"{HOST}: smtp.example.com # why\nb: c\n"),
        (f"{HOST}:   # why\n", f"{HOST}: smtp.example.com   # why\n"),
        (f"{HOST}:", f"{HOST}: smtp.example.com"),
        (f"a: 1\r\n{HOST}:\r\nb: c\r\n", f"a: 1\r\n{HOST}: smtp.example.com\r\nb: c\r\n"),
        (f"  {HOST}:\n  b: c\n", f"  {HOST}: smtp.example.com\n  b: c\n"),
        (f"S:\n  {HOST}:\n", f"S:\n  {HOST}: smtp.example.com\n"),
        (f"{{{HOST}: , b: c}}", f"{{{HOST}: smtp.example.com, b: c}}"),
        (f'{{"{HOST}":, b: c}}', f'{{"{HOST}": smtp.example.com, b: c}}'),
        (f"{{b: c, {HOST}: }}", f"{{b: c, {HOST}: smtp.example.com}}"),
        (f"{HOST}: ~\n", f"{HOST}: smtp.example.com\n"),
        (f"{HOST}: null # why\n", f"{HOST}: smtp.example.com # why\n"),
        (f"? {HOST}\n: old\n", f"? {HOST}\n: smtp.example.com\n"),
    ],
)
def test_an_empty_value_is_filled_with_the_space_it_needs(tmp_path, before, after):
    """Comments and line ends stay."""
    path = written(tmp_path / "a.yml", before)
    edit(path, smtp_host="smtp.example.com")
    assert path.read_bytes().decode() == after


@pytest.mark.parametrize("value", ["!Secret Stored-Passw0rd-77", "!!binary U3RvcmVk", "! x"])
def test_a_value_with_a_tag_is_refused_with_its_place_and_not_quoted(tmp_path, value):
    """Also when it is only read; what such a value means is known to its own application."""
    path = written(tmp_path / "a.yml", f"a: 1\n{PASSWORD}: {value}\n")
    said = refusal(path, smtp_host="x")
    assert "line 2, column 29: the value has a tag" in said
    assert "Stored" not in said
    assert "U3RvcmVk" not in said


@pytest.mark.parametrize(
    "text",
    [
        f"? [a, b]\n: c\n{HOST}: old\n",
        f"? {{a: b}}\n{HOST}: old\n",
        f"{HOST}: =\n",
        f"{HOST}: 2024-13-01\n",
        f"? - x\n: 1\n{HOST}: old\n",
        f"{HOST}: old\na: &a [*a]\n",
        f"{HOST}: old\na: !x {{y: !z 1}}\n",
        f"{HOST}: old\na: {'[' * 300}{']' * 300}\n",
        f"%YAML 1.2\n---\n{HOST}: old\n...\n",
        f"a: 0x\nb: 1__\nc: 0b\n{HOST}: old\n",
    ],
)
def test_unusual_yaml_is_edited(tmp_path, text):
    """What stands beside our keys need not mean anything to us."""
    path = written(tmp_path / "a.yml", text)
    old = next(word for word in ("old", "2024-13-01", "=") if word in text)
    edit(path, smtp_host="new")
    assert path.read_text() == text.replace(f"{HOST}: {old}", f"{HOST}: new")


@pytest.mark.parametrize(("kind", "depth"), [("yml", 3000), ("json", 200_000), ("yml", 200_000)])
def test_a_text_that_is_nested_too_deep_is_refused(tmp_path, kind, depth):
    """One sentence with a place; no exception of the parser's."""
    path = written(tmp_path / f"a.{kind}", f'{{"x": {"[" * depth}{"]" * depth}}}')
    assert "line 1" in refusal(path, smtp_host="x")


def test_numbers_that_are_too_long_for_python_stay(tmp_path):
    """Five thousand digits are JSON."""
    path = written(tmp_path / "a.json", f'{{"x": {"1" * 5000}, "{HOST}": "old"}}')
    edit(path, smtp_host="new", smtp_port=25)
    assert path.read_text() == f'{{"x": {"1" * 5000}, "{HOST}": "new", "{PORT}": "25"}}'


@pytest.mark.parametrize(
    ("written_as", "read"),
    [
        ("a&#64;b", "a@b"),
        ("a&#x40;b", "a@b"),
        ("&lt;a&gt;", "<a>"),
        ("&quot;a&apos;", "\"a'"),
        ("a&#9;b", "a\tb"),
        ("a\tb", "a b"),
        ("a\nb", "a b"),
        ("&amp;#64;", "&#64;"),
    ],
)
def test_a_value_in_xml_is_what_the_parser_reads(tmp_path, written_as, read):
    """Character references and normalised blanks included: declared again, nothing changes."""
    text = TEXTS["config"].replace("old", written_as)
    path = written(tmp_path / "a.config", text)
    assert settings_in(path)["default_from_display_name"] == read
    assert edit(path, default_from_display_name=read)["changed"] is False
    assert path.read_text() == text


@pytest.mark.parametrize(
    ("declared", "value", "bytes_of_value"),
    [
        ("iso-8859-1", "Müller", b"M&#252;ller"),
        ("windows-1252", "€", b"&#8364;"),
        ("us-ascii", "é", b"&#233;"),
        ("no-such-encoding", "é", b"&#233;"),
        ("utf-8", "é", "é".encode()),
        ("UTF-8", "\U0001f600", "\U0001f600".encode()),
    ],
)
def test_a_declared_encoding_is_answered_with_references(tmp_path, declared, value, bytes_of_value):
    """Whoever reads the file as it says reads the value."""
    head = f'<?xml version="1.0" encoding="{declared}"?>\n'
    path = written(tmp_path / "a.config", head + TEXTS["config"])
    edit(path, default_from_display_name=value)
    assert path.read_bytes() == (head + TEXTS["config"]).encode().replace(b"old", bytes_of_value)
    if declared != "no-such-encoding":
        assert ET.parse(path).find(".//add").get("value") == value


@pytest.mark.parametrize("name", ["idna", "undefined", "punycode", "hex", "utf-7", "no-such"])
def test_an_encoding_that_is_no_encoding_of_files_is_no_internal_error(tmp_path, name):
    """Python has codecs of odd names; the file is then read as UTF-8, and kept."""
    text = f'<?xml version="1.0" encoding="{name}"?>' + TEXTS["config"]
    path = written(tmp_path / "a.config", text)
    edit(path, default_from_display_name="new")
    assert path.read_text(encoding="utf-8") == text.replace("old", "new")


def test_a_file_in_the_encoding_it_declares_is_read_and_keeps_its_bytes(tmp_path):
    """Latin-1 with an umlaut elsewhere; without the declaration it is refused."""
    head = '<?xml version="1.0" encoding="iso-8859-1"?><!-- für alle -->\n'
    before = (head + TEXTS["config"]).encode("latin-1")
    path = tmp_path / "a.config"
    path.write_bytes(before)
    edit(path, default_from_display_name="new")
    assert path.read_bytes() == before.replace(b'"old"', b'"new"')
    path.write_bytes(before.replace(b' encoding="iso-8859-1"', b""))
    assert "neither UTF-8 nor UTF-16" in refusal(path, default_from_display_name="x")


def test_an_add_without_a_value_gets_one(tmp_path):
    """It is there, so no second one is put beside it."""
    path = written(tmp_path / "a.config", TEXTS["config"].replace(' value="old"', ""))
    assert settings_in(path)["default_from_display_name"] == ""
    edit(path, default_from_display_name="new")
    assert path.read_text() == TEXTS["config"].replace("old", "new")


@pytest.mark.parametrize("text", ['{"a": "\\', '{"a": /*', '{"a": ,', "{ // x\n", '{"a": [1, '])
def test_malformed_json_takes_no_longer_than_its_length(tmp_path, text):
    """Half a million characters of what used to be looked at again from every place."""
    path = written(tmp_path / "a.json", '{"x": 1 ' + text * (500_000 // len(text)))
    assert "this is no JSON" in refusal(path, smtp_host="x")


def test_a_comment_that_does_not_end_is_no_json(tmp_path):
    """Nothing of it may count as white space."""
    path = written(tmp_path / "a.json", f'{{"{HOST}": "a"}} /* open')
    assert "line 1, column" in refusal(path, smtp_host="x")


def test_comments_and_trailing_commas_are_read_with_the_rest(tmp_path):
    """Strings that look like comments among them."""
    text = f'{{"a": ["// no", "/* no */", 1, ], /* yes, ] */ "{HOST}": "old", // ,}}\n}}'
    path = written(tmp_path / "a.json", text)
    edit(path, smtp_host="new")
    assert path.read_text() == text.replace("old", "new")
    assert json.loads('["// no"]') == ["// no"]
