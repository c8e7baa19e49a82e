# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The road of a module on the target: arguments from Ansible in, a redacted report out."""

from __future__ import annotations

import typing as t

from ansible.module_utils.basic import AnsibleModule

from .._argspec import Spec
from .report import Report, complaint, refusal, shown_arguments

ENDS = "unreachable: Ansible ends the process"


class QuietModule(AnsibleModule):
    """An AnsibleModule that says little about its arguments, and nothing to syslog.

    Ansible masks secrets there by looking for them in the printed form of ``server`` and
    ``tenants``, where a quote or a backslash in a password is escaped, and so is not found.
    """

    def __init__(self, argument_spec: Spec, **more: t.Any) -> None:
        self._spec = argument_spec
        super().__init__(argument_spec, **more)

    def _load_params(self) -> None:
        super()._load_params()
        refused = refusal(self.params, self._spec)
        if refused is not None:
            # Nothing is known to be a secret yet.
            super().fail_json(**refused, invocation={"module_args": {}})

    def fail_json(self, msg: str, **more: t.Any) -> t.NoReturn:
        """End with what Ansible has to say of the arguments; ``finish`` says everything else."""
        said, arguments = complaint(msg, self.params, self.no_log_values)
        super().fail_json(msg=said, invocation={"module_args": arguments}, **more)
        raise AssertionError(ENDS)

    def _log_invocation(self) -> None:
        pass


def finish(module: AnsibleModule, done: Report) -> t.NoReturn:
    """Hand a report to Ansible; the only place that ends a module."""
    for text in done.warnings:
        module.warn(text)
    # The report is redacted. Ansible's own masking finds a password that is a word or a letter in
    # our sentences, ids and addresses as well.
    module.no_log_values.clear()
    end = AnsibleModule.fail_json if done.failed else AnsibleModule.exit_json
    end(module, **done.result, invocation={"module_args": shown_arguments(module.params)})
    raise AssertionError(ENDS)
