# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Heads of answers, beside what Python's own reader makes of the same bytes."""

from __future__ import annotations

import http.client
import io

import pytest
from ansible_collections.rpaops.orchestrator.plugins.module_utils._server.heads import (
    MOST_LINES,
    Response,
    request_head,
)
from hypothesis import given
from hypothesis import strategies as some

BODY = b"12345\r\n\r\nmore"
FIELDS = [
    "Content-Length: 5",
    "content-length:5",
    "Content-Length: five",
    "Content-Length: -5",
    "Transfer-Encoding: Chunked",
    "Connection: close",
    "Connection: Keep-Alive",
    "Keep-Alive: timeout=5",
    "Set-Cookie: a=b; c",
    "X-Folded: one\r\n two",
    "X-Empty:",
    "X:Y: z",
    "\xe9: latin",
    "no colon here",
    "Blank : before the colon",
    "From nobody",
    "X-Bare: one\rtwo",
]


class Given(io.BytesIO):
    """A socket that has received ``content``."""

    def makefile(self, mode):
        return io.BufferedReader(io.BytesIO(self.getvalue()))


def read(kind, content):
    response = kind(Given(content))
    response.begin()
    framing = (response.status, response.reason, response.chunked, response.will_close)
    body = None if response.chunked else response.read()
    return (*framing, body), response


@given(
    some.lists(some.sampled_from(FIELDS), max_size=5),
    some.sampled_from(["HTTP/1.1 200 OK", "HTTP/1.0 200 OK", "HTTP/1.1 204 None", "HTTP/1.1 400"]),
    some.sampled_from(["\r\n", "\n"]),
)
def test_every_head_means_what_it_means_to_python(fields, status, end):
    """Status, framing, body and the first value of each name are those of ``http.client``."""
    content = end.join([status, *fields, "", ""]).encode("latin-1") + BODY
    (found, mine), (expected, theirs) = (
        read(kind, content) for kind in (Response, http.client.HTTPResponse)
    )

    assert found == expected
    names = {name.lower() for name in theirs.headers}
    assert {name for name, _value in mine.fields.items} == names
    assert all(mine.fields.get(n).strip() == str(theirs.headers[n]).strip() for n in names)


@pytest.mark.parametrize("field", ["a:b", "a:b\r\n c"])
def test_a_head_of_too_many_lines_is_no_head(field):
    """However the lines are read, there is an end to them."""
    content = "\r\n".join(["HTTP/1.1 200 OK", *[field] * (MOST_LINES + 1), "", ""]).encode()

    with pytest.raises(http.client.HTTPException, match="more than"):
        read(Response, content)


@pytest.mark.parametrize(
    ("path", "value"),
    [("/a b", "c"), ("/\n", "c"), ("/\xe9", "c"), ("/", "a\r\nX: b"), ("/", "\0")],
)
def test_nothing_that_is_sent_ends_a_line_too_early(path, value):
    """A request cannot be made to hold another one."""
    with pytest.raises(ValueError, match="one line"):
        request_head("GET", path, {"Name": value})
