# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later


"""The list of tenants, for a host administrator or an application."""

from __future__ import annotations

import typing as t

from .context import Call, Operation, Server
from .refusals import say
from .state import Level
from .surface_a import listed
from .wire import ODATA, Response, abp_error, as_json, business_error


def _tenant_row(server: Server, level: Level) -> dict[str, t.Any]:
    row: dict[str, t.Any] = {"Name": level.name}
    if server.version.tenant_names:
        row.update(Key=level.key, DisplayName=level.name, AcceptedDomainsList=[], License=None)
    if server.version.tenant_organization:
        row["OrganizationName"] = server.organization
    row.update(AdminEmailAddress=None, AdminName=None, AdminSurname=None, AdminPassword=None)
    return {**row, "LastLoginTime": None, "IsActive": level.active, "Id": level.id}


def _need_host(server: Server, call: Call) -> None:
    """Documented for the host alone, and for applications with the scope of the administration."""
    assert call.token is not None
    standalone = server.shape == "standalone" and server.switches.tenants_for_applications
    if call.token.kind != "host" and not (call.token.kind == "application" and standalone):
        raise abp_error(403, say("unauthorized"), say("not_allowed"))


def read_tenants(server: Server, call: Call) -> Response:
    """All tenants."""
    _need_host(server, call)
    rows = [_tenant_row(server, level) for level in server.store.tenants.values()]
    return listed(server, call, rows, "Tenants")


def read_tenant(server: Server, call: Call) -> Response:
    """One tenant by its number."""
    _need_host(server, call)
    found = [level for level in server.store.tenants.values() if str(level.id) == call.key]
    if not found:
        raise business_error(404, 1002, say("no_row", key=call.key))
    context = f"{call.address(server.scheme)}/odata/$metadata#Tenants/$entity"
    return as_json({"@odata.context": context, **_tenant_row(server, found[0])}, 200, ODATA)


_SCOPES = ("OR.Administration", "OR.Administration.Read")

ROUTES: dict[tuple[str, str], Operation] = {
    ("GET", "/odata/tenants"): Operation("Tenants.Read", read_tenants, "Tenants.View", _SCOPES),
    ("GET", "/odata/tenants()"): Operation("Tenants.ReadOne", read_tenant, "Tenants.View", _SCOPES),
}
