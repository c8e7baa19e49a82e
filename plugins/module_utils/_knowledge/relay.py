# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""``preset: relay``: a mail server of one's own that encrypts and asks for no login.

Pure.

No provider, so no row of the table; and what says "no login" depends on the era.  Identity servers
have "Use TLS encryption" and "Require authentication" side by side, the latter kept the other way
round as ``use_default_credentials`` (vendor: release notes of Automation Suite 2023.10 store both
as true).  On the Mail tab of old, default credentials exclude SSL (vendor: Mail tab 2020.10), so an
empty user name says it there.
"""

from __future__ import annotations

import typing as t

from .._settings import IDENTITY, MAIL_TAB, Value, Values
from .provider import Provider

RELAY = Provider(
    id="relay",
    name="A relay of your own, encrypted and without a login",
    is_service=False,
    host_note="the name of the relay",
    port=25,
    username=None,
    password_kind="none",
    auth_login="not_needed",
)
#: What holds in every era.
COMMON: t.Mapping[str, Value] = {"enable_ssl": True, "smtp_username": "", "smtp_domain": ""}
SWITCH = "use_default_credentials"
BY_ERA: t.Mapping[str, Values] = {IDENTITY: {SWITCH: True}, MAIL_TAB: {SWITCH: False}}
