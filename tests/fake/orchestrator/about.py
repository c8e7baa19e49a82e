# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later


"""What the Orchestrator surface tells about itself: version, health, facts for its clients."""

from __future__ import annotations

from .context import Call, Operation, Server, since
from .refusals import say
from .surface_a import ACTIONS, READ
from .wire import ODATA, Response, abp_error, as_json


def read_activity(server: Server, call: Call) -> Response:
    """The one place where the body states the API version."""
    signal_r = {"url": f"{call.address(server.scheme)}/signalr", "skipNegotiation": False}
    return as_json({"ApiVersion": f"{server.version.api}.0", "SignalR": signal_r}, 200, ODATA)


def _facts(server: Server, call: Call, facts: dict[str, str]) -> Response:
    """Facts by name: two lists side by side, or a list of pairs from the earliest servers."""
    context = f"{call.address(server.scheme)}/odata/$metadata#UiPath.Server.Configuration.OData"
    if server.version.dictionary_as_pairs:
        pairs = [{"Key": key, "Value": value} for key, value in facts.items()]
        return as_json({"@odata.context": context, "value": pairs}, 200, ODATA)
    answer = {"Keys": list(facts), "Values": list(facts.values())}
    return as_json({"@odata.context": context, **answer}, 200, ODATA)


def read_authentication(server: Server, call: Call) -> Response:
    """Public facts about the server, among them its build."""
    facts = {"Build.Version": f"{server.version.name}.0", "TenantId.Allowed": "true"}
    return _facts(server, call, facts)


def read_web(server: Server, call: Call) -> Response:
    """What the web pages of the server want to know; generated clients ask for it first."""
    facts = {"Abp.Localization.DefaultLanguageName": "en", "Webhooks.Enabled": "true"}
    return _facts(server, call, facts)


def read_services(server: Server, call: Call) -> Response:
    """What a robot wants to know, who shows the key of its machine."""
    if not call.request.headers.get("x-robot-license"):
        raise abp_error(401, say("unauthenticated"))
    return _facts(server, call, {"NuGet.Packages.Url": f"{call.address(server.scheme)}/nuget"})


def read_update(server: Server, call: Call) -> Response:
    """From where robots get their updates; a generated client of API 18 asks without a token."""
    answer = {"UpdateServerSource": "Orchestrator", "PollingInterval": 60}
    return as_json({**answer, "UpdateServerUrl": call.address(server.scheme)}, 200, ODATA)


def status(server: Server, call: Call) -> Response:
    """Alive."""
    return Response(200)


def status_version(server: Server, call: Call) -> Response:
    """The product version as text."""
    return as_json({"version": f"{server.version.api}.0.0"})


ROUTES: dict[tuple[str, str], Operation] = {
    ("GET", f"{ACTIONS}getactivitysettings"): Operation(
        "Settings.GetActivitySettings", read_activity, there=since("activity_settings")
    ),
    ("GET", f"{ACTIONS}getauthenticationsettings"): Operation(
        "Settings.GetAuthenticationSettings", read_authentication
    ),
    ("GET", f"{ACTIONS}getwebsettings"): Operation("Settings.GetWebSettings", read_web, "", READ),
    ("GET", f"{ACTIONS}getservicessettings"): Operation(
        "Settings.GetServicesSettings", read_services, there=since("services_settings")
    ),
    ("GET", f"{ACTIONS}getupdatesettings"): Operation(
        "Settings.GetUpdateSettings", read_update, there=since("update_settings")
    ),
    ("GET", "/api/status/get"): Operation("Status", status, there=since("long_status")),
    ("GET", "/api/status"): Operation("Status", status, there=since("short_status")),
    ("GET", "/api/status/version"): Operation(
        "Status.Version", status_version, there=since("status_version")
    ),
}
