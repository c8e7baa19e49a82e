# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The settings API of the Identity server, 2021.10 and later.

Wire names stop here.

Values travel as text.  Only rows that the level itself stores come back; what it inherits is not
shown.  Writing is partial, but host, port and sender address travel together.
"""

from __future__ import annotations

import typing as t

from .._errors import Failure, Refused
from .._phrase import say
from .._server import refusal_text
from .._server.client import Request
from .._server.session import Session, organization_id
from .._settings import IDENTITY as MEANING
from .._settings import PASSWORD, typed, wire_text
from . import refusals
from .backend import Intent, Snapshot, StoredPassword
from .place import on_server
from .wire_keys import IDENTITY

if t.TYPE_CHECKING:
    from .._server.answer import Answer
    from .._settings import Value, Values
    from .place import Place

SETTING_PATH = "/api/Setting"
VERIFY_PATH = SETTING_PATH + "/VerifySmtpSettings"
#: The server refuses a write that names only some of these.
TOGETHER = ("smtp_host", "smtp_port", "default_from_address")
#: The vendor's word for its own sender, where a host name would be.
PLATFORM_DEFAULT = "SendGrid"
OPTION_OF = {key.lower(): name for name, key in IDENTITY.items()}
#: The body of the verify call, which has real numbers and booleans (SmtpClientConfiguration).
VERIFY_FIELDS = {
    "smtp_host": "host",
    "smtp_port": "port",
    "smtp_username": "userName",
    PASSWORD: "password",
    "smtp_domain": "domain",
    "enable_ssl": "enableSsl",
    "use_default_credentials": "useDefaultCredentials",
    "default_from_address": "fromAddress",
    "default_from_display_name": "fromDisplayName",
}
READ = "host or organization administration, or the scope PM.Setting or PM.Setting.Read"
WRITE = "host or organization administration, or the scope PM.Setting or PM.Setting.Write"


class IdentitySettings:
    """Mail settings of one organization, or of the host, on the Identity API (a ``Backend``).

    ``partition`` is the identifier of the organization; by default the one the token names.
    """

    def __init__(
        self,
        session: Session,
        *,
        host: bool,
        partition: str | None = None,
        names: t.Sequence[str] = tuple(IDENTITY),
    ) -> None:
        self._session, self._host, self._names = session, host, names
        self._known = partition

    @property
    def target(self) -> str:
        return str(self._place)

    def close(self) -> None:
        self._session.site.client.close()

    def read(self, names: t.Collection[str] | None = None) -> Snapshot:
        # Older servers do not know the timeout, so it is asked for only when it matters.
        named = [n for n in IDENTITY if n in self._names or n != "smtp_timeout"]
        query = [("key", IDENTITY[name]) for name in named]
        query += self._partition_member().items()
        answer = self._session.ask(Request("GET", SETTING_PATH, query=query))
        rows = self._rows(answer)
        values = {name: typed(name, row) for name, row in rows.items() if name != PASSWORD}
        texts = {name: _text(row) for name, row in rows.items() if name != PASSWORD}
        odd = {n: text for n, text in texts.items() if text != wire_text(values[n])}
        own = frozenset(rows)
        default = _is_platform_default(values)
        if default:
            del values["smtp_host"]
        return Snapshot(
            values=values,
            password=_stored_password(rows),
            sources=self._sources(named, own, default),
            api={"identity": sorted(named)},
            server_version=self._session.site.version,
            own=own,
            together=tuple(n for n in TOGETHER if not (default and n == "smtp_host")),
            texts=odd,
            places=dict.fromkeys(IDENTITY, self._place),
            is_partial=not self._host,
            era=MEANING,
        )

    def parts(self, names: t.Sequence[str]) -> t.Sequence[tuple[str, ...]]:
        return (tuple(names),)

    def companions(self, part: t.Sequence[str], snapshot: Snapshot) -> t.Sequence[str]:
        # The others travel anyway.
        return [name for name in TOGETHER if name in snapshot.texts]

    def foresee(self, intent: Intent, snapshot: Snapshot) -> None:
        """Nothing: what this API has no call for shows only in its answers."""

    def write(self, changes: Values, snapshot: Snapshot, along: Values) -> None:
        # Only rows of this very level come back, so these are its own values.
        rows: dict[str, Value] = {n: snapshot.text(n) for n in TOGETHER if n in snapshot.values}
        if "smtp_host" in snapshot.stored_here:
            rows.setdefault("smtp_host", PLATFORM_DEFAULT)
        rows.update({**along, **changes})
        settings = [
            {"key": IDENTITY[name], "value": wire_text(rows[name])}
            for name in IDENTITY
            if name in rows
        ]
        body = {"settings": settings, **self._partition_member()}
        answer = self._session.tell(Request("PUT", SETTING_PATH, json=body))
        if not answer.ok:
            raise self._write_refused(answer)
        refusals.doubt_strange_yes(answer)

    def reset(self, names: t.Sequence[str], snapshot: Snapshot) -> None:
        body = {"settings": [IDENTITY[name] for name in names], **self._partition_member()}
        answer = self._session.tell(Request("DELETE", SETTING_PATH, json=body))
        if answer.status in (404, 405):
            raise Refused(
                "reset_unsupported",
                target=self.target,
                options=", ".join(names),
                why=say("its Identity server has no call for it"),
                status=answer.status,
                stage="write",
            )
        if not answer.ok:
            raise self._write_refused(answer)
        refusals.doubt_strange_yes(answer)

    def verify(self, candidate: Values, recipient: str) -> None:
        body: dict[str, t.Any] = {"recipient": recipient}
        if candidate:
            # Without this member the server tests what it has stored.
            body["smtpSettings"] = {
                w: candidate[n] for n, w in VERIFY_FIELDS.items() if n in candidate
            }
        answer = self._session.tell(Request("POST", VERIFY_PATH, json=body))
        if answer.status in (404, 405):
            raise refusals.verify_unsupported(self._session, self.target, answer.status)
        if answer.status == 403:
            raise self._forbidden(answer, WRITE, "verify")
        if not answer.ok or refusal_text.says_no(answer):
            raise refusals.verify_failed(answer, candidate, recipient)

    def _rows(self, answer: Answer) -> dict[str, t.Any]:
        """The stored texts by option name."""
        if answer.status == 403:
            raise self._forbidden(answer, READ, "read")
        if not answer.ok:
            raise self._session.site.unexpected(answer, stage="read")
        said = answer.json()
        if not isinstance(said, list) or not all(isinstance(row, dict) for row in said):
            reason = say("it is not a list of settings")
            raise Failure("bad_answer", target=answer.url, reason=reason, stage="read")
        found: dict[str, t.Any] = {}
        for row in said:
            name = OPTION_OF.get(str(row.get("key", "")).lower())
            if name is not None and not row.get("userId"):
                before = [found[name]] if name in found else []
                odd = refusals.odd_row(IDENTITY[name], row.get("value"), before)
                if odd is not None:
                    raise refusals.bad_row(self.target, odd)
                found[name] = row.get("value")
        return found

    def _sources(
        self, named: t.Iterable[str], own: t.Container[str], default: bool
    ) -> dict[str, str]:
        stored = "default" if default else "host" if self._host else "organization"
        inherited = "default" if self._host else "host"
        return {name: stored if name in own else inherited for name in named}

    @property
    def _place(self) -> Place:
        level, name = ("host", "") if self._host else ("organization", self._known or "")
        return on_server("identity", self._session.site.url, level, name)

    def place(self) -> Place:
        """The place itself, once the sign-in has told which organization it is."""
        self._partition()
        return self._place

    def organization(self) -> str:
        """The identifier of the organization, given or from the sign-in."""
        self._known = self._known or organization_id(self._session.bearer.token())
        if self._known is None:
            raise Failure("organization_missing", who=self._session.who, stage="sign_in")
        return self._known

    def _partition(self) -> str | None:
        return None if self._host else self.organization()

    def _partition_member(self) -> dict[str, str]:
        partition = self._partition()
        return {} if partition is None else {"partitionGlobalId": partition}

    def _write_refused(self, answer: Answer) -> Failure:
        if answer.status == 403:
            return self._forbidden(answer, WRITE, "write")
        return refusals.write_refused(self._session, self.target, answer)

    def _forbidden(self, answer: Answer, needs: str, stage: str) -> Failure:
        if self._host and not refusal_text.wants_other_token(answer):
            return refusals.host_closed(self._session, self.target, answer, stage)
        return refusals.forbidden(self._session, self.target, answer, needs, stage)


def _text(value: t.Any) -> str:
    return "" if value is None else str(value)


def _is_platform_default(values: Values) -> bool:
    return str(values.get("smtp_host", "")).lower() == PLATFORM_DEFAULT.lower()


def _stored_password(rows: t.Mapping[str, t.Any]) -> StoredPassword:
    """A row with a mask means that one is set; no row means that none is set at this level.

    The text is kept only to see whether it is exactly the declared password.
    """
    text = rows.get(PASSWORD)
    return StoredPassword("hidden", str(text)) if text else StoredPassword("absent")
