# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The road of a module on the target: arguments from Ansible in, a redacted report out."""

from __future__ import annotations

import typing as t

from ansible.module_utils.basic import AnsibleModule

from .report import Report, shown_arguments


class QuietModule(AnsibleModule):
    """An AnsibleModule that does not write its arguments to syslog.

    Ansible masks secrets there by looking for them in the printed form of ``server`` and
    ``tenants``, where a quote or a backslash in a password is escaped, and so is not found.
    """

    def _log_invocation(self) -> None:
        pass


def finish(module: AnsibleModule, done: Report) -> t.NoReturn:
    """Hand a report to Ansible; the only place that ends a module."""
    for text in done.warnings:
        module.warn(text)
    # The report is redacted. Ansible's own masking finds a password that is a word or a letter in
    # our sentences, ids and addresses as well.
    module.no_log_values.clear()
    end = module.fail_json if done.failed else module.exit_json
    end(**done.result, invocation={"module_args": shown_arguments(module.params)})
    raise AssertionError("unreachable: Ansible ends the process")
