# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Names of machines, and of mailboxes there: as people write them, and as they are sent.

Pure: no I/O, standard library only.
"""

from __future__ import annotations

import ipaddress
import re

_LABEL = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
_NAME = re.compile(rf"{_LABEL}(?:\.{_LABEL})*\.?", re.IGNORECASE | re.ASCII)
_LONGEST = 253
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
#: What stands before the @ without quotes (dot-atom, RFC 5322, 3.2.3).
LOCAL = re.compile(rf"{_ATOM}(?:\.{_ATOM})*")


def ascii_host(host: str) -> str:
    """``host`` as it is sent; raises ``UnicodeError`` (a ``ValueError``) where that is unclear.

    Python encodes by IDNA 2003, to which ``straße`` is ``strasse``; since IDNA 2008 these are two
    domains.  So a name that does not come back from the encoding as it was is refused.
    """
    if host.isascii():
        return host
    sent = host.encode("idna").decode("ascii")
    if sent.encode("ascii").decode("idna") != host.lower():
        raise UnicodeError("its letters mean another name in older software")
    return sent


def is_ip(host: str) -> bool:
    """Whether ``host`` is an IP address, with or without a zone."""
    try:
        ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True


def is_host(host: str) -> bool:
    """Whether ``host`` is the ASCII name, or the IP address, of a machine."""
    return is_ip(host) or (len(host) <= _LONGEST and _NAME.fullmatch(host) is not None)


def is_mailbox(address: str) -> bool:
    """Whether ``address`` is one plain address that every mail server on the way can take."""
    local, _at, domain = address.rpartition("@")
    try:
        domain = ascii_host(domain)
    except UnicodeError:
        return False
    return LOCAL.fullmatch(local) is not None and is_host(domain) and not is_ip(domain)
