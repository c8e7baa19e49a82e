# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Addresses as people write them: what is wrong with one, and which origin it names.

Pure.
"""

from __future__ import annotations

import functools
import re
import typing as t
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urlsplit

from .._host import ascii_host, is_host
from .._output.redact import clean
from .._phrase import joined, say

_UNSENT = re.compile("[\x00-\x20\x7f-\xa0\u2028\u2029\ud800-\udfff]")
#: Segments that only addresses of pages have: those of the portal, and of the sign-in.
_PAGES = frozenset(("settings", "login", "account", "odata", "identity"))
#: Segments that this collection adds by itself, behind organization and tenant.
_SERVICES = frozenset(("orchestrator_", "identity_", "portal_"))


@dataclass(frozen=True)
class Origin:
    """What one connection reaches: scheme, host and port of an address."""

    tls: bool
    host: str
    port: int

    @classmethod
    def of(cls, url: str) -> Origin:
        """The origin of ``url``; raises ``ValueError`` for a port that is no number."""
        return _origin(url)

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        usual = self.port == (443 if self.tls else 80)
        return f"{'https' if self.tls else 'http'}://{host}{'' if usual else f':{self.port}'}"


# One task asks for few addresses, and again for each of its tenants.
@functools.lru_cache(maxsize=256)
def _origin(url: str) -> Origin:
    parts = urlsplit(url)
    tls = parts.scheme == "https"
    host = ascii_host(parts.hostname or "")
    return Origin(tls, host, (443 if tls else 80) if parts.port is None else parts.port)


@functools.lru_cache(maxsize=256)
def unusable(url: str, *, pages: bool = False) -> str:
    """Why ``url`` cannot be the base of an API, and what to write; empty when it can.

    ``pages`` also finds addresses that were copied from a browser.  Credentials and queries are
    not repeated, as they may be secret.
    """
    if "@" in _authority(url):
        return say("it holds credentials; use server.username and server.password for them")
    return _bad_form(url) or _bad_rest(url, pages)


def _authority(url: str) -> str:
    return re.split("[/?#]", url.partition("//")[2], maxsplit=1)[0]


def _bad_form(url: str) -> str:
    """What is wrong with an address up to its port."""
    shown = clean(re.split("[?#]", url)[0], 120)
    if _UNSENT.search(url):
        return say(
            "{given!r} is not a web address: it holds a blank, a line end or another character "
            "that no address has; remove it",
            given=shown,
        )
    try:
        parts = urlsplit(url)
        named = parts.scheme in ("http", "https") and parts.hostname
    except ValueError:
        named = None
    if not named:
        return say(
            "{given!r} is not a web address; write it as https://orchestrator.example.com",
            given=shown,
        )
    return _port_and_host(parts, shown)


def _port_and_host(parts: SplitResult, shown: str) -> str:
    try:
        usable = parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        wrong: str = say("its port is not a number from 1 to 65535")
    else:
        wrong = bad_host(parts.hostname or "")
    if not wrong:
        return ""
    return say("{given!r} is not a web address: {wrong}", given=shown, wrong=wrong)


def bad_host(host: str) -> str:
    """What is wrong with the name or number of a machine; empty when nothing is."""
    try:
        host = ascii_host(host)
    except UnicodeError:
        return say("{host!r} cannot be sent as it is; write its xn-- form", host=clean(host, 80))
    return "" if is_host(host) else say("{host!r} is not a host name", host=clean(host, 80))


def _bad_rest(url: str, pages: bool) -> str:
    """What is wrong with all that comes after the host."""
    parts = urlsplit(url)
    segments = [segment for segment in parts.path.split("/") if segment]
    marks = [i for i, segment in enumerate(segments) if segment.lower() in _PAGES | _SERVICES]
    if "?" in url or "#" in url:
        fix = _corrected(url, segments, marks)
        return say("it goes on with a query or a fragment (? or #); {fix}", fix=fix)
    if pages and marks:
        page, fix = clean("/".join(segments[marks[0] :]), 80), _corrected(url, segments, marks)
        return say("/{page} is a page or a service of it; {fix}", page=page, fix=fix)
    if not parts.path.isascii():
        fixed = quote(parts.path, safe="/%:@!$&'()*+,;=~")
        fixed = f"{Origin.of(url)}{fixed}"
        return say("its path goes beyond ASCII; write it as {fixed}", fixed=fixed)
    return ""


def _corrected(url: str, segments: t.Sequence[str], marks: t.Sequence[int]) -> str:
    """What to write instead; ``marks`` are the places of segments of pages and services."""
    root = str(Origin.of(url))
    before = [clean(segment, 80) for segment in segments[: marks[0] if marks else len(segments)]]
    if marks and before and segments[marks[0]].lower() in _SERVICES:
        names = zip(("organization", "tenant"), before)
        given = [say("server.{option}: {name}", option=option, name=name) for option, name in names]
        return say("give {root} alone, with {given}", root=root, given=joined(given, ", "))
    path = quote("".join(f"/{segment}" for segment in before), safe="/%")
    return say("write it as {root}", root=root + path)
