# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""``mail_settings`` on configuration files, read back with independent parsers."""

from __future__ import annotations

import json
import os
import xml.etree.ElementTree as ET

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.run import mail_settings

XML = """<?xml version="1.0" encoding="utf-8"?>
<!-- keep me -->
<configuration>
  <appSettings>
    <add key="Other" value='a &amp; b' />   <!-- and me -->
    <add key="Abp.Net.Mail.Smtp.Host" value="old.example.com"/>
    <add value='false' key='Alerts.Email.Enabled' />
  </appSettings>
</configuration>
"""
MAIL_XML = """<configuration><system.net><mailSettings><smtp from="a@example.com">
  <network host="old.example.com" port="25" />
</smtp></mailSettings></system.net></configuration>
"""
JSON = """{
  // keep me
  "Settings": {
    "Abp.Net.Mail.Smtp.Host": "old.example.com",
    "Abp.Net.Mail.Smtp.Port": 25, /* a number */
    "Abp.Net.Mail.Smtp.EnableSsl": "False",
  },
  "Other": [1, 2.50, {"x": null}]
}
"""
YAML = """# keep me
AppSettings:
  Abp.Net.Mail.Smtp.Host: old.example.com   # and me
  Abp.Net.Mail.Smtp.Port: '25'
  Other: [1, 2]
"""
HOST = "smtp.example.com"


def apply(path, check_mode=False, **options):
    file_options = {"path": str(path), **options.pop("file", {})}
    return mail_settings(check_mode=check_mode, config_file=file_options, **options)


def written(tmp_path, name, text):
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return path


@pytest.mark.parametrize(("name", "text"), [("a.config", XML), ("a.json", JSON), ("a.yml", YAML)])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_only_the_bytes_of_the_value_differ_and_the_second_run_is_quiet(
    tmp_path, name, text, ends, encoding
):
    """Comments, order, quotes, line ends and byte order mark stay; then nothing to do."""
    before = text.replace("\n", ends).encode(encoding)
    path = written(tmp_path, name, before)

    first = apply(path, smtp_host=HOST).result
    second = apply(path, smtp_host=HOST).result

    assert path.read_bytes() == before.replace(b"old.example.com", HOST.encode())
    assert (first["changed"], second["changed"]) == (True, False), first


def test_utf_16_stays_utf_16(tmp_path):
    """The encoding is kept."""
    text = XML.replace("utf-8", "utf-16")
    path = written(tmp_path, "a.config", b"\xff\xfe" + text.encode("utf-16-le"))
    assert apply(path, smtp_host=HOST).result["changed"] is True
    assert path.read_bytes().decode("utf-16") == text.replace("old.example.com", HOST)


def test_the_alert_switch_of_the_orchestrator_configuration_is_one_value(tmp_path):
    """Alerts.Email.Enabled is what UiPath.Orchestrator.dll.config has of these settings."""
    path = written(tmp_path, "UiPath.Orchestrator.dll.config", XML)
    apply(path, enable_email_alerts=True)
    rows = {e.get("key"): e.get("value") for e in ET.parse(path).iter("add")}
    assert (rows["Alerts.Email.Enabled"], rows["Other"]) == ("true", "a & b")


def test_new_keys_stand_with_the_others_in_their_indentation(tmp_path):
    """Where a person would put them."""
    path = written(tmp_path, "a.config", XML)
    apply(path, smtp_username='o"hara')
    assert '    <add key="Abp.Net.Mail.Smtp.UserName" value="o&quot;hara" />\n' in path.read_text()
    rows = {e.get("key"): e.get("value") for e in ET.parse(path).iter("add")}
    assert rows["Abp.Net.Mail.Smtp.UserName"] == 'o"hara'


def test_a_number_stays_a_number_and_new_json_keys_follow_the_comma(tmp_path):
    """JSON types stay as found; a trailing comma stays one."""
    path = written(tmp_path, "a.json", JSON)
    apply(path, smtp_port=587, enable_ssl=True, smtp_domain="x")
    text = path.read_text()
    assert '"Abp.Net.Mail.Smtp.Port": 587, /* a number */' in text
    assert (
        '"Abp.Net.Mail.Smtp.EnableSsl": "true",\n    "Abp.Net.Mail.Smtp.Domain": "x",\n  },' in text
    )


def test_attributes_of_mail_settings_are_edited(tmp_path):
    """The other place where XML keeps mail settings."""
    path = written(tmp_path, "web.config", MAIL_XML)
    options = {"file": {"layout": "mail_settings"}}
    apply(path, smtp_port=587, enable_ssl=True, **options)
    network = ET.parse(path).getroot().find(".//network")
    assert network.attrib == {"host": "old.example.com", "port": "587", "enableSsl": "true"}


def test_a_yaml_value_keeps_its_quotes(tmp_path):
    """Read back with PyYAML; quoted text stays quoted."""
    path = written(tmp_path, "a.yml", YAML)
    apply(path, smtp_port=587, smtp_username="robot@example.com")
    assert "Smtp.Port: '587'" in path.read_text()
    assert yaml.safe_load(path.read_text())["AppSettings"] == {
        "Abp.Net.Mail.Smtp.Host": "old.example.com",
        "Abp.Net.Mail.Smtp.Port": "587",
        "Abp.Net.Mail.Smtp.UserName": "robot@example.com",
        "Other": [1, 2],
    }


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    value=st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), max_size=30),
    kind=st.sampled_from(["json", "xml", "yaml"]),
)
def test_any_text_reads_back_by_an_independent_parser(tmp_path_factory, value, kind):
    """Whatever the display name, the value is that name and the second run is quiet."""
    folder = tmp_path_factory.mktemp("any")
    path = written(folder, f"a.{kind}", {"json": JSON, "xml": XML, "yaml": YAML}[kind])
    apply(path, default_from_display_name=value)

    key = "Abp.Net.Mail.DefaultFromDisplayName"
    text = path.read_text(encoding="utf-8")
    if kind == "xml":
        rows = {e.get("key"): e.get("value") for e in ET.fromstring(text.encode()).iter("add")}
    elif kind == "yaml":
        rows = yaml.safe_load(text)["AppSettings"]
    else:
        plain = text.replace("// keep me", "").replace("/* a number */", "")
        rows = json.loads(plain.replace(",\n  }", "\n  }"))["Settings"]
    assert rows.get(key, "") == value
    assert apply(path, default_from_display_name=value).result["changed"] is False


def test_the_password_is_compared_in_a_file(tmp_path):
    """Evidence is the value itself."""
    path = written(tmp_path, "a.json", JSON)
    first = apply(path, smtp_password="correct-horse").result
    second = apply(path, smtp_password="correct-horse").result
    assert (first["changed"], second["changed"]) == (True, False)
    assert second["password_evidence"] == "value"


def test_a_password_that_is_there_stays_with_on_create(tmp_path):
    """Only a file without one gets the declared one."""
    text = '{"Abp.Net.Mail.Smtp.Password": "OLDPASSWORD"}'
    path = written(tmp_path, "a.json", text)
    done = apply(path, smtp_password="NEWPASSWORD", update_password="on_create").result
    assert (done["changed"], path.read_text()) == (False, text)
    path.write_text(text.replace("OLDPASSWORD", ""))
    apply(path, smtp_password="NEWPASSWORD", update_password="on_create")
    assert path.read_text() == text.replace("OLD", "NEW")


def test_check_mode_leaves_the_file_alone(tmp_path):
    """The same result, no write."""
    path = written(tmp_path, "a.json", JSON)
    foreseen = apply(path, check_mode=True, smtp_port=587).result
    assert path.read_text() == JSON
    assert apply(path, smtp_port=587).result == foreseen


def test_mode_link_and_backup_are_kept(tmp_path):
    """A link stays a link, the mode stays, the copy is no wider than the file."""
    path = written(tmp_path, "a.json", JSON)
    path.chmod(0o600)
    link = tmp_path / "link.json"
    link.symlink_to(path)
    done = apply(link, smtp_port=587, file={"backup": True}).result
    copy = done["backup_file"]
    assert link.is_symlink()
    assert [os.stat(p).st_mode & 0o777 for p in (path, copy)] == [0o600, 0o600]
    with open(copy, encoding="utf-8") as handle:
        assert handle.read() == JSON
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(
        ["a.json", "link.json", os.path.basename(copy)]
    )


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        (
            "a.json",
            '{"Abp.Net.Mail.Smtp.Port": 1,\n "Abp.Net.Mail.Smtp.Port": 2}',
            "line 2, column 2: the key 'Abp.Net.Mail.Smtp.Port' appears twice",
        ),
        ("a.json", '{"a": }', "line 1, column 7"),
        (
            "a.json",
            '{"S": {}, "Abp.Net.Mail.Smtp.Host": 1, /* "S" */ "Abp.Net.Mail.Smtp.Host": 2,}',
            "column 50: the key 'Abp.Net.Mail.Smtp.Host' appears twice",
        ),
        ("a.json", "{,}", "line 1, column 2"),
        ("a.json", '{"a": [1,,]}', "line 1, column 10"),
        ("a.json", '{"a": NaN}', "NaN is not a value"),
        ("a.json", '{"a": 1} x', "line 1, column 10"),
        ("a.json", '{"a": "x // no comment}', "line 1, column 7"),
        ("a.json", "[" * 100_000, "one JSON object"),
        ("a.json", '{"a":' + "[" * 100_000, "nested too deep"),
        ("a.json", '{"Abp.Net.Mail.Smtp.Host": ["x"]}', "is not a text, number or boolean"),
        ("a.json", "[]", "one JSON object"),
        ("a.config", "<a><b></a>", "line 1"),
        ("a.config", '<!DOCTYPE a [<!ENTITY x "y">]><a/>', "DOCTYPE"),
        (
            "a.config",
            XML.replace("<appSettings>", "<appSettings configSource='x'>"),
            "configSource",
        ),
        (
            "a.config",
            XML.replace("<appSettings>", "<appSettings configProtectionProvider='x'>"),
            "encrypted",
        ),
        ("a.config", XML.replace('"Other"', '"Alerts.Email.Enabled"'), "twice"),
        ("a.config", "<configuration><other/></configuration>", "no <appSettings>"),
        ("a.yml", "a: 1\n---\nb: 2\n", "one YAML document"),
        ("a.yml", "a: [1\n", "line"),
        ("a.yml", "Abp.Net.Mail.Smtp.Host: &x old\n", "anchor"),
        ("a.yml", "Abp.Net.Mail.Smtp.Port: 1\nAbp.Net.Mail.Smtp.Port: 2\n", "twice"),
        ("a.json", b"\xe9\xe9", "neither UTF-8"),
    ],
)
def test_what_must_not_be_touched_is_refused_and_untouched(tmp_path, name, text, words):
    """One clear sentence with line and column where there is one."""
    path = written(tmp_path, name, text)
    before = path.read_bytes()
    done = apply(path, smtp_host=HOST).result
    assert done["failed"] is True
    assert words in done["msg"], done["msg"]
    assert path.read_bytes() == before


def test_a_missing_file_and_a_folder_name_the_option(tmp_path):
    """config_file.path must be a file."""
    for path in (tmp_path / "none.json", tmp_path):
        assert "config_file.path" in apply(path, smtp_host=HOST).result["msg"]


def test_a_plain_password_for_abp_is_refused_with_the_reason(tmp_path):
    """ABP decrypts what stands there."""
    path = written(tmp_path, "a.json", '{"Settings": {"Abp.Mailing.Smtp.Host": "x"}}')
    done = apply(path, smtp_password="correct-horse", file={"key_style": "abp_mailing"}).result
    assert "encrypted" in done["msg"]


def test_a_hard_link_is_refused_openly(tmp_path):
    """Replacing one name would part it from the other."""
    path = written(tmp_path, "a.json", JSON)
    os.link(path, tmp_path / "b.json")
    assert "hard links" in apply(path, smtp_host=HOST).result["msg"]
    assert path.read_text() == JSON
