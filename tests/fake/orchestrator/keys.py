# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The mail keys of both surfaces and what kind of value each holds."""

from __future__ import annotations

A_HOST = "Abp.Net.Mail.Smtp.Host"
A_PORT = "Abp.Net.Mail.Smtp.Port"
A_USER = "Abp.Net.Mail.Smtp.UserName"
A_PASSWORD = "Abp.Net.Mail.Smtp.Password"
A_DOMAIN = "Abp.Net.Mail.Smtp.Domain"
A_SSL = "Abp.Net.Mail.Smtp.EnableSsl"
A_DEFAULT_CREDENTIALS = "Abp.Net.Mail.Smtp.UseDefaultCredentials"
A_FROM = "Abp.Net.Mail.DefaultFromAddress"
A_FROM_NAME = "Abp.Net.Mail.DefaultFromDisplayName"
A_ALERTS = "Alerts.Email.Enabled"

B_HOST = "Email.Smtp.Host"
B_PORT = "Email.Smtp.Port"
B_USER = "Email.Smtp.UserName"
B_PASSWORD = "Email.Smtp.Password"
B_DOMAIN = "Email.Smtp.Domain"
B_SSL = "Email.Smtp.EnableSsl"
B_DEFAULT_CREDENTIALS = "Email.Smtp.UseDefaultCredentials"
B_FROM = "Email.Smtp.FromEmail"
B_FROM_NAME = "Email.Smtp.FromDisplayName"
B_TIMEOUT = "Email.Smtp.ConnectionTimeout"

B_KEYS = (
    B_HOST,
    B_PORT,
    B_USER,
    B_PASSWORD,
    B_DOMAIN,
    B_SSL,
    B_DEFAULT_CREDENTIALS,
    B_FROM,
    B_FROM_NAME,
    B_TIMEOUT,
)

PASSWORDS = frozenset({A_PASSWORD, B_PASSWORD})
PORTS = frozenset({A_PORT, B_PORT})
BOOLEANS = frozenset({A_SSL, A_DEFAULT_CREDENTIALS, A_ALERTS, B_SSL, B_DEFAULT_CREDENTIALS})

# One third-party report: the server wants these in one request when any of them changes. Whether
# the password counts is not known, and a client that was given none cannot send it.
A_TOGETHER = frozenset({A_HOST, A_PORT, A_USER})
A_TOGETHER_WITH_PASSWORD = A_TOGETHER | {A_PASSWORD}
# The vendor's command line tool sends these three in every write.
B_TOGETHER = frozenset({B_HOST, B_PORT, B_FROM})
