# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Configuration files in every encoding with every line end, and malformed ones."""

from __future__ import annotations

import codecs
import itertools

import pytest
from support.run import mail_settings

TEXTS = {
    "config": """<configuration>
  <!-- naïve ✓ -->
  <appSettings>
    <add key="Other" value='é'/>
    <add key="Abp.Net.Mail.Smtp.Host" value="old.example.com" />
  </appSettings>
</configuration>
""",
    "json": """{
  // naïve ✓
  "Other": "é",
  "Abp.Net.Mail.Smtp.Host": "old.example.com"
}
""",
    "yml": """# naïve ✓
Other: é
Abp.Net.Mail.Smtp.Host: old.example.com # é
Last: [1, 2]
""",
}
ENCODINGS = {
    "utf-8": (b"", "utf-8"),
    "bom": (codecs.BOM_UTF8, "utf-8"),
    "utf-16-le": (codecs.BOM_UTF16_LE, "utf-16-le"),
    "utf-16-be": (codecs.BOM_UTF16_BE, "utf-16-be"),
}
ENDS = {"lf": ["\n"], "crlf": ["\r\n"], "mixed": ["\r\n", "\n"]}
kinds = pytest.mark.parametrize("kind", list(TEXTS))
ends = pytest.mark.parametrize("line_ends", list(ENDS))
tails = pytest.mark.parametrize("is_ended", [True, False], ids=["ended", "open"])


def with_ends(text, line_ends, is_ended):
    """The text with these line ends in turn, with or without the last one."""
    ended = zip(text.splitlines(), itertools.cycle(ENDS[line_ends]))
    whole = "".join(line + end for line, end in ended)
    return whole if is_ended else whole.rstrip("\r\n")


def apply(path, **options):
    return mail_settings(config_file={"path": str(path)}, **options).result


@kinds
@pytest.mark.parametrize("encoding", list(ENCODINGS))
@ends
@tails
def test_every_other_byte_stays(tmp_path, kind, encoding, line_ends, is_ended):
    """Byte for byte; the second run changes nothing."""
    mark, codec = ENCODINGS[encoding]
    path = tmp_path / f"a.{kind}"
    before = mark + with_ends(TEXTS[kind], line_ends, is_ended).encode(codec)
    path.write_bytes(before)

    first = apply(path, smtp_host="smtp.example.com")
    second = apply(path, smtp_host="smtp.example.com")

    old, new = "old.example.com".encode(codec), "smtp.example.com".encode(codec)
    assert path.read_bytes() == before.replace(old, new)
    assert (first["changed"], second["changed"]) == (True, False), first


@kinds
@pytest.mark.parametrize("encoding", list(ENCODINGS))
@ends
@tails
def test_a_new_key_is_put_in_and_nothing_else_moves(tmp_path, kind, encoding, line_ends, is_ended):
    """The old bytes stand before and after one piece with the new key; the second run is quiet."""
    mark, codec = ENCODINGS[encoding]
    path = tmp_path / f"a.{kind}"
    before = mark + with_ends(TEXTS[kind], line_ends, is_ended).encode(codec)
    path.write_bytes(before)

    assert apply(path, smtp_username="robot")["changed"] is True

    after = path.read_bytes()
    pairs = enumerate(zip(before, after))
    start = next((index for index, (old, new) in pairs if old != new), len(before))
    assert after.endswith(before[start:])
    piece = after[start : len(after) - len(before) + start]
    assert "Smtp.UserName".encode(codec) in piece
    assert apply(path, smtp_username="robot")["changed"] is False


@kinds
@pytest.mark.parametrize("encoding", ["latin-1", "invalid", "half-a-character"])
@ends
@tails
def test_what_is_not_unicode_is_refused_and_untouched(
    tmp_path, kind, encoding, line_ends, is_ended
):
    """Latin-1, stray bytes, an odd number of bytes of UTF-16."""
    text = with_ends(TEXTS[kind].replace("✓", "!"), line_ends, is_ended)
    before = {
        "latin-1": text.encode("latin-1"),
        "invalid": text.encode() + b"\xff\xfe",
        "half-a-character": codecs.BOM_UTF16_LE + text.encode("utf-16-le") + b"\n",
    }[encoding]
    path = tmp_path / f"a.{kind}"
    path.write_bytes(before)
    done = apply(path, smtp_host="smtp.example.com")
    assert "neither UTF-8 nor UTF-16" in done["msg"]
    assert (done["error"], path.read_bytes()) == ("file_refused", before)


XML, JSON, YAML = TEXTS["config"], TEXTS["json"], TEXTS["yml"]
ROW = '<add key="Abp.Net.Mail.Smtp.Host" value="old.example.com" />'
MALFORMED = [
    ("config", ""),
    ("config", " \n"),
    ("config", "configuration"),
    ("config", XML.replace("</configuration>", "")),
    ("config", XML.replace("</appSettings>", "</AppSettings>")),
    ("config", XML.replace("-->", "--")),
    ("config", XML.replace('.com" />', ".com />")),
    ("config", XML.replace('value="old', 'value="1" value="old')),
    ("config", XML.replace("old.example", "old & example")),
    ("config", XML.replace("old.example", "old < example")),
    ("config", XML.replace("old.example", "old&nbsp;example")),
    ("config", XML + "<more/>"),
    ("config", XML.replace(ROW, ROW + ROW)),
    ("config", XML.replace("é", "\x01")),
    ("json", "null"),
    ("json", '"text"'),
    ("json", JSON.replace("}", "")),
    ("json", JSON + "}"),
    ("json", JSON.replace('"Other"', "Other")),
    ("json", JSON.replace('"é",', '"é"')),
    ("json", JSON.replace('"é"', "'é'")),
    ("json", JSON.replace('"é"', "NaN")),
    ("json", JSON.replace('"é"', "0587")),
    ("json", JSON.replace('"é"', '"a\nb"')),
    ("json", JSON.replace('"é"', r'"\x41"')),
    ("json", JSON.replace("// naïve", "/* naïve")),
    ("json", JSON.replace("{", "{\0")),
    ("yml", "- a\n- b\n"),
    ("yml", "text"),
    ("yml", YAML.replace("Other:", "\tOther:")),
    ("yml", YAML.replace("Other: é", "Other: 'é")),
    ("yml", YAML.replace("[1, 2]", "[1, 2")),
    ("yml", YAML.replace("[1, 2]", "*nobody")),
    ("yml", YAML.replace("Last:", "   Last:")),
    ("yml", YAML.replace("Last", "Abp.Net.Mail.Smtp.Host")),
    ("yml", YAML.replace("é", "\x01", 1)),
    ("yml", YAML + "---\na: 1\n"),
]


SMALL = {
    "json": [
        "{",
        "{'a': 1}",
        '{"a" 1}',
        '{"a": 1 "b": 2}',
        '{"a": tru}',
        '{"a": 01}',
        '{"a": "\n"}',
        '{"a": "\\x"}',
        "[1]",
        '"text"',
        '{"a": 1}}',
    ],
    "config": [
        "<a>",
        "<a></b>",
        "<a b=1/>",
        "<a b='1' b='2'/>",
        "<a>&unknown;</a>",
        "<a><!-- -- --></a>",
        "text",
        "<a/><b/>",
        "<a b='<'/>",
        "<1/>",
    ],
    "yml": [
        "a: [1",
        "a: b: c",
        "\ta: 1",
        "a: 'x",
        "- a",
        "x",
        "a: 1\n b: 2",
        "{a: 1",
        "a: *unknown",
        'a: "\\q"',
    ],
}


@pytest.mark.parametrize(("kind", "text"), MALFORMED)
def test_a_malformed_text_is_refused_and_untouched(tmp_path, kind, text):
    """Whatever is wrong with it, also far from the value."""
    path = tmp_path / f"a.{kind}"
    path.write_bytes(text.encode())
    done = apply(path, smtp_host="smtp.example.com")
    assert (done.get("failed"), done.get("error")) == (True, "file_refused"), done
    assert path.read_bytes() == text.encode()
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind in SMALL for text in SMALL[kind]])
def test_a_mistake_is_refused_with_its_place(tmp_path, kind, text):
    """The sentence names the line."""
    path = tmp_path / f"a.{kind}"
    path.write_text(text, encoding="utf-8")
    done = apply(path, smtp_host="smtp.example.com")
    assert (done["error"], path.read_text(encoding="utf-8")) == ("file_refused", text)
    assert "line " in done["msg"]


def test_a_value_that_no_encoding_has_is_refused_and_nothing_is_left(tmp_path):
    """Half of a pair, as Python makes it of stray bytes on a command line."""
    path = tmp_path / "a.yml"
    path.write_text(YAML, encoding="utf-8")
    done = apply(path, default_from_display_name="caf\udce9")
    assert done["failed"] is True
    assert path.read_text(encoding="utf-8") == YAML
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("kind", ["json", "yml"])
def test_a_key_in_other_letters_is_refused(tmp_path, kind):
    """.NET takes both for one key, and fails on a file that has both."""
    key = "Abp.Net.Mail.Smtp.Host"
    path = tmp_path / f"a.{kind}"
    path.write_text(TEXTS[kind].replace(key, key.lower()), encoding="utf-8")

    assert key.lower() in apply(path, smtp_host="smtp.example.com")["msg"]
    assert key not in path.read_text(encoding="utf-8")


def test_a_config_map_is_refused_unless_its_data_are_named(tmp_path):
    """New keys beside apiVersion and kind would be read by nobody."""
    path = tmp_path / "a.yaml"
    path.write_text(
        "apiVersion: v1\nkind: ConfigMap\ndata:\n  appsettings.json: |\n    {}\n", encoding="utf-8"
    )
    assert "ConfigMap" in apply(path, smtp_host="smtp.example.com")["msg"]

    named = {"path": str(path), "section": "data"}
    done = mail_settings(config_file=named, smtp_host="smtp.example.com").result
    assert done["changed"] is True
    assert "\n  Abp.Net.Mail.Smtp.Host: " in path.read_text(encoding="utf-8")
