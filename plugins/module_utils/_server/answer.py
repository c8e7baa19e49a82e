# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What came back: an HTTP answer, and what may be in it.

Pure.

Whatever a server sends costs little: an answer has a largest size, packed or not, and a largest
number of values, as an empty object of three bytes takes twenty times that in memory.  Parsing it
takes a fraction of a second, so the deadline of the sockets holds for all of it.
"""

from __future__ import annotations

import codecs
import json
import re
import typing as t

from .._errors import Ambiguous, Failure
from .._phrase import say

#: Octets; a page of a thousand tenants or users has a tenth of that.
MAX_BODY = 8 * 1024 * 1024
#: What separates or opens values in JSON, and how many of these are taken.
MARKS, MAX_MARKS = (b",", b"[", b"{"), 500_000
LOOK = say(
    "Check server.url and its path; on an Automation Suite or Automation Cloud also "
    "server.organization and server.tenant"
)
GATEWAY = say(
    "Either a gateway in front of the server wants a sign-in of its own, or the address is that of "
    "a page; give the address under which programs reach the server"
)
_PASSWORD_FIELD = re.compile(r"""type\s*=\s*["']?password""", re.IGNORECASE)


class Answer(t.NamedTuple):
    """An HTTP answer; header names are in lower case."""

    method: str
    url: str
    status: int
    headers: t.Mapping[str, str]
    body: bytes

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300

    def json(self) -> t.Any:
        """The parsed body; an HTML page or broken text is a ``Failure`` that names the address."""
        if len(self.body) > MAX_MARKS and sum(map(self.body.count, MARKS)) > MAX_MARKS:
            raise self._bad(say("it holds more than {most} values", most=MAX_MARKS))
        text = self.body.removeprefix(codecs.BOM_UTF8).decode("utf-8", "replace")
        try:
            return json.loads(text)
        except json.JSONDecodeError:
            raise self._not_json(text) from None
        except ValueError:
            raise self._bad(say("it holds a number that is too long")) from None
        except RecursionError:
            raise self._bad(say("it is nested too deeply")) from None

    def _not_json(self, text: str) -> Failure:
        start = text[:1000].lstrip()[:1]
        what = "an HTML page" if start == "<" else "text" if start else "an empty body"
        advice = LOOK
        if start == "<" and _PASSWORD_FIELD.search(text):
            what, advice = "a page that asks to sign in", GATEWAY
        return Failure(
            "not_json",
            target=self.url,
            what=what,
            code=self.status,
            advice=advice,
            status=self.status,
        )

    def _bad(self, reason: str) -> Failure:
        return Failure("bad_answer", target=self.url, reason=reason, status=self.status)


def unpacked(content: bytes, encoding: str, url: str) -> bytes:
    """The content of an answer without its compression; raises ``Ambiguous`` for too much."""
    # Compression was not asked for, but some gateways compress anyway.
    if encoding.lower() not in ("gzip", "deflate"):
        return content
    import zlib

    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 32)
    try:
        plain = unpacker.decompress(content, MAX_BODY)
    except zlib.error as exc:
        raise Ambiguous("bad_answer", target=url, reason=say("its compression is broken")) from exc
    if unpacker.unconsumed_tail:
        raise too_large(url)
    return plain


def too_large(url: str) -> Ambiguous:
    """The failure for an answer of more than ``MAX_BODY`` octets."""
    return Ambiguous(
        "bad_answer", target=url, reason=say("it is larger than {size} MiB", size=MAX_BODY >> 20)
    )
