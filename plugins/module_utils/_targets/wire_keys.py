# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The wire key of every setting, one table per naming style.

Source of the names: the vendor's settings schema and recorded answers for ``abp``, the ABP
framework's ``EmailSettingNames`` for ``abp_mailing``, the vendor's ``Get settings`` sample for
``identity``.  A dot is part of a key, never a path.
"""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, field

if t.TYPE_CHECKING:
    from .._settings import Values

Keys = t.Mapping[str, str]

ABP: Keys = {
    "enable_email_alerts": "Alerts.Email.Enabled",
    "use_default_credentials": "Abp.Net.Mail.Smtp.UseDefaultCredentials",
    "enable_ssl": "Abp.Net.Mail.Smtp.EnableSsl",
    "smtp_host": "Abp.Net.Mail.Smtp.Host",
    "smtp_port": "Abp.Net.Mail.Smtp.Port",
    "smtp_username": "Abp.Net.Mail.Smtp.UserName",
    "smtp_password": "Abp.Net.Mail.Smtp.Password",
    "smtp_domain": "Abp.Net.Mail.Smtp.Domain",
    "default_from_address": "Abp.Net.Mail.DefaultFromAddress",
    "default_from_display_name": "Abp.Net.Mail.DefaultFromDisplayName",
}

ABP_MAILING: Keys = {
    name: key.replace("Abp.Net.Mail.", "Abp.Mailing.") for name, key in ABP.items()
}

IDENTITY: Keys = {
    "use_default_credentials": "Email.Smtp.UseDefaultCredentials",
    "enable_ssl": "Email.Smtp.EnableSsl",
    "smtp_host": "Email.Smtp.Host",
    "smtp_port": "Email.Smtp.Port",
    "smtp_username": "Email.Smtp.UserName",
    "smtp_password": "Email.Smtp.Password",
    "smtp_domain": "Email.Smtp.Domain",
    "default_from_address": "Email.Smtp.FromEmail",
    "default_from_display_name": "Email.Smtp.FromDisplayName",
    "smtp_timeout": "Email.Smtp.ConnectionTimeout",
}

#: The block of a cluster configuration of Automation Suite (installation guide, "Insights-specific
#: configuration", 2023.10 and 2.2510).
INSIGHTS: Keys = {
    "enable_ssl": "tls_version",
    "smtp_host": "host",
    "smtp_port": "port",
    "smtp_username": "username",
    "smtp_password": "password",
    "default_from_address": "from_email",
}
#: Written for TLS where none was configured; any other value that is there is TLS as well.
INSIGHTS_TLS = "TLSv1_2"


@dataclass(frozen=True)
class Style:
    """How a kind of file calls the settings.

    ``section`` is where alone they are; ``typed`` says that numbers are written as numbers.
    ``defaults`` are what holds of settings that are absent, or that it has no key for.
    """

    keys: Keys
    section: str | None = None
    typed: bool = False
    defaults: Values = field(default_factory=dict)


#: The usual one first.
STYLES: t.Mapping[str, Style] = {
    "abp": Style(ABP),
    "abp_mailing": Style(ABP_MAILING),
    "identity": Style(IDENTITY),
    "insights": Style(
        INSIGHTS,
        "insights:smtp_configuration",
        typed=True,
        defaults={"enable_ssl": False, "use_default_credentials": False},
    ),
}


def is_tls(text: str) -> bool:
    """What a ``tls_version`` says about ``enable_ssl``; without one there is no TLS."""
    return bool(text.strip())
