# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Request in, answer out: finds the operation, checks who asks, applies faults, keeps the log."""

from __future__ import annotations

import functools
import re

from . import about, log, signin, surface_a, surface_b, tenants, users
from .context import Call, Operation, Place, Server
from .faults import Rule
from .wire import Aside, HttpRequest, Pending, Refusal, Response, Script

#: A key is a quoted text or a number, by the kind of the entity; anything else leads nowhere.
_ENTITY = re.compile(r"^(/odata/settings)\('((?:[^']|'')+)'\)$", re.IGNORECASE)
_NUMBERED = re.compile(r"^(/odata/tenants)\((\d+)\)$", re.IGNORECASE)
_ROW = re.compile(r"^(/api/setting)/(\d+)$", re.IGNORECASE)
_USERS = re.compile(r"^(/api/user/users)/([^/]+)$", re.IGNORECASE)
ROUTES = {
    "orchestrator": {
        **surface_a.ROUTES,
        **tenants.ROUTES,
        **about.ROUTES,
        **users.TENANT_ROUTES,
        **signin.ORCHESTRATOR_ROUTES,
    },
    "identity": {**surface_b.ROUTES, **users.ORGANIZATION_ROUTES, **signin.IDENTITY_ROUTES},
}
_NOWHERE = Place("none", "", "")


def _standalone(path: str) -> Place:
    if path.lower().startswith("/identity/"):
        return Place("identity", path[:9], path[9:])
    return Place("orchestrator", "", path)


def _suite(path: str) -> Place:
    segments = path.split("/")
    for index, segment in enumerate(segments[1:4], start=1):
        surface = {"identity_": "identity", "orchestrator_": "orchestrator"}.get(segment.lower())
        if surface == "orchestrator" and index != 3:
            return _NOWHERE
        if surface is not None:
            base = "/".join(segments[: index + 1])
            names = [*segments[1:index], None, None]
            return Place(surface, base, path[len(base) :], names[0], names[1])
    return _NOWHERE


@functools.lru_cache(maxsize=4096)
def locate(path: str, shape: str) -> tuple[Place, str, str]:
    """The place a path leads to, the route as the table spells it, and the key in the path."""
    place = _standalone(path) if shape == "standalone" else _suite(path)
    route = place.route.removesuffix("/").removesuffix("()")
    entity = _ENTITY.match(route) or _NUMBERED.match(route)
    if entity:
        return place, f"{entity[1].lower()}()", entity[2].replace("''", "'")
    row = _ROW.match(route) or _USERS.match(route)
    if row:
        return place, f"{row[1].lower()}/()", row[2]
    return place, route.lower(), ""


class Application:
    """The state machine as one function of a request."""

    def __init__(self, server: Server, log_limit: int | None) -> None:
        self.server = server
        self.log = log.Log(log_limit)
        self.rules: list[Rule] = []

    def __call__(self, request: HttpRequest) -> Response | Aside | Script:
        place, route, key = locate(request.path, self.server.shape)
        call = Call(request, place, key)
        operation = self._operation(request.method, place, route)
        name = operation.name if operation else "Unknown"
        rule = self._rule(call, name) if self.rules else None
        if rule is not None and not rule.executes:
            return self._finish(call, name, Response(200), rule)
        answer = self._execute(call, operation)
        if isinstance(answer, Pending):
            job = answer.job
            return Aside(lambda: self._finish(call, name, job(), rule))
        return self._finish(call, name, answer, rule)

    def _operation(self, method: str, place: Place, route: str) -> Operation | None:
        operation = ROUTES.get(place.surface, {}).get((method, route))
        server = self.server
        if operation is None or not self._exists(place):
            return None
        if place.surface == "identity" and not server.version.identity:
            return None
        return operation if operation.there(server) else None

    def _exists(self, place: Place) -> bool:
        server = self.server
        if place.organization and place.organization.lower() != server.organization.lower():
            return False
        return place.tenant is None or place.tenant.lower() in server.store.tenants

    def _execute(self, call: Call, operation: Operation | None) -> Response | Pending:
        if operation is None:
            return Response(404)
        surface = surface_a if call.place.surface == "orchestrator" else surface_b
        try:
            if operation.permission is not None:
                surface.authorize(self.server, call, operation)
            return operation.handler(self.server, call)
        except Refusal as refusal:
            return refusal.response

    def _rule(self, call: Call, name: str) -> Rule | None:
        tenant = None
        if any(rule.tenant is not None for rule in self.rules):
            tenant = self._tenant(call)
        struck = [rule for rule in self.rules if rule.strikes(name, tenant)]
        return struck[0] if struck else None

    def _tenant(self, call: Call) -> str | None:
        token = self.server.tokens.peek(call.request.headers.get("authorization", ""))
        if token is not None and token.tenant is not None:
            return token.tenant
        return log.tenant(call, log.body(call)) or call.request.headers.get("x-uipath-tenantname")

    def _finish(
        self, call: Call, name: str, answer: Response, rule: Rule | None
    ) -> Response | Script:
        if self.server.switches.api_header and self._is_api(call.place):
            header = ("api-supported-versions", self.server.version.supported_versions)
            answer = answer._replace(headers=(*answer.headers, header))
        sent: Response | Script = answer
        if rule is not None:
            sent = rule.spoil(answer)
            self._interleave(rule)
        self.log.add(call, name, answer, sent, rule.fault if rule else None)
        return sent

    def _is_api(self, place: Place) -> bool:
        """Whether it is the Orchestrator API that answers, if only to say that there is no such."""
        routes = ("/api/", "/odata/")
        is_route = place.route.lower().startswith(routes)
        return place.surface == "orchestrator" and is_route and self._exists(place)

    def _interleave(self, rule: Rule) -> None:
        settings = rule.options.get("settings")
        if settings:
            level = self.server.store.tenants[str(rule.options["tenant_written"]).lower()]
            self.server.store.write(level, settings)
