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

from .._errors import Ambiguous, Failure
from .backend import Intent, Snapshot, StoredPassword
from .routing import ALERTS, Placement, Places, mail_moved, notices, place

if t.TYPE_CHECKING:
    from .._server.session import Bearer
    from .._server.site import Site
    from .._settings import Values
    from .backend import Backend
    from .identity import IdentitySettings
    from .orchestrator import OrchestratorSettings

API_NAMES = {"orchestrator": "the Orchestrator API", "identity": "the Identity API"}


class RoutedSettings:
    """The settings of a server, each at its home (a ``Backend``).

    ``site`` is the Orchestrator API, which names the version; None where it has no address.
    """

    def __init__(
        self,
        target: str,
        placement: Placement,
        bearer: Bearer,
        site: Site | None,
        orchestrator: OrchestratorSettings | None,
        identity: IdentitySettings,
    ) -> None:
        self.target = target
        self._placement, self._bearer, self._site = placement, bearer, site
        self._orchestrator, self._identity = orchestrator, identity
        self._places: Places | None = None
        self._stored: dict[str, Values] = {}

    def close(self) -> None:
        self._identity.close()
        if self._orchestrator is not None:
            self._orchestrator.close()

    def read(self) -> Snapshot:
        known = self._settle()
        parts = []
        if self._where.orchestrator:
            parts.append(self._read_orchestrator(known))
        if self._where.identity:
            parts.append(self._identity.read())
        return self._joined(parts)

    def foresee(self, intent: Intent, snapshot: Snapshot) -> None:
        for name in ("orchestrator", "identity"):
            part = self._part(intent, name)
            if part != Intent():
                self._api(name).foresee(part, snapshot)

    def write(self, changes: Values, snapshot: Snapshot, password: str | None = None) -> None:
        def store(api: Backend, names: t.Sequence[str]) -> None:
            part = {name: changes[name] for name in names}
            if self._stored.get(api.target) != part:
                api.write(part, snapshot, password)
            self._stored[api.target] = part

        # Mail settings first: they are the ones that a server may refuse.
        self._each(("identity", "orchestrator"), tuple(changes), store)

    def reset(self, names: t.Sequence[str], snapshot: Snapshot) -> None:
        # The Orchestrator first: it is the one that may not know the call.
        self._each(("orchestrator", "identity"), names, lambda api, part: api.reset(part, snapshot))

    def verify(self, candidate: Values, recipient: str) -> None:
        self._settle()
        self._api(self._mail_api).verify(candidate, recipient)

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
            {name: value for name, value in intent.changes.items() if name in here},
            tuple(name for name in intent.gone if name in here),
            intent.candidate if api == self._mail_api else None,
        )

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
        def merged(field: str) -> dict[str, t.Any]:
            return {key: value for part in parts for key, value in getattr(part, field).items()}

        told = [part.password for part in parts if part.password.kind != "unknown"]
        return Snapshot(
            merged("values"),
            told[-1] if told else StoredPassword("unknown"),
            merged("sources"),
            merged("api"),
            self._version,
            own=frozenset().union(*(part.stored_here for part in parts)),
            together=tuple(name for part in parts for name in part.together),
            notices=notices(self._placement, self._version, self._where),
        )

    def _each(
        self,
        order: t.Sequence[str],
        names: t.Sequence[str],
        act: t.Callable[[Backend, t.Sequence[str]], None],
    ) -> None:
        """Act on each API with its part; what is half done when one refuses is said exactly."""
        done: list[tuple[str, t.Sequence[str]]] = []
        for api in order:
            part = [name for name in names if (name in self._where.identity) == (api == "identity")]
            if not part:
                continue
            try:
                act(self._api(api), part)
            except Ambiguous:
                raise
            except Failure as exc:
                if not done:
                    raise
                raise _half_done(done[0], part, exc) from exc
            done.append((api, part))


def _alerts_only(snapshot: Snapshot) -> Snapshot:
    """What counts of the Orchestrator API where mail settings have moved to the Identity server."""
    held = {name: value for name, value in snapshot.values.items() if name == ALERTS}
    sources = {name: where for name, where in snapshot.sources.items() if name == ALERTS}
    api = {"orchestrator": list(held)}
    own = snapshot.stored_here & {ALERTS}
    return Snapshot(held, StoredPassword("unknown"), sources, api, own=own)


def _half_done(
    done: tuple[str, t.Sequence[str]], refused: t.Sequence[str], exc: Failure
) -> Failure:
    api, stored = done
    return Failure(
        "written_partly",
        stored=f"{', '.join(stored)} {'is' if len(stored) == 1 else 'are'}",
        first=API_NAMES[api],
        refused=", ".join(refused),
        reason=exc,
        stage="write",
        status=exc.status,
        result={"changed": True, "updated": list(stored)},
    )
