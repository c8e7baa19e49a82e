# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Becoming another user without another user: privilege escalation that works on any machine."""

from __future__ import annotations

import typing as t

from ansible.plugins.become import BecomeBase

DOCUMENTATION = """
name: oneself
short_description: become oneself
description: Runs commands as they are.
author: the rpaops.orchestrator authors
options:
  become_user:
    description: Ignored.
    default: root
    vars:
      - name: ansible_become_user
"""


class BecomeModule(BecomeBase):
    name = "oneself"

    def build_become_command(self, cmd: str, shell: t.Any) -> str:
        super().build_become_command(cmd, shell)
        return self._build_success_command(cmd, shell) if cmd else cmd
