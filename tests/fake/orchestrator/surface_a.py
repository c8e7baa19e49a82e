# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The Orchestrator surface: OData settings, and who may reach which level."""

from __future__ import annotations

import json
import typing as t
from urllib.parse import unquote

from . import keys, mailer, odata, values
from .context import Call, Operation, Server, since
from .refusals import say
from .state import Level
from .wire import ODATA, Pending, Refusal, Response, abp_error, as_json, business_error

ACTIONS = "/odata/settings/uipath.server.configuration.odata."
_MANY_PAGES = 2048


def authorize(server: Server, call: Call, operation: Operation) -> None:
    """Find the bearer, check permission and scope, and settle which level is meant."""
    token = server.tokens.find(call.request.headers.get("authorization", ""))
    if token is None:
        raise abp_error(401, say("unauthenticated"))
    if not token.may(operation.permission or "") or not token.in_scope(operation.scopes):
        raise abp_error(403, say("unauthorized"), say("not_allowed"))
    call.token = token
    if operation.name.startswith(("Settings.", "Users.")):
        call.level = _level(server, call)


def _level(server: Server, call: Call) -> Level:
    """The token decides; the tenant of path or header agrees with it or is an allowed override."""
    assert call.token is not None
    wanted = call.place.tenant or _header_tenant(server, call)
    if call.token.kind == "application":
        return _application_level(server, wanted)
    own = server.store.host
    if call.token.tenant is not None:
        own = server.store.tenants[call.token.tenant.lower()]
    if wanted is None or wanted.lower() == own.name.lower():
        return own
    if call.token.kind == "host" and server.switches.allow_host_to_access_tenant_api:
        return _tenant(server, wanted)
    if call.place.tenant is None and server.switches.refused_tenant_header == "ignore":
        return own
    if wanted.lower() not in server.store.tenants:
        raise _unknown_tenant(server, wanted)
    raise abp_error(403, say("unauthorized"), say("tenant_closed", tenant=wanted))


def _header_tenant(server: Server, call: Call) -> str | None:
    if server.shape != "standalone":
        return None
    sent = call.request.headers.get("x-uipath-tenantname")
    decoded = server.switches.tenant_header == "decoded"
    return unquote(sent) if sent is not None and decoded else sent


def _application_level(server: Server, wanted: str | None) -> Level:
    if wanted is not None:
        return _tenant(server, wanted)
    first = server.switches.application_without_tenant == "first"
    if len(server.store.tenants) != 1 and not first:
        raise business_error(400, 1000, say("tenant_missing"))
    return next(iter(server.store.tenants.values()))


def _tenant(server: Server, name: str) -> Level:
    level = server.store.tenants.get(name.lower())
    if level is None:
        raise _unknown_tenant(server, name)
    return level


def _unknown_tenant(server: Server, name: str) -> Refusal:
    words = say("no_tenant", tenant=name)
    if server.switches.unknown_tenant == 404:
        return business_error(404, 1002, words)
    return abp_error(403, say("unauthorized"), words)


def _row(server: Server, key: str, value: str, own: t.Container[str]) -> dict[str, t.Any] | None:
    switches = server.switches
    text: t.Any
    if key in keys.PASSWORDS:
        text = values.masked(switches.mask, value)
    else:
        text = values.shown(key, value, switches.boolean, switches.port)
    if text is values.ABSENT or key in switches.missing_keys:
        return None
    if switches.null_for_empty and text == "":
        text = None
    filled = switches.scope == "filled"
    if switches.scope == "version":
        filled = server.version.scope_in_rows
    name = key.lower() if switches.key_case == "lower" else key
    scope = "Tenant" if key in own else "Application"
    return {"Name": name, "Value": text, "Scope": scope if filled else None, "Id": name}


def _own(server: Server, level: Level) -> tuple[str, ...]:
    """The keys a tenant stores itself; what the host stores is of the application's scope."""
    return tuple(level.values) if level is not server.store.host else ()


def _rows(server: Server, stored: t.Mapping[str, str], own: t.Iterable[str]) -> odata.Rows:
    rows: odata.Rows = []
    # There may be thousands.
    own = frozenset(own)
    for key, value in stored.items():
        row = _row(server, key, value, own)
        if row is not None:
            rows.append(row)
            if key in server.switches.duplicate_keys:
                rows.append(row)
    return rows


def listed(server: Server, call: Call, rows: odata.Rows, name: str) -> Response:
    """A list as an answer: filtered, ordered and paged as the query says."""
    given = odata.options(call.request.query)
    if server.switches.filter == "rejected" and "$filter" in given:
        raise business_error(400, 1000, say("bad_filter"))
    if server.switches.filter == "ignored":
        given.pop("$filter", None)
    base = call.address(server.scheme)
    page = odata.apply(rows, given, server.switches.page_size, f"{base}/odata/{name}")
    return as_json({"@odata.context": f"{base}/odata/$metadata#{name}", **page}, 200, ODATA)


def read_all(server: Server, call: Call) -> Response:
    """All settings of the level; equal answers are encoded once, which is what makes this fast."""
    stored = server.store.seen(call.target)
    own = _own(server, call.target)
    identity = (call.request.query, call.address(server.scheme), *stored.items(), *own)
    body = server.pages.get(identity)
    if body is None:
        body = listed(server, call, _rows(server, stored, own), "Settings").body
        if len(server.pages) >= _MANY_PAGES:
            server.pages.clear()
        server.pages[identity] = body
    return Response(200, body, ODATA)


def read_key(server: Server, call: Call) -> Response:
    """One setting, as a row or as a bare value, by version."""
    stored = server.store.seen(call.target)
    own = _own(server, call.target)
    row = _row(server, call.key, stored[call.key], own) if call.key in stored else None
    if row is None:
        raise business_error(404, 1002, say("no_setting", key=call.key))
    base = f"{call.address(server.scheme)}/odata/$metadata#"
    if server.version.key_answers_row:
        return as_json({"@odata.context": f"{base}Settings/$entity", **row}, 200, ODATA)
    return as_json({"@odata.context": f"{base}Edm.String", "value": row["Value"]}, 200, ODATA)


def _refused(server: Server, body: t.Any, message: str, status: int = 400) -> Refusal:
    if server.switches.echo_rejected:
        message = f"{message} Request: {json.dumps(body, ensure_ascii=False)}"
    return business_error(status, 1002 if status == 404 else 1009, message)


def _change(server: Server, row: t.Any, known: t.Container[str]) -> tuple[str, str] | None:
    """One posted row as (key, text to store), or None for a mask the server is told to ignore."""
    switches = server.switches
    name, value = _posted(row)
    if name not in known and switches.unknown_key == "reject":
        raise _refused(server, row, say("no_setting", key=name), 404)
    complaint = values.complaint(name, value) if switches.bad_value == "reject" else None
    if name in switches.read_only:
        complaint = say("read_only", key=name)
    if name in keys.PASSWORDS and values.is_mask(value, switches.mask):
        if switches.posted_mask == "ignore":
            return None
        if switches.posted_mask == "reject":
            complaint = say("placeholder")
    if complaint:
        raise _refused(server, row, complaint)
    return name, _kept(value or "", switches.bulk_text)


def _posted(row: t.Any) -> tuple[str, str | None]:
    bound = odata.bound(row, odata.SETTING, "settingsDto")
    name, value = bound.get("Name"), bound.get("Value")
    if not isinstance(name, str) or not (value is None or isinstance(value, str)):
        problem = {"message": say("not_text"), "members": ["Value"]}
        raise abp_error(400, say("invalid"), None, [problem])
    return name, value


def _kept(value: str, treatment: str) -> str:
    treatments: dict[str, t.Callable[[str], str]] = {"trim": str.strip, "lower": str.lower}
    return treatments.get(treatment, str)(value)


def _changes(server: Server, call: Call, rows: t.Any) -> dict[str, str]:
    if not isinstance(rows, list):
        raise abp_error(400, say("invalid"), say("no_list", name="settings"))
    known = server.store.effective(call.target)
    pairs = [pair for pair in (_change(server, row, known) for row in rows) if pair is not None]
    return dict(pairs)


def _check_together(server: Server, changes: t.Mapping[str, str]) -> None:
    needed = keys.A_TOGETHER
    if server.switches.keys_together == "with_password":
        needed = keys.A_TOGETHER_WITH_PASSWORD
    touched = changes.keys() & keys.A_TOGETHER_WITH_PASSWORD
    missing = sorted(needed - changes.keys())
    if server.switches.keys_together and touched and missing:
        raise _refused(server, changes, say("together", missing=", ".join(missing)))


def update_bulk(server: Server, call: Call) -> Response:
    """Store the named settings; the others stay."""
    sent = odata.bound(call.json(), ("settings",), "settingsUpdateBulkParameters")
    changes = _changes(server, call, sent.get("settings"))
    _check_together(server, changes)
    if server.switches.bulk == "partial":
        changes = dict(list(changes.items())[: len(changes) // 2])
    if server.switches.bulk != "ignore":
        server.store.write(call.target, changes, server.switches.stale_reads)
    if server.switches.bulk_status == 204 or not server.version.bulk_answers_row:
        return Response(server.switches.bulk_status)
    return _row_answer(server, call, next(iter(changes), ""))


def put(server: Server, call: Call) -> Response:
    """Store the one setting of the path."""
    changes = _changes(server, call, [call.json()])
    if set(changes) - {call.key}:
        raise _refused(server, changes, say("other_key", key=call.key))
    server.store.write(call.target, changes, server.switches.stale_reads)
    if not server.version.put_answers_row:
        return Response(200)
    return _row_answer(server, call, call.key)


def _row_answer(server: Server, call: Call, key: str) -> Response:
    stored = server.store.effective(call.target)
    own = _own(server, call.target)
    row = _row(server, key, stored[key], own) if key in stored else None
    context = f"{call.address(server.scheme)}/odata/$metadata#Settings/$entity"
    return as_json({"@odata.context": context, **(row or {"Name": key})}, 200, ODATA)


def delete_bulk(server: Server, call: Call) -> Response:
    """Drop own values, so that the level above shows again."""
    sent = odata.bound(call.json(), ("settingNames",), "settingsDeleteBulkParameters")
    names = sent.get("settingNames")
    if not isinstance(names, list):
        raise abp_error(400, say("invalid"), say("no_list", name="settingNames"))
    server.store.remove(call.target, names, server.switches.stale_reads)
    return Response(204)


_MODEL: tuple[tuple[str, str, type, t.Any], ...] = (
    ("Host", "host", str, None),
    ("Port", "port", int, None),
    ("UserName", "user", str, ""),
    ("Password", "password", str, ""),
    ("Domain", "domain", str, ""),
    ("EnableSsl", "ssl", bool, False),
    ("UseDefaultCredentials", "default_credentials", bool, False),
    ("DefaultFromAddress", "sender", str, ""),
    ("DefaultFromDisplayName", "sender_name", str, ""),
)


def _model(body: t.Any) -> mailer.Model:
    given: dict[str, t.Any] = {}
    fields = [name for name, *_rest in _MODEL]
    posted = odata.bound(body.get("smtpSettingModel"), fields, "smtpSettingModel")
    for name, attribute, kind, default in _MODEL:
        value = posted.get(name)
        if value is None:
            value = default
        if not values.is_a(value, kind):
            problem = {"message": say("missing", name=name), "members": [name]}
            raise abp_error(400, say("invalid"), None, [problem])
        given[attribute] = value
    return mailer.Model(**given)


def verify(server: Server, call: Call) -> Pending:
    """Send a test message with the settings of the request, not with the stored ones."""
    body = odata.bound(call.json(), ("sendTo", "smtpSettingModel"), "verifySmtpSettingParameters")
    model = _model(body)
    recipient = body.get("sendTo") or (
        "" if server.version.verify_needs_recipient else model.sender
    )
    if not recipient:
        problem = {"message": say("missing", name="sendTo"), "members": ["sendTo"]}
        raise abp_error(400, say("invalid"), None, [problem])

    def failed(text: str) -> Refusal:
        echo = (
            f" Request: {json.dumps(body, ensure_ascii=False)}"
            if server.switches.echo_rejected
            else ""
        )
        return abp_error(400, say("mail_failed"), text + echo)

    return server.mail("orchestrator", model, recipient, failed)


def _verifies(server: Server) -> bool:
    return server.version.verify and server.switches.verify_orchestrator


def update_user_setting(server: Server, call: Call) -> Response:
    """Store a row of the one who asks; what holds for the tenant stays as it is."""
    assert call.token is not None
    sent = odata.bound(call.json(), ("setting",), "updateUserSettingParameters")
    name, value = _posted(sent.get("setting"))
    call.target.of_users.setdefault(call.token.user, {})[name] = value or ""
    if not server.version.put_answers_row:
        return Response(200)
    context = f"{call.address(server.scheme)}/odata/$metadata#Settings/$entity"
    row = {"Name": name, "Value": value, "Scope": "User", "Id": name}
    return as_json({"@odata.context": context, **row}, 200, ODATA)


READ = ("OR.Settings", "OR.Settings.Read")
WRITE = ("OR.Settings", "OR.Settings.Write")

ROUTES: dict[tuple[str, str], Operation] = {
    ("GET", "/odata/settings"): Operation("Settings.Read", read_all, "Settings.View", READ),
    ("GET", "/odata/settings()"): Operation("Settings.ReadKey", read_key, "Settings.View", READ),
    ("PUT", "/odata/settings()"): Operation("Settings.Update", put, "Settings.Edit", WRITE),
    ("POST", f"{ACTIONS}updatebulk"): Operation(
        "Settings.UpdateBulk", update_bulk, "Settings.Edit", WRITE
    ),
    ("POST", f"{ACTIONS}updateusersetting"): Operation(
        "Settings.UpdateUserSetting", update_user_setting, "", WRITE, since("user_settings")
    ),
    ("POST", f"{ACTIONS}deletebulk"): Operation(
        "Settings.DeleteBulk", delete_bulk, "Settings.Delete", WRITE, since("delete_bulk")
    ),
    ("POST", f"{ACTIONS}verifysmtpsetting"): Operation(
        "Settings.VerifySmtpSetting", verify, "Settings.Edit", WRITE, _verifies
    ),
}
