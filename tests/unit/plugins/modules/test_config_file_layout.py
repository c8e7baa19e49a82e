# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where new keys stand, how they are laid out, and that comments stay with what they are about."""

from __future__ import annotations

import pytest
from support.config_file import edit, refusal, written

HOST, PORT = "Abp.Net.Mail.Smtp.Host", "Abp.Net.Mail.Smtp.Port"
ALERTS = "Alerts.Email.Enabled"
#: Files by name; lines marked with a plus appear when a port is declared, those with a minus go.
JSON = [
    ["{", f'-  "{HOST}": "a" // the old relay', f'+  "{HOST}": "a", // the old relay', "+P", "}"],
    ["{", f'  "{HOST}": "a",', '  "b": 2, // z', "+P,", "}"],
    ["{", f'-  "{HOST}": "a" /* z */', f'+  "{HOST}": "a", /* z */', "+P", "  // end", "}"],
    ["{", f'-  "{HOST}": "a"', f'+  "{HOST}": "a",', "+P", "", "}"],
]
YAML = [
    ["S:", f"  {HOST}: old", "  N:", "    a: b", "+P", "", "# about Other", "Other:", "  k: v"],
    ["S:", f"  {HOST}: old", "  N:", "    - a", "    -", "+P", "", "# about Other", "Other: 1"],
    ["S:", f"  {HOST}: old", "  N: |", "    a", "", "    b", "+P", "", "# about Other", "Other: 1"],
    ["S:", f"  {HOST}: old", "  N: >-", "    a", "+P", "  # below", "Other: 1"],
    ["S:", f"  {HOST}: old", "  N: |+", "    a", "", "+P", "Other: 1"],
    ["S:", f"  {HOST}: old # mine", "+P", "  # Port: 25", "Other: 1"],
    ["S:", f"  {HOST}: old", "  N: [a,", "      b]  # list", "+P", "Other: 1"],
    ["S:", f"  {HOST}: old", "  N: 'a", "", "    b'", "+P", "Other: 1"],
    ["S: # ours", "    # first", f"    {HOST}: old", "+  P", "Other: 1"],
    ["---", "S:", f"  {HOST}: old", "  N: &x 1", "+P", "Other: *x", "..."],
    [f"  {HOST}: old", "  b: 1", "+P"],
    ["a: &x 1", "S:", f"  {HOST}: old", "  N: *x", "+P", "Other: 1"],
]
XML = [
    ["<appSettings>", f'  <add key="{HOST}" value="a" /> <!-- mine -->', "+P", "</appSettings>"],
    ["<appSettings>", f'  <add key="{HOST}" value="a"></add>', "+P", "</appSettings>"],
    ["<appSettings>", f'  <add key="{HOST}" value="a">', "  </add >", "+P", "</appSettings>"],
    [
        "<appSettings>",
        f'  <add key="{HOST}"',
        '    value="a" />',
        "+P",
        "  <!-- end -->",
        "</appSettings>",
    ],
    ["<appSettings>", "  <!-- none -->", "+P", "</appSettings>"],
    ["-<appSettings />", "+<appSettings>", "+P", "+</appSettings>"],
    ["-<appSettings></appSettings>", "+<appSettings>", "+P", "+</appSettings>"],
    ["<appSettings>", "  <clear />", f'  <add key="{HOST}" value="a" />', "+P", "</appSettings>"],
]
NEW = {
    "json": f'  "{PORT}": "587"',
    "yml": f'  {PORT}: "587"',
    "config": f'  <add key="{PORT}" value="587" />',
}
CASES = [("json", case) for case in JSON] + [("yml", case) for case in YAML]
CASES += [("config", ["<configuration>", *case, "</configuration>"]) for case in XML]


def sides(kind, lines):
    """The lines before and after."""
    filled = [
        line.replace("P", NEW[kind]) if line[:1] == "+" and "P" in line[:4] else line
        for line in lines
    ]
    before = [line.lstrip("-") if line[:2] != "--" else line for line in filled if line[:1] != "+"]
    after = [line.lstrip("+") for line in filled if line[:1] != "-" or line[:2] == "--"]
    return before, after


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize(("kind", "lines"), CASES)
def test_a_new_key_stands_behind_the_last_one_and_moves_no_comment(tmp_path, kind, lines, ends):
    """After the last line of the last value and its comment, before whatever follows."""
    before, after = sides(kind, lines)
    path = written(tmp_path / f"a.{kind}", ends.join(before) + ends)
    edit(path, smtp_port=587)
    assert path.read_bytes().decode() == ends.join(after) + ends


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("a.json", "{}", "{{\n  {}\n}}"),
        ("a.json", "{ }\n", "{{\n  {}\n}}\n"),
        ("a.json", "{ // nothing yet\n}\n", "{{ // nothing yet\n  {}\n}}\n"),
        ("a.json", "{\n\n}\n", "{{\n  {}\n\n}}\n"),
        ("a.json", '{"x": 1}', '{{"x": 1, {}}}'),
        ("a.json", '{"x": 1 /* c */ }', '{{"x": 1, {} /* c */ }}'),
        ("a.json", '{"x": 1,}', '{{"x": 1, {},}}'),
        ("a.json", '{"x": 1 // c\n}', '{{"x": 1, // c\n  {}\n}}'),
        ("a.json", "", "{{\n  {}\n}}\n"),
        ("a.json", "\n", "{{\n  {}\n}}\n"),
        ("a.yml", "", "{}\n"),
        ("a.yml", "# nothing", "# nothing\n{}"),
        ("a.yml", "# nothing\n", "# nothing\n{}\n"),
        ("a.yml", "---\n", "---\n{}\n"),
        ("a.yml", "{}", "{{{}}}"),
        ("a.yml", "{ }\n", "{{{} }}\n"),
        ("a.yml", "{a: b}", "{{a: b, {}}}"),
        ("a.yml", "{a: b, }", "{{a: b, {}, }}"),
        ("a.yml", "{a: b,\n c: [d]  # e\n}", "{{a: b,\n c: [d], {}  # e\n}}"),
        ("a.yml", '{"a": b}', '{{"a": b, {}}}'),
        ("a.yml", "a: b", "a: b\n{}"),
    ],
)
def test_new_keys_find_their_place_in_what_is_empty_or_in_one_line(tmp_path, name, before, after):
    """Objects and maps without members, without a line, and files without anything."""
    path = written(tmp_path / name, before)
    edit(path, smtp_port=587)
    is_quoted = name == "a.json" or '"a"' in before
    key = f'"{PORT}"' if is_quoted else PORT
    assert path.read_bytes().decode() == after.format(f'{key}: "587"')


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("a.json", '{\n\t"S": {}\n}', '{\n\t"S": {\n\t\tP\n\t}\n}'),
        (
            "a.json",
            '{\n    "S": null,\n    "b": 1\n}',
            '{\n    "S": {\n        P\n    },\n    "b": 1\n}',
        ),
        ("a.json", '{"S": {"x": 1}}', '{"S": {"x": 1, P}}'),
        ("a.yml", "S:\nB: 1\n", "S:\n  P\nB: 1\n"),
        ("a.yml", "S: # mine\nB: 1\n", "S: # mine\n  P\nB: 1\n"),
        ("a.yml", "A:\n    b: 1\nS: ~  # mine", "A:\n    b: 1\nS:  # mine\n    P"),
        ("a.yml", "S: {}\n", "S: {P}\n"),
        ("a.yml", "S: null\n", "S:\n  P\n"),
    ],
)
def test_an_empty_section_is_filled_in_the_indentation_of_the_file(tmp_path, name, before, after):
    """Tabs where there are tabs; a null becomes a map."""
    path = written(tmp_path / name, before)
    edit(path, smtp_port=587, file={"section": "S"})
    new = f'"{PORT}": "587"' if name == "a.json" else f'{PORT}: "587"'
    assert path.read_text() == after.replace("P", new)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"{{b: c, {HOST}: }}", f'{{b: c, {HOST}: smtp.example.com, {PORT}: "587"}}'),
        (f"{{{HOST}: , b: }}", f'{{{HOST}: smtp.example.com, b: , {PORT}: "587"}}'),
        (f"b: c\n{HOST}:", f'b: c\n{HOST}: smtp.example.com\n{PORT}: "587"'),
        (f"b: c\n{HOST}: # x\n", f'b: c\n{HOST}: smtp.example.com # x\n{PORT}: "587"\n'),
    ],
)
def test_a_value_is_filled_and_a_key_put_behind_it_at_once(tmp_path, before, after):
    """Both edits meet in one place."""
    path = written(tmp_path / "a.yml", before)
    edit(path, smtp_host="smtp.example.com", smtp_port=587)
    assert path.read_text() == after


@pytest.mark.parametrize("indent", ["\t", "    ", " "])
@pytest.mark.parametrize("section", ["<appSettings />", "<appSettings></appSettings>"])
def test_an_empty_element_is_filled_in_the_indentation_of_the_file(tmp_path, indent, section):
    """The end tag has a line of its own."""
    path = written(tmp_path / "a.config", f"<configuration>\n{indent}{section}\n</configuration>\n")
    edit(path, smtp_port=587)
    assert path.read_text().splitlines()[1:4] == [
        f"{indent}<appSettings>",
        f"{indent * 2}{NEW['config'].strip()}",
        f"{indent}</appSettings>",
    ]


@pytest.mark.parametrize("end", ["></add>", "/>"])
def test_elements_in_one_line_stay_in_one_line(tmp_path, end):
    """The new one stands behind the end of the last one, never inside it."""
    add = f'<add key="{ALERTS}" value="false"{end}'
    text = "<configuration><appSettings>{}</appSettings></configuration>"
    path = written(tmp_path / "a.config", text.format(add))
    edit(path, smtp_port=587)
    space = "" if end == "/>" else " "
    new = f'<add key="{PORT}" value="587"{space}/>'
    assert path.read_text() == text.format(add + new)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (f"S: {{{HOST}, a: b}}\n", "line 1"),
        (f"{HOST}: |\n  old\nb: 1\n", "over several lines"),
        ("{S: }\n", "line of its own"),
        ("S: &x\nB: 1\n", "line of its own"),
    ],
)
def test_what_cannot_be_laid_out_is_refused_with_its_place(tmp_path, text, words):
    """A person can; the file stays."""
    path = written(tmp_path / "a.yml", text)
    section = {"section": "S"} if text.startswith(("{S", "S: &")) else {}
    assert words in refusal(path, smtp_host="x", file=section)
