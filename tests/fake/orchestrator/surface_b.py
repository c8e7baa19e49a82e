# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The Identity surface: settings rows of the host and of organizations."""

from __future__ import annotations

import json
import typing as t
from urllib.parse import parse_qs

from . import keys, mailer, values
from .context import Call, Operation, Server
from .state import Partition, Row
from .wire import Pending, Refusal, Response, as_json, identity_error, member


def authorize(server: Server, call: Call, operation: Operation) -> None:
    """Find the bearer and check scope and administration; levels are checked by each handler."""
    token = server.tokens.find(call.request.headers.get("authorization", ""))
    if token is None:
        raise Refusal(Response(401, headers=(("WWW-Authenticate", "Bearer"),)))
    if token.issuer == "orchestrator" and token.scopes is None:
        _judge_foreign_token(server)
    if not token.in_scope(operation.scopes):
        had, wanted = ",".join(sorted(token.scopes or ())), "' or '".join(operation.scopes)
        raise _forbidden(f"Scope(s) '{had}' is(are) invalid. Expect to have '{wanted}'. ")
    if not token.may(operation.permission):
        raise _forbidden("The caller is neither host nor organization administrator.")
    call.token = token


def _judge_foreign_token(server: Server) -> None:
    """What a token of the Orchestrator meets here; the words of the 403 are recorded ones."""
    accepted = server.switches.identity_accepts_orchestrator_token
    if accepted == 401:
        raise Refusal(Response(401, headers=(("WWW-Authenticate", "Bearer"),)))
    if accepted == 403:
        raise _forbidden("OAuth authorization failed. 'IdentityServerApi' scope not found.")


def _forbidden(message: str) -> Refusal:
    return identity_error("message", 403, "", message)


def _bad(server: Server, field: str, message: str, body: t.Any = None) -> Refusal:
    if server.switches.echo_rejected and body is not None:
        message = f"{message} Request: {json.dumps(body, ensure_ascii=False)}"
    return identity_error(server.switches.identity_error, 400, field, message)


def _partition(server: Server, call: Call, wanted: t.Any) -> Partition:
    """The partition meant: none is the host, which is closed to members of an organization."""
    assert call.token is not None
    if not wanted:
        if server.switches.identity_host == "invalid_partition":
            raise _bad(server, "partitionGlobalId", "InvalidPartition")
        if call.token.kind != "host":
            raise _forbidden("Access to the host partition is not allowed for this caller.")
        return server.store.partition(None)
    if call.token.kind != "host" and wanted != call.token.partition:
        raise _forbidden("The caller does not belong to this partition.")
    return server.store.partition(str(wanted))


def _shown(server: Server, key: str, value: str | None) -> t.Any:
    if key in keys.PASSWORDS:
        return values.masked(server.switches.identity_mask, value)
    if value is None:
        return None
    return values.shown(key, value, server.switches.boolean, server.switches.port)


def _rows(
    server: Server, partition: Partition, rows: t.Mapping[str, Row], names: t.Iterable[str]
) -> list[dict[str, t.Any]]:
    found = []
    for name in names:
        value = _shown(server, name, rows[name].value) if name in rows else values.ABSENT
        if value is not values.ABSENT:
            row = {"id": rows[name].id, "key": name, "value": value}
            found.append({**row, "partitionGlobalId": partition.id, "userId": None})
    return found


def read(server: Server, call: Call) -> Response:
    """The rows of the named keys that this partition itself holds; nothing is inherited here."""
    query = parse_qs(call.request.query)
    partition = _partition(server, call, query.get("partitionGlobalId", [""])[0])
    return as_json(_rows(server, partition, partition.visible(), query.get("key", [])))


def _known(server: Server, key: str) -> bool:
    if server.switches.identity_unknown_key == "store" or not key.startswith("Email.Smtp."):
        return True
    return key in keys.B_KEYS and (key != keys.B_TIMEOUT or server.version.identity_timeout)


def _change(server: Server, row: t.Any) -> tuple[str, str | None]:
    key, value = member(row, "key"), member(row, "value")
    if not isinstance(key, str) or not (value is None or isinstance(value, str)):
        raise identity_error("problem", 400, "settings", "The JSON value could not be converted.")
    if not _known(server, key):
        raise _bad(server, key, f"The setting {key} is not supported.", row)
    complaint = values.complaint(key, value)
    if complaint:
        raise _bad(server, key, complaint, row)
    return key, value


def _check_together(server: Server, changes: t.Mapping[str, str | None]) -> None:
    smtp = {key for key in changes if key.startswith("Email.Smtp.")}
    touched = {"always": smtp, "group": smtp & keys.B_TOGETHER, "never": set[str]()}
    missing = sorted(keys.B_TOGETHER - smtp)
    if touched[server.switches.identity_together] and missing:
        raise _bad(server, missing[0], f"Must be sent together with: {', '.join(missing)}", changes)


def update(server: Server, call: Call) -> Response:
    """Create or update the named rows. A posted mask becomes the password, as it really does."""
    body = call.json()
    rows = member(body, "settings")
    if not isinstance(rows, list):
        raise identity_error("problem", 400, "settings", "The settings field is required.")
    partition = _partition(server, call, member(body, "partitionGlobalId"))
    changes = dict(_change(server, row) for row in rows)
    _check_together(server, changes)
    server.store.write_rows(partition, changes, server.switches.stale_reads)
    return as_json(_rows(server, partition, partition.rows, changes))


def delete(server: Server, call: Call) -> Response:
    """Delete the named rows of an organization; the schema has no form for the host."""
    body = call.json()
    names = member(body, "settings")
    if not isinstance(names, list) or not member(body, "partitionGlobalId"):
        raise identity_error(
            "problem", 400, "partitionGlobalId", "The partitionGlobalId field is required."
        )
    partition = _partition(server, call, member(body, "partitionGlobalId"))
    server.store.remove_rows(partition, names, server.switches.stale_reads)
    return Response(204)


def delete_row(server: Server, call: Call) -> Response:
    """Delete one row by its number."""
    for partition in server.store.partitions.values():
        names = [key for key, row in partition.rows.items() if row.id == int(call.key)]
        if names:
            _partition(server, call, partition.id)
            server.store.remove_rows(partition, names, server.switches.stale_reads)
            return Response(204)
    return Response(404)


_MODEL: tuple[tuple[str, str, type, t.Any], ...] = (
    ("host", "host", str, ""),
    ("port", "port", int, 0),
    ("userName", "user", str, ""),
    ("password", "password", str, ""),
    ("domain", "domain", str, ""),
    ("enableSsl", "ssl", bool, False),
    ("useDefaultCredentials", "default_credentials", bool, False),
    ("fromAddress", "sender", str, ""),
    ("fromDisplayName", "sender_name", str, ""),
)


def _model(posted: t.Any) -> mailer.Model:
    given: dict[str, t.Any] = {}
    for name, attribute, kind, default in _MODEL:
        value = member(posted, name)
        if value is None:
            value = default
        if not values.is_a(value, kind):
            raise identity_error("problem", 400, f"smtpSettings.{name}", "Could not be converted.")
        given[attribute] = value
    return mailer.Model(**given)


def _saved_model(server: Server, call: Call) -> mailer.Model:
    assert call.token is not None
    own = server.store.partition(call.token.partition).rows
    rows = {**server.store.partition(None).rows, **own}
    stored = {key: row.value or "" for key, row in rows.items()}
    return mailer.Model(
        host=stored.get(keys.B_HOST, ""),
        port=int(stored.get(keys.B_PORT) or 0),
        user=stored.get(keys.B_USER, ""),
        password=stored.get(keys.B_PASSWORD, ""),
        ssl=stored.get(keys.B_SSL, "").lower() == "true",
        default_credentials=stored.get(keys.B_DEFAULT_CREDENTIALS, "").lower() == "true",
        sender=stored.get(keys.B_FROM, ""),
        sender_name=stored.get(keys.B_FROM_NAME, ""),
    )


def verify(server: Server, call: Call) -> Pending:
    """Send a test message with the settings of the request, or the saved ones when it has none."""
    body = call.json()
    recipient = member(body, "recipient")
    if not isinstance(recipient, str) or not recipient:
        raise identity_error("problem", 400, "recipient", "The recipient field is required.")
    posted = member(body, "smtpSettings")
    model = _saved_model(server, call) if posted is None else _model(posted)
    return server.mail(
        "identity", model, recipient, lambda text: _bad(server, "SmtpError", text, body)
    )


_READ = ("PM.Setting", "PM.Setting.Read")
_WRITE = ("PM.Setting", "PM.Setting.Write")
_ADMIN = "Organization.Admin"

ROUTES: dict[tuple[str, str], Operation] = {
    ("GET", "/api/setting"): Operation("Identity.Read", read, _ADMIN, _READ),
    ("PUT", "/api/setting"): Operation("Identity.Update", update, _ADMIN, _WRITE),
    ("DELETE", "/api/setting"): Operation("Identity.Delete", delete, _ADMIN, _WRITE),
    ("DELETE", "/api/setting/()"): Operation("Identity.DeleteRow", delete_row, _ADMIN, _WRITE),
    ("POST", "/api/setting/verifysmtpsettings"): Operation(
        "Identity.Verify", verify, _ADMIN, _WRITE, "verify"
    ),
}
