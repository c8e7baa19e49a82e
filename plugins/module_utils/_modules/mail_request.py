# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From the arguments of ``mail_test`` to a message and a way to send it.

Opens no connection.
"""

from __future__ import annotations

import datetime
import typing as t

from .._declaration.preflight import normalised
from .._errors import Failure, invalid
from .._knowledge.providers import CUSTOM, dated_warnings, of_host, preset, with_preset
from .._mail import message
from .._mail.mailbox import Inbox
from .._mail.smtp import Mail
from .._mail.walk import Proof
from .._settings import PASSWORD, wanted

if t.TYPE_CHECKING:
    from .._output.context import Context
    from .._output.report import Params

FORBIDDEN = frozenset("\r\n\0")
STOPS_BEFORE_LOGIN = ("connect", "tls")


def settings_of(params: Params, context: Context) -> dict[str, t.Any]:
    """The settings to prove, on top of the preset if one is named."""
    settings: dict[str, t.Any] = dict(wanted(params))
    if params["preset"]:
        provider = preset(params["preset"], params["custom_preset"])
        for text in dated_warnings(provider, datetime.date.today()):
            context.warn(text)
        settings = with_preset(provider, settings, params["preset_region"])
    if not settings.get("smtp_host"):
        raise _wrong("smtp_host", "give it, or a preset")
    context.learn(settings.get(PASSWORD, ""), settings.get("smtp_username", ""))
    _refuse_line_ends({**params, **settings})
    return normalised(settings)


def request(params: Params, settings: t.Mapping[str, t.Any]) -> Proof:
    """What to send; raises ``Failure`` that names the option that is missing or wrong."""
    username = _username(params, settings)
    sender = settings.get("default_from_address") or settings.get("smtp_username") or ""
    sender = message.plain_address(sender, "default_from_address")
    recipients = [message.plain_address(r, "recipients") for r in params["recipients"]]
    if not recipients:
        raise _wrong("recipients", "name at least one address")
    token = message.new_token()
    display_name = settings.get("default_from_display_name", "")
    envelope = message.Envelope(sender, display_name, tuple(recipients))
    subject, body = params["subject"] or message.SUBJECT, params["body"] or message.BODY
    mail = Mail(
        host=settings["smtp_host"],
        port=settings.get("smtp_port", 587),
        enable_ssl=settings.get("enable_ssl", True),
        username=username,
        password=settings.get(PASSWORD, ""),
        sender=sender,
        recipients=tuple(recipients),
        content=message.build(envelope, subject, body, token),
        timeout=params["timeout"],
        ca_path=params["ca_path"],
        helo=params["helo"],
        tls_on_connect=params["tls_on_connect"],
    )
    provider = provider_of(params, mail.host)
    return Proof(mail, provider, token, message.message_id(token, sender), _inbox(params))


def provider_of(params: Params, host: str) -> str:
    """The preset, else the provider that ``host`` belongs to."""
    named = params["preset"]
    return named if named and named != CUSTOM else of_host(host)


def _username(params: Params, settings: t.Mapping[str, t.Any]) -> str:
    """The name to log in with, as Orchestrator's mail client would send it; empty for none."""
    name = str(settings.get("smtp_username", ""))
    if settings.get("use_default_credentials") or not name:
        return ""
    if not settings.get(PASSWORD) and params["stop_after"] not in STOPS_BEFORE_LOGIN:
        raise _wrong("smtp_password", "smtp_username is given, so the login needs it too")
    domain = settings.get("smtp_domain")
    return f"{domain}\\{name}" if domain else name


def _inbox(params: Params) -> Inbox | None:
    found = params["seen"]
    if not found:
        return None
    if not (found["password"].isascii() and found["username"].isascii()):
        raise _wrong("seen", "username and password must be plain ASCII for an IMAP login")
    return Inbox(
        host=found["imap_host"],
        port=found["imap_port"],
        username=found["username"],
        password=found["password"],
        mailbox=found["mailbox"],
        timeout=found["timeout"],
        ca_path=found["ca_path"] or params["ca_path"],
    )


def _refuse_line_ends(options: t.Mapping[str, t.Any], within: str = "") -> None:
    for name, value in options.items():
        if isinstance(value, dict):
            _refuse_line_ends(value, f"{within}{name}.")
        texts = value if isinstance(value, list) else [value]
        bad = (text for text in texts if isinstance(text, str) and set(text) & FORBIDDEN)
        if name != "body" and next(bad, None) is not None:
            option = within + name
            raise _wrong(option, "a line end or NUL does not belong there; remove it")


def _wrong(option: str, reason: str) -> Failure:
    return invalid(option, reason, "options")
