# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pre-flight rules on the mail server: name, port, encryption, preset.

Pure.

A rule yields one sentence per finding, which names the option and the fix; none when all is well.
No sentence holds a secret.
"""

from __future__ import annotations

import typing as t

from .._host import is_host, is_ip
from .._phrase import say
from .._settings import IMPLICIT_TLS_PORTS, wire_text
from .case import BREAKS, Case

#: What a 32-bit number holds, as the setting is one on the server.
LONGEST_TIMEOUT = 2**31 - 1


def preset_unusable(case: Case) -> t.Iterator[str]:
    if case.provider is not None and not case.provider.usable:
        yield say(
            "preset: {preset} accepts no password any more; use another provider.",
            preset=case.provider.id,
        )


def preset_dated(case: Case) -> t.Iterator[str]:
    if case.provider is not None:
        # Whoever has a provider has loaded its table.
        from .._knowledge.providers import dated_warnings

        yield from dated_warnings(case.provider, case.circumstances.today)


def host_form(case: Case) -> t.Iterator[str]:
    host = case.text("smtp_host")
    if not host or BREAKS.search(host):
        return
    if not host.isascii() and _has_older_name(host):
        yield say(
            "smtp_host: {host!r} has letters that older and newer standards take for different "
            "names; give the ASCII form that begins with xn--.",
            host=host[:80],
        )
    elif not is_host(host):
        yield say(
            "smtp_host: {host!r} is not a host name; give the name alone, without scheme, "
            "port, path, brackets or space (the port belongs in smtp_port).",
            host=host[:80],
        )


def _has_older_name(host: str) -> bool:
    """Whether the older standard (IDNA 2003) knows a name for ``host``."""
    try:
        return bool(host.encode("idna"))
    except UnicodeError:
        return False


def host_is_ip(case: Case) -> t.Iterator[str]:
    if case.is_on("enable_ssl") and is_ip(case.text("smtp_host")):
        yield say(
            "smtp_host: certificates seldom name an IP address, so enable_ssl is "
            "likely to fail; give the name of the server."
        )


def host_empty(case: Case) -> t.Iterator[str]:
    if case.settings.get("smtp_host") == "":
        yield say(
            "smtp_host: it is empty, so no mail could be sent; give the mail server, "
            "or use state: inherited to go back to the server's own."
        )


def number_range(case: Case) -> t.Iterator[str]:
    port, milliseconds = case.settings.get("smtp_port"), case.settings.get("smtp_timeout")
    if port is not None and not _is_within(port, 65535):
        yield say(
            "smtp_port: {port} is not a port; give a number from 1 to 65535 (mostly 587).",
            port=wire_text(port),
        )
    if milliseconds is not None and not _is_within(milliseconds, LONGEST_TIMEOUT):
        yield say(
            "smtp_timeout: {milliseconds} is not a time; give milliseconds, such as 180000.",
            milliseconds=wire_text(milliseconds),
        )


def _is_within(value: t.Any, most: int) -> bool:
    # To Python a truth value is a number, and a YAML "yes" in the wrong line is one.
    return not isinstance(value, bool) and 1 <= int(value) <= most


def implicit_tls_port(case: Case) -> t.Iterator[str]:
    port = case.settings.get("smtp_port")
    refused = case.circumstances.implicit_tls != "allow"
    if port not in IMPLICIT_TLS_PORTS or case.is_off("enable_ssl") or not refused:
        return
    if case.provider is not None and case.provider.implicit_only:
        yield say(
            "smtp_port: {preset} is known to offer only {port}, which expects TLS "
            "from the first byte, and most Orchestrators cannot do that; use another "
            "provider, or set implicit_tls: allow if yours can.",
            preset=case.preset,
            port=port,
        )
    else:
        yield say(
            "smtp_port: {port} expects TLS from the first byte, which most "
            "Orchestrators cannot do with enable_ssl; use 587, or set implicit_tls: "
            "allow if yours can.",
            port=port,
        )


def port_25(case: Case) -> t.Iterator[str]:
    if case.is_service and case.settings.get("smtp_port") == 25:
        yield say("smtp_port: 25 is blocked or throttled by many networks; use 587.")


def preset_without_ssl(case: Case) -> t.Iterator[str]:
    if case.is_service and case.is_off("enable_ssl"):
        yield say(
            "enable_ssl: {preset} takes no mail without encryption; set it to true.",
            preset=case.preset,
        )
