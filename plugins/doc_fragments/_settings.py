# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Documentation of the fields of the Mail tab and of the presets."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  enable_email_alerts:
    description: Enable email alerts. Kept per tenant, on the Orchestrator API, in every version.
    type: bool
  use_default_credentials:
    description:
      - Use default credentials, that is, sign in to the SMTP server as the account that runs Orchestrator.
      - User name and password are ignored then.
    type: bool
  enable_ssl:
    description: Enable SSL. The connection is upgraded by STARTTLS.
    type: bool
  smtp_host:
    description: SMTP Host. A name without scheme and port.
    type: str
  smtp_port:
    description: SMTP Port, from 1 to 65535.
    type: int
  smtp_username:
    description: SMTP Username.
    type: str
  smtp_password:
    description: SMTP Password. Never returned, never shown.
    type: str
  smtp_domain:
    description: SMTP Domain. Leave it empty with an address as user name.
    type: str
  default_from_address:
    description: Default From Address.
    type: str
  default_from_display_name:
    description: Default From Display Name.
    type: str
  smtp_timeout:
    description: Timeout of the SMTP connection in milliseconds; only on the Identity API of 2023.10 and later.
    type: int
  preset:
    description:
      - A mail provider whose ready-made settings to start from, such as V(gmail). Values given here win.
      - With V(custom) the preset comes from O(custom_preset).
    type: str
  preset_region:
    description: Region or data centre of the preset's provider, where it has several, such as V(eu-west-1).
    type: str
  custom_preset:
    description: A preset of your own, with the keys of the provider table; holds no secret.
    type: dict
"""
