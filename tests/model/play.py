# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One case from beginning to end: what happened before, a look, the run, and two runs after it."""

from __future__ import annotations

import atexit
import contextlib
import os
import tempfile
import typing as t

from ansible_collections.rpaops.orchestrator.plugins.module_utils._reconcile import read_back
from ansible_collections.rpaops.orchestrator.plugins.module_utils._server import patience
from fake.orchestrator import FakeOrchestrator
from fake.orchestrator.seed import DEFAULTS

from . import rules
from .cases import SLOW, Case
from .roads import ROADS
from .rules import Seen
from .worlds import World, stores_of

TENANTS: t.Mapping[str, dict[str, str]] = {"Default": {}, "Other": {"Abp.Net.Mail.Smtp.Port": "26"}}
#: Of a run that meets a peer which never answers.
HASTE = 0.7


class Play:
    """The servers, one for each version and shape, started when first needed."""

    def __init__(self) -> None:
        self._fakes: dict[tuple[str, str], FakeOrchestrator] = {}
        self._open = contextlib.ExitStack()
        self._folder = self._open.enter_context(tempfile.TemporaryDirectory())
        atexit.register(self.close)
        # The order of events stays; only the waits between them go.
        read_back.SETTLING = (0.0, 0.0, 0.0, 0.0)
        patience.FIRST_WAIT, patience.REFUSAL_STEP = 0.001, 0.001

    def close(self) -> None:
        self._open.close()

    def wrong(self, case: Case) -> list[str]:
        """What breaks a rule in this case, in sentences."""
        fake = self._fake(case)
        record = os.path.join(self._folder, "record")
        for name in os.listdir(self._folder):
            os.unlink(os.path.join(self._folder, name))
        base = {"server": case.world.server(fake), "password_record": record}
        if any(fault["fault"] in SLOW for fault in case.faults):
            base["server"]["timeout"] = HASTE
        self._happen(fake, case, base)
        options = {**base, **case.options}
        look = self._run(fake, case.roads[0], options, check_mode=True)
        for fault in case.faults:
            fake.fault(**fault)
        done = self._run(fake, case.roads[1], options)
        fake.clear_faults()
        again = self._run(fake, case.roads[0], options)
        found = [text for rule in rules.LOOKING for text in rule(case, look)]
        found += rules.foresees(case, look, done)
        for name, seen in {"run": done, "again": again}.items():
            found += [f"{name}: {text}" for rule in rules.ALWAYS for text in rule(case, seen)]
        if not again.failed:
            last = self._run(fake, case.roads[1], options)
            found += rules.comes_to_rest(case, last)
        return found

    def _fake(self, case: Case) -> FakeOrchestrator:
        world, name = case.world, (case.world.version, case.world.shape)
        if name not in self._fakes:
            running = FakeOrchestrator(*name, tenants=TENANTS)
            self._fakes[name] = self._open.enter_context(running)
        fake = self._fakes[name]
        tenants = {**TENANTS, "Default": case.held["Default"]}
        rows = {"host": case.held["host rows"], "acme": case.held["acme"]}
        identity = rows if fake_has_identity(world) else {}
        fake.begin_anew(tenants, case.held["host"], identity, case.switches)
        return fake

    def _happen(self, fake: FakeOrchestrator, case: Case, base: t.Mapping[str, t.Any]) -> None:
        world = case.world
        for kind, values in case.before:
            if kind == "declare":
                ROADS[case.roads[0]]({**base, **values}, False)
            elif kind == "anew":
                fake.lose_own(world.mail)
            elif world.on_identity:
                fake.set_identity_settings(None, values)
            else:
                fake.set_settings(None, values)

    def _run(
        self,
        fake: FakeOrchestrator,
        road: str,
        options: t.Mapping[str, t.Any],
        check_mode: bool = False,
    ) -> Seen:
        fake.clear_log()
        before = stores_of(fake, DEFAULTS)
        result = ROADS[road](options, check_mode)
        return Seen(before, stores_of(fake, DEFAULTS), result, fake.requests)


def fake_has_identity(world: World) -> bool:
    return world.version.startswith("v")
