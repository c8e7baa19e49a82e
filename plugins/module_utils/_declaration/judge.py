# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""All rules once more, after the first read and before any write.

Pure.

By then the era is known, and the state that would result.  A rule that this state breaks and the
state before did not is broken by this run: an error where what is declared or stored at this very
place breaks it, a warning where only together with what is inherited.
"""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, field, replace

from .._settings import PASSWORD, Values, fits
from .preflight import Finding, check, refusal

if t.TYPE_CHECKING:
    from .._knowledge.provider import Provider
    from .._reconcile.change import Change
    from .case import Circumstances

Era = tuple[str, t.Optional[str]]


@dataclass(frozen=True)
class Judge:
    """The rules for one declaration; ``said`` is what they found before there was an era."""

    provider: Provider | None
    circumstances: Circumstances
    said: frozenset[Finding]
    _known: dict[tuple[Era, tuple[t.Any, ...]], tuple[Finding, ...]] = field(
        default_factory=dict, repr=False, compare=False
    )

    def __call__(self, change: Change) -> t.Iterable[str]:
        """Warnings that are new by now; raises ``Failure`` with all errors in one message."""
        found = [*self._of_declared(change), *self._of_state(change)]
        if any(finding.is_error for finding in found):
            raise refusal(found)
        return [finding.line for finding in found]

    def _of_declared(self, change: Change) -> tuple[Finding, ...]:
        """What only the era tells; asked once, however many tenants declare the same."""
        about = (_era(change), tuple(change.declared.items()))
        if about not in self._known:
            found = self._found(change.declared, change)
            self._known[about] = tuple(f for f in found if f not in self.said)
        return self._known[about]

    def _of_state(self, change: Change) -> t.Iterator[Finding]:
        if not change.values:
            return
        before, after = _state(change, {}), _state(change, change.values)
        old = {*self._found(before, change), *self._found(change.declared, change), *self.said}
        own = self._found({n: v for n, v in after.items() if _is_own(change, n)}, change)
        for finding in self._found(after, change):
            if finding not in old:
                yield finding if finding in own else replace(finding, grade="warning")

    def _found(self, settings: Values, change: Change) -> tuple[Finding, ...]:
        era, version = _era(change)
        around = replace(self.circumstances, era=era, version=version)
        judged = check(settings, self.provider, around)
        return (*judged.errors, *judged.warnings)


def _era(change: Change) -> Era:
    return change.current.era, change.current.server_version


def _state(change: Change, values: Values) -> dict[str, t.Any]:
    """What holds with ``values`` stored, as far as it is of the kind of its setting."""
    known = {**change.current.values, **values}
    return {name: value for name, value in known.items() if fits(name, value)}


def _is_own(change: Change, name: str) -> bool:
    return change.current.certainly_own(name) or name in change.declared or name == PASSWORD
