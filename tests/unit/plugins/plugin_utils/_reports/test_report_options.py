# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The documentation says what there is."""

from __future__ import annotations

import yaml
from ansible_collections.rpaops.orchestrator.plugins.modules import mail_report
from ansible_collections.rpaops.orchestrator.plugins.plugin_utils._reports.as_prometheus import (
    FAMILIES,
    PREFIX,
)
from ansible_collections.rpaops.orchestrator.plugins.plugin_utils._reports.model import OUTCOMES
from ansible_collections.rpaops.orchestrator.plugins.plugin_utils._reports.options import spec
from ansible_collections.rpaops.orchestrator.plugins.plugin_utils._reports.writers import WRITERS
from support.places import PAGES

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


PAGE = (PAGES / "reports.rst").read_text()


def test_the_options_of_mail_report_are_documented_as_they_are():
    """Ansible checks this only of modules that run on a host."""
    documented = yaml.safe_load(mail_report.DOCUMENTATION)["options"]

    assert facts(documented) == facts(spec())


def test_the_page_of_reports_names_every_outcome_format_and_metric():
    """What is not on the page, nobody finds."""
    outcomes = [f"* - ``{outcome.name}``" for outcome in OUTCOMES]
    formats = [f"* - ``{name}``" for name in WRITERS]
    files = [f":file:`mail-drift{writer.ending}`" for writer in WRITERS.values()]
    metrics = [f"``{PREFIX}{name}``" for name, _text, _samples in FAMILIES]

    assert [text for text in (*outcomes, *formats, *files, *metrics) if text not in PAGE] == []
