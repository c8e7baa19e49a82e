# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The settings API of the Orchestrator itself (OData ``Settings``), every version.

Wire names stop here.

Values travel as text.  Reading answers a mask for a set password; writing is partial: what is not
named stays as it is.  Answers to writes differ by version, so any 2xx counts and is read back.
"""

from __future__ import annotations

import typing as t

from .._errors import Failure, Refused
from .._phrase import say
from .._server import refusal_text
from .._server.client import Request
from .._server.pages import pages
from .._server.session import Session
from .._settings import PASSWORD, typed, wire_text
from . import refusals
from .backend import Intent, Snapshot, StoredPassword
from .wire_keys import ABP

SETTINGS_PATH = "/odata/Settings"
ACTIONS = SETTINGS_PATH + "/UiPath.Server.Configuration.OData."
#: Settings that some servers take only together, by an unverified note on servers of 2020.
INSISTED = ("smtp_host", "smtp_port", "smtp_username", PASSWORD)
#: ``VerifySmtpSetting`` came with 2019.10, ``DeleteBulk`` with 2022.4.
FIRST_VERIFY_API, FIRST_RESET_API = 9.0, 15.0
OPTION_OF = {key.lower(): name for name, key in ABP.items()}
#: A tenant has dozens of settings, and most are told from ours by their lengths.
LENGTHS = frozenset(map(len, OPTION_OF))
SCOPES = {"application": "host", "tenant": "tenant"}
STORED = ("tenant", "unknown")
#: The body of the verify call, which has real numbers and booleans (vendor: SmtpSettingModel).
VERIFY_FIELDS = {
    "smtp_host": "Host",
    "smtp_port": "Port",
    "smtp_username": "UserName",
    PASSWORD: "Password",
    "smtp_domain": "Domain",
    "enable_ssl": "EnableSsl",
    "use_default_credentials": "UseDefaultCredentials",
    "default_from_address": "DefaultFromAddress",
    "default_from_display_name": "DefaultFromDisplayName",
}

VIEW = "the permission Settings.View, or the scope OR.Settings or OR.Settings.Read"
EDIT = "the permission Settings.Edit, or the scope OR.Settings or OR.Settings.Write"
DELETE = "the permission Settings.Delete, or the scope OR.Settings or OR.Settings.Write"
Row = t.Mapping[str, t.Any]

if t.TYPE_CHECKING:
    from .._server.answer import Answer
    from .._settings import Values
    from .place import Place


class OrchestratorSettings:
    """Mail settings of one tenant, or of the host, on the Orchestrator API (a ``Backend``)."""

    def __init__(self, session: Session, place: Place, *, host: bool) -> None:
        self._place, self._session, self._host = place, session, host

    @property
    def target(self) -> str:
        return str(self._place)

    def close(self) -> None:
        self._session.site.client.close()

    def read(self, names: t.Collection[str] | None = None) -> Snapshot:
        rows = self._rows()
        sources = {n: _source(str(row.get("Scope")), self._host) for n, row in rows.items()}
        # A server that lists no password may well store one, here or above.
        sources.setdefault(PASSWORD, "unknown")
        values = {n: typed(n, row.get("Value")) for n, row in rows.items() if n != PASSWORD}
        return Snapshot(
            values=values,
            password=_stored_password(rows.get(PASSWORD)),
            sources=sources,
            api={"orchestrator": sorted(rows)},
            server_version=self._session.site.version,
            own=self._own(sources),
            places=dict.fromkeys(ABP, self._place),
        )

    def parts(self, names: t.Sequence[str]) -> t.Sequence[tuple[str, ...]]:
        return (tuple(names),)

    def companions(self, part: t.Sequence[str], snapshot: Snapshot) -> t.Sequence[str]:
        return INSISTED if any(name in INSISTED for name in part) else ()

    def foresee(self, intent: Intent, snapshot: Snapshot) -> None:
        version = float(snapshot.server_version or "inf")
        if intent.candidate is not None and version < FIRST_VERIFY_API:
            raise refusals.verify_unsupported(self._session, self.target)
        if intent.candidate is not None and not intent.candidate:
            raise refusals.stored_untestable(self._session, self.target)
        if intent.gone and version < FIRST_RESET_API:
            raise self._no_reset(intent.gone)

    def write(self, changes: Values, snapshot: Snapshot, along: Values) -> None:
        rows = {**along, **changes}
        settings = [
            {"Name": key, "Value": wire_text(rows[name])}
            for name, key in ABP.items()
            if name in rows
        ]
        body = {"settings": settings}
        answer = self._session.tell(Request("POST", ACTIONS + "UpdateBulk", json=body))
        if not answer.ok:
            raise self._write_refused(answer, EDIT)
        refusals.doubt_strange_yes(answer)

    def reset(self, names: t.Sequence[str], snapshot: Snapshot) -> None:
        body = {"settingNames": [ABP[name] for name in names]}
        answer = self._session.tell(Request("POST", ACTIONS + "DeleteBulk", json=body))
        if answer.status == 404:
            raise self._no_reset(names, answer.status)
        if not answer.ok:
            raise self._write_refused(answer, DELETE)
        refusals.doubt_strange_yes(answer)

    def verify(self, candidate: Values, recipient: str) -> None:
        if not candidate:
            raise refusals.stored_untestable(self._session, self.target)
        model = {wire: candidate[n] for n, wire in VERIFY_FIELDS.items() if n in candidate}
        body = {"sendTo": recipient, "smtpSettingModel": model}
        answer = self._session.tell(Request("POST", ACTIONS + "VerifySmtpSetting", json=body))
        if answer.status == 404:
            raise refusals.verify_unsupported(self._session, self.target, answer.status)
        if answer.status == 403:
            raise self._forbidden(answer, EDIT, "verify")
        if not answer.ok or refusal_text.says_no(answer):
            raise refusals.verify_failed(answer, candidate, recipient)

    def _own(self, sources: t.Mapping[str, str]) -> frozenset[str] | None:
        # Nothing is above the host.  Elsewhere a server that does not say where a value comes from
        # may well store it here.
        if self._host:
            return None
        return frozenset(name for name, source in sources.items() if source in STORED)

    def _rows(self) -> dict[str, Row]:
        """The rows of our settings by option name, over all pages."""
        rows: dict[str, Row] = {}
        for page in pages(self._session, SETTINGS_PATH, (), self._refuse):
            for row in page.rows:
                key = row.get("Name") if isinstance(row, dict) else None
                if isinstance(key, str) and len(key) in LENGTHS and key.lower() in OPTION_OF:
                    self._add_row(rows, OPTION_OF[key.lower()], row)
        return rows

    def _add_row(self, rows: dict[str, Row], name: str, row: Row) -> None:
        before = (rows[name].get("Value"),) if name in rows else ()
        odd = refusals.odd_row(ABP[name], row.get("Value"), before)
        if odd is not None:
            raise refusals.bad_row(self.target, odd)
        rows[name] = row

    def _refuse(self, answer: Answer) -> None:
        if answer.status == 403:
            raise self._forbidden(answer, VIEW, "read")
        if not answer.ok:
            raise self._session.site.unexpected(answer, stage="read")

    def _write_refused(self, answer: Answer, needs: str) -> Failure:
        if answer.status == 403:
            return self._forbidden(answer, needs, "write")
        return refusals.write_refused(self._session, self.target, answer)

    def _no_reset(self, names: t.Sequence[str], status: int | None = None) -> Failure:
        return Refused(
            "reset_unsupported",
            target=self.target,
            options=", ".join(names),
            why=say("its Orchestrator API learned that with API version 15"),
            status=status,
            stage="write" if status else "guard",
        )

    def _forbidden(self, answer: Answer, needs: str, stage: str) -> Failure:
        return refusals.forbidden(self._session, self.target, answer, needs, stage)


def _source(scope: str, host: bool) -> str:
    found = SCOPES.get(scope.lower(), "unknown")
    return "host" if host and found == "tenant" else found


def _stored_password(row: Row | None) -> StoredPassword:
    """What a row says: nothing without a row, not set when empty, hidden behind whatever else.

    No server is known to answer the password itself, and a mask cannot be told from a password
    with certainty; so the text is kept only to see whether it is exactly the declared password.
    """
    if row is None:
        return StoredPassword("unknown")
    text = row.get("Value")
    return StoredPassword("hidden", str(text)) if text else StoredPassword("absent")
