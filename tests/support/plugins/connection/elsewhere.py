# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A connection that is not ``local``, although it ends on this machine: any other target."""

from __future__ import annotations

from ansible.plugins.connection import local

DOCUMENTATION = """
name: elsewhere
short_description: any other target
description: Runs commands here under another name.
author: the rpaops.orchestrator authors
extends_documentation_fragment:
  - connection_pipelining
"""


class Connection(local.Connection):
    transport = "elsewhere"
