# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The forms in which a secret may surface: escaped, encoded, as a sign-in token.

Pure: no I/O, standard library only.
"""

from __future__ import annotations

import base64
import html
import json
import re
import typing as t
from urllib.parse import quote, quote_plus

#: Encodings of secrets longer than this (bearer tokens) are only looked for in UTF-8.
LONG = 200
#: Shorter pieces of an encoded form occur by chance everywhere.
_SHORTEST_PIECE = 4
#: A secret of these alone, as most tokens are, is written the same however it is escaped.
_NEVER_ESCAPED = re.compile(r"[0-9A-Za-z._~-]+")


def forms(secret: str, username: str = "") -> list[str]:
    """All forms of ``secret``, itself included; the longest first, each once.

    ``username`` adds the tokens of AUTH PLAIN and of HTTP Basic, which hold both.
    """
    found = {secret, *_encoded(secret)}
    if not _NEVER_ESCAPED.fullmatch(secret):
        found.update(_escaped(secret))
    if len(secret) <= LONG:
        found.update(_one_by_one(secret))
    if username:
        found.update(_tokens(username, secret))
    found.discard("")
    return sorted(found, key=len, reverse=True)


def _escaped(secret: str) -> t.Iterator[str]:
    in_ascii = json.dumps(secret)[1:-1]
    yield in_ascii
    yield json.dumps(in_ascii)[1:-1]
    yield json.dumps(secret, ensure_ascii=False)[1:-1]
    yield _dotnet_json(secret)
    for quoted in (
        quote(secret, "", errors="replace"),
        quote_plus(secret, errors="replace"),
    ):
        yield quoted
        yield _lower_hex(quoted)
    yield quote(secret, errors="replace")
    yield from _marked_up(secret)
    yield repr(secret)[1:-1]
    yield repr(secret.encode("utf-8", "replace"))[2:-1]
    yield secret.encode("utf-8", "replace").decode("latin-1")


def _dotnet_json(secret: str) -> str:
    """As .NET escapes by default: capital hexadecimals, also for what HTML finds special."""
    shown = "".join(f"\\u{ord(c):04X}" if c in "<>&'\"+`" else c for c in secret)
    return "".join(c if c.isascii() else _utf16_escapes(c) for c in shown)


def _utf16_escapes(character: str) -> str:
    units = character.encode("utf-16-be", "surrogatepass").hex().upper()
    return "".join(f"\\u{units[i : i + 4]}" for i in range(0, len(units), 4))


def _lower_hex(quoted: str) -> str:
    head, *rest = quoted.split("%")
    return head + "".join("%" + part[:2].lower() + part[2:] for part in rest)


def _marked_up(secret: str) -> t.Iterator[str]:
    elements = html.escape(secret, quote=False)
    yield elements
    for double, single in (
        ("&quot;", "&#x27;"),
        ("&quot;", "&#39;"),
        ("&#34;", "&apos;"),
    ):
        attribute = elements.replace('"', double).replace("'", single)
        yield attribute
        yield attribute.encode("ascii", "xmlcharrefreplace").decode("ascii")
    yield elements.replace('"', "&quot;").replace("'", "&apos;")


def _one_by_one(secret: str) -> t.Iterator[str]:
    """With every character escaped, also those that need not be."""
    yield "".join(f"&#{ord(c)};" for c in secret)
    for escaped in (f"&#x{ord(c):x};" for c in secret), (f"&#X{ord(c):X};" for c in secret):
        yield "".join(escaped)
    octets = secret.encode("utf-8", "replace")
    yield "".join(f"%{octet:02x}" for octet in octets)
    yield "".join(f"%{octet:02X}" for octet in octets)


def _encoded(secret: str) -> t.Iterator[str]:
    octets = secret.encode("utf-8", "replace")
    alternatives = {octets}
    if len(secret) <= LONG:
        alternatives.add(secret.encode("utf-16-le", "replace"))
        alternatives.add(secret.encode("latin-1", "replace"))
        yield secret.encode("utf-16-le", "replace").decode("latin-1")
    for alternative in alternatives:
        yield from (alternative.hex(), alternative.hex().upper())
        for standard in _base64_pieces(alternative):
            yield standard
            yield standard.replace("+", "-").replace("/", "_")


def _base64_pieces(octets: bytes) -> t.Iterator[str]:
    """Base64 of ``octets`` alone, and what is theirs alone when 1 or 2 bytes precede them."""
    yield base64.b64encode(octets).decode("ascii")
    for before in (0, 1, 2):
        text = base64.b64encode(b"\0" * before + octets).decode("ascii")
        piece = text[-(-before * 8 // 6) : (before + len(octets)) * 8 // 6]
        if len(piece) >= _SHORTEST_PIECE:
            yield piece


def _tokens(username: str, secret: str) -> t.Iterator[str]:
    for joined in (
        f"\0{username}\0{secret}",
        f"{username}\0{username}\0{secret}",
        f"{username}:{secret}",
    ):
        yield base64.b64encode(joined.encode("utf-8", "replace")).decode("ascii")
