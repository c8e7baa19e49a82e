# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What can be said about a declaration before any connection is made.

Pure.

All rules look at all of it, so that five mistakes are five findings of one run.  A rule judges only
what it is given: what the target holds, and of which era it is, is known later, and then ``judge``
asks again.  The rules that need a mail server to look at are stages of ``mail_test``.
"""

from __future__ import annotations

import datetime
import typing as t
from dataclasses import dataclass, field

from .._argspec import secret_names
from .._errors import Failure
from .._host import ascii_host
from .._phrase import joined, say
from .._settings import PASSWORD, Value, Values
from . import account_rules as account
from . import server_rules as server
from .case import Case, Circumstances

if t.TYPE_CHECKING:
    from .._knowledge.provider import Provider


ERROR, WARNING = "error", "warning"


@dataclass(frozen=True)
class Finding:
    """One sentence that names the option and the fix; ``rule`` is its id in the documentation."""

    rule: str
    grade: str
    text: str

    @property
    def is_error(self) -> bool:
        return self.grade == ERROR

    @property
    def line(self) -> str:
        """The sentence with its id behind it."""
        return say("{text} [{rule}]", text=self.text, rule=self.rule)


@dataclass(frozen=True)
class Findings:
    """All findings, in the order of the rules, and the ``settings`` to go on with."""

    errors: tuple[Finding, ...]
    warnings: tuple[Finding, ...]
    settings: Values = field(repr=False)

    def demand(self) -> Values:
        """The settings; raises ``Failure`` with all errors in one message."""
        if not self.errors:
            return self.settings
        raise refusal([*self.errors, *self.warnings])


def refusal(found: t.Sequence[Finding]) -> Failure:
    """All that was found; the errors of it are the message."""
    lines = joined([finding.line for finding in found if finding.is_error])
    shown = [vars(finding) for finding in found]
    return Failure("preflight", findings=lines, stage="preflight", result={"findings": shown})


@dataclass(frozen=True)
class Rule:
    """``id`` is looked up in the documentation; ``grade`` may depend on the case."""

    id: str
    grade: str | t.Callable[[Case], str]
    find: t.Callable[[Case], t.Iterator[str]]

    def graded(self, case: Case) -> str:
        return self.grade if isinstance(self.grade, str) else self.grade(case)


def _from_grade(case: Case) -> str:
    return ERROR if case.provider is not None and case.provider.id == "gmail" else WARNING


#: Every rule, in the order of its findings.
RULES: tuple[Rule, ...] = (
    Rule("mask-as-secret", ERROR, account.mask_as_secret),
    Rule("preset-unusable", ERROR, server.preset_unusable),
    Rule("preset-dated", WARNING, server.preset_dated),
    Rule("line-breaks", ERROR, account.line_breaks),
    Rule("half-character", ERROR, account.half_character),
    Rule("host-form", ERROR, server.host_form),
    Rule("host-is-ip", WARNING, server.host_is_ip),
    Rule("host-empty", ERROR, server.host_empty),
    Rule("number-range", ERROR, server.number_range),
    Rule("implicit-tls-port", ERROR, server.implicit_tls_port),
    Rule("port-25", WARNING, server.port_25),
    Rule("preset-without-ssl", ERROR, server.preset_without_ssl),
    Rule("password-in-clear", WARNING, account.password_in_clear),
    Rule("ssl-with-default-credentials", ERROR, account.ssl_with_default_credentials),
    Rule("credentials-ignored", WARNING, account.credentials_ignored),
    Rule("domain-before-username", ERROR, account.domain_before_username),
    Rule("anonymous", WARNING, account.anonymous),
    Rule("no-login", ERROR, account.no_login),
    Rule("username-form", ERROR, account.username_form),
    Rule("username-elsewhere", WARNING, account.username_elsewhere),
    Rule("password-form", WARNING, account.password_form),
    Rule("password-ends", ERROR, account.password_ends),
    Rule("from-is-username", _from_grade, account.from_is_username),
    Rule("address-syntax", ERROR, account.address_syntax),
    Rule("from-needs-smtputf8", ERROR, account.from_needs_smtputf8),
)


def check(declared: Values, provider: Provider | None, circumstances: Circumstances) -> Findings:
    """Judge ``declared`` (with the settings of a preset already in it); opens no connection."""
    case = Case(normalised(declared), provider, circumstances)
    found = [
        Finding(rule.id, rule.graded(case), text) for rule in RULES for text in rule.find(case)
    ]
    errors = tuple(finding for finding in found if finding.is_error)
    warnings = tuple(finding for finding in found if not finding.is_error)
    return Findings(errors, warnings, case.settings)


def normalised(declared: Values) -> dict[str, Value]:
    """``declared`` as servers need it; says the same in other words.

    A host loses the dot at its end and gets the ASCII form of an international name.  A user with a
    password means that ``use_default_credentials`` is off: where nobody says so, the Orchestrator's
    default is on, and user and password would be ignored.
    """
    settings = dict(declared)
    if isinstance(settings.get("smtp_host"), str):
        settings["smtp_host"] = _ascii_host(str(settings["smtp_host"]))
    if settings.get("smtp_username") and settings.get(PASSWORD):
        settings.setdefault("use_default_credentials", False)
    return settings


def _ascii_host(host: str) -> str:
    """The ASCII form of ``host``, unless the two standards of names differ about it.

    What IDNA 2003 maps to other letters (``ß`` to ``ss``) may be another domain since IDNA 2008;
    the rule on hosts says so.
    """
    host = host[:-1] if host.endswith(".") else host
    try:
        return ascii_host(host)
    except UnicodeError:
        return host


def surroundings(params: t.Mapping[str, t.Any], today: datetime.date) -> Circumstances:
    """What module arguments hold beside the settings."""
    server_options = params.get("server") or {}
    recipient = params.get("verify_recipient")
    secrets = {f"server.{n}": v for n, v in server_options.items() if v and n in secret_names()}
    if params.get("password_record_key"):
        secrets["password_record_key"] = params["password_record_key"]
    return Circumstances(
        today,
        implicit_tls=params.get("implicit_tls") or "refuse",
        secrets=secrets,
        addresses={} if recipient is None else {"verify_recipient": recipient},
    )
