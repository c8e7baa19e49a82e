# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: tenants
short_description: The tenants of a UiPath Orchestrator as hosts
author: The rpaops.orchestrator authors (@rpaops)
description:
  - Lists the tenants of a standalone Orchestrator, one host per tenant, named like the tenant.
  - Needs a host administrator. An Automation Suite and Automation Cloud have no such list.
  - Its configuration is a file whose name ends in C(tenants.yml) or C(tenants.yaml).
  - "Each host gets the variables C(orchestrator_url), C(orchestrator_tenant), C(orchestrator_tenant_id),
    C(orchestrator_tenant_key), C(orchestrator_tenant_display_name) and C(orchestrator_tenant_active)."
notes:
  - A way to sign in that the file states wins over any from the environment, and one from the environment is used only
    when it is complete.
extends_documentation_fragment:
  - ansible.builtin.constructed
  - ansible.builtin.inventory_cache
options:
  plugin:
    description: The name of this plugin.
    type: str
    required: true
    choices: [rpaops.orchestrator.tenants]
  url:
    description: Address of the Orchestrator, for example V(https://orchestrator.example.com).
    type: str
    required: true
    env:
      - name: ORCHESTRATOR_URL
  username:
    description:
      - A host administrator.
      - Falls back to the environment variable E(ORCHESTRATOR_USERNAME); see the notes.
    type: str
  password:
    description:
      - Password of O(username).
      - Falls back to the environment variable E(ORCHESTRATOR_PASSWORD); see the notes.
    type: str
    secret: true
  client_id:
    description:
      - Identifier of an external application with the scope C(OR.Administration.Read).
      - Falls back to the environment variable E(ORCHESTRATOR_CLIENT_ID); see the notes.
    type: str
  client_secret:
    description:
      - Secret of O(client_id).
      - Falls back to the environment variable E(ORCHESTRATOR_CLIENT_SECRET); see the notes.
    type: str
    secret: true
  access_token:
    description:
      - A ready bearer token; wins over the other ways to sign in.
      - Falls back to the environment variable E(ORCHESTRATOR_ACCESS_TOKEN); see the notes.
    type: str
    secret: true
  identity_url:
    description: Address of the Identity server, where it is not the usual one.
    type: str
  include_inactive:
    description: Whether to list tenants that are switched off as well.
    type: bool
    default: false
  validate_certs:
    description: Whether the certificate of the server must be good. Leave it on; give O(ca_path) instead.
    type: bool
    default: true
  ca_path:
    description: File or folder with the CA certificates to trust besides those of the system.
    type: path
  client_cert:
    description: File with the client certificate (PEM), for servers that ask for one.
    type: path
  client_key:
    description: File with the key of O(client_cert), unless it is in the same file.
    type: path
  use_proxy:
    description: Whether to use the proxy that the environment names, with the user and password of its address.
    type: bool
    default: true
  timeout:
    description: Seconds for the whole list.
    type: float
    default: 60.0
  retries:
    description: How often a read is repeated when the server is busy or the connection breaks.
    type: int
    default: 3
"""

EXAMPLES = r"""
# mail.tenants.yml: one host per tenant, worked on from the controller.
plugin: rpaops.orchestrator.tenants
url: https://orchestrator.example.com
username: admin
password: "{{ lookup('ansible.builtin.env', 'HOST_ADMIN_PASSWORD') }}"
compose:
  ansible_connection: "'local'"
  ansible_python_interpreter: ansible_playbook_python
keyed_groups:
  - key: orchestrator_tenant.split('-')[0]
    prefix: team
cache: true
cache_plugin: ansible.builtin.jsonfile
cache_connection: ~/.cache/orchestrator-tenants
"""

import os
import re
import typing as t

from ansible.errors import AnsibleParserError
from ansible.plugins.inventory import BaseInventoryPlugin, Cacheable, Constructable

from ..module_utils._argspec import connection, secret_names, server
from ..module_utils._errors import Failure
from ..module_utils._output.redact import Redactor, clean
from ..module_utils._server.environment import with_sign_in
from ..module_utils._server.proxy import secrets_in as proxy_secrets
from ..module_utils._tenants.listing import tenants

SECRETS = tuple(secret_names() & server()["options"].keys())
TEMPLATED = ("url", "identity_url", "username", "client_id", *SECRETS)
CONNECTION = tuple(connection())
SERVER_OPTION = re.compile(rf"\bserver\.(?=(?:{'|'.join(TEMPLATED + CONNECTION)})\b)")
VARIABLES = {
    "orchestrator_tenant": "Name",
    "orchestrator_tenant_id": "Id",
    "orchestrator_tenant_key": "Key",
    "orchestrator_tenant_display_name": "DisplayName",
    "orchestrator_tenant_active": "IsActive",
}


class InventoryModule(BaseInventoryPlugin, Constructable, Cacheable):
    """One host per tenant."""

    NAME = "rpaops.orchestrator.tenants"

    def verify_file(self, path: str) -> bool:
        """Whether the file is meant for this plugin, by its name."""
        named = path.endswith(("tenants.yml", "tenants.yaml"))
        return bool(super().verify_file(path)) and named

    def parse(self, inventory: t.Any, loader: t.Any, path: str, cache: bool = True) -> None:
        """Fill the inventory from the cache or the server."""
        super().parse(inventory, loader, path, cache)
        self._read_config_data(path)
        self.load_cache_plugin()
        key = self.get_cache_key(path)
        rows = self._cached(key) if cache and self.get_option("cache") else None
        if rows is None:
            rows = self._list()
            if self.get_option("cache"):
                self._cache[key] = rows
        for row in rows:
            self._add(row)

    def _cached(self, key: str) -> list[dict[str, t.Any]] | None:
        try:
            return t.cast("list[dict[str, t.Any]]", self._cache[key])
        except KeyError:
            return None

    def _list(self) -> list[dict[str, t.Any]]:
        options = self._server()
        secrets = [options[name] for name in SECRETS if options[name]]
        redactor = Redactor([*secrets, *proxy_secrets(os.environ)])
        try:
            found = tenants(options, redactor.add, inactive=self.get_option("include_inactive"))
        except Failure as exc:
            # The sentences speak of the modules' options; here they are flat.
            text = SERVER_OPTION.sub("", str(exc))
            raise AnsibleParserError(redactor.text(text)) from None
        except Exception as exc:  # noqa: BLE001 - no exception may carry a secret past this point
            text = f"Internal error ({type(exc).__name__}): {clean(str(exc))}"
            raise AnsibleParserError(redactor.text(text)) from None
        return [{ours: row.get(theirs) for ours, theirs in VARIABLES.items()} for row in found]

    def _server(self) -> dict[str, t.Any]:
        plain = {name: self.get_option(name) for name in CONNECTION}
        templated = {name: self._templated(name) for name in TEMPLATED}
        return {**with_sign_in({**plain, **templated}, os.environ), "level": "host"}

    def _templated(self, name: str) -> t.Any:
        value = self.get_option(name)
        if isinstance(value, str) and self.templar.is_template(value):
            return self.templar.template(value)
        return value

    def _add(self, row: dict[str, t.Any]) -> None:
        name = row["orchestrator_tenant"]
        self.inventory.add_host(name)
        variables = {"orchestrator_url": self._templated("url"), **row}
        for variable, value in variables.items():
            self.inventory.set_variable(name, variable, value)
        strict = self.get_option("strict")
        self._set_composite_vars(self.get_option("compose"), variables, name, strict=strict)
        self._add_host_to_composed_groups(self.get_option("groups"), variables, name, strict=strict)
        self._add_host_to_keyed_groups(
            self.get_option("keyed_groups"), variables, name, strict=strict
        )
