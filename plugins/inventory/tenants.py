# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: tenants
short_description: The tenants of a UiPath Orchestrator as hosts
version_added: 1.0.0
author: The rpaops.orchestrator authors (@rpaops)
description:
  - Lists the tenants of a standalone Orchestrator, one host per tenant, named like the tenant.
  - Needs a host administrator. An Automation Suite and Automation Cloud have no such list.
  - "Every host gets C(ansible_connection=local) and the Python of the controller as C(ansible_python_interpreter), as
    there is no machine behind a tenant. O(compose) may set others."
  - "A tenant whose name cannot be the name of a host (path parts, control characters, blanks, characters of patterns, the name of a
    group such as V(all)) gets one that can: the name with other characters and a digest behind it, the same in every run.
    A warning says so, and C(orchestrator_tenant) keeps the real name."
  - "The same goes for a tenant that is named like one of another server, where several sources of this plugin make one
    inventory: the later one gets another name, and a warning says so. O(host_prefix) keeps them apart for good."
  - What the server says is data. Ansible never takes it for a template, whichever version it is, also out of the cache.
    Names of groups from O(keyed_groups) hold letters, digits and underscores only.
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
  access_token:
    description:
      - A ready bearer token; wins over the other ways to sign in.
      - Falls back to the environment variable E(ORCHESTRATOR_ACCESS_TOKEN); see the notes.
    type: str
  identity_url:
    description: Address of the Identity server, where it is not the usual one.
    type: str
  host_prefix:
    description:
      - Text in front of the name of every host, such as V(prod-), where several servers make one inventory.
      - C(orchestrator_tenant) is the name without it.
    type: str
    default: ""
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
# mail.tenants.yml: one host per tenant, worked on from the controller, and a group for each word before a dash.
plugin: rpaops.orchestrator.tenants
url: https://orchestrator.example.com
username: admin
password: "{{ lookup('ansible.builtin.env', 'HOST_ADMIN_PASSWORD') }}"
compose:
  mail_area: orchestrator_tenant.split('-')[0]
keyed_groups:
  - key: orchestrator_tenant.split('-')[0]
    prefix: team
cache: true
cache_plugin: ansible.builtin.jsonfile
cache_connection: ~/.cache/orchestrator-tenants
"""

import hashlib
import os
import re
import sys
import typing as t

from ansible.errors import AnsibleParserError
from ansible.inventory.group import to_safe_group_name
from ansible.plugins.inventory import BaseInventoryPlugin, Cacheable, Constructable
from ansible.utils.unsafe_proxy import wrap_var

from ..module_utils._argspec import connection, secret_names, server
from ..module_utils._arguments import refuse_odd
from ..module_utils._compat import register_secret
from ..module_utils._errors import Failure
from ..module_utils._output.redact import Redactor, clean
from ..module_utils._server.environment import with_sign_in
from ..module_utils._server.proxy import proxy_secrets
from ..module_utils._tenants.listing import tenants
from ..plugin_utils._host_names import host_names

SECRETS = tuple(secret_names() & server()["options"].keys())
TEMPLATED = ("url", "identity_url", "username", "client_id", *SECRETS)
CONNECTION = tuple(connection())
SERVER_OPTION = re.compile(rf"\bserver\.(?=(?:{'|'.join(TEMPLATED + CONNECTION)})\b)")
NAME = "orchestrator_tenant"
URL = "orchestrator_url"
VARIABLES = {
    NAME: "Name",
    "orchestrator_tenant_id": "Id",
    "orchestrator_tenant_key": "Key",
    "orchestrator_tenant_display_name": "DisplayName",
    "orchestrator_tenant_active": "IsActive",
}
NAMED_RENAMES = 5
Row = dict[str, t.Any]


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
                self._cache[key] = {"question": self._question(), "tenants": rows}
        self._add_all(rows)

    def set_options(self, *args: t.Any, direct: t.Any = None, **more: t.Any) -> None:
        """Take the options of the file; those that nobody can have meant are refused before.

        Ansible would stumble over some numbers, and work on others without end.
        """
        try:
            # Of the others, what is encrypted is no text yet.
            refuse_odd(direct or {}, connection())
        except Failure as exc:
            raise AnsibleParserError(exc.phrase.told(clean)) from None
        super().set_options(*args, direct=direct, **more)

    def _question(self) -> str:
        """A digest of what a list is the answer to."""
        asked = f"{self._templated('url')} {self.get_option('include_inactive')}"
        return hashlib.sha256(asked.encode("utf-8")).hexdigest()

    def _cached(self, key: str) -> list[Row] | None:
        """The list that was kept for the same question; None for whatever else is found there."""
        try:
            kept = self._cache[key]
        except KeyError:
            return None
        rows = kept.get("tenants") if isinstance(kept, dict) else None
        fits = isinstance(rows, list) and all(map(_is_row, rows))
        return rows if fits and kept.get("question") == self._question() else None

    def _list(self) -> list[Row]:
        options = self._server()
        secrets = [options[name] for name in SECRETS if options[name]]
        redactor = Redactor([*secrets, *proxy_secrets(os.environ)])
        for secret in secrets:
            register_secret(secret)
        try:
            found = tenants(options, redactor.add, inactive=self.get_option("include_inactive"))
        except Failure as exc:
            # The sentences speak of the modules' options; here they are flat.
            text = exc.phrase.told(redactor.text)
            raise AnsibleParserError(SERVER_OPTION.sub("", text)) from None
        except Exception as exc:  # noqa: BLE001 - no exception may carry a secret past this point
            kind = exc.__class__.__name__
            text = f"Internal error ({kind}): {clean(str(exc))}"
            raise AnsibleParserError(redactor.text(text)) from None
        return [self._shown(row, redactor) for row in found]

    @staticmethod
    def _shown(row: t.Mapping[str, t.Any], redactor: Redactor) -> Row:
        # The name is what the tenant is asked for by, so it stays as it is.
        said = {ours: row.get(theirs) for ours, theirs in VARIABLES.items()}
        texts = {k: redactor.text(clean(v)) for k, v in said.items() if isinstance(v, str)}
        return {**said, **texts, NAME: said[NAME]}

    def _server(self) -> dict[str, t.Any]:
        plain = {name: self.get_option(name) for name in CONNECTION}
        templated = {name: self._templated(name) for name in TEMPLATED}
        return {**with_sign_in({**plain, **templated}, os.environ), "level": "host"}

    def _templated(self, name: str) -> t.Any:
        value = self.get_option(name)
        if isinstance(value, str) and self.templar.is_template(value):
            return self.templar.template(value)
        return value

    def _sanitize_group_name(self, name: str) -> str:
        # As Ansible does when it is told to: names of groups are paths below group_vars as well.
        return str(to_safe_group_name(name, force=True, silent=True))

    def _add_all(self, rows: t.Sequence[Row]) -> None:
        made = self.get_option("groups") or {}
        groups = {*self.inventory.groups, *map(self._sanitize_group_name, made)}
        others, prefix = self._of_other_servers(), self.get_option("host_prefix")
        names = host_names([prefix + row[NAME] for row in rows], {*groups, *others})
        told = {name: f"{clean(name)!r} is {host!r}" for name, host in names.items()}
        renamed = [told[name] for name, host in names.items() if name != host]
        twice = [told[name] for name in names if name in others]
        self._warn_of("The names of some tenants cannot be names of hosts.", renamed, twice)
        self._warn_of_servers(twice, {others[name] for name in names if name in others})
        for row in rows:
            self._add(names[prefix + row[NAME]], row)

    def _of_other_servers(self) -> dict[str, str]:
        """The hosts that an earlier source of this plugin made, with the address of its server."""
        mine = _compared(self._templated("url"))
        known = {name: host.vars for name, host in self.inventory.hosts.items()}
        made = {name: v[URL] for name, v in known.items() if NAME in v and URL in v}
        return {name: str(url) for name, url in made.items() if _compared(url) != mine}

    def _warn_of(self, why: str, renamed: t.Sequence[str], but: t.Sequence[str] = ()) -> None:
        said = [one for one in renamed if one not in but]
        if said:
            more = f", and {len(said) - NAMED_RENAMES} more" if len(said) > NAMED_RENAMES else ""
            self.display.warning(
                f"{why} They got others: {', '.join(said[:NAMED_RENAMES])}{more}. "
                "orchestrator_tenant holds the real name."
            )

    def _warn_of_servers(self, renamed: t.Sequence[str], others: t.Collection[str]) -> None:
        here, there = clean(self._templated("url")), ", ".join(sorted(map(clean, others)))
        self._warn_of(
            f"Some tenants of {here} are named like tenants of {there}, which come before them. "
            "Give each server a host_prefix, so that their hosts have names of their own.",
            renamed,
        )

    def _add(self, host: str, row: Row) -> None:
        self.inventory.add_host(host)
        # Up to ansible-core 2.18 a text is a template unless it is marked; 2.19 trusts none of them.
        variables = wrap_var({URL: self._templated("url"), **row})
        here = {"ansible_connection": "local", "ansible_python_interpreter": sys.executable}
        for variable, value in {**here, **variables}.items():
            self.inventory.set_variable(host, variable, value)
        strict = self.get_option("strict")
        self._set_composite_vars(self.get_option("compose"), variables, host, strict=strict)
        self._add_host_to_composed_groups(self.get_option("groups"), variables, host, strict=strict)
        self._add_host_to_keyed_groups(
            self.get_option("keyed_groups"), variables, host, strict=strict
        )


def _is_row(kept: t.Any) -> bool:
    fits = isinstance(kept, dict) and kept.keys() == VARIABLES.keys()
    return fits and isinstance(kept[NAME], str) and bool(kept[NAME])


def _compared(url: t.Any) -> str:
    return str(url).strip().rstrip("/").casefold()
