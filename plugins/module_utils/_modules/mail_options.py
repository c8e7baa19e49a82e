# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What can be said about the options of ``mail_test`` before anything is sent.

Pure.

A rule returns why a value cannot be used and what to do, or nothing.  No sentence repeats a secret.
"""

from __future__ import annotations

import re
import typing as t

from .._argspec import secret_names
from .._errors import invalid
from .._host import is_host
from .._output.redact import clean
from .._phrase import say
from .._server.options import bad_seconds
from .._server.web_address import bad_host
from .._text import CONTROL, why_not_sent

Options = t.Mapping[str, t.Any]

#: What ends a line for somebody on the way; a password may hold any other character.
_LINE_ENDS = re.compile(r"[\r\n\0]")
_LITERAL = re.compile(r"\[(?:IPv6:)?[0-9A-Fa-f:.]+\]")


def judge(options: Options, within: str = "") -> None:
    """Raise ``Failure`` for what no message could be sent, or looked for, with."""
    for name, value in options.items():
        option = f"{within}{name}"
        if isinstance(value, dict):
            judge(value, f"{option}.")
            continue
        rule = _RULES.get(option, _no_reason)
        for item in value if isinstance(value, list) else [value]:
            reason = _text(name, item) if isinstance(item, str) else ""
            reason = reason or (rule(item) if item is not None else "")
            if reason:
                raise invalid(option, reason, "options")


def _text(name: str, text: str) -> str:
    if reason := why_not_sent(text):
        return reason
    unwanted = _LINE_ENDS if name in secret_names() else CONTROL
    if name != "body" and unwanted.search(text):
        return say("a line end or another control character does not belong there; remove it")
    return ""


def _no_reason(value: t.Any) -> str:
    return ""


def _name(value: str) -> str:
    """The name by which the client greets: a host, or an address in brackets (RFC 5321, 4.1.3)."""
    if value.isascii() and (is_host(value) or _LITERAL.fullmatch(value)):
        return ""
    return say(
        "{name!r} is not a host name in ASCII, nor an IP address in brackets", name=clean(value, 80)
    )


def _port(value: int) -> str:
    return "" if 1 <= value <= 65535 else say("{port} is not a port", port=value)


def _ascii(value: str) -> str:
    return "" if value.isascii() else say("an IMAP login takes ASCII only")


_RULES: t.Mapping[str, t.Callable[[t.Any], str]] = {
    "helo": _name,
    "timeout": bad_seconds,
    "seen.imap_host": bad_host,
    "seen.imap_port": _port,
    "seen.timeout": bad_seconds,
    "seen.username": _ascii,
    "seen.password": _ascii,
}
