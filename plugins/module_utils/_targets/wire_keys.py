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

STYLES: t.Mapping[str, Keys] = {"abp": ABP, "abp_mailing": ABP_MAILING, "identity": IDENTITY}
