# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where a setting is declared, by what Ansible remembers of its variables."""

from __future__ import annotations

import pytest
from ansible.parsing.dataloader import DataLoader
from ansible_collections.rpaops.orchestrator.plugins.plugin_utils._reports.origins import (
    Origins,
    working_copy,
)

DECLARATION = """\
mail_server:
  url: https://o.example
mail_preset: gmail
mail_smtp_host: smtp.example.com
mail_enable_ssl: true
mail_tenants:
  - name: HR
    smtp_host: hr.example.com
"""


@pytest.fixture
def origins(tmp_path):
    """The places of a host whose variables are in a file; ``declared_in`` may be given."""
    path = tmp_path / "group_vars/all.yml"
    path.parent.mkdir()
    path.write_text(DECLARATION, encoding="utf-8")
    variables = dict(DataLoader().load_from_file(str(path)))
    variables["inventory_file"] = str(tmp_path / "hosts")
    return lambda declared_in=None, **more: Origins(
        {**variables, **more}, declared_in, str(tmp_path.resolve())
    )


@pytest.mark.parametrize(
    ("tenant", "option", "place"),
    [
        ("", "smtp_host", "group_vars/all.yml:4"),
        ("HR", "smtp_host", "group_vars/all.yml:8"),
        ("Other", "smtp_host", "group_vars/all.yml:4"),
        # Nobody remembers where a true is; the preset comes next, and may well be the reason.
        ("", "enable_ssl", "group_vars/all.yml:3"),
        ("", "smtp_port", "group_vars/all.yml:3"),
    ],
)
def test_a_setting_is_on_the_line_that_declares_it(origins, tenant, option, place):
    """Relative to the root of the working copy."""
    assert str(origins()(tenant, option)) == place


def test_the_whole_is_where_the_server_is_declared(origins):
    """Ansible remembers the first line of its value, or of its name."""
    assert str(origins()("", "")) in ("group_vars/all.yml:1", "group_vars/all.yml:2")


def test_the_file_that_is_named_wins(origins, tmp_path):
    """The line is kept when it is a line of that file."""
    other, same = str(tmp_path / "other.yml"), str(tmp_path / "group_vars/all.yml")

    assert str(origins(other)("", "smtp_host")) == "other.yml"
    assert str(origins(same)("", "smtp_host")) == "group_vars/all.yml:4"


def test_the_inventory_is_better_than_nothing(origins, tmp_path):
    """A variable of the command line has no file."""
    nothing = dict.fromkeys(("mail_server", "mail_preset", "mail_smtp_host", "mail_tenants"))

    assert str(origins(**nothing)("", "smtp_host")) == "hosts"
    assert origins(**nothing, inventory_file=None)("", "smtp_host") is None


def test_a_file_outside_of_the_working_copy_has_its_full_path(origins, tmp_path):
    """Nobody could tell relative to what."""
    nothing = dict.fromkeys(("mail_server", "mail_preset", "mail_smtp_host", "mail_tenants"))

    found = origins(**nothing, inventory_file="/etc/ansible/hosts")("", "smtp_host")

    assert str(found) == "/etc/ansible/hosts"


def test_paths_are_relative_to_the_working_copy(tmp_path):
    """As code scanning wants them, wherever in it the command was started."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "deep/er").mkdir(parents=True)

    assert working_copy(str(tmp_path / "deep/er")) == str(tmp_path.resolve())


def test_without_a_working_copy_paths_are_relative_to_the_start(tmp_path):
    """Nothing above it is looked at in vain."""
    assert working_copy(str(tmp_path)) == str(tmp_path.resolve())
