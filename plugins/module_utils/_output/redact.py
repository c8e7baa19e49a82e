# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The one redactor for everything that leaves: results, messages, warnings, exceptions.

Pure: no I/O, standard library only.

``no_log`` does not cover exceptions, warnings, dictionary keys or re-encodings, so nothing here
relies on it.  What holds instead, for a secret of 8 characters or more: no 8 characters of it, nor
of any form from ``forms``, survive, however they were cut out.  A shorter one is replaced where it
occurs whole; one shorter than 4 characters drops the whole text, as a hole would give it away.

Takes some milliseconds for a megabyte of text.  Every window of 8 characters holds a whole block
of 4 that begins at a multiple of 4, so only these blocks are looked up; a block in UTF-16 is a
number of 8 octets, which Python compares without a text for each.
"""

from __future__ import annotations

import itertools
import re
import sys
import typing as t
import unicodedata
from collections.abc import Mapping

from .._phrase import Cleared, Phrase
from .secret_forms import forms

#: Shorter than any window, so that a mask can never be taken for a piece of a secret.
MASK = "***"
WINDOW = 8
SHORT = 4
#: Octets of a character, or of half of one beyond the 65,536 first.
_UNIT = 2
_BLOCK = SHORT * _UNIT
_SPAN = WINDOW * _UNIT
#: So many blocks or windows are looked for one by one; it is quicker than a look at every place.
FEW = 16
_ANSI = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"
    r"|(?:\x1b\]|\x9d).{0,500}?(?:\x07|\x1b\\|\x9c)|\x1b[@-Z\\-_]",
    re.DOTALL,
)
_MANY_SPACES = re.compile(r"  +")
#: How much longer than its limit a text may be to be read to its end.
_MARGIN = 8


def clean(text: t.Any, limit: int = 300) -> str:
    """Text from outside as one harmless line of at most ``limit`` characters.

    Line breaks become spaces; control characters, terminal sequences and invisible or
    direction-changing characters go.  Holds no promise about secrets: that is ``Redactor``.
    """
    line = str(text)
    is_whole = len(line) <= limit * _MARGIN
    # However much of it there is, the rest could not be shown anyway.
    line = line if is_whole else line[: limit * _MARGIN]
    if not line.isprintable():
        line = "".join(map(_harmless, _ANSI.sub("", line)))
    line = _MANY_SPACES.sub(" ", line).strip()
    return line if is_whole and len(line) <= limit else line[: limit - 1] + "…"


def _harmless(character: str) -> str:
    if character.isspace():
        return " "
    return "" if unicodedata.category(character)[0] == "C" else character


class Redactor:
    """Removes known secrets from text and data.

    ``vocabulary`` are constant words of this collection (result keys, option names): a string that
    is exactly one of them says nothing about a secret and stays, also when somebody's password is
    ``changed``.  ``parent`` knows further secrets: many tenants share one and keep their own apart.
    """

    def __init__(
        self,
        secrets: t.Iterable[str] = (),
        vocabulary: t.Container[str] = frozenset(),
        parent: Redactor | None = None,
    ) -> None:
        self._vocabulary, self._parent = vocabulary, parent
        self._known: set[str] = set()
        self._forms: list[bytes] = []
        self._blocks: set[int] = set()
        self._windows: tuple[int, frozenset[bytes]] = (0, frozenset())
        self._whole: list[str] = []
        self._fatal: list[str] = []
        for secret in secrets:
            self.add(secret)

    def add(self, secret: str, username: str = "") -> None:
        """Learn a secret, also at run time; with ``username`` its sign-in tokens as well."""
        if not secret or (secret + "\0" + username) in self._known:
            return
        self._known.add(secret + "\0" + username)
        found = forms(secret, username)
        cleaned = clean(secret, limit=len(secret) + 1)
        found += [cleaned] if len(cleaned) >= min(SHORT, len(secret)) else []
        if len(secret) < SHORT:
            self._fatal += found
        elif len(secret) < WINDOW:
            self._whole = sorted({*self._whole, *found}, key=len, reverse=True)
        if len(secret) >= WINDOW:
            self._learn_blocks(found)

    def _learn_blocks(self, found: t.Iterable[str]) -> None:
        learned = [_octets(form) for form in found]
        # Forms go first: a thread that sees a block must find the form it is from.
        self._forms += learned
        # All in one go, which is several times as fast, for each process that knows a password. A
        # block between two forms is none of a secret, as one is that a text has by chance.
        joined = b"".join(learned)
        for start in range(0, _BLOCK, _UNIT):
            self._blocks.update(_blocks(joined, start))

    def text(self, text: str) -> str:
        """``text`` without secrets; only the mask when cutting them out is not enough."""
        if self._parent is not None:
            text = self._parent.text(text)
        left = self._cut(text)
        # A secret may have been put around another one, or the mask, to appear when that one goes.
        return left if left == text or self._is_whole(left) else MASK

    def _is_whole(self, text: str) -> bool:
        """Whether no secret would have to be cut out of ``text``."""
        others = self._parent is None or self._parent._is_whole(text)
        return others and self._cut(text) == text

    def _cut(self, text: str) -> str:
        if any(secret in text for secret in self._fatal):
            return MASK
        for secret in self._whole:
            text = text.replace(secret, MASK)
        octets = _octets(text) if len(text) >= WINDOW else b""
        covered = self._covered(octets)
        return _without(octets, covered).decode("utf-16-le", "replace") if covered else text

    def data(self, value: t.Any, ours: t.Container[str] = frozenset()) -> t.Any:
        """``value`` as plain data without secrets: keys as well as values, at any depth.

        What stands under a key that is among ``ours`` are words of this collection, and stays.
        """
        if value is None or isinstance(value, bool):
            return value
        if isinstance(value, str):
            return self._told(value)
        if isinstance(value, (int, float)):
            shown = str(value)
            return value if len(shown) < WINDOW or self.text(shown) == shown else MASK
        if isinstance(value, Mapping):
            return {
                self.data(key): item if key in ours else self.data(item, ours)
                for key, item in value.items()
            }
        if isinstance(value, (list, tuple, set, frozenset)):
            return [self.data(item, ours) for item in value]
        if isinstance(value, (bytes, bytearray)):
            return self.text(bytes(value).decode("utf-8", "replace"))
        return self.text(str(value))

    def _told(self, text: str) -> str:
        if isinstance(text, Phrase):
            return text.told(self.text)
        is_ours = isinstance(text, Cleared) or text in self._vocabulary
        return str(text) if is_ours else self.text(text)

    def _covered(self, octets: bytes) -> list[int]:
        """The starts of all windows of ``octets`` that are windows of a secret, ascending."""
        hits = self._blocks.intersection(_blocks(octets)) if self._blocks else None
        if not hits:
            return []
        last = len(octets) - _SPAN
        near = (
            start
            for i in _places(hits, octets)
            for start in range(max(0, i - _SPAN + _BLOCK), min(i, last) + 1, _UNIT)
        )
        first = list(itertools.islice(near, FEW + 1))
        is_known = self._holds if len(first) <= FEW else self._all_windows().__contains__
        starts = itertools.chain(first, near)
        return sorted({start for start in starts if is_known(octets[start : start + _SPAN])})

    def _holds(self, window: bytes) -> bool:
        """Whether a form has this window; a block of four occurs by chance in many a text."""
        return any(_begins_whole(form, window) for form in self._forms)

    def _all_windows(self) -> frozenset[bytes]:
        """All windows of all forms; made when first a text holds many blocks of them."""
        count, windows = self._windows
        if count != len(self._forms):
            known = tuple(self._forms)
            starts = ((form, i) for form in known for i in range(0, len(form) - _SPAN + 1, _UNIT))
            windows = frozenset(form[i : i + _SPAN] for form, i in starts)
            self._windows = len(known), windows
        return windows


def _octets(text: str) -> bytes:
    return text.encode("utf-16-le", "surrogatepass")


# Asked for now, the codec is there in every process that Ansible makes for a host.
_MASK_OCTETS = _octets(MASK)


def _begins_whole(form: bytes, window: bytes) -> bool:
    """Whether ``window`` is in ``form``, from the first octet of a character on."""
    place = form.find(window)
    while place > 0 and place % _UNIT:
        place = form.find(window, place + 1)
    return place >= 0


def _blocks(octets: bytes, start: int = 0) -> memoryview:
    """Whole blocks as numbers, one behind the other."""
    end = len(octets) - (len(octets) - start) % _BLOCK
    return memoryview(octets)[start : max(start, end)].cast("Q")


def _places(hits: t.Collection[int], octets: bytes) -> t.Iterator[int]:
    """Where blocks of ``octets`` begin that are among ``hits``."""
    if len(hits) > FEW:
        yield from (i * _BLOCK for i, block in enumerate(_blocks(octets)) if block in hits)
        return
    for hit in hits:
        block = hit.to_bytes(_BLOCK, sys.byteorder)
        i = octets.find(block)
        while i >= 0:
            beyond = i % _BLOCK
            if not beyond:
                yield i
            # Between two whole blocks nothing counts, so the search goes on at the next one.
            i = octets.find(block, i - beyond + _BLOCK)


def _without(octets: bytes, starts: t.Sequence[int]) -> bytes:
    kept: list[bytes] = []
    end = 0
    for start in starts:
        if start > end or not kept:
            kept += [octets[end:start], _MASK_OCTETS]
        end = start + _SPAN
    return b"".join(kept) + octets[end:]
