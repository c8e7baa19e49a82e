# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""``mail_settings`` in the controller when that is the target; see ``_in_process``."""

from __future__ import annotations

from ..module_utils import _argspec
from ..module_utils._modules import mail_settings
from ..module_utils._targets.open import backends
from ..plugin_utils._in_process import InProcess

# Ansible loads this file before it makes a process per host: what is imported now, none of them
# has to import again.
backends()


class ActionModule(InProcess):
    spec = staticmethod(_argspec.mail_settings)
    work = staticmethod(mail_settings.mail_settings)
