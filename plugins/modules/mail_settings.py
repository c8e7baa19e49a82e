#!/usr/bin/python
# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: mail_settings
short_description: Declare the mail settings of a UiPath Orchestrator
version_added: 1.0.0
author: The rpaops.orchestrator authors (@rpaops)
description:
  - Makes the I(Mail) tab of an Orchestrator hold what is declared, over the API of any Orchestrator from 2018.1 to
    today's cloud, or in the configuration file of an Orchestrator-like application.
  - Only declared settings are compared and written. A setting that is not mentioned is not managed; an empty string
    clears it.
  - Every write is read back. A run ends verified, untouched, or with a message that says what holds instead.
options:
  state:
    description:
      - V(present) makes the declared values hold.
      - V(inherited) removes the own values of the tenant or organization, so that those of the level above or the
        defaults show again. The removed values are lost. O(preset) and O(verify_recipient) have no meaning then and are
        refused.
    type: str
    default: present
    choices: [present, inherited]
  update_password:
    description:
      - When to write O(smtp_password), given that servers do not return it.
      - V(on_change) decides by the first evidence available and returns which in RV(password_evidence).
      - V(always) writes it on every run and reports a change every time.
      - V(on_create) writes it only when none is set, in a configuration file as well.
    type: str
    default: on_change
    choices: [on_change, always, on_create]
  password_version:
    description:
      - A number of your own; raise it when the password changes.
      - It is compared with the number in O(password_record). A runner that keeps no record between runs has nothing
        to compare with, so there the password is written on every run; see O(password_record_key).
    type: int
  password_record:
    description:
      - File that keeps a keyed fingerprint of the password, to tell whether it changed. It is on the machine where
        the module runs, readable by its owner only.
      - By default a file per server in C($XDG_STATE_HOME/rpaops.orchestrator). An empty string keeps none.
      - Its key is random and stands beside it in a file whose name ends in C(.key), unless O(password_record_key) is given.
    type: str
  password_record_key:
    description:
      - A secret of at least 16 characters that keys the record, instead of the random key beside it.
      - The record then tells the same on every machine that has the key, and nothing to anybody else, so it may be
        committed or kept in the cache of a pipeline.
      - The RV(plan) then also tells which password is to be written.
    type: str
  allow_password_reuse:
    description:
      - Whether a stored or inherited password may be handed to a new place.
      - Without it, a change of O(smtp_host), O(smtp_port), O(enable_ssl), O(smtp_username), O(smtp_domain) or
        O(use_default_credentials) is refused while a password stays, or may be there without being shown, unless
        O(smtp_password) is written or known to be that one, or nobody signs in (O(smtp_username) is empty, or
        O(use_default_credentials=true)).
      - It holds for O(state=inherited) as well, where only some of these settings are removed.
    type: bool
    default: false
  implicit_tls:
    description: Whether to accept port 465 or 2465 with O(enable_ssl), which most Orchestrators cannot use.
    type: str
    default: refuse
    choices: [refuse, allow]
  verify_recipient:
    description:
      - Address to which the server sends one test message with the new settings before anything is written.
      - Only when something would change, and never in check mode. Needs O(smtp_password) unless no login is used.
      - The target is read once more after it; what somebody else changed meanwhile is refused, not overwritten.
    type: str
  expect_plan:
    description:
      - The RV(plan) of an earlier check mode run. A change is refused when the plan is another by now.
    type: str
  tenants:
    description:
      - Manage many tenants of one server in one task. An entry is the name of a tenant, or a dictionary with its name
        and what differs for it, which wins over the same option outside.
      - A name that appears twice is refused, letters and blanks aside.
      - Tenants of one organization share its SMTP settings. They are written once, and two different declarations of
        them are refused.
    type: list
    elements: raw
    suboptions:
      name:
        description: Name of the tenant.
        type: str
        required: true
      username:
        description:
          - User of this tenant to sign in as, if it is another than O(server.username).
          - Refused beside O(server.access_token) or O(server.client_id), which would sign in for all tenants; wins over
            whatever is in the environment.
        type: str
      password:
        description: Password of O(tenants[].username).
        type: str
      enable_email_alerts:
        description: As O(enable_email_alerts), for this tenant.
        type: bool
      use_default_credentials:
        description: As O(use_default_credentials), for this tenant.
        type: bool
      enable_ssl:
        description: As O(enable_ssl), for this tenant.
        type: bool
      smtp_host:
        description: As O(smtp_host), for this tenant.
        type: str
      smtp_port:
        description: As O(smtp_port), for this tenant.
        type: int
      smtp_username:
        description: As O(smtp_username), for this tenant.
        type: str
      smtp_password:
        description: As O(smtp_password), for this tenant.
        type: str
      smtp_domain:
        description: As O(smtp_domain), for this tenant.
        type: str
      default_from_address:
        description: As O(default_from_address), for this tenant.
        type: str
      default_from_display_name:
        description: As O(default_from_display_name), for this tenant.
        type: str
      smtp_timeout:
        description: As O(smtp_timeout), for this tenant.
        type: int
  tenants_matching:
    description:
      - Manage all active tenants of a standalone server whose names match one of these shell patterns, from the server's own list.
      - A pattern that begins with C(!) leaves tenants out. Letters do not matter. A pattern that matches nothing is an error.
      - What O(tenants) has for one of them goes with it; a tenant that is named there comes as well.
      - Needs a host administrator (O(server.username) and O(server.password), also valid in every tenant), or an application
        with the scope C(OR.Administration.Read).
    type: list
    elements: str
  parallel:
    description: How many of O(tenants) are worked on at the same time.
    type: int
    default: 8
  max_failures:
    description:
      - Stop starting further O(tenants) after that many failures, or when the first tenant fails.
      - V(0) means never stop, also not after the first tenant.
    type: int
    default: 1
extends_documentation_fragment:
  - rpaops.orchestrator._attributes
  - rpaops.orchestrator._target
  - rpaops.orchestrator._target.config_file
  - rpaops.orchestrator._settings
attributes:
  diff_mode:
    description: Returns the changed settings before and after; the password only in words.
    support: full
notes:
  - The password is never put into a result, a diff or a message. Keep it in a vault, and do not pass it through
    C(environment).
seealso:
  - module: rpaops.orchestrator.mail_settings_info
  - module: rpaops.orchestrator.mail_test
"""

EXAMPLES = r"""
- name: Point every tenant of a server to the company relay, but those for trying things out
  rpaops.orchestrator.mail_settings:
    server:
      url: https://orchestrator.example.com
      username: admin
      password: "{{ vault_orchestrator_password }}"
    tenants_matching: ["*", "!sandbox-*"]
    smtp_host: relay.example.com
    smtp_port: 25
    smtp_username: ""

- name: Send the mail of the tenant through Gmail
  rpaops.orchestrator.mail_settings:
    server:
      url: https://orchestrator.example.com
      tenant: Default
      username: admin
      password: "{{ vault_orchestrator_password }}"
    preset: gmail
    smtp_username: robots@gmail.com
    smtp_password: "{{ vault_gmail_app_password }}"
    default_from_display_name: Robots
    enable_email_alerts: true
    verify_recipient: ops@example.com

- name: Point all tenants without own values to the company relay
  rpaops.orchestrator.mail_settings:
    server:
      url: https://orchestrator.example.com
      level: host
      username: admin
      password: "{{ vault_host_password }}"
    smtp_host: relay.example.com
    smtp_port: 25
    allow_password_reuse: true

- name: Keep the settings of an ABP application in its configuration file
  rpaops.orchestrator.mail_settings:
    config_file:
      path: /srv/app/appsettings.json
      section: Settings
      backup: true
    smtp_host: smtp.example.com
    smtp_port: 587
    enable_ssl: true
  notify: Restart the application
"""

RETURN = r"""
updated:
  description:
    - Names of the options that differ, in the order of the Mail tab.
    - Of a failure after a write, those that were found otherwise than before. Where nothing could be read back it is
      empty and RV(ignore:changed) is true, as something may have changed.
  returned: success, and failure after a write
  type: list
  elements: str
  sample: [enable_ssl, smtp_host]
settings:
  description: What holds after the run; of the password only whether one is set.
  returned: success, and failure after a write that was looked at
  type: dict
  sample:
    enable_ssl: true
    smtp_host: smtp.gmail.com
    smtp_port: 587
    smtp_password_set: true
plan:
  description:
    - Digest of places, current and wanted settings; give it to O(expect_plan).
    - A password that is known to change is part of it, with O(password_record_key) also which one; a password that
      cannot be compared is not, so a plan holds whether there is a O(password_record) or not.
  returned: success
  type: str
  sample: 1f0c8f8b5d3b3f5a
api:
  description: Per API, the settings that were read there.
  returned: success
  type: dict
  sample:
    orchestrator: [enable_email_alerts, smtp_host]
server_version:
  description: Highest API version that the server names.
  returned: when the server names it
  type: str
  sample: "11.0"
password_evidence:
  description:
    - What decided whether the password is written.
    - V(value) (it can be compared), V(absent) (none is set, or user or host changes), V(version), V(fingerprint),
      V(none) (nothing to go by, so it is written) or V(not_managed).
  returned: success
  type: str
  sample: fingerprint
verification:
  description: The test message that proved the settings.
  returned: when a change was proven with O(verify_recipient)
  type: dict
  sample:
    ok: true
    recipient: ops@example.com
tenants:
  description:
    - One entry per tenant, in the order given. With O(tenants_matching) only those that changed, failed or were not tried.
  returned: when O(tenants) or O(tenants_matching) is given
  type: list
  elements: dict
  sample:
    - name: Default
      changed: true
      updated: [smtp_host]
tenants_as_declared:
  description: Names of the tenants that hold what is declared.
  returned: when O(tenants_matching) is given
  type: list
  elements: str
  sample: [Finance, HR]
tenants_summary:
  description: How many tenants ended how.
  returned: when O(tenants) or O(tenants_matching) is given
  type: dict
  contains:
    changed:
      description: Tenants that changed, or would.
      type: int
      sample: 1
    unchanged:
      description: Tenants that hold what is declared.
      type: int
      sample: 299
    failed:
      description: Tenants that failed.
      type: int
      sample: 0
    not_tried:
      description: Tenants that were not tried after too many failures.
      type: int
      sample: 0
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
backup_file:
  description: Path of the copy of the file as it was.
  returned: when a copy was made (O(config_file.backup=true)), also when the run fails afterwards
  type: str
error:
  description: Stable identifier of what went wrong.
  returned: failure
  type: str
  sample: sign_in_refused
stage:
  description: Where it went wrong.
  returned: failure
  type: str
  sample: sign_in
status:
  description: HTTP status of the answer that made it fail.
  returned: failure, when there was one
  type: int
  sample: 401
diagnosis:
  description: For mail, what is wrong and what to do.
  returned: failure, when mail could not be sent
  type: dict
  contains:
    id:
      description: Identifier of the diagnosis.
      type: str
      sample: gmail-bad-credentials
    cause:
      description: What is wrong.
      type: str
      sample: Wrong address or password.
    fix:
      description: What to do.
      type: str
      sample: Use the full address as username and a fresh app password.
"""

from ..module_utils import _argspec
from ..module_utils._modules import mail_settings
from ..module_utils._output import report
from ..module_utils._output.module import QuietModule, finish


def main() -> None:
    module = QuietModule(**_argspec.mail_settings())
    done = report.report(mail_settings.mail_settings, module.params, module.check_mode)
    finish(module, done)


if __name__ == "__main__":
    main()
