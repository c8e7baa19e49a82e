# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which names of variables are taken for misspelt ones of the role, and which are left alone."""

from __future__ import annotations

import pytest
from ansible_collections.rpaops.orchestrator.plugins.plugin_utils._role.near_misses import (
    near_misses,
)
from ansible_collections.rpaops.orchestrator.plugins.plugin_utils._role.variables import known

MISSPELT = {
    "mail_prest": "mail_preset",
    "mail_presett": "mail_preset",
    "mail_Preset": "mail_preset",
    "mail_smtp_prot": "mail_smtp_port",
    "mail_smpt_host": "mail_smtp_host",
    "mail_smtphost": "mail_smtp_host",
    "mail_smtp_user": "mail_smtp_username",
    "mail_smtp_pass": "mail_smtp_password",
    "mail_default_from_addr": "mail_default_from_address",
    "mail_enable_email_alerts_": "mail_enable_email_alerts",
    "mail_tenant": "mail_tenants",
    "mail_servers": "mail_server",
}
#: Plausible variables of other roles.
OTHERS = (
    "mail_host",
    "mail_port",
    "mail_user",
    "mail_password",
    "mail_domain",
    "mail_relay",
    "mail_from",
    "mail_to",
    "mail_admin",
    "mail_queue",
    "mail_spool_size",
    "mail_log_level",
    "mail_virtual_domains",
    "mail_aliases",
    "mail_state_dir",
    "mail_server_url",
    "smtp_prest",
)


@pytest.mark.parametrize("name", MISSPELT)
def test_a_slip_of_the_keyboard_or_a_word_cut_short_is_near(name):
    """And the right name is told."""
    assert near_misses([name], known()) == {name: MISSPELT[name]}


def test_names_of_other_roles_and_our_own_are_left_alone():
    """A company's mail_host is nobody's mistake."""
    assert near_misses([*OTHERS, *known()], known()) == {}


def test_a_name_that_is_said_to_be_ones_own_is_left_alone():
    """The way out for a variable that happens to be near."""
    assert near_misses(["mail_tenant"], known(), ["mail_tenant"]) == {}
