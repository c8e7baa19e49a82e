# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is known about a mail provider: the shape of a row of ``provider_table``.

Pure.

Named tuples, as every start of a module makes these classes, and dataclasses take several times as
long to make.  The annotation of a field is a word, perhaps ``tuple[word, ...]`` or ``word | None``:
``custom_preset`` reads a preset of the user's own by these words.
"""

from __future__ import annotations

import typing as t

#: From 1 to 65535.
PortNumber = int
#: A regular expression.
Pattern = str
#: A day as ISO 8601 writes it, such as ``2027-05-01``.
Date = str

#: How encryption starts: ``starttls`` is what ``Enable SSL`` means on System.Net.Mail, which cannot
#: do ``implicit`` (TLS from the first byte).
Tls = t.Literal["starttls", "implicit"]
#: The full address, exactly ``username_literal``, or something that the provider hands out.
Username = t.Literal["email", "literal", "token", "credential"]
#: Which From address is accepted.
FromRule = t.Literal[
    "equals_username", "owned_address", "verified_sender", "verified_domain", "any"
]
#: A From address that the preset fills in.
PresetFromRule = t.Literal["equals_username"]
#: What happens to mail from another address.
OnMismatch = t.Literal["reject", "rewrite", "undeliverable"]
#: Whether the server offers AUTH LOGIN, the password login that System.Net.Mail has: it was seen,
#: it has to be probed, there is only OAuth, or no login is needed.
AuthLogin = t.Literal["known", "probe", "oauth_only", "not_needed"]
#: Whether the provider's own page was read.
Evidence = t.Literal["vendor", "secondary"]


class Port(t.NamedTuple):
    """A port, and how encryption starts there."""

    port: PortNumber
    tls: Tls


class RegionHost(t.NamedTuple):
    """A region whose host ``host_template`` does not give."""

    region: str
    host: str


class Limits(t.NamedTuple):
    """How much the provider lets through, as it counts; ``None`` where it says nothing."""

    messages_per_minute: int | None = None
    messages_per_hour: int | None = None
    messages_per_day: int | None = None
    messages_per_day_trial: int | None = None
    messages_per_day_free: int | None = None
    #: As users say, not the vendor.
    messages_per_day_reported: int | None = None
    recipients_per_smtp_message: int | None = None
    recipients_per_day: int | None = None
    messages_per_user_per_day: int | None = None
    recipients_per_org_per_day: int | None = None
    recipients_per_org_per_10_minutes: int | None = None
    #: What a new account has to put up with, in words.
    sandbox: str | None = None


class Caveat(t.NamedTuple):
    """One sentence to know before use; news, and a warning, around its date if it has one."""

    text: str
    since: Date | None = None
    until: Date | None = None
    #: For whoever keeps the table: how sure this is.
    note: str = ""


class Source(t.NamedTuple):
    """Where a fact was read, and which; ``search`` is for one that no single page has."""

    url: str = ""
    what: str = ""
    search: str = ""


class Provider(t.NamedTuple):
    """A mail provider; the defaults are what most have."""

    #: The value of the option ``preset``.
    id: str
    name: str = ""
    #: Whether this is a service on the internet, not a server of one's own.
    is_service: bool = True
    #: Whether a password is still accepted there at all.
    usable: bool = True

    #: The address to submit to; ``None`` where every region, tenant or company has its own.
    host: str | None = None
    #: What to know about the host, or to write as ``smtp_host`` where there is none.
    host_note: str = ""
    #: Names that lead, or led, to the same service.
    other_hosts: tuple[str, ...] = ()
    #: What the hosts of all regions look like.
    host_pattern: Pattern = ""
    #: The host, with ``{region}`` for ``preset_region``, and which regions are possible.
    host_template: str = ""
    region_pattern: Pattern = ""
    region_hosts: tuple[RegionHost, ...] = ()
    port: PortNumber = 587
    tls: Tls = "starttls"
    other_ports: tuple[Port, ...] = ()
    #: What the vendor recommends where it is not what ``port`` and ``tls`` say.
    preferred_by_vendor: Port | None = None

    #: What the user name is; ``None`` where nobody logs in.
    username: Username | None = "email"
    username_literal: str = ""
    username_note: str = ""
    #: User names that belong to another service, where this preset cannot work.
    username_elsewhere: Pattern = ""
    #: Whether mail is taken without a login as well.
    username_optional: bool = False
    password_kind: str = ""
    password_looks_like: Pattern = ""
    #: The page where such a password is made.
    password_page: str = ""
    #: Whether the password is shown in groups, whose spaces are not part of it.
    password_strip_spaces: bool = False
    password_equals_username: bool = False
    auth_login: AuthLogin = "probe"

    from_rule: FromRule = "any"
    from_on_mismatch: OnMismatch = "reject"
    preset_from_rule: PresetFromRule | None = None

    limits: Limits | None = None
    #: Where the limits were read, if not in ``sources``.
    limits_source: str = ""
    #: What has to be done at the provider first.
    prerequisites: tuple[str, ...] = ()
    caveats: tuple[Caveat, ...] = ()
    #: Look again at a row once this day has passed.
    review_by: Date = ""
    evidence: Evidence | None = None
    sources: tuple[Source, ...] = ()

    @property
    def implicit_only(self) -> bool:
        """Whether every port starts with TLS, which System.Net.Mail cannot do."""
        ports = (Port(self.port, self.tls), *self.other_ports)
        return all(port.tls == "implicit" for port in ports)

    @property
    def from_is_username(self) -> bool:
        """Whether From has to be the user name, by the provider's rule or by the preset's."""
        return "equals_username" in (self.from_rule, self.preset_from_rule)
