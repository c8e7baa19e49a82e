#!/usr/bin/python
# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: mail_settings_info
short_description: Read the mail settings of a UiPath Orchestrator
author: The rpaops.orchestrator authors (@rpaops)
description:
  - Shows what the I(Mail) tab of an Orchestrator holds, where each value comes from, and a declaration that changes
    nothing when it is given to M(rpaops.orchestrator.mail_settings).
  - The password is never returned, only whether one is set.
extends_documentation_fragment:
  - rpaops.orchestrator._attributes
  - rpaops.orchestrator._target
  - rpaops.orchestrator._target.config_file
attributes:
  diff_mode:
    description: Returns the changed settings before and after; this module changes nothing.
    support: none
seealso:
  - module: rpaops.orchestrator.mail_settings
"""

EXAMPLES = r"""
- name: Look at the mail settings of a tenant
  rpaops.orchestrator.mail_settings_info:
    server:
      url: https://orchestrator.example.com
      tenant: Default
      username: admin
      password: "{{ vault_orchestrator_password }}"
  register: mail

- name: Keep them as code
  ansible.builtin.copy:
    content: "{{ mail.declaration | to_nice_yaml }}"
    dest: mail.yml
    mode: "0644"
"""

RETURN = r"""
target:
  description: What the result is about, as the arguments name it; without a secret.
  returned: when O(server) or O(config_file) is given, also on failure
  type: dict
  contains:
    address:
      description: Address of the Orchestrator, or path of the configuration file.
      type: str
      sample: https://orchestrator.example.com
    organization:
      description: Name of the organization.
      type: str
      sample: acme
    tenant:
      description: Name of the tenant.
      type: str
      sample: Default
    level:
      description: O(server.level), or V(file).
      type: str
      sample: auto
settings:
  description: The settings; of the password only whether one is set.
  returned: success
  type: dict
  sample:
    enable_ssl: true
    smtp_host: smtp.gmail.com
    smtp_port: 587
    smtp_password_set: true
sources:
  description:
    - Per setting, where its value comes from.
    - V(tenant), V(organization), V(host), V(default) (of the product or the platform), V(file), or V(unknown) where the
      server does not tell.
    - A setting with a source and without a value is inherited from a level that this sign-in does not show.
  returned: success
  type: dict
  sample:
    enable_email_alerts: tenant
    smtp_host: organization
    smtp_timeout: host
api:
  description: Per API, the settings that were asked for there.
  returned: success
  type: dict
  sample:
    orchestrator: [enable_email_alerts]
    identity: [smtp_host, smtp_port]
server_version:
  description: Highest API version that the server names.
  returned: when the server names it
  type: str
  sample: "17.0"
declaration:
  description:
    - The settings as options of M(rpaops.orchestrator.mail_settings).
    - Without the password, without values that M(rpaops.orchestrator.mail_settings) would refuse, and without those
      that hold text of a secret of this task and are shown with a mask in it; a warning names each.
  returned: success
  type: dict
  sample:
    enable_ssl: true
    smtp_host: smtp.gmail.com
    smtp_port: 587
"""

from ..module_utils import _argspec
from ..module_utils._modules import mail_settings_info
from ..module_utils._output import report
from ..module_utils._output.module import QuietModule, finish


def main() -> None:
    module = QuietModule(**_argspec.mail_settings_info())
    done = report.report(mail_settings_info.mail_settings_info, module.params, module.check_mode)
    finish(module, done)


if __name__ == "__main__":
    main()
