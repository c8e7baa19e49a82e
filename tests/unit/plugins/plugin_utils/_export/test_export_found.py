# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""From what holds to what declares it."""

from __future__ import annotations

from ansible_collections.rpaops.orchestrator.plugins.plugin_utils._export.found import found

GMAIL = {
    "use_default_credentials": False,
    "enable_ssl": True,
    "smtp_host": "smtp.gmail.com",
    "smtp_port": 587,
    "smtp_username": "robots@gmail.com",
    "default_from_address": "robots@gmail.com",
}


def told(domain: str) -> dict[str, object]:
    """The variables for a tenant with the settings of Gmail, which inherits its domain."""
    sources = {**dict.fromkeys(GMAIL, "tenant"), "smtp_domain": "host"}
    settings = {**GMAIL, "smtp_domain": domain}
    result = {"settings": settings, "sources": sources, "declaration": settings}
    return dict(found("one", result, is_top=False).values)


def test_a_preset_is_known_where_what_it_leaves_empty_is_inherited_empty() -> None:
    """As the module itself leaves it: an empty domain is not written."""
    assert told("") == {"mail_preset": "gmail", "mail_smtp_username": "robots@gmail.com"}


def test_a_preset_does_not_hide_a_domain_that_is_inherited() -> None:
    """The preset would clear it, so the settings are told one by one."""
    assert "mail_preset" not in told("CORP")
