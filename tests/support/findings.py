# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Declarations that a pre-flight rule has something to say about, each of one mistake."""

from __future__ import annotations

GOOD = {
    "enable_email_alerts": True,
    "use_default_credentials": False,
    "enable_ssl": True,
    "smtp_host": "smtp.gmail.com",
    "smtp_port": 587,
    "smtp_username": "robots@gmail.com",
    "smtp_password": "abcdefghijklmnop",
    "smtp_domain": "",
    "default_from_address": "robots@gmail.com",
    "default_from_display_name": "Röbots",
    "smtp_timeout": 180000,
}

# rule, grade, provider, what differs from GOOD (None = not declared)
FIRING = [
    ("mask-as-secret", "error", None, {"smtp_password": "********"}),
    ("mask-as-secret", "error", None, {"smtp_password": "••••••"}),
    ("mask-as-secret", "error", None, {"smtp_password": "$encrypted$"}),
    ("mask-as-secret", "error", None, {"smtp_password": "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER"}),
    ("mask-as-secret", "error", None, {"smtp_password": "$(SMTP_PASSWORD)"}),
    ("preset-unusable", "error", "outlook_com", {}),
    ("preset-dated", "warning", "microsoft365", {}),
    ("line-breaks", "error", None, {"default_from_display_name": "a\r\nBcc: x@y.z"}),
    ("line-breaks", "error", None, {"smtp_domain": "a\0b"}),
    ("half-character", "error", None, {"default_from_display_name": "\ud83d"}),
    ("half-character", "error", None, {"smtp_password": "a\udcffb"}),
    ("host-form", "error", None, {"smtp_host": "smtp://mail.example.com"}),
    ("host-form", "error", None, {"smtp_host": "mail.example.com:587"}),
    ("host-form", "error", None, {"smtp_host": "mail.example.com/path"}),
    ("host-form", "error", None, {"smtp_host": "mail example.com"}),
    ("host-form", "error", None, {"smtp_host": "mail.straße.de"}),
    ("host-is-ip", "warning", None, {"smtp_host": "192.0.2.1"}),
    ("host-is-ip", "warning", None, {"smtp_host": "2001:db8::1"}),
    ("host-empty", "error", None, {"smtp_host": ""}),
    ("number-range", "error", None, {"smtp_port": 0}),
    ("number-range", "error", None, {"smtp_port": 65536}),
    ("number-range", "error", None, {"smtp_port": True}),
    ("number-range", "error", None, {"smtp_timeout": 0}),
    ("number-range", "error", None, {"smtp_timeout": 2**31}),
    ("implicit-tls-port", "error", None, {"smtp_port": 465}),
    ("implicit-tls-port", "error", None, {"smtp_port": 2465, "enable_ssl": None}),
    ("port-25", "warning", "gmail", {"smtp_port": 25}),
    ("preset-without-ssl", "error", "gmail", {"enable_ssl": False}),
    ("password-in-clear", "warning", None, {"enable_ssl": False}),
    ("password-in-clear", "warning", "internal_relay", {"enable_ssl": False}),
    ("ssl-with-default-credentials", "error", None, {"use_default_credentials": True}),
    ("credentials-ignored", "warning", None, {"use_default_credentials": True}),
    ("domain-before-username", "error", None, {"smtp_domain": "CORP"}),
    ("domain-before-username", "error", "gmail", {"smtp_domain": "CORP", "smtp_username": None}),
    ("anonymous", "warning", None, {"smtp_username": ""}),
    ("no-login", "error", "relay", {"smtp_username": "robots"}),
    ("no-login", "error", "relay", {"smtp_username": None}),
    ("username-form", "error", "gmail", {"smtp_username": "robots"}),
    ("username-form", "error", "sendgrid", {"smtp_username": "robots"}),
    ("username-form", "error", "postmark", {"smtp_username": "robots@example.com"}),
    ("password-form", "warning", "gmail", {"smtp_password": "Summer2026!"}),
    ("username-elsewhere", "warning", "microsoft365", {"smtp_username": "me@Hotmail.com"}),
    # In no word of ours: from ansible-core 2.22 on Ansible masks passwords in all that it shows.
    ("password-ends", "error", None, {"smtp_password": "S2m6 "}),
    ("password-ends", "error", None, {"smtp_password": "S2\nm6"}),
    ("from-is-username", "error", "gmail", {"default_from_address": "ops@example.com"}),
    ("from-is-username", "warning", "microsoft365", {"default_from_address": "ops@example.com"}),
    ("address-syntax", "error", None, {"default_from_address": "Ops <ops@example.com>"}),
    ("address-syntax", "error", None, {"default_from_address": "ops"}),
    ("from-needs-smtputf8", "error", None, {"default_from_address": "bücher@example.com"}),
]
