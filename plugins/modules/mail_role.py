#!/usr/bin/python
# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: mail_role
short_description: Do what the variables of the role mail say, as one task
version_added: 1.0.0
author: The rpaops.orchestrator authors (@rpaops)
description:
  - The work of the role C(mail) on one host. It takes the variables of the role from the host; they are described with
    the role.
  - All variables are judged before anything is asked or written, those of the test message too. One that refers to an
    undefined variable, or whose name nearly is one of the role's, is refused.
  - Relative paths start where the command was started, unless the target is on another machine.
  - It takes the road that M(rpaops.orchestrator.mail_settings) and M(rpaops.orchestrator.mail_test) take themselves.
options:
  job:
    description:
      - V(apply) declares the settings, or compares in check mode, and sends the test message when it is due.
      - V(check) fails where the plan file has no plan for the host, or another one than what would be done now.
      - V(plan) compares; V(drift) compares, and proves by a test message what is stored when every run is to do so.
        Both want C(check_mode) on the task.
      - V(test) sends the test message and changes nothing.
      - V(validate) judges the variables and opens no connection.
    type: str
    default: apply
    choices: [apply, check, plan, drift, test, validate]
extends_documentation_fragment:
  - rpaops.orchestrator._attributes
attributes:
  check_mode:
    description: Compares, and writes or sends nothing.
    support: full
  diff_mode:
    description: Shows the settings that differ, never a password.
    support: full
  action_group:
    description: It has no options that a group could set.
    support: none
    membership: []
seealso:
  - module: rpaops.orchestrator.mail_settings
  - module: rpaops.orchestrator.mail_test
"""

EXAMPLES = r"""
- name: Declare what the variables of the host say
  rpaops.orchestrator.mail_role:
    job: apply
  register: mail_result
"""

RETURN = r"""
test:
  description: The result of M(rpaops.orchestrator.mail_test), when a test message was due.
  returned: O(job=apply), after a test
  type: dict
audience:
  description:
    - Whom mail reaches, as M(rpaops.orchestrator.mail_settings_info) returns it.
    - Asked for with C(mail_audience), or where C(mail_fail_on) has C(audience).
  returned: O(job=apply), O(job=drift) and O(job=test), when it could be asked for
  type: dict
audiences:
  description: The same by tenant, where many tenants have users of their own.
  returned: in place of RV(audience)
  type: dict
"""
