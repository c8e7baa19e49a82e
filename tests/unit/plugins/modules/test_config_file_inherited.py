# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""``state: inherited`` takes keys out of configuration files, and nothing else."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET

import pytest
import yaml
from support.config_file import edit, settings_in
from support.run import mail_settings

HOST, PORT = "Abp.Net.Mail.Smtp.Host", "Abp.Net.Mail.Smtp.Port"
#: A file name, and lines of which those marked with a minus go, and one with a plus is left.
FILES = [
    ("a.json", ["{", "  // first", f'-  "{HOST}": "x",', '  "Other": 1', "}"]),
    ("b.json", ["{", f'-  "{HOST}": "x", // why', '  "Other": [1, 2],', "}"]),
    ("c.json", ["{", '  "S": {', f'-    "{HOST}": "x",', f'    "{PORT}": 25', "  }", "}"]),
    ("d.json", ["{", f'-  "{HOST}": "x"', "}"]),
    (
        "a.config",
        [
            "<configuration><appSettings>",
            f'-  <add key="{HOST}" value="x" />',
            f'  <add key="{PORT}" value="25" />',
            "</appSettings></configuration>",
        ],
    ),
    (
        "b.config",
        [
            "<configuration><appSettings>",
            f'-  <add key="{HOST}" value="x"></add>',
            "</appSettings></configuration>",
        ],
    ),
    (
        "c.config",
        [
            "<configuration>",
            "  <appSettings>",
            f'-    <add key="{HOST}" value="x" />  <!-- stays -->',
            "+    <!-- stays -->",
            f'    <add key="{PORT}" value="25" />',
            "  </appSettings>",
            "</configuration>",
        ],
    ),
    ("a.yml", ["AppSettings:", f"-  {HOST}: x  # why", "  Other: 1", ""]),
    ("b.yml", [f"{PORT}: 25", f"-{HOST}: 'x'"]),
    ("c.yml", [f"-? {HOST}", "-: x  # why", f"? {PORT}", ": 25", ""]),
]


def inherit(path, check_mode=False, **more):
    options = {"config_file": {"path": str(path), **more}, "state": "inherited", "smtp_host": "x"}
    return mail_settings(check_mode=check_mode, **options).result


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize(("name", "lines"), FILES, ids=[name for name, _lines in FILES])
def test_a_key_goes_with_its_line_and_nothing_else(tmp_path, name, lines, ends):
    """Every other byte stays; the second run finds nothing to take out."""
    path = tmp_path / name
    before = [line.lstrip("-") for line in lines if line[:1] != "+"]
    path.write_bytes(ends.join(before).encode("utf-8"))
    done = inherit(path)

    assert done["updated"] == ["smtp_host"], done
    kept = ends.join(line.lstrip("+") for line in lines if line[:1] != "-")
    assert path.read_bytes().rstrip() == kept.encode("utf-8").rstrip()
    assert inherit(path)["changed"] is False


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f'{{"{PORT}": 25, "{HOST}": "x"}}', {PORT: 25}),
        (f'{{"{HOST}": "x", "{PORT}": 25}}', {PORT: 25}),
        (f'{{"{PORT}": 25, /* a */ "{HOST}": "x",}}', {PORT: 25}),
        (f'{{"{HOST}": "x"}}', {}),
    ],
)
def test_no_comma_is_left_over(tmp_path, before, after):
    """What stays is what a strict parser reads once comments and a last comma are gone."""
    path = tmp_path / "a.json"
    path.write_text(before, encoding="utf-8")
    assert inherit(path)["changed"] is True

    left = path.read_text(encoding="utf-8").replace("/* a */", "")
    assert json.loads(re.sub(r",\s*}", "}", left)) == after


#: Texts whose members beside ``keep`` all go at once, with what stays.
SEVERAL = [
    ("a.json", f'{{"{HOST}": "x", "{PORT}": 25, "keep": 1}}', '{"keep": 1}'),
    ("b.json", f'{{"keep": 1, "{HOST}": "x", "{PORT}": 25}}', '{"keep": 1}'),
    ("c.json", f'{{"{HOST}": "x", "keep": 1, "{PORT}": 25}}', '{"keep": 1}'),
    ("d.json", f'{{\n "keep": 1,\n "{HOST}": "x",\n "{PORT}": 25\n}}', '{\n "keep": 1\n}'),
    ("e.json", f'{{\n "keep": 1\n, "{HOST}": "x"\n, "{PORT}": 25\n}}', '{"keep": 1}'),
    ("f.json", f'{{\n "{HOST}": "x", "{PORT}": 25,\n "keep": 1\n}}', '{\n "keep": 1\n}'),
    ("a.yml", f"{{{HOST}: x, {PORT}: 25, keep: 1}}\n", "{keep: 1}\n"),
    ("b.yml", f"{{keep: 1, {HOST}: x, {PORT}: 25}}\n", "{keep: 1}\n"),
    ("c.yml", f"{{{HOST}: x, keep: 1, {PORT}: 25,}}\n", "{keep: 1,}\n"),
    ("d.yml", f"{HOST}: x # why\n{PORT}: 25\nkeep: 1", "keep: 1"),
    ("f.yml", f"a: |+\n  b\n\n{HOST}: x\n\n{PORT}: 25\n\nkeep: 1\n", "a: |+\n  b\n\nkeep: 1\n"),
    ("e.yml", f"S: {{{HOST}: x, {PORT}: 25}}\n", "S: {}\n"),
]


@pytest.mark.parametrize(("name", "before", "after"), SEVERAL)
def test_neighbours_that_go_together_leave_the_commas_of_what_stays(tmp_path, name, before, after):
    """Several keys of one map, side by side or around another, at once."""
    path = tmp_path / name
    path.write_text(before, encoding="utf-8")
    done = mail_settings(config_file={"path": str(path)}, state="inherited").result
    assert done.get("changed"), done
    found = path.read_text(encoding="utf-8")
    assert re.sub(r"\s", "", found) == re.sub(r"\s", "", after)
    assert "\n" not in before or name == "e.json" or found == after


def test_attributes_of_mail_settings_go_with_the_space_before_them(tmp_path):
    """The element and its other attributes stay."""
    path = tmp_path / "a.config"
    network = '<network port="25"\n  host="x" enableSsl="true"/>'
    text = f"<configuration><system.net><mailSettings><smtp>{network}</smtp>"
    path.write_text(text + "</mailSettings></system.net></configuration>", encoding="utf-8")
    assert inherit(path, layout="mail_settings")["changed"] is True

    found = ET.parse(path).find(".//network").attrib
    assert found == {"port": "25", "enableSsl": "true"}


SECRET = "Abp.Net.Mail.Smtp.Password"
BLOCK = {"host": "x", "port": 25, "password": "correct-horse", "tls_version": "TLSv1_2"}
#: Files with a password and more, and what is known once everything of ours is gone.
WITH_PASSWORD = {
    "a.json": json.dumps({HOST: "x", SECRET: "correct-horse", "b": 1}),
    "b.json": json.dumps({"Settings": {"Email.Smtp.Password": "correct-horse"}}),
    "c.json": json.dumps({"insights": {"smtp_configuration": BLOCK}}),
    "a.yml": f"{PORT}: 25\n{SECRET}: correct-horse\nb: 1\n",
    "a.config": f'<configuration><appSettings><add key="{SECRET}" value="correct-horse"/>'
    "</appSettings></configuration>",
    "b.config": "<configuration><system.net><mailSettings><smtp>"
    '<network host="x" password="correct-horse"/></smtp></mailSettings></system.net>'
    "</configuration>",
}


@pytest.mark.parametrize("name", WITH_PASSWORD)
def test_check_mode_knows_what_holds_once_the_values_are_gone(tmp_path, name):
    """A file hides nothing: the settings too are those that are read afterwards."""
    path = tmp_path / name
    path.write_text(WITH_PASSWORD[name], encoding="utf-8")
    layout = {"layout": "mail_settings"} if name == "b.config" else {}

    foreseen = edit(path, state="inherited", file=layout)
    defaults = {"enable_ssl": False, "use_default_credentials": False} if name[0] == "c" else {}
    assert foreseen["settings"] == {**defaults, "smtp_password_set": False}
    assert settings_in(path, **layout) == foreseen["settings"]


@pytest.mark.parametrize("own", [f"  {HOST}: x\n", f"  {HOST}: x\n  {SECRET}: of-its-own\n"])
def test_what_a_yaml_map_merges_in_shows_again_and_is_not_taken_out(tmp_path, own):
    """The map it comes from is the level above; it stays, so the next run has nothing to do."""
    path = tmp_path / "a.yml"
    base = f"base: &b\n  {HOST}: y\n  {SECRET}: correct-horse\nprod:\n  <<: *b\n"
    path.write_text(f"{base}{own}", encoding="utf-8")

    done = edit(path, state="inherited", file={"section": "prod"}, allow_password_reuse=True)
    assert done["settings"] == {"smtp_host": "y", "smtp_password_set": True}
    assert path.read_text(encoding="utf-8") == base


def test_the_password_goes_as_well(tmp_path):
    """Without names, all own values are taken out, the password among them."""
    path = tmp_path / "a.json"
    keys = {"Abp.Net.Mail.Smtp.Password": "correct-horse", HOST: "x", "Other": 1}
    path.write_text(json.dumps(keys, indent=2), encoding="utf-8")
    done = mail_settings(config_file={"path": str(path)}, state="inherited").result

    assert done["updated"] == ["smtp_host", "smtp_password"]
    assert json.loads(path.read_text(encoding="utf-8")) == {"Other": 1}


def test_an_emptied_map_is_refused_and_untouched(tmp_path):
    """A YAML map without keys would be read as None."""
    path = tmp_path / "a.yml"
    path.write_text(f"App:\n  {HOST}: x\n", encoding="utf-8")
    done = inherit(path)

    assert "nothing would be left" in done["msg"]
    assert yaml.safe_load(path.read_text(encoding="utf-8")) == {"App": {HOST: "x"}}
