# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Secrets to be hunted: one for each task, in forms of their own, and the hunt for them."""

from __future__ import annotations

import base64
import collections
import hashlib
import html
import json
import typing as t
import urllib.parse
from dataclasses import dataclass

WINDOW = 8
KINDS = ("plain", "special", "short")
_SPECIAL = "\"é'<%&\\>ü+"


@dataclass(frozen=True)
class Canary:
    """A secret that belongs to one ``owner`` (a scenario and the road it took)."""

    owner: str
    text: str


def canary(owner: str, kind: str, salt: str = "") -> Canary:
    """The same words give the same secret, and no other words share a window of it."""
    digest = hashlib.sha256(f"{owner} {kind} {salt}".encode()).digest()
    letters = base64.b32encode(digest).decode()
    if kind == "short":
        return Canary(owner, f"§{letters[:4]}")
    if kind == "plain":
        return Canary(owner, "Cn" + letters[:22].lower())
    mixed = [special + letters[i] for i, special in enumerate(_SPECIAL)]
    return Canary(owner, letters[20] + "".join(mixed) + letters[21])


def _forms(secret: str) -> t.Iterator[str]:
    """Written apart from the product's own list, so that a form forgotten there is noticed."""
    yield from (secret, json.dumps(secret)[1:-1], json.dumps(json.dumps(secret))[3:-3])
    yield from (urllib.parse.quote(secret, safe=""), urllib.parse.quote_plus(secret))
    yield from (html.escape(secret), repr(secret)[1:-1], repr(secret.encode())[2:-1])
    for octets in (secret.encode(), secret.encode("utf-16-le")):
        for before in (0, 1, 2):
            after = -(before + len(octets)) % 3
            text = base64.b64encode(b"\0" * before + octets + b"\0" * after).decode()
            yield text[2 if before else 0 : -2 if after else None]
        yield octets.hex()


class Hunt:
    """Looks for all canaries at once: any 8 characters of any form, a short one as a whole."""

    def __init__(self, canaries: t.Iterable[Canary]) -> None:
        self.canaries = list(canaries)
        owners: dict[str, set[str]] = collections.defaultdict(set)
        self._whole = [c for c in self.canaries if len(c.text) < WINDOW]
        for one in self.canaries:
            for form in _forms(one.text) if len(one.text) >= WINDOW else ():
                for i in range(len(form) - WINDOW + 1):
                    owners[form[i : i + WINDOW]].add(one.owner)
        # What two canaries share (a row of escapes) is the secret of neither.
        self._owners = {window: min(who) for window, who in owners.items() if len(who) == 1}

    def owners_in(self, text: str) -> set[str]:
        """Whose secrets ``text`` holds a part of."""
        known = self._owners
        found = {
            known[text[i : i + WINDOW]]
            for i in range(len(text) - WINDOW + 1)
            if text[i : i + WINDOW] in known
        }
        return found | {one.owner for one in self._whole if one.text in text}
