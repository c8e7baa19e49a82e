# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What can be said about the option ``server`` before anything is sent.

Pure.

A rule returns why a value cannot be used and what to do, or nothing.  No sentence repeats a secret.
"""

from __future__ import annotations

import math
import re
import typing as t

from .._errors import invalid
from .._output.redact import clean
from .._phrase import joined, say
from .._text import CONTROL, why_not_sent
from .web_address import unusable

Options = t.Mapping[str, t.Any]

_GUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_HEADER_TEXT = re.compile(r"[!-~]+")


def judge(server: Options) -> None:
    """Raise ``Failure`` for what no server could be asked with; all findings are in it."""
    # An address that is left empty is no address, unless both APIs have one of their own.
    explicit = server.get("orchestrator_url") and server.get("identity_url")
    unset = (None, "") if explicit else (None,)
    found = [
        (option, reason)
        for option, rule in _RULES
        if (value := server.get(option)) not in (unset if option == "url" else (None, ""))
        and (reason := rule(value))
    ]
    if found:
        option, reason = found[0]
        more = [say("server.{option}: {said}", option=n, said=text) for n, text in found[1:]]
        raise invalid(f"server.{option}", joined([reason, *more], ". "), "options")


def _identifier(value: str) -> str:
    if _GUID.fullmatch(value):
        return ""
    return say(
        "{given!r} is not a GUID; write it as 12345678-90ab-cdef-1234-567890abcdef, without "
        "braces, or leave it out: most tokens name their organization themselves",
        given=clean(value, 80),
    )


def _token(value: str) -> str:
    if _HEADER_TEXT.fullmatch(value):
        return ""
    return say(
        "a token has no blank, line end or character beyond ASCII in it; give the token alone, "
        "without a line end after it and without the word Bearer before it"
    )


def no_name(value: str) -> str:
    """Why ``value`` is not the name of a tenant or an organization; empty when it may be one."""
    if CONTROL.search(value) or value.strip() in ("", ".", ".."):
        shown = clean(value, 80)
        return say("{given!r} is not a name; write it as the portal shows it", given=shown)
    return why_not_sent(value)


def bad_seconds(value: float) -> str:
    """What is wrong with a time to wait, in seconds; empty when nothing is."""
    if math.isfinite(value) and value > 0:
        return ""
    return say("{given} is not a time; give seconds, such as 60", given=value)


_RULES: tuple[tuple[str, t.Callable[[t.Any], str]], ...] = (
    ("url", lambda url: unusable(url, pages=True)),
    ("orchestrator_url", unusable),
    ("identity_url", unusable),
    ("organization", no_name),
    ("tenant", no_name),
    ("organization_id", _identifier),
    ("access_token", _token),
    ("client_id", why_not_sent),
    ("client_secret", why_not_sent),
    ("username", why_not_sent),
    ("password", why_not_sent),
    ("timeout", bad_seconds),
)
