# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the server stores: host and tenants on the Orchestrator surface, partitions on Identity."""

from __future__ import annotations

import itertools
import typing as t
import uuid

from .seed import DEFAULTS

_NAMESPACE = uuid.UUID("5d5f0f0e-5a57-4d6c-8f0e-0a4f3a2b1c0d")


def organization_id(name: str) -> str:
    """The partition of an organization: the same name always has the same GUID."""
    return str(uuid.uuid5(_NAMESPACE, name))


class Level:
    """The host or one tenant, with the values of its own."""

    __slots__ = ("active", "id", "key", "name", "of_users", "previous", "stale_left", "values")

    def __init__(self, name: str, number: int, values: t.Mapping[str, str]) -> None:
        self.name = name
        self.id = number
        self.key = str(uuid.uuid5(_NAMESPACE, f"tenant {name}"))
        self.active = True
        self.values = dict(values)
        self.of_users: dict[str, dict[str, str]] = {}
        self.previous: dict[str, str] = {}
        self.stale_left = 0

    def visible(self) -> dict[str, str]:
        """The own values as a reader sees them; for a while after a slow write, the old ones."""
        if self.stale_left > 0:
            self.stale_left -= 1
            return self.previous
        return self.values


class Row(t.NamedTuple):
    """One stored value of the Identity service."""

    id: int
    value: str | None


class Partition:
    """The host (no id) or one organization of the Identity service, or a user of one of them."""

    __slots__ = ("id", "previous", "rows", "stale_left", "user")

    def __init__(self, partition_id: str | None, user: str | None = None) -> None:
        self.id, self.user = partition_id, user
        self.rows: dict[str, Row] = {}
        self.previous: dict[str, Row] = {}
        self.stale_left = 0

    def visible(self) -> dict[str, Row]:
        """The rows as a reader sees them; for a while after a slow write, the old ones."""
        if self.stale_left > 0:
            self.stale_left -= 1
            return self.previous
        return self.rows


class Store:
    """All values. Effective on the Orchestrator surface: tenant over host over default."""

    def __init__(self, tenants: t.Mapping[str, t.Mapping[str, str]]) -> None:
        self.host = Level("Host", 0, {})
        self.tenants = {
            name.lower(): Level(name, number, values)
            for number, (name, values) in enumerate(tenants.items(), start=1)
        }
        self.partitions: dict[tuple[str | None, str | None], Partition] = {}
        self._row_ids = itertools.count(101)

    def effective(self, level: Level) -> dict[str, str]:
        """What holds at this level, the password included."""
        return {**DEFAULTS, **self.host.values, **level.values}

    def seen(self, level: Level) -> dict[str, str]:
        """What a read shows of this level, including slow writes."""
        if level is self.host:
            return {**DEFAULTS, **level.visible()}
        return {**DEFAULTS, **self.host.visible(), **level.visible()}

    def write(self, level: Level, changes: t.Mapping[str, str], stale_reads: int = 0) -> None:
        """Store own values of one level."""
        self._remember(level, stale_reads)
        level.values = {**level.values, **changes}

    def remove(self, level: Level, names: t.Iterable[str], stale_reads: int = 0) -> None:
        """Drop own values, so that the level above shows again."""
        self._remember(level, stale_reads)
        dropped = set(names)
        level.values = {key: value for key, value in level.values.items() if key not in dropped}

    def partition(self, partition_id: str | None, user: str | None = None) -> Partition:
        """The rows of the partition itself, or those of a user in it; kept once they are written.

        Identifiers are GUIDs in their canonical form.
        """
        return self.partitions.get((partition_id, user)) or Partition(partition_id, user)

    def write_rows(
        self, partition: Partition, changes: t.Mapping[str, str | None], stale_reads: int = 0
    ) -> None:
        """Create or update rows of the Identity service."""
        self._remember_rows(partition, stale_reads)
        rows = dict(partition.rows)
        for key, value in changes.items():
            rows[key] = Row(rows[key].id if key in rows else next(self._row_ids), value)
        partition.rows = rows
        self.partitions[partition.id, partition.user] = partition

    def remove_rows(
        self, partition: Partition, names: t.Iterable[str], stale_reads: int = 0
    ) -> None:
        """Delete rows of the Identity service."""
        self._remember_rows(partition, stale_reads)
        dropped = set(names)
        partition.rows = {key: row for key, row in partition.rows.items() if key not in dropped}

    @staticmethod
    def _remember(level: Level, stale_reads: int) -> None:
        if stale_reads:
            level.previous, level.stale_left = level.values, stale_reads

    @staticmethod
    def _remember_rows(partition: Partition, stale_reads: int) -> None:
        if stale_reads:
            partition.previous, partition.stale_left = partition.rows, stale_reads
