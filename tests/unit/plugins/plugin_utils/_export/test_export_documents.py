# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The files of an export: what is a secret becomes a reference, and never a value."""

from __future__ import annotations

import yaml
from ansible_collections.rpaops.orchestrator.plugins.plugin_utils._export.documents import export


def signed_in(**passwords: str) -> dict[str, dict[str, dict[str, str]]]:
    """One target for each host, by the password of its sign-in."""
    return {
        host: {"mail_server": {"url": f"https://{host}.example", "password": password}}
        for host, password in passwords.items()
    }


def test_two_passwords_are_two_variables() -> None:
    """Servers with passwords of their own are not told to sign in with one for all."""
    made = export([], signed_in(one="canary-one", two="canary-two"))
    referred = [
        yaml.safe_load(made.files[f"host_vars/{host}/mail_target.yml"])["mail_server"]["password"]
        for host in ("one", "two")
    ]
    assert referred == ["{{ vault_orchestrator_password }}", "{{ vault_orchestrator_password_2 }}"]
    assert made.secrets == {
        "vault_orchestrator_password": "server.password of one",
        "vault_orchestrator_password_2": "server.password of two",
    }


def test_one_password_is_one_variable() -> None:
    """Servers that share a password share the variable as well."""
    made = export([], signed_in(one="canary", two="canary"))
    assert list(made.secrets) == ["vault_orchestrator_password"]


def test_no_secret_is_written() -> None:
    """The files hold references, not what they stand for."""
    made = export([], signed_in(one="canary-one", two="canary-two"))
    assert not any("canary" in text for text in made.files.values())
