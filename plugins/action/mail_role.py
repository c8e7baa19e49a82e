# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""``mail_role``: the work of the role on one host; see ``plugin_utils._role.work``."""

from __future__ import annotations

from ..module_utils._targets.open import backends
from ..module_utils._tls import shared_context
from ..plugin_utils._role.work import RoleAction

# Ansible loads this file before it makes a process per host: what is imported and read now, none
# of them has to import and read again.
backends()
shared_context()
"".encode("utf-16-le")


class ActionModule(RoleAction):
    """Named as Ansible looks for it."""
