# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The one redactor for everything that leaves: results, messages, warnings, exceptions.

Pure: no I/O, standard library only.

``no_log`` does not cover exceptions, warnings, dictionary keys or re-encodings, so nothing here
relies on it.  What holds instead, for a secret of 8 characters or more: no 8 characters of it, nor
of any form from ``forms``, survive, however they were cut out.  A shorter one is replaced where it
occurs whole; one shorter than 4 characters drops the whole text, as a hole would give it away.
"""

from __future__ import annotations

import re
import typing as t
import unicodedata
from collections.abc import Mapping

from .secret_forms import forms

#: Shorter than any window, so that a mask can never be taken for a piece of a secret.
MASK = "***"
WINDOW = 8
SHORT = 4
# Every window of 8 holds one of the 4-character pieces that start at each 5th character of a form.
_STRIDE = WINDOW - SHORT + 1
_ANSI = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|(?:\x1b\]|\x9d).*?(?:\x07|\x1b\\|\x9c)|\x1b[@-Z\\-_]",
    re.DOTALL,
)
_MANY_SPACES = re.compile(r"  +")


def clean(text: t.Any, limit: int = 300) -> str:
    """Text from outside as one harmless line of at most ``limit`` characters.

    Line breaks become spaces; control characters, terminal sequences and invisible or
    direction-changing characters go.  Holds no promise about secrets: that is ``Redactor``.
    """
    line = str(text)
    if not line.isprintable():
        line = "".join(map(_harmless, _ANSI.sub("", line)))
    line = _MANY_SPACES.sub(" ", line).strip()
    return line if len(line) <= limit else line[: limit - 1] + "…"


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
        self._pieces: set[str] = set()
        self._forms: list[str] = []
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
            self._learn_windows(found)

    def _learn_windows(self, found: t.Iterable[str]) -> None:
        for form in found:
            # The form goes first: a thread that sees a piece must find the form it is from.
            self._forms.append(form)
            ends = range(0, len(form) - SHORT + 1, _STRIDE)
            self._pieces.update([form[i : i + SHORT] for i in ends])

    def text(self, text: str) -> str:
        """``text`` without secrets; only the mask when cutting them out is not enough."""
        if self._parent is not None:
            text = self._parent.text(text)
        if any(secret in text for secret in self._fatal):
            return MASK
        for secret in self._whole:
            text = text.replace(secret, MASK)
        covered = self._covered(text)
        if not covered:
            return text
        text = _without(text, covered)
        # A secret may have been put around another one, to appear when that one goes.
        return MASK if self._covered(text) else text

    def data(self, value: t.Any) -> t.Any:
        """``value`` as plain data without secrets: keys as well as values, at any depth."""
        if value is None or isinstance(value, bool):
            return value
        if isinstance(value, str):
            return value if value in self._vocabulary else self.text(value)
        if isinstance(value, (int, float)):
            shown = str(value)
            return value if len(shown) < WINDOW or self.text(shown) == shown else MASK
        if isinstance(value, Mapping):
            return {self.data(key): self.data(item) for key, item in value.items()}
        if isinstance(value, (list, tuple, set, frozenset)):
            return [self.data(item) for item in value]
        if isinstance(value, (bytes, bytearray)):
            return self.text(bytes(value).decode("utf-8", "replace"))
        return self.text(str(value))

    def _covered(self, text: str) -> list[int]:
        """The starts of all windows of ``text`` that are windows of a secret, ascending."""
        last, pieces = len(text) - WINDOW, self._pieces
        if last < 0 or not pieces:
            return []
        hits = [i for i in range(len(text) - SHORT + 1) if text[i : i + SHORT] in pieces]
        near = {start for i in hits for start in range(max(0, i - SHORT), min(i, last) + 1)}
        return [start for start in sorted(near) if self._is_secret(text[start : start + WINDOW])]

    def _is_secret(self, window: str) -> bool:
        return any(window in form for form in self._forms)


def _without(text: str, starts: t.Sequence[int]) -> str:
    kept: list[str] = []
    end = 0
    for start in starts:
        if start > end or not kept:
            kept += [text[end:start], MASK]
        end = start + WINDOW
    return "".join(kept) + text[end:]
