# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The judge of edited files notices damage, whatever the format."""

from __future__ import annotations

import pytest
from support.file_oracle import Unreadable, _fault, bag

HOST = "Abp.Net.Mail.Smtp.Host"
XML = "<configuration><appSettings><add key='{}' value='{}'/>{}</appSettings></configuration>"
CASES = {
    "json": (f'{{"{HOST}": "a", "x": [1]}}', f'{{"{HOST}": "b", /* c */ "x": [1]}}'),
    "yaml": (f"{HOST}: a\nx: [1]\n", f"{HOST}: b\nx: [1]\n"),
    "xml": (XML.format(HOST, "a", ""), XML.format(HOST, "b", "")),
}
DAMAGED = {
    "json": [f'{{"{HOST}": b}}', f'{{"{HOST}": "b", "x": [2]}}', f'{{"{HOST}": "b"}}'],
    "yaml": [f"{HOST}:b\nx: [1]\n", f"{HOST}: c\nx: [1]\n", f"{HOST}: b\nx: [1]\ny: 1\n"],
    "xml": [
        XML.format(HOST, "b", "<add key='x' value='y'/>"),
        XML.format(HOST, "c", ""),
        XML.format(HOST, "b", "<!-- new -->"),
        XML.format(HOST, "a & b", ""),
    ],
}


def fault(kind, after):
    return _fault(kind, CASES[kind][0].encode(), after.encode(), {"smtp_host": "b"})


@pytest.mark.parametrize("kind", list(CASES))
def test_a_right_edit_passes(kind):
    """Only the value differs, and it is the wanted one."""
    assert fault(kind, CASES[kind][1]) == ""


@pytest.mark.parametrize(("kind", "after"), [(k, text) for k in DAMAGED for text in DAMAGED[k]])
def test_a_wrong_edit_is_named(kind, after):
    """Unreadable, another value, or more than was asked for."""
    assert fault(kind, after)


def test_a_text_that_moved_more_lines_than_changes_is_named():
    """The same values in another layout are damage as well."""
    before = "\n".join(["{", f'  "{HOST}": "a",', *(f'  "{n}": 1,' for n in range(9)), '  "x": 1}'])
    after = before.replace("\n  ", "\n ").replace('"a"', '"b"')
    assert "lines went" in _fault("json", before.encode(), after.encode(), {"smtp_host": "b"})


@pytest.mark.parametrize(("kind", "text"), [("json", "{"), ("yaml", "a: [1"), ("xml", "<a>")])
def test_what_the_other_parser_does_not_take_says_so(kind, text):
    """Then there is nothing to compare with."""
    with pytest.raises(Unreadable):
        bag(kind, text.encode())
