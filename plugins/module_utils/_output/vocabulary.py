# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Words of this collection in results, which no redaction may break.

Pure.

Whoever has ``settings`` or ``msg`` for a password must still find these keys in a result.  A text
that is exactly such a word says nothing about a secret.
"""

from __future__ import annotations

import typing as t

from .. import _argspec
from .._settings import NAMES

#: Keys of results whose values are words of ours as well: ids, digests, names of options.
OURS = frozenset(
    ("api", "error", "grade", "password_evidence", "plan", "rule", "sources", "stage", "updated")
)
RESULT_KEYS = """
    accepted address address_not_confirmed after after_header api audience backup_file bad_address
    before before_header cause changed code days_left declaration detail diagnosis diff error failed
    findings fix grade host id identity inactive insights invocation issuer kind level logged_in
    message_id module_args msg name names no_address ok orchestrator organization password_evidence
    plan reason recipient recipients retry rule reachable seconds seen server_version settings
    skipped smtp_password_set sources stage stages status target tenant tenants tenants_as_declared
    tenants_summary tested text tls tried unreachable unknown unchanged updated user users
    verification version warnings
"""


def _options(spec: t.Mapping[str, t.Any]) -> t.Iterator[str]:
    for name, option in spec.items():
        yield name
        yield from map(str, option.get("choices", ()))
        yield from _options(option.get("options", {}))


def _vocabulary() -> t.Iterator[str]:
    yield from NAMES
    yield from RESULT_KEYS.split()
    for module in (_argspec.mail_settings, _argspec.mail_settings_info, _argspec.mail_test):
        yield from _options(module()["argument_spec"])


VOCABULARY = frozenset(_vocabulary())
