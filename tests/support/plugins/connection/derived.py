# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A connection made from ``local`` that keeps its transport, as one into a container might."""

from __future__ import annotations

from ansible.plugins.connection import local

DOCUMENTATION = """
name: derived
short_description: a target that says it is local
description: Runs commands here, but need not.
author: the rpaops.orchestrator authors
extends_documentation_fragment:
  - connection_pipelining
"""


class Connection(local.Connection):
    pass
