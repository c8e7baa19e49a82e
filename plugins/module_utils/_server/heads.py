# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Heads of requests and answers, without what only mail needs of them.

``http.client`` reads headers by the rules of mail, which takes longer than all the rest of an
answer.  A head of nothing but plain lines means the same by both; any other one is left to it.
"""

from __future__ import annotations

import email.parser
import http.client
import re
import typing as t

from .._phrase import say

MOST_INTERIM = 20
MOST_LINES, LONGEST_LINE = 100, 65536
LINE_ENDS = (b"\r\n", b"\n", b"")
NO_CONTENT, NOT_MODIFIED = 204, 304
#: Digits; no length that is stated in more of them could be waited for.
LONGEST_LENGTH = 18
#: What surrounds a value without being part of it (RFC 9112, 5.1).
AROUND = " \t\r"
_PLAIN = re.compile(r"(?:[!-9;-~]+:[^\r\n]*\r?\n)*")
#: Nearly every head, which has come whole: its status, its reason, its plain lines.
_USUAL = re.compile(rb"HTTP/1\.1 ([2-5][0-9][0-9]) ([^\r\n]*)\r\n((?:[!-9;-~]+:[^\r\n]*\r\n)+)\r\n")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def request_head(method: str, path: str, headers: t.Mapping[str, str]) -> bytes:
    """The head as it is sent; raises ``ValueError`` for what would end a line too early."""
    fields = [f"{name}: {value}" for name, value in headers.items()]
    told = "".join((path, *fields))
    # What can be printed holds no control character, and that is seen at once.
    broken = not told.isprintable() and _CONTROL.search(told)
    if " " in path or not path.isascii() or broken:
        raise ValueError("it does not fit into one line")
    return "\r\n".join([f"{method} {path} HTTP/1.1", *fields, "", ""]).encode("latin-1")


class Headers:
    """``items`` are names in lower case with their values, in their order."""

    def __init__(self, items: t.Sequence[tuple[str, str]]) -> None:
        self.items = items
        self._first = dict(reversed(items))

    def get(self, name: str, default: str = "") -> str:
        """The first value of ``name``, whose letters do not count."""
        return self._first.get(name.lower(), default)


def headers_of(head: bytes) -> Headers:
    """What the lines between the status line and the empty one say."""
    text = head.decode("latin-1")
    if _PLAIN.fullmatch(text):
        return _plain_headers(text)
    message = email.parser.Parser(_class=http.client.HTTPMessage).parsestr(text, headersonly=True)
    return Headers([(name.lower(), str(value)) for name, value in message.raw_items()])


def _plain_headers(text: str) -> Headers:
    fields = [line.partition(":") for line in text.split("\n")[:-1]]
    return Headers([(name.lower(), said.strip(AROUND)) for name, _colon, said in fields])


class Response(http.client.HTTPResponse):
    """An answer whose body is that of ``http.client``.

    100 alone of those answers that only announce one (1xx) is passed over by ``http.client``.
    """

    fields: Headers

    def begin(self) -> None:
        """Read the head; raises ``http.client.HTTPException`` or ``OSError``."""
        usual = _USUAL.match(self.fp.peek())
        if usual is not None and usual[3].count(b"\n") < MOST_LINES:
            self.fp.read(usual.end())
            self.version, status, reason = 11, int(usual[1]), usual[2].decode("latin-1")
            self.fields = _plain_headers(usual[3].decode("latin-1"))
        else:
            version, status, reason = self._read_status()
            if not version.startswith(("HTTP/1.", "HTTP/0.9")):
                raise http.client.UnknownProtocol(version)
            self.version = 10 if version in ("HTTP/1.0", "HTTP/0.9") else 11
            self.fields = headers_of(self._head())
        self.code = self.status = status
        self.reason = reason.strip()
        self.headers = self.msg = t.cast(t.Any, self.fields)
        self._frame()

    def _read_status(self) -> tuple[str, int, str]:
        for _interim in range(MOST_INTERIM):
            version, status, reason = super()._read_status()  # type: ignore[misc] # not in typeshed
            if status == 101 or not 100 <= status < 200:
                return version, status, reason
            self._head()
        raise http.client.HTTPException(say("too many interim answers"))

    def _head(self) -> bytes:
        """All lines up to the empty one."""
        lines: list[bytes] = []
        while (line := self.fp.readline(LONGEST_LINE + 1)) not in LINE_ENDS:
            if len(line) > LONGEST_LINE:
                raise http.client.LineTooLong("header line")
            lines.append(line)
            if len(lines) >= MOST_LINES:
                said = say("got more than {most} headers", most=MOST_LINES)
                raise http.client.HTTPException(said)
        return b"".join(lines)

    def _frame(self) -> None:
        """Where the body ends, and whether anything may come after it (RFC 9112, 6.3 and 9.3)."""
        self.chunked = self.fields.get("transfer-encoding").lower() == "chunked"
        self.chunk_left = None
        self.length = None if self.chunked else self._stated_length()
        if self.status in (NO_CONTENT, NOT_MODIFIED) or 100 <= self.status < 200:
            self.length = 0
        is_open_ended = not self.chunked and self.length is None
        closes: bool = self._check_close()  # type: ignore[attr-defined] # not in typeshed
        self.will_close = is_open_ended or closes

    def _stated_length(self) -> int | None:
        stated = self.fields.get("content-length").strip()
        is_number = stated.isascii() and stated.isdigit()
        return int(stated[:LONGEST_LENGTH]) if is_number else None
