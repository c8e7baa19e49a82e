# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Both APIs of one server as one place that keeps mail settings.

The version of the server decides where a setting is kept.  It is learned from an answer that is
needed anyway: the sign-in, or else the first read of the Orchestrator API.  An API that keeps
nothing of what was asked for is neither read nor written.
"""

from __future__ import annotations

import typing as t
from collections import ChainMap

from .._errors import Failure
from .._settings import IDENTITY, MAIL_TAB
from .audience import Roll
from .backend import Intent, Snapshot, StoredPassword
from .routing import ALERTS, Placement, Places, mail_moved, notices, place, users_level

if t.TYPE_CHECKING:
    from .._server.session import Bearer, Session
    from .._server.site import Site
    from .._settings import Values
    from .backend import Backend
    from .identity import IdentitySettings
    from .orchestrator import OrchestratorSettings
    from .place import Place


class RoutedSettings:
    """The settings of a server, each at its home (a ``Backend``).

    ``site`` is the Orchestrator API, which names the version; None where it has no address.
    ``user_session`` makes a session that may read the users of a level.
    """

    def __init__(
        self,
        placement: Placement,
        bearer: Bearer,
        site: Site | None,
        orchestrator: OrchestratorSettings | None,
        identity: IdentitySettings,
        user_session: t.Callable[[str], Session],
    ) -> None:
        self._placement, self._bearer, self._site = placement, bearer, site
        self._user_session = user_session
        self._orchestrator, self._identity = orchestrator, identity
        self._places: Places | None = None
        self._known: Snapshot | None = None

    @property
    def target(self) -> str:
        return (self._orchestrator or self._identity).target

    def close(self) -> None:
        self._identity.close()
        if self._orchestrator is not None:
            self._orchestrator.close()

    def shared_place(self) -> Place | None:
        """The place of the mail settings, where other tenants may have the same; else None.

        Signs in, and reads what it takes to know the version; the next read uses that.
        """
        self._known = self._settle()
        return self._identity.place() if self._where.identity else None

    def read(self, names: t.Collection[str] | None = None) -> Snapshot:
        known, self._known = self._known or self._settle(), None
        parts = []
        if _touched(self._where.orchestrator, names):
            parts.append(self._read_orchestrator(known))
        if _touched(self._where.identity, names):
            parts.append(self._identity.read())
        return self._joined(parts)

    def parts(self, names: t.Sequence[str]) -> t.Sequence[tuple[str, ...]]:
        # Mail settings first: they are the ones that a server may refuse.
        mail = tuple(name for name in names if name in self._where.identity)
        rest = tuple(name for name in names if name not in mail)
        return tuple(part for part in (mail, rest) if part)

    def companions(self, part: t.Sequence[str], snapshot: Snapshot) -> t.Sequence[str]:
        return self._keeping(part).companions(part, snapshot)

    def foresee(self, intent: Intent, snapshot: Snapshot) -> None:
        for name in ("orchestrator", "identity"):
            part = self._part(intent, name)
            if part != Intent():
                self._api(name).foresee(part, snapshot)

    def write(self, changes: Values, snapshot: Snapshot, along: Values) -> None:
        self._keeping(changes).write(changes, snapshot, along)

    def reset(self, names: t.Sequence[str], snapshot: Snapshot) -> None:
        self._keeping(names).reset(names, snapshot)

    def verify(self, candidate: Values, recipient: str) -> None:
        self._settle()
        self._api(self._mail_api).verify(candidate, recipient)

    def users(self) -> Roll:
        """Whom mail may reach here: the users of the tenant or of the organization.

        Raises ``Failure`` where they cannot be asked for, ``users_closed`` where that is a right.
        """
        from .people import Source, organization_users, tenant_users

        self._settle()
        level = users_level(self._placement, self._version)
        if level == "host":
            return Roll(level)
        api = self._api("identity" if level == "organization" else "orchestrator")
        source = Source(self._user_session(level), level, api.target)
        if level == "tenant":
            return Roll(level, tenant_users(source))
        return Roll(level, organization_users(source, self._identity.organization()))

    @property
    def _where(self) -> Places:
        return t.cast(Places, self._places)

    @property
    def _version(self) -> str | None:
        return self._site.version if self._site is not None else None

    @property
    def _mail_api(self) -> str:
        return "identity" if mail_moved(self._placement, self._version) else "orchestrator"

    def _part(self, intent: Intent, api: str) -> Intent:
        """What of ``intent`` the API called ``api`` would be asked."""
        here = self._where.identity if api == "identity" else self._where.orchestrator
        return Intent(
            changes={name: value for name, value in intent.changes.items() if name in here},
            gone=tuple(name for name in intent.gone if name in here),
            candidate=intent.candidate if api == self._mail_api else None,
        )

    def _keeping(self, names: t.Collection[str]) -> Backend:
        """The API that keeps ``names``, which are one of ``parts``."""
        return self._api("identity" if _touched(self._where.identity, names) else "orchestrator")

    def _api(self, name: str) -> Backend:
        return self._identity if name == "identity" else t.cast("Backend", self._orchestrator)

    def _settle(self) -> Snapshot | None:
        """Decide once where everything is; returns what had to be read of the Orchestrator API."""
        if self._places is not None:
            return None
        known = self._learn()
        self._places = place(self._placement, self._version)
        return known

    def _learn(self) -> Snapshot | None:
        """Make the version known where places depend on it; a read that it took is not repeated."""
        if not self._placement.needs_version or self._orchestrator is None:
            return None
        self._bearer.token()
        if self._version is not None:
            return None
        try:
            return self._orchestrator.read()
        except Failure:
            # A refusal names the version as well, and perhaps nothing is wanted from this API.
            if self._version is None:
                raise
            return None

    def _read_orchestrator(self, known: Snapshot | None) -> Snapshot:
        orchestrator = t.cast("OrchestratorSettings", self._orchestrator)
        snapshot = known or orchestrator.read()
        return _alerts_only(snapshot) if mail_moved(self._placement, self._version) else snapshot

    def _joined(self, parts: t.Sequence[Snapshot]) -> Snapshot:
        if len(parts) == 1:
            return self._alone(parts[0])

        def merged(field: str) -> t.Mapping[str, t.Any]:
            return dict(ChainMap(*(getattr(part, field) for part in reversed(parts))))

        def all_of(field: str) -> tuple[str, ...]:
            return tuple(name for part in parts for name in getattr(part, field))

        told = [part.password for part in parts if part.password.kind != "unknown"]
        return Snapshot(
            values=merged("values"),
            password=told[-1] if told else StoredPassword("unknown"),
            sources=merged("sources"),
            api=merged("api"),
            server_version=self._version,
            own=frozenset(all_of("stored_here")),
            together=all_of("together"),
            notices=notices(self._placement, self._version, self._where),
            texts=merged("texts"),
            places=merged("places"),
            is_partial=any(part.is_partial for part in parts),
            era=self._era,
        )

    def _alone(self, part: Snapshot) -> Snapshot:
        """What one API told, where the other one is not asked."""
        return part._replace(
            server_version=self._version,
            own=part.stored_here,
            notices=notices(self._placement, self._version, self._where),
            era=self._era,
        )

    @property
    def _era(self) -> str:
        return IDENTITY if self._mail_api == "identity" else MAIL_TAB


def _alerts_only(snapshot: Snapshot) -> Snapshot:
    """What counts of the Orchestrator API where mail settings have moved to the Identity server."""
    held = {name: value for name, value in snapshot.values.items() if name == ALERTS}
    sources = {name: where for name, where in snapshot.sources.items() if name == ALERTS}
    return Snapshot(
        values=held,
        password=StoredPassword("unknown"),
        sources=sources,
        api={"orchestrator": list(held)},
        own=snapshot.stored_here & {ALERTS},
        places={ALERTS: snapshot.places[ALERTS]},
    )


def _touched(kept: t.Collection[str], names: t.Collection[str] | None) -> bool:
    """Whether one of ``names`` (None: of all) is among those that are kept somewhere."""
    return bool(kept) if names is None else any(name in kept for name in names)
