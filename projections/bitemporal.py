"""The writer of all read models: rows before and after, closed and opened (双时态写入).

Written once. Each command's rows are compared with those believed before it; what differs is closed at, and opened
from, the instant the registry came to know it. A belief opened and closed within one batch goes to the past at once.
All closes are written before all opens, so that periods that move do not collide on the way.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from importlib import resources
from typing import Any
from uuid import UUID

import asyncpg

from projections.model import ReadModel, Values
from registry.store.ports import Connection
from registry.time import FOREVER
from registry.timeline import Entity

_CLOSE = (resources.files("projections") / "sql" / "close.sql").read_text(encoding="utf-8")

Identity = tuple[UUID, date, Values]
"""Entity, first day and keys of a row: what identifies it among the current beliefs."""


class ProjectionDriftError(Exception):
    """The tables do not hold what the log says they hold; they have to be rebuilt."""


class Beliefs:
    """What a batch changes in one read model."""

    def __init__(self, model: ReadModel) -> None:
        """Begin with no change."""
        self.model = model
        self._opened: dict[Identity, tuple[date, Values, datetime]] = {}
        self._closed: list[tuple[Identity, datetime]] = []
        self._past: list[tuple[Any, ...]] = []
        self._keys = len(model.keys)
        self._close_sql = _close_sql(model)

    def change(self, before: Entity | None, after: Entity, at: datetime) -> None:
        """Take in that the registry came to believe ``after`` at ``at``."""
        old = frozenset() if before is None else self.model.rows(before)
        new = self.model.rows(after)
        if old == new:
            return
        for row in old - new:
            self._close(after.id, row, at)
        for start, end, values in new - old:
            identity = (after.id, start, values[: self._keys])
            self._opened[identity] = (end, values, at)

    def _close(self, entity: UUID, row: tuple[date, date, Values], at: datetime) -> None:
        start, _, values = row
        identity = (entity, start, values[: self._keys])
        opened = self._opened.pop(identity, None)
        if opened is None:
            self._closed.append((identity, at))
            return
        end, values, since = opened
        self._past.append((entity, *values, _range(start, end), asyncpg.Range(since, at)))

    async def write_closes(self, connection: Connection, schema: str) -> None:
        """Move closed beliefs to the past; raises ProjectionDriftError when one is not there."""
        if self._closed:
            await self._move(connection, self._close_sql)
        if self._past:
            await connection.copy_records_to_table(
                f"{self.model.name}_past",
                schema_name=schema,
                columns=(*self.model.columns, "valid", "recorded"),
                records=self._past,
            )

    async def _move(self, connection: Connection, sql: str) -> None:
        identities = [identity for identity, _ in self._closed]
        keys = [[keys[index] for _, _, keys in identities] for index in range(self._keys)]
        status = await connection.execute(
            sql,
            [entity for entity, _, _ in identities],
            [start for _, start, _ in identities],
            [at for _, at in self._closed],
            *keys,
        )
        moved = int(status.rpartition(" ")[2])
        if moved != len(self._closed):
            message = f"{self.model.name}: {len(self._closed)} beliefs to close, {moved} found"
            raise ProjectionDriftError(message)

    async def write_opens(self, connection: Connection, schema: str) -> None:
        """Write new beliefs."""
        if not self._opened:
            return
        await connection.copy_records_to_table(
            self.model.name,
            schema_name=schema,
            columns=(*self.model.columns, "valid", "recorded_from"),
            records=[
                (entity, *values, _range(start, end), since)
                for (entity, start, _), (end, values, since) in self._opened.items()
            ],
        )


def _range(start: date, end: date) -> asyncpg.Range:
    return asyncpg.Range(start, None if end == FOREVER else end)


def _close_sql(model: ReadModel) -> str:
    """Return the closing statement of ``model``; only names from its declaration go into the text."""
    names = [name for name, _ in model.keys]
    return _CLOSE.format(
        table=model.name,
        entity=model.columns[0],
        columns=", ".join(model.columns),
        row_columns=", ".join(f"t.{column}" for column in model.columns),
        key_arrays="".join(f", ${i}::{kind}[]" for i, (_, kind) in enumerate(model.keys, start=4)),
        key_names="".join(f", {name}" for name in names),
        key_matches="".join(f" AND t.{name} = c.{name}" for name in names),
    )


async def write(connection: Connection, schema: str, beliefs: Sequence[Beliefs]) -> None:
    """Write what a batch changed: every close, then every open."""
    for belief in beliefs:
        await belief.write_closes(connection, schema)
    for belief in beliefs:
        await belief.write_opens(connection, schema)
