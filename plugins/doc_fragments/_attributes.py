# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Documentation that all modules share: what they support."""

from __future__ import annotations


class ModuleDocFragment:
    # What every module says; each adds its own diff_mode.
    DOCUMENTATION = r"""
options: {}
attributes:
  check_mode:
    description: Can run in C(check_mode) and return changed status prediction without modifying target.
    support: full
  action_group:
    description: Use C(group/rpaops.orchestrator.orchestrator) in C(module_defaults) to set defaults for this module.
    support: full
    membership:
      - rpaops.orchestrator.orchestrator
  platform:
    description: Where the module runs.
    support: full
    platforms: posix
"""
