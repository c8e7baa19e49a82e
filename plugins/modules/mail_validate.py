#!/usr/bin/python
# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: mail_validate
short_description: Judge what all hosts of a play declare, in one task
version_added: 1.0.0
author: The rpaops.orchestrator authors (@rpaops)
description:
  - Judges the variables of the role C(mail) of every host of the play, as M(rpaops.orchestrator.mail_role) with
    C(job=validate) does for one. It runs once, on the controller, and opens no connection.
  - It never fails for a declaration. It names the hosts that would be refused; run M(rpaops.orchestrator.mail_role)
    with C(job=validate) for the reasons. The playbook C(rpaops.orchestrator.validate) does both.
  - A warning of a pre-flight rule is shown once, with the hosts that it is about; it refuses nobody.
  - Variables of the inventory and of the command line count. Variables of a play, of a role or of a task do not, as
    they belong to the task and not to a host.
options: {}
extends_documentation_fragment:
  - rpaops.orchestrator._attributes
attributes:
  check_mode:
    description: It changes nothing.
    support: full
  diff_mode:
    description: It changes nothing.
    support: none
  action_group:
    description: It has no options that a group could set.
    support: none
    membership: []
seealso:
  - module: rpaops.orchestrator.mail_role
"""

EXAMPLES = r"""
- name: Judge all declarations
  rpaops.orchestrator.mail_validate:
  register: mail_validated
"""

RETURN = r"""
refused:
  description: The hosts whose declaration cannot be used, in the order of the play.
  returned: always
  type: list
  elements: str
msg:
  description: How many declarations can be used.
  returned: always
  type: str
"""
