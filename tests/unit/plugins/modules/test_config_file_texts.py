# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Configuration files in every encoding, with every line end, malformed, and as odd files."""

from __future__ import annotations

import os
import stat

import pytest
from support.run import mail_settings

KEY = "Abp.Net.Mail.Smtp.Host"
OLD, NEW = "old.example.com", "smtp.example.com"
#: The same settings in each format; the name é is there for the encodings.
LINES = {
    "xml": [
        "<configuration>",
        "  <!-- é -->",
        "  <appSettings>",
        f'    <add key="{KEY}" value="{OLD}"/>',
        "  </appSettings>",
        "</configuration>",
    ],
    "json": ["{", "  // é", f'  "{KEY}": "{OLD}",', '  "Other": [1, 2.50]', "}"],
    "yaml": ["# é", f"{KEY}: {OLD}  # why", "Other: [1, 2.50]"],
}
MARKS = {
    "utf-8": b"",
    "utf-8-sig": b"",
    "utf-16-le": b"\xff\xfe",
    "utf-16-be": b"\xfe\xff",
}
ENDS = {"lf": ["\n"], "crlf": ["\r\n"], "mixed": ["\n", "\r\n"]}
MALFORMED = {
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
    "xml": [
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
    "yaml": [
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
kinds = pytest.mark.parametrize("kind", list(LINES))


def apply(path, **options):
    return mail_settings(config_file={"path": str(path), **options}, smtp_host=NEW).result


def text(kind, ends="lf", last=True):
    lines = LINES[kind]
    marks = [ENDS[ends][i % len(ENDS[ends])] for i in range(len(lines))]
    marks[-1] = marks[-1] if last else ""
    return "".join(line + mark for line, mark in zip(lines, marks))


@pytest.mark.parametrize("last", [True, False], ids=["end", "no-end"])
@pytest.mark.parametrize("ends", list(ENDS))
@pytest.mark.parametrize("encoding", list(MARKS))
@kinds
def test_every_other_byte_stays(tmp_path, kind, encoding, ends, last):
    """Whatever the encoding and the line ends; the second run is quiet."""
    path = tmp_path / f"a.{kind}"
    before = MARKS[encoding] + text(kind, ends, last).encode(encoding)
    path.write_bytes(before)
    assert apply(path)["changed"] is True

    plain = encoding.removesuffix("-sig")
    assert path.read_bytes() == before.replace(OLD.encode(plain), NEW.encode(plain))
    assert apply(path)["changed"] is False


@pytest.mark.parametrize("ends", list(ENDS))
@pytest.mark.parametrize("last", [True, False], ids=["end", "no-end"])
@pytest.mark.parametrize("content", ["latin-1", "invalid"])
@kinds
def test_an_unknown_encoding_is_refused_and_untouched(tmp_path, kind, content, ends, last):
    """Neither UTF-8 nor UTF-16 means: nobody knows which letters these are."""
    path = tmp_path / f"a.{kind}"
    before = text(kind, ends, last).encode("latin-1")
    before = before if content == "latin-1" else before.replace(b"\xe9", b"\xff\x00\xc3")
    path.write_bytes(before)

    assert "neither UTF-8 nor UTF-16" in apply(path)["msg"]
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("kind", "broken"), [(kind, broken) for kind in MALFORMED for broken in MALFORMED[kind]]
)
def test_a_malformed_text_is_refused_and_untouched(tmp_path, kind, broken):
    """With the place, and without a traceback."""
    path = tmp_path / f"a.{kind}"
    path.write_text(broken, encoding="utf-8")
    done = apply(path)

    assert (done["error"], done["failed"]) == ("file_refused", True)
    assert "line " in done["msg"]
    assert path.read_text(encoding="utf-8") == broken


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o755, 0o444])
@kinds
def test_the_mode_stays(tmp_path, kind, mode):
    """Also where the umask would make another one."""
    path = tmp_path / f"a.{kind}"
    path.write_text(text(kind), encoding="utf-8")
    path.chmod(mode)
    assert apply(path, backup=True)["changed"] is True

    assert {stat.S_IMODE(p.stat().st_mode) for p in tmp_path.iterdir()} == {mode}


@pytest.mark.parametrize("place", ["beside", "elsewhere", "twice"])
@kinds
def test_a_link_stays_a_link_to_the_edited_file(tmp_path, kind, place):
    """Also in another folder, and over another link."""
    home = tmp_path if place == "beside" else tmp_path / "home"
    home.mkdir(exist_ok=True)
    real = home / f"real.{kind}"
    real.write_text(text(kind), encoding="utf-8")
    link = tmp_path / f"a.{kind}"
    link.symlink_to(os.path.relpath(real, tmp_path))
    if place == "twice":
        (tmp_path / f"b.{kind}").symlink_to(link.name)
        link = tmp_path / f"b.{kind}"
    assert apply(link)["changed"] is True

    assert link.is_symlink()
    assert NEW in real.read_text(encoding="utf-8")
    assert [p.name for p in home.iterdir() if "rpaops" in p.name] == []


def odd(folder, what):
    path = folder / "a.json"
    if what == "folder":
        path.mkdir()
    elif what == "pipe":
        os.mkfifo(path)
    elif what == "device":
        path.symlink_to("/dev/null")
    elif what == "dangling link":
        path.symlink_to("nowhere.json")
    elif what == "link to itself":
        path.symlink_to(path.name)
    elif what == "empty":
        path.touch()
    return path if what != "missing folder" else folder / "none" / "a.json"


@pytest.mark.parametrize(
    "what",
    [
        "folder",
        "pipe",
        "device",
        "dangling link",
        "link to itself",
        "empty",
        "missing",
        "missing folder",
    ],
)
def test_what_is_no_file_of_settings_is_refused_without_waiting(tmp_path, what):
    """The message names the option; nothing appears and nothing goes."""
    path = odd(tmp_path, what)
    before = sorted(tmp_path.iterdir())
    done = apply(path)

    assert (done["failed"], done["error"]) == (True, "file_refused")
    assert "config_file.path" in done["msg"]
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize("kind", ["json", "yaml"])
def test_a_key_in_other_letters_is_refused(tmp_path, kind):
    """.NET takes both for one key, and fails on a file that has both."""
    path = tmp_path / f"a.{kind}"
    path.write_text(text(kind).replace(KEY, KEY.lower()), encoding="utf-8")

    assert KEY.lower() in apply(path)["msg"]
    assert KEY not in path.read_text(encoding="utf-8")


def test_a_config_map_is_refused_unless_its_data_are_named(tmp_path):
    """New keys beside apiVersion and kind would be read by nobody."""
    path = tmp_path / "a.yaml"
    path.write_text(
        "apiVersion: v1\nkind: ConfigMap\ndata:\n  appsettings.json: |\n    {}\n", encoding="utf-8"
    )
    assert "ConfigMap" in apply(path)["msg"]

    assert apply(path, section="data")["changed"] is True
    assert f"\n  {KEY}: " in path.read_text(encoding="utf-8")
