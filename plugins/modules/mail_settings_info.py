#!/usr/bin/python
# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: mail_settings_info
short_description: Read the mail settings of a UiPath Orchestrator
version_added: 1.0.0
author: The rpaops.orchestrator authors (@rpaops)
description:
  - Shows what the I(Mail) tab of an Orchestrator holds, where each value comes from, and a declaration that changes
    nothing when it is given to M(rpaops.orchestrator.mail_settings).
  - The password is never returned, only whether one is set.
  - With O(audience) it also says whom a password reset or an alert could reach.
extends_documentation_fragment:
  - rpaops.orchestrator._attributes
  - rpaops.orchestrator._target
  - rpaops.orchestrator._target.config_file
options:
  audience:
    description:
      - Also ask whom a password reset or an alert could reach, and return it as RV(audience).
      - The people are those of the organization where its Identity server sends the mail (2021.10 and later), and of
        the tenant elsewhere or with O(server.level=tenant). The host and a configuration file have none.
      - Needs the permission C(Users.View), or an application with the scope C(OR.Users.Read), for a tenant;
        administration of the organization, or the scope C(PM.User.Read), for an organization. An application asks for
        this scope only when this is true.
      - Where the users cannot be read, a warning says why, RV(audience) is missing, and the rest stands.
    type: bool
    default: false
  recipients:
    description:
      - Addresses that a test message is sent to. With O(audience=true) a warning names those that no user of the tenant
        or organization has, as a message that arrives there does not show that a user gets mail.
      - Nothing is sent to them.
    type: list
    elements: str
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

- name: Ask whom mail does not reach
  rpaops.orchestrator.mail_settings_info:
    server:
      url: https://orchestrator.example.com
      tenant: Default
      username: admin
      password: "{{ vault_orchestrator_password }}"
    audience: true
  register: mail

- name: Show them, with the reason
  ansible.builtin.debug:
    var: mail.audience.unreachable
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
audience:
  description:
    - Whom a password reset or an alert could reach. Names and numbers, never addresses.
    - Robots, applications and groups are not people and not counted.
  returned: when O(audience=true) and the users could be read
  type: dict
  contains:
    level:
      description: Whose users these are, V(tenant) or V(organization).
      type: str
      sample: tenant
    users:
      description: How many people there are; RV(audience.reachable), RV(audience.unreachable) and RV(audience.unknown) together.
      type: int
      sample: 5
    reachable:
      description: How many of them have a usable address.
      type: int
      sample: 3
    unreachable:
      description: Everybody whom no mail reaches, by name.
      type: list
      elements: dict
      contains:
        user:
          description: Name of the user.
          type: str
          sample: jane
        reason:
          description:
            - The first that holds of V(inactive), V(no_address), V(bad_address) (not one plain address) and
              V(address_not_confirmed) (servers that tell it).
          type: str
          sample: no_address
    unknown:
      description:
        - How many users of a directory have an address that the API does not tell, and how many are of a kind that this
          collection does not know.
      type: int
      sample: 1
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
