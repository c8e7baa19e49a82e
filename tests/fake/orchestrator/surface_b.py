# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The Identity surface: settings rows of the host and of organizations."""

from __future__ import annotations

import json
import re
import typing as t
import uuid
from urllib.parse import parse_qsl

from . import keys, mailer, values
from .context import Call, Operation, Server
from .refusals import say
from .state import Partition, Row
from .tokens import Token
from .wire import (
    NEW_PROBLEM,
    PROBLEM,
    Pending,
    Refusal,
    Response,
    abp_error,
    as_json,
    identity_error,
    member,
)

#: A GUID as .NET reads it: hyphens, braces and the case of its letters do not matter.
_GUID = re.compile(r"[{(]?([0-9a-f]{8})-?((?:[0-9a-f]{4}-?){3}[0-9a-f]{12})[)}]?", re.IGNORECASE)


def authorize(server: Server, call: Call, operation: Operation) -> None:
    """Find the bearer and check scope and administration; levels are checked by each handler."""
    token = server.tokens.find(call.request.headers.get("authorization", ""))
    if token is None:
        raise _unauthenticated(server)
    if token.issuer == "orchestrator" and token.scopes is None:
        _judge_foreign_token(server)
    if not token.in_scope(operation.scopes):
        had, (one, other) = ",".join(sorted(token.scopes or ())), operation.scopes
        raise _forbidden(say("scope", had=had, one=one, other=other))
    if not token.may(operation.permission or ""):
        raise _forbidden(say("not_administrator"))
    call.token = token


def _unauthenticated(server: Server) -> Refusal:
    if server.switches.identity_unauthenticated == "abp":
        return abp_error(401, say("unauthenticated"))
    return Refusal(Response(401, headers=(("WWW-Authenticate", "Bearer"),)))


def _judge_foreign_token(server: Server) -> None:
    """What a token of the Orchestrator meets here; the words of the 403 are recorded ones."""
    accepted = server.switches.identity_accepts_orchestrator_token
    if accepted == 401:
        raise _unauthenticated(server)
    if accepted == 403:
        raise _forbidden(say("foreign_token"))


def _forbidden(message: str) -> Refusal:
    return identity_error("message", 403, "", message)


def _bad(server: Server, field: str, message: str, body: t.Any = None) -> Refusal:
    if server.switches.echo_rejected and body is not None:
        message = f"{message} Request: {json.dumps(body, ensure_ascii=False)}"
    return _refused(server, server.switches.identity_error, field, message)


def _unbound(server: Server, field: str, message: str) -> Refusal:
    """What the framework says of a request that it cannot read."""
    return _refused(server, "problem", field, message)


def bad_number(server: Server, field: str, value: str) -> Refusal:
    """A number in the query that is none, or is too large."""
    return _unbound(server, field, say("not_a_number", value=value))


def _refused(server: Server, form: str, field: str, message: str) -> Refusal:
    problem = NEW_PROBLEM if server.version.new_problems else PROBLEM
    return identity_error(form, 400, field, message, problem)


def _guid(server: Server, field: str, value: t.Any) -> str | None:
    """A GUID in its canonical form, None for none; the framework refuses anything else."""
    if value is None or value == "":
        return None
    found = _GUID.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise _unbound(server, field, say("not_a_guid", value=value))
    return str(uuid.UUID(found[1] + found[2]))


def partition_of(server: Server, call: Call, given: t.Mapping[str, t.Any]) -> Partition:
    """The partition meant, or a user in it: none is the host, closed to an organization."""
    assert call.token is not None
    wanted = _guid(server, "partitionGlobalId", given.get("partitionglobalid"))
    user = _guid(server, "userId", given.get("userid"))
    if wanted is None:
        if server.switches.identity_host == "invalid_partition":
            raise _bad(server, "partitionGlobalId", say("partition_invalid"))
        if call.token.kind != "host":
            raise _forbidden(say("host_closed"))
    elif not _is_open(server, call.token, wanted):
        raise _forbidden(say("partition_closed"))
    return server.store.partition(wanted, user)


def _is_open(server: Server, token: Token, wanted: str) -> bool:
    if token.kind != "host":
        return wanted == token.partition
    known = {server.organization_id, *(partition for partition, _user in server.store.partitions)}
    return wanted in known or server.switches.identity_unknown_partition == "empty"


def query_of(call: Call) -> dict[str, list[str]]:
    """The query by name; ASP.NET does not mind the case of the names."""
    found: dict[str, list[str]] = {}
    for name, value in parse_qsl(call.request.query, keep_blank_values=True):
        found.setdefault(name.lower(), []).append(value)
    return found


def _members(body: t.Any) -> dict[str, t.Any]:
    """The members of the body; this API does not mind the case of their names either."""
    return {str(k).lower(): v for k, v in body.items()} if isinstance(body, dict) else {}


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
            found.append({**row, "partitionGlobalId": partition.id, "userId": partition.user})
    return found


def read(server: Server, call: Call) -> Response:
    """The rows of the named keys that this partition itself holds; nothing is inherited here."""
    query = query_of(call)
    partition = partition_of(server, call, {name: given[0] for name, given in query.items()})
    return as_json(_rows(server, partition, partition.visible(), query.get("key", [])))


def _known(server: Server, key: str) -> bool:
    if server.switches.identity_unknown_key == "store" or not key.startswith("Email.Smtp."):
        return True
    return key in keys.B_KEYS and (key != keys.B_TIMEOUT or server.version.identity_timeout)


def _change(server: Server, row: t.Any) -> tuple[str, str | None]:
    key, value = member(row, "key"), member(row, "value")
    if not isinstance(key, str) or not (value is None or isinstance(value, str)):
        sent = json.dumps(value)
        words = say("not_converted", value=sent, type="System.String", name="settings[0].value")
        raise _unbound(server, "settings", words)
    if not _known(server, key):
        raise _bad(server, key, say("unsupported", key=key), row)
    complaint = values.complaint(key, value)
    if server.switches.identity_bad_value == "store":
        complaint = None
    if key == keys.B_HOST and not value and server.switches.identity_empty_host == "reject":
        complaint = say("empty_host", key=key)
    if complaint:
        raise _bad(server, key, complaint, row)
    return key, value


def _check_together(server: Server, changes: t.Mapping[str, str | None]) -> None:
    smtp = {key for key in changes if key.startswith("Email.Smtp.")}
    touched = {"always": smtp, "group": smtp & keys.B_TOGETHER, "never": set[str]()}
    missing = sorted(keys.B_TOGETHER - smtp)
    if touched[server.switches.identity_together] and missing:
        raise _bad(server, missing[0], say("together", missing=", ".join(missing)), changes)


def update(server: Server, call: Call) -> Response:
    """Create or update the named rows. A posted mask becomes the password, as it really does."""
    body = _members(call.json())
    rows = body.get("settings")
    if not isinstance(rows, list):
        raise _unbound(server, "settings", say("missing", name="settings"))
    partition = partition_of(server, call, body)
    changes = dict(_change(server, row) for row in rows)
    _check_together(server, changes)
    server.store.write_rows(partition, changes, server.switches.stale_reads)
    return as_json(_rows(server, partition, partition.rows, changes))


def delete(server: Server, call: Call) -> Response:
    """Delete the named rows of an organization; the schema has no form for the host."""
    body = _members(call.json())
    names = body.get("settings")
    named = body.get("partitionglobalid") or server.switches.identity_host_delete
    if not isinstance(names, list) or not named:
        field = "partitionGlobalId" if isinstance(names, list) else "settings"
        raise _unbound(server, field, say("missing", name=field))
    partition = partition_of(server, call, body)
    server.store.remove_rows(partition, names, server.switches.stale_reads)
    return Response(204)


def delete_row(server: Server, call: Call) -> Response:
    """Delete one row by its number."""
    for partition in tuple(server.store.partitions.values()):
        names = [key for key, row in partition.rows.items() if row.id == int(call.key)]
        if names:
            partition_of(server, call, {"partitionglobalid": partition.id})
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


def _model(server: Server, posted: t.Any) -> mailer.Model:
    given: dict[str, t.Any] = {}
    for name, attribute, kind, default in _MODEL:
        value = member(posted, name)
        if value is None:
            value = default
        if not values.is_a(value, kind):
            field = f"smtpSettings.{name}"
            sent = json.dumps(value)
            words = say("not_converted", value=sent, type=kind.__name__, name=field)
            raise _unbound(server, field, words)
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
        raise _unbound(server, "recipient", say("missing", name="recipient"))
    posted = member(body, "smtpSettings")
    model = _saved_model(server, call) if posted is None else _model(server, posted)
    return server.mail(
        "identity", model, recipient, lambda text: _bad(server, "SmtpError", text, body)
    )


_READ = ("PM.Setting", "PM.Setting.Read")
_WRITE = ("PM.Setting", "PM.Setting.Write")
ADMIN = "Organization.Admin"

ROUTES: dict[tuple[str, str], Operation] = {
    ("GET", "/api/setting"): Operation("Identity.Read", read, ADMIN, _READ),
    ("PUT", "/api/setting"): Operation("Identity.Update", update, ADMIN, _WRITE),
    ("DELETE", "/api/setting"): Operation("Identity.Delete", delete, ADMIN, _WRITE),
    ("DELETE", "/api/setting/()"): Operation("Identity.DeleteRow", delete_row, ADMIN, _WRITE),
    ("POST", "/api/setting/verifysmtpsettings"): Operation(
        "Identity.Verify", verify, ADMIN, _WRITE, lambda server: server.switches.verify_identity
    ),
}
