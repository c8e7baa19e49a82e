#!/usr/bin/python
# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: mail_export
short_description: Write what Orchestrators hold as variables of the role
version_added: 1.0.0
author: The rpaops.orchestrator authors (@rpaops)
description:
  - Turns the results of M(rpaops.orchestrator.mail_settings_info) on all hosts of the play into files of variables with the
    names of the role C(rpaops.orchestrator.mail), ready to be committed.
  - Runs on the controller, once for all hosts. The playbook C(rpaops.orchestrator.export) does all of it and proves the result.
  - What the hosts have in common is in C(group_vars/all), what is a host's own in C(host_vars). Settings that make up a
    preset are written as C(mail_preset). Values that a tenant inherits are comments, so they stay inherited.
  - A secret is never written. Passwords are references to variables of a vault, and C(vault.example.yml) lists those to fill in.
  - A text of a server that looks like a template is marked as C(!unsafe), so it stays a text.
options:
  directory:
    description:
      - Folder to write to. A relative one starts where the command was started.
      - A file of these names that was not made by an export is not replaced.
    type: str
    required: true
  register:
    description: Name of the variable in which every host registered its result.
    type: str
    default: mail_found
extends_documentation_fragment:
  - rpaops.orchestrator._attributes
attributes:
  check_mode:
    description: Says which files it would write, and writes none.
    support: full
  diff_mode:
    description: The files are the diff of a repository.
    support: none
  action_group:
    description: It has no options that a group could set.
    support: none
    membership: []
seealso:
  - module: rpaops.orchestrator.mail_settings_info
"""

EXAMPLES = r"""
- name: Ask what holds
  rpaops.orchestrator.mail_settings_info:
    server: "{{ mail_server }}"
  register: mail_found

- name: Write it as variables
  rpaops.orchestrator.mail_export:
    directory: mail-settings
"""

RETURN = r"""
directory:
  description: Full path of the folder.
  returned: success
  type: str
  sample: /home/ops/mail-settings
files:
  description: Full paths of all files of the export.
  returned: success
  type: list
  elements: str
  sample: [/home/ops/mail-settings/group_vars/all/mail.yml]
secrets:
  description: Variables to fill in, and what each is for.
  returned: success
  type: dict
  sample:
    vault_mail_smtp_password: password of robots@gmail.com at smtp.gmail.com
missed:
  description: Hosts that could not be read, and of which nothing was written. Where there is one, the task fails after writing.
  returned: success
  type: list
  elements: str
  sample: []
"""
