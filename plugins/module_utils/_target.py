# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From the C(server) or C(config_file) option to a backend.

Private to this collection; may change at any time.
"""

from __future__ import annotations

import typing as t
from urllib.parse import urlsplit

from ._connection import NoPace, Pace, Transport
from ._deadline import Deadline
from ._errors import Failure
from ._http import Client
from ._signin import HOST_TENANT, PasswordSignIn, ReadyToken, Session, SignIn

if t.TYPE_CHECKING:
    from ._backend import Backend

Options = t.Mapping[str, t.Any]
Learn = t.Callable[[str], None]
TENANT_HEADER = "X-UIPATH-TenantName"


def open_backend(params: Options, learn_secret: Learn) -> Backend:
    """The backend that the module arguments name; nothing is sent or opened yet."""
    if params.get("config_file"):
        from ._backends.config_file import ConfigFile

        return ConfigFile(params["config_file"])
    return open_server(params["server"], learn_secret)


def transport(server: Options, pace: Pace | None = None) -> Transport:
    """The connection options of ``server``; shared by everything one task sends."""
    names = ("validate_certs", "ca_path", "client_cert", "client_key", "use_proxy", "retries")
    return Transport(pace=pace or NoPace(), **{name: server[name] for name in names})


def open_server(server: Options, learn_secret: Learn, shared: Transport | None = None) -> Backend:
    """The settings of an Orchestrator at the level and tenant that ``server`` names."""
    from ._backends.orchestrator import OrchestratorSettings

    base = _base_url(server)
    client = Client(base, shared or transport(server), Deadline(server["timeout"]))
    tenant = None if server["level"] == "host" else server.get("tenant")
    sign_in = _sign_in(server, client)
    headers = {TENANT_HEADER: tenant} if tenant else {}
    session = Session(client, sign_in, learn_secret, headers)
    return OrchestratorSettings(session, _label(server, base))


def _base_url(server: Options) -> str:
    url = str(server.get("orchestrator_url") or server["url"]).rstrip("/")
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        reason = f"{url!r} is no web address; write it as https://orchestrator.example.com"
        raise Failure("invalid_option", option="server.url", reason=reason)
    if parts.username or parts.password:
        reason = (
            "credentials do not belong into the address; use server.username and server.password"
        )
        raise Failure("invalid_option", option="server.url", reason=reason)
    return url


def _sign_in(server: Options, client: Client) -> SignIn:
    if server.get("access_token"):
        return ReadyToken(server["access_token"])
    if server.get("username") and server.get("password"):
        tenant = HOST_TENANT if server["level"] == "host" else server.get("tenant")
        return PasswordSignIn(client, tenant, server["username"], server["password"])
    raise Failure("sign_in_missing", stage="sign_in")


def _label(server: Options, base: str) -> str:
    if server["level"] == "host":
        return f"{base} (host)"
    return f"{base} (tenant {server.get('tenant') or 'of the sign-in'})"
