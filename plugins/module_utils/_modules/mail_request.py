# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From the arguments of ``mail_test`` to a message and a way to send it.

Opens no connection.
"""

from __future__ import annotations

import datetime
import typing as t

from .._argspec import presets
from .._declaration.preflight import check, surroundings
from .._errors import Failure, invalid
from .._host import is_mailbox
from .._knowledge.providers import CUSTOM, of_host, preset, with_preset
from .._mail import message
from .._mail.mailbox import Inbox
from .._mail.smtp import Mail
from .._mail.walk import Proof
from .._phrase import say
from .._settings import MAIL, PASSWORD, wanted
from .._tls import client_context
from .mail_options import judge

if t.TYPE_CHECKING:
    from .._output.context import Context
    from .._output.report import Params

STOPS_BEFORE_LOGIN = ("connect", "tls")


def is_about_stored(params: Params) -> bool:
    """Whether no SMTP setting is given, so that the server is to test what it has stored."""
    return all(params[name] is None for name in (*MAIL, *presets()))


def settings_of(params: Params, context: Context) -> dict[str, t.Any]:
    """The settings to prove, on top of the preset if one is named, judged by all rules."""
    settings: dict[str, t.Any] = {n: v for n, v in wanted(params).items() if n in MAIL}
    provider = None
    if params["preset"]:
        provider = preset(params["preset"], params["custom_preset"])
        settings = with_preset(provider, settings, params["preset_region"])
    if not settings.get("smtp_host"):
        raise _wrong("smtp_host", say("give it, or a preset"))
    context.learn(settings.get(PASSWORD, ""), settings.get("smtp_username", ""))
    judge({**params, **settings})
    # From here any port can be tried, and an Orchestrator says itself what it cannot do.
    around = surroundings({**params, "implicit_tls": "allow"}, datetime.date.today())
    findings = check(settings, provider, around)
    for finding in findings.warnings:
        context.warn(finding.line)
    return dict(findings.demand())


def recipients_of(params: Params) -> list[str]:
    """The addresses to send to; raises ``Failure`` for none, and for what is no plain address."""
    if not params["recipients"]:
        raise _wrong("recipients", say("name at least one address"))
    return [
        message.plain_address(address.strip(), "recipients") for address in params["recipients"]
    ]


def request(params: Params, settings: t.Mapping[str, t.Any]) -> Proof:
    """What to send; raises ``Failure`` that names the option that is missing or wrong."""
    username = _username(params, settings)
    sender = _sender(settings)
    recipients = recipients_of(params)
    _require_trust(params)
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


def _sender(settings: t.Mapping[str, t.Any]) -> str:
    """The address to send from: that of the login where no other is given."""
    given, login = settings.get("default_from_address"), settings.get("smtp_username") or ""
    if not given and not is_mailbox(login):
        reason = say("give it, such as robots@example.com, as smtp_username is no plain address")
        raise _wrong("default_from_address", reason)
    return message.plain_address(given or login, "default_from_address")


def _require_trust(params: Params) -> None:
    """Refuse a file without CAs now, not in the middle of a conversation."""
    inbox = params["seen"] or {}
    for path, option in ((params["ca_path"], "ca_path"), (inbox.get("ca_path"), "seen.ca_path")):
        if path:
            client_context(path, option)


def provider_of(params: Params, host: str) -> str:
    """The preset, else the provider that ``host`` belongs to."""
    named = preset(params["preset"], params["custom_preset"]).id if params["preset"] else CUSTOM
    return of_host(host) if named == CUSTOM else named


def _username(params: Params, settings: t.Mapping[str, t.Any]) -> str:
    """The name to log in with, as Orchestrator's mail client would send it; empty for none."""
    name = str(settings.get("smtp_username", ""))
    if settings.get("use_default_credentials") or not name:
        return ""
    if not settings.get(PASSWORD) and params["stop_after"] not in STOPS_BEFORE_LOGIN:
        reason = say("smtp_username is given, so the login needs it too")
        raise _wrong("smtp_password", reason)
    domain = settings.get("smtp_domain")
    return f"{domain}\\{name}" if domain else name


def _inbox(params: Params) -> Inbox | None:
    found = params["seen"]
    if not found:
        return None
    return Inbox(
        host=found["imap_host"],
        port=found["imap_port"],
        username=found["username"],
        password=found["password"],
        mailbox=found["mailbox"],
        timeout=found["timeout"],
        ca_path=found["ca_path"] or params["ca_path"],
    )


def _wrong(option: str, reason: str) -> Failure:
    return invalid(option, reason, "options")
