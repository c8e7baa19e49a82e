# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How the bytes of a file stand for its text: by their mark, or by what an XML declaration says.

Pure.
"""

from __future__ import annotations

import codecs
import re
import typing as t

from .._phrase import say
from .base import left_alone

_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"""\s*<\?xml\s[^>]*?\bencoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]*)["']""")


class Encoding(t.NamedTuple):
    """A codec, and the byte order mark in front of the text, if there is one."""

    codec: str
    mark: bytes = b""

    def decoded(self, content: bytes) -> str:
        """The text, without the mark; raises ``Failure`` for bytes that stand for nothing."""
        try:
            return content[len(self.mark) :].decode(self.codec)
        except UnicodeDecodeError as exc:
            at = len(self.mark) + exc.start + 1
            what = "neither UTF-8 nor UTF-16" if "utf" in self.codec else f"not {self.codec}"
            raise left_alone(say("it is {what} (byte {at})", what=what, at=at)) from exc

    def encoded(self, text: str) -> bytes:
        """The bytes of a text, behind the mark."""
        try:
            return self.mark + text.encode(self.codec)
        except UnicodeEncodeError as exc:
            reason = say("the new text cannot be kept as {what}", what=self.codec)
            raise left_alone(reason, "guard") from exc


def encoding_of(content: bytes) -> Encoding:
    """The encoding of a file; a mark wins, then the XML declaration, then it is UTF-8."""
    for mark, codec in _MARKS:
        if content.startswith(mark):
            return Encoding(codec, mark)
    declared = _DECLARED.match(content[:200])
    name = declared[1].decode("ascii") if declared else "utf-8"
    return Encoding(name.lower() if _is_like_ascii(name) else "utf-8")


def _is_like_ascii(name: str) -> bool:
    """Whether Python has an encoding of that name in which ASCII text is itself."""
    sample = "".join(map(chr, range(32, 127)))
    try:
        return sample.encode(name) == sample.encode("ascii")
    except (LookupError, UnicodeError):
        return False
