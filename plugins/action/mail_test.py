# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""``mail_test`` in the controller when that is the target; see ``_in_process``."""

from __future__ import annotations

from ..module_utils import _argspec
from ..module_utils._modules import mail_test
from ..plugin_utils._in_process import InProcess


class ActionModule(InProcess):
    spec = staticmethod(_argspec.mail_test)
    work = staticmethod(mail_test.mail_test)
