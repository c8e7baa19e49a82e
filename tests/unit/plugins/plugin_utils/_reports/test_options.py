# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The documentation of the modules says what their options are."""

from __future__ import annotations

import yaml
from ansible_collections.rpaops.orchestrator.plugins.modules import mail_report
from ansible_collections.rpaops.orchestrator.plugins.plugin_utils._reports.options import spec

FACTS = ("type", "elements", "default", "choices", "required")


def facts(options):
    """What a specification and a documentation both say about options, at any depth."""
    return {
        name: (
            {fact: option[fact] for fact in FACTS if fact in option},
            facts(option.get("options") or option.get("suboptions") or {}),
        )
        for name, option in options.items()
    }


def test_the_options_of_mail_report_are_documented_as_they_are():
    """Ansible checks this only of modules that run on a host."""
    documented = yaml.safe_load(mail_report.DOCUMENTATION)["options"]

    assert facts(documented) == facts(spec())
