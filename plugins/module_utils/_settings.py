# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The settings of the Mail tab: what they are called, how they compare, how they are shown.

Pure: no I/O, standard library only.

``Values`` maps option names to typed values (bool, int or str).  An absent name is not managed or
not known; an empty string is a cleared text.
"""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

Value = t.Union[bool, int, str]
Values = t.Mapping[str, Value]

PASSWORD = "smtp_password"
#: What the settings mean to their keeper: those of System.Net.Mail on the Mail tab, up to 2021.4
#: and in files, or the newer ones of the Identity server, where ``use_default_credentials`` says
#: that no authentication is required.
MAIL_TAB, IDENTITY = "mail_tab", "identity"
TRUE_WORDS = frozenset(("true", "1", "yes", "on"))
FALSE_WORDS = frozenset(("false", "0", "no", "off", ""))
_BOOLEANS = {**dict.fromkeys(TRUE_WORDS, True), **dict.fromkeys(FALSE_WORDS, False)}


@dataclass(frozen=True)
class Setting:
    """One field of the Mail tab.

    ``kind`` decides typing and comparison: ``bool``, ``int``, ``text``, ``host`` (case does not
    count) or ``secret``.  ``label`` is the field's name on the Mail tab.  ``mail`` tells the
    SMTP settings from the alert switch, which lives elsewhere on newer servers.
    """

    name: str
    label: str
    kind: str
    mail: bool = True


SETTINGS: tuple[Setting, ...] = (
    Setting("enable_email_alerts", "Enable email alerts", "bool", mail=False),
    Setting("use_default_credentials", "Use default credentials", "bool"),
    Setting("enable_ssl", "Enable SSL", "bool"),
    Setting("smtp_host", "SMTP Host", "host"),
    Setting("smtp_port", "SMTP Port", "int"),
    Setting("smtp_username", "SMTP Username", "text"),
    Setting(PASSWORD, "SMTP Password", "secret"),
    Setting("smtp_domain", "SMTP Domain", "text"),
    Setting("default_from_address", "Default From Address", "text"),
    Setting("default_from_display_name", "Default From Display Name", "text"),
    Setting("smtp_timeout", "Timeout", "int"),
)
BY_NAME: t.Mapping[str, Setting] = {setting.name: setting for setting in SETTINGS}
NAMES: tuple[str, ...] = tuple(BY_NAME)
#: What the server needs to send mail: all but the alert switch.
MAIL: tuple[str, ...] = tuple(setting.name for setting in SETTINGS if setting.mail)

#: Characters; what is longer is no value of any setting (the longest real ones have some hundred).
LONGEST_VALUE = 64 * 1024
#: A text with more digits than that is no number that any setting holds.
LONGEST_NUMBER = 18
#: Ports on which a mail server expects TLS from the first byte (RFC 8314, 3.3).
IMPLICIT_TLS_PORTS = frozenset((465, 2465))
#: Settings whose change sends the stored password to another place (the reuse guard).
PASSWORD_BOUND = (
    "use_default_credentials",
    "enable_ssl",
    "smtp_host",
    "smtp_port",
    "smtp_username",
    "smtp_domain",
)


def wanted(params: t.Mapping[str, t.Any]) -> dict[str, Value]:
    """The declared settings among module arguments, in the order of the table."""
    return {name: params[name] for name in NAMES if params.get(name) is not None}


def same(name: str, one: Value | None, other: Value | None) -> bool:
    """Whether two typed values of the setting ``name`` mean the same."""
    if BY_NAME[name].kind == "host":
        return str(one or "").lower() == str(other or "").lower()
    if BY_NAME[name].kind in ("text", "secret"):
        return (one or "") == (other or "")
    return one == other


def differing(current: Values, declared: Values) -> tuple[str, ...]:
    """Names of declared settings that differ from ``current``, in the order of the table.

    The password is left out: whether it differs is decided by evidence, not by comparison.
    """
    return tuple(
        name
        for name in NAMES
        if name in declared
        and name != PASSWORD
        and not same(name, current.get(name), declared[name])
    )


def typed(name: str, text: t.Any) -> Value:
    """A wire or file value as our type.

    Servers answer ``"True"``, ``true`` or ``1``, and ``" 587 "`` or ``587``, for the same thing.
    Text that is no boolean or number is kept as text: it then differs from every declared value.
    """
    kind = BY_NAME[name].kind
    said = "" if text is None else str(text)
    if kind not in ("bool", "int"):
        return said
    word = said.strip()
    if kind == "bool":
        return _BOOLEANS.get(word.lower(), word)
    is_number = word.isascii() and word.isdigit() and len(word) <= LONGEST_NUMBER
    return int(word) if is_number else word


def fits(name: str, value: Value) -> bool:
    """Whether a value is of the kind of its setting; odd text of a server may not be."""
    kind = {"bool": bool, "int": int}.get(BY_NAME[name].kind, str)
    # To Python a truth value is a number, to the Mail tab it is not.
    return isinstance(value, kind) and isinstance(value, bool) == (kind is bool)


def wire_text(value: Value) -> str:
    """A typed value as the text that servers and files store (booleans in lower case)."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def shown(values: Values, password_set: bool | None) -> dict[str, t.Any]:
    """``values`` for a result: no password, but whether one is set (None = not known)."""
    visible: dict[str, t.Any] = {n: values[n] for n in NAMES if n in values and n != PASSWORD}
    visible[PASSWORD + "_set"] = password_set
    return visible
