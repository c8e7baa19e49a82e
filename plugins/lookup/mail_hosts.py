# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which hosts a playbook of this collection works on."""

from __future__ import annotations

DOCUMENTATION = r"""
name: mail_hosts
short_description: The hosts that a playbook of this collection works on
version_added: 1.0.0
author: The rpaops.orchestrator authors (@rpaops)
description:
  - Returns the pattern of the variable C(mail_hosts), by default V(all), for C(hosts) of a play.
  - Without an inventory that is this machine.
  - When no host of the inventory matches, it returns this machine as well, where
    M(rpaops.orchestrator.mail_role) then fails; with C(--limit), which would leave that one out, it fails itself.
    A run that has looked at nothing must not be green.
options:
  _terms:
    description: Nothing; the pattern is the variable C(mail_hosts).
    type: list
    elements: str
"""

EXAMPLES = r"""
- name: Compare every Orchestrator in the inventory with its declaration
  hosts: "{{ lookup('rpaops.orchestrator.mail_hosts') }}"
  gather_facts: false
  tasks:
    - name: Compare
      rpaops.orchestrator.mail_role:
      check_mode: true
"""

RETURN = r"""
_raw:
  description: One pattern.
  type: list
  elements: str
"""

import typing as t

from ansible.errors import AnsibleLookupError
from ansible.plugins.lookup import LookupBase

from ..module_utils._errors import Failure
from ..plugin_utils._role.hosts import THIS_MACHINE, choice


class LookupModule(LookupBase):
    """Named as Ansible looks for it."""

    def run(
        self, terms: list[t.Any], variables: dict[str, t.Any] | None = None, **options: t.Any
    ) -> list[str]:
        given = variables or {}
        pattern = self._templar.template(given.get("mail_hosts") or "")
        try:
            return [choice(pattern, given, self._loader)]
        except Failure as exc:
            if given.get("ansible_limit"):
                raise AnsibleLookupError(str(exc)) from None
            return [THIS_MACHINE]
