# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pre-flight rules on the account: user, password, sender.

Pure.

A rule yields one sentence per finding, which names the option and the fix; none when all is well.
No sentence holds a secret.
"""

from __future__ import annotations

import re
import typing as t

from .._output.redact import clean
from .._phrase import say
from .._settings import MAIL_TAB, PASSWORD
from .._text import why_not_sent
from .case import ADDRESS, BREAKS, Case
from .masks import is_mask

#: Mail without a login came with 2022.10, which names the same number as 2022.4: 15.
FIRST_ANONYMOUS_API = 16.0


def mask_as_secret(case: Case) -> t.Iterator[str]:
    for name, secret in {PASSWORD: case.text(PASSWORD), **case.circumstances.secrets}.items():
        if is_mask(secret):
            yield say(
                "{option}: is a mask, a placeholder or an encrypted text, not the secret itself; "
                "give the real one, or leave it out.",
                option=name,
            )


def line_breaks(case: Case) -> t.Iterator[str]:
    given = {**case.settings, **case.circumstances.addresses}
    for name, value in given.items():
        if name != PASSWORD and isinstance(value, str) and BREAKS.search(value):
            yield say(
                "{option}: holds a line end or a NUL character; give one line of text.", option=name
            )


def half_character(case: Case) -> t.Iterator[str]:
    given = {**case.settings, **case.circumstances.addresses}
    for name, value in given.items():
        if isinstance(value, str) and (reason := why_not_sent(value)):
            yield say("{option}: {reason}.", option=name, reason=reason)


def password_in_clear(case: Case) -> t.Iterator[str]:
    if case.is_off("enable_ssl") and case.signs_in and not case.is_service:
        yield say("enable_ssl: without it the SMTP password travels in clear; set it to true.")


def ssl_with_default_credentials(case: Case) -> t.Iterator[str]:
    both = case.is_on("enable_ssl") and case.is_on("use_default_credentials")
    if both and case.circumstances.era == MAIL_TAB:
        yield say(
            "use_default_credentials: cannot be on together with enable_ssl; set one to false."
        )


def credentials_ignored(case: Case) -> t.Iterator[str]:
    if case.is_on("use_default_credentials") and case.signs_in:
        yield say(
            "use_default_credentials: while it is on, smtp_username and "
            "smtp_password are ignored; set it to false or leave them out."
        )


def domain_before_username(case: Case) -> t.Iterator[str]:
    if case.text("smtp_domain") and (case.is_service or "@" in case.text("smtp_username")):
        yield say(
            "smtp_domain: it turns the user name into DOMAIN\\user, which the mail "
            'server does not know; set it to "".'
        )


def anonymous(case: Case) -> t.Iterator[str]:
    empty = case.settings.get("smtp_username") == ""
    nobody = empty and not case.is_on("use_default_credentials") and case.text("smtp_host")
    if nobody and _may_be_too_old(case):
        yield say(
            "smtp_username: mail without a login works only on later Orchestrators "
            "(2022.10); give a user, or prove it with verify_recipient."
        )


def _may_be_too_old(case: Case) -> bool:
    era, version = case.circumstances.era, case.circumstances.version
    if version is None:
        return era == MAIL_TAB
    return era is not None and float(version) < FIRST_ANONYMOUS_API


def no_login(case: Case) -> t.Iterator[str]:
    provider = case.provider
    if provider and provider.username is None and not provider.username_optional and case.signs_in:
        yield say(
            "smtp_username: {preset} is for mail without a login; leave smtp_username and "
            "smtp_password out, or leave the preset out.",
            preset=case.preset,
        )


def username_form(case: Case) -> t.Iterator[str]:
    user, provider = case.text("smtp_username"), case.provider
    if provider is None or not user:
        return
    if provider.username == "literal" and user != provider.username_literal:
        yield say(
            "smtp_username: {preset} wants exactly the word {username_literal}.",
            preset=case.preset,
            username_literal=provider.username_literal,
        )
    if provider.username == "email" and not ADDRESS.fullmatch(user):
        yield say(
            "smtp_username: {preset} wants the full address, such as robots@example.com.",
            preset=case.preset,
        )
    if provider.username == "token" and "@" in user:
        yield say(
            "smtp_username: {preset} wants a token of the provider, not an address.",
            preset=case.preset,
        )


def username_elsewhere(case: Case) -> t.Iterator[str]:
    user, provider = case.text("smtp_username"), case.provider
    if provider and provider.username_elsewhere and re.search(provider.username_elsewhere, user):
        yield say(
            "smtp_username: {user} is a personal address, which {preset} does not "
            "serve: no password works there any more; use a mailbox of the tenant, "
            "or another provider.",
            user=clean(user, 80),
            preset=case.preset,
        )


def password_form(case: Case) -> t.Iterator[str]:
    provider, password = case.provider, case.text(PASSWORD)
    pattern = provider.password_looks_like if provider else ""
    if provider and pattern and password and not re.search(pattern, password):
        page = provider.password_page
        made = (
            say("Make one at {page}.", page=page)
            if page
            else say("The provider's page says where it is made.")
        )
        yield say(
            "smtp_password: does not look like what {preset} takes, which is: "
            "{password_kind}; the password of the account is another one. {made}",
            preset=case.preset,
            password_kind=provider.password_kind,
            made=made,
        )


def password_ends(case: Case) -> t.Iterator[str]:
    password = case.text(PASSWORD)
    if password != password.strip() or BREAKS.search(password):
        yield say(
            "smtp_password: begins or ends with a space or holds a line end, as "
            "happens when copying; give it without, for example with the filter trim."
        )


def from_is_username(case: Case) -> t.Iterator[str]:
    sender, user = case.text("default_from_address"), case.text("smtp_username")
    bound = case.provider is not None and case.provider.from_is_username
    if bound and sender and user and sender.lower() != user.lower():
        yield say(
            "default_from_address: {preset} rejects or rewrites a sender that is not "
            "smtp_username; use the same address.",
            preset=case.preset,
        )


def address_syntax(case: Case) -> t.Iterator[str]:
    sender = {"default_from_address": case.text("default_from_address")}
    for name, address in {**sender, **case.circumstances.addresses}.items():
        if address and not BREAKS.search(address) and not ADDRESS.fullmatch(address):
            yield say(
                "{option}: {address!r} is not one plain address such as "
                "robots@example.com (a name belongs in default_from_display_name).",
                option=name,
                address=clean(address, 80),
            )


def from_needs_smtputf8(case: Case) -> t.Iterator[str]:
    local = case.text("default_from_address").rpartition("@")[0]
    if not local.isascii():
        yield say(
            "default_from_address: letters beyond ASCII before the @ need SMTPUTF8 "
            "on every server on the way; use another address."
        )
