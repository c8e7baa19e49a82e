# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The ways to get a token: password, client credentials, and the Identity login page."""

from __future__ import annotations

import hmac
import json
import secrets
import typing as t
from urllib.parse import parse_qsl

from .context import Call, Operation, Server
from .refusals import say
from .tokens import Client, Token, User
from .wire import (
    Response,
    abp_error,
    abp_result,
    as_json,
    business_error,
    identity_error,
    member,
)


def _fields(call: Call) -> t.Any:
    """The body of a login, which early versions also took as a form."""
    if "form-urlencoded" in call.request.headers.get("content-type", ""):
        return dict(parse_qsl(call.request.body.decode("utf-8", "replace")))
    return call.json()


def _user(server: Server, tenant: str | None, name: t.Any, password: t.Any) -> User | None:
    user = server.users.get(((tenant or "").lower(), str(name)))
    return user if user is not None and user.password == password else None


def user_token(server: Server, user: User, issuer: str) -> Token:
    """A token for somebody who proved a password, from the server that checked it."""
    claims: dict[str, t.Any] = {"sub": user.name, "tenant": user.tenant or "host"}
    host = user.tenant is None
    if server.version.identity and server.switches.prt_id and not host:
        claims["prt_id"] = server.organization_id
    return server.tokens.issue(
        "host" if host else "tenant",
        tenant=user.tenant,
        partition=None if host else server.organization_id,
        permissions=user.permissions,
        seconds=server.switches.token_seconds,
        uses=server.switches.token_uses,
        claims=claims,
        issuer=issuer,
        user=user.name,
    )


def authenticate(server: Server, call: Call) -> Response:
    """Tenant or host user and password; "Host" in any case is the host."""
    body = _fields(call)
    tenant: str | None = str(member(body, "tenancyName") or "Default")
    if tenant and tenant.lower() == "host":
        tenant = None
    user = _user(server, tenant, member(body, "usernameOrEmailAddress"), member(body, "password"))
    if user is not None:
        return abp_result(user_token(server, user, "orchestrator").text)
    echo = f" {json.dumps(body)}" if server.switches.echo_rejected else ""
    if server.switches.wrong_login == 401:
        raise abp_error(401, say("bad_login") + echo)
    raise business_error(400, 1000, say("bad_login") + echo)


def _oauth_error(error: str, **facts: str) -> Response:
    return as_json({"error": error, "error_description": say(error, **facts)}, 400)


def _client(server: Server, name: str, secret: str) -> Client | None:
    for client in server.clients:
        if client.id == name and hmac.compare_digest(client.secret.encode(), secret.encode()):
            return client
    return None


def connect_token(server: Server, call: Call) -> Response:
    """OAuth client credentials for an application of the organization."""
    form = dict(parse_qsl(call.request.body.decode("utf-8", "replace")))
    if form.get("grant_type") != "client_credentials":
        return _oauth_error("unsupported_grant_type")
    client = _client(server, form.get("client_id", ""), form.get("client_secret", ""))
    if client is None:
        return _oauth_error("invalid_client")
    wanted = frozenset(form.get("scope", "").split()) or client.scopes
    if not wanted <= client.scopes:
        return _oauth_error("invalid_scope", scopes=" ".join(sorted(wanted - client.scopes)))
    claims: dict[str, t.Any] = {"client_id": client.id, "scope": sorted(wanted)}
    if server.switches.prt_id:
        claims["prt_id"] = server.organization_id
    token = server.tokens.issue(
        "application",
        partition=server.organization_id,
        scopes=wanted,
        seconds=server.switches.token_seconds,
        uses=server.switches.token_uses,
        claims=claims,
    )
    return as_json(
        {
            "access_token": token.text,
            "expires_in": server.switches.token_seconds,
            "token_type": "Bearer",
            "scope": " ".join(sorted(wanted)),
        }
    )


def _cookies(call: Call) -> dict[str, str]:
    pairs = (
        part.strip().partition("=") for part in call.request.headers.get("cookie", "").split(";")
    )
    return {name: value for name, _equals, value in pairs}


def antiforgery(server: Server, call: Call) -> Response:
    """Hand out the value that a login has to repeat in a header."""
    cookie = f"XSRF-TOKEN={secrets.token_urlsafe(24)}; path=/"
    return Response(200, headers=(("Set-Cookie", cookie),))


def login(server: Server, call: Call) -> Response:
    """The login page's own request: opens a session kept by a cookie."""
    sent = call.request.headers.get("x-xsrf-token", "")
    if not sent or sent != _cookies(call).get("XSRF-TOKEN"):
        raise identity_error(server.switches.identity_error, 400, "antiforgery", say("antiforgery"))
    body = call.json()
    partition = str(member(body, "partitionName") or "host")
    tenant = None if partition.lower() == "host" else partition
    user = _user(server, tenant, member(body, "usernameOrEmail"), member(body, "password"))
    if user is None:
        form, status = {
            "refuse": (server.switches.identity_error, 401),
            "result_200": ("result", 200),
            "result_400": ("result", 400),
        }[server.switches.wrong_page_login]
        raise identity_error(form, status, "login", say("bad_login"))
    session = secrets.token_urlsafe(24)
    server.sessions[session] = user
    return Response(200, headers=(("Set-Cookie", f"Identity.Session={session}; path=/; httponly"),))


def client_access_token(server: Server, call: Call) -> Response:
    """The bearer token of an open session, as text."""
    user = server.sessions.get(_cookies(call).get("Identity.Session", ""))
    if user is None:
        return Response(401)
    text = user_token(server, user, "identity").text
    return Response(200, text.encode(), "text/plain; charset=utf-8")


def _long_login(server: Server) -> bool:
    early = server.version.short_login and server.switches.login_path == "short"
    return server.version.authenticate and not early


def _short_login(server: Server) -> bool:
    return server.version.short_login and server.switches.login_path != "long"


ORCHESTRATOR_ROUTES: dict[tuple[str, str], Operation] = {
    ("POST", "/api/account/authenticate"): Operation(
        "Authenticate", authenticate, there=_long_login
    ),
    ("POST", "/api/account"): Operation("Authenticate", authenticate, there=_short_login),
}
IDENTITY_ROUTES: dict[tuple[str, str], Operation] = {
    ("POST", "/connect/token"): Operation("Token", connect_token),
    ("GET", "/api/antiforgery/generate"): Operation("Antiforgery", antiforgery),
    ("POST", "/api/account/login"): Operation("Identity.Login", login),
    ("GET", "/api/account/clientaccesstoken"): Operation(
        "Identity.ClientAccessToken", client_access_token
    ),
}
