"""The writer of all read models: rows before and after, closed and opened (双时态写入).

Written once. Each command's rows are compared with those believed before it; what differs is closed at, and
opened from, the instant the registry came to know it. A belief opened and closed within one batch goes to
the past at once. All closes are written before all opens, so that periods that move do not collide on the
way.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any
from uuid import UUID

import asyncpg

from projections.cover import Cover
from projections.model import ReadModel, Values
from registry.statements import statement
from registry.store.connection import Connection
from registry.store.rows import Column, Rows
from registry.time import FOREVER
from registry.timeline import Entity

_VALID = Column("valid", "daterange")
_RECORDED_FROM = Column("recorded_from", "timestamptz")
_RECORDED = Column("recorded", "tstzrange")

_REMEMBERED = 1024
"""Periods that are not made anew: most of what one command opens is so from one day on."""

_CLOSE = statement("projections", "close")

Identity = tuple[UUID, date, Values]
"""Entity, first day and keys of a row: what identifies it among the current beliefs."""


class ProjectionDriftError(Exception):
    """The tables do not hold what the log says they hold; they have to be rebuilt."""


class Beliefs:
    """What a batch changes in one read model."""

    def __init__(self, model: ReadModel, cover: Cover) -> None:
        """Begin with no change; what may not stand in clear is put under ``cover``."""
        self.model = model
        self._cover = cover
        self._opened: dict[Identity, tuple[date, Values, datetime]] = {}
        self._closed: list[tuple[Identity, datetime]] = []
        self._past: list[tuple[Any, ...]] = []
        self._keys = model.keys

    def change(self, before: Entity | None, after: Entity, at: datetime) -> None:
        """Take in that the registry came to believe ``after`` at ``at``."""
        gone, come = self.model.changed(before, after)
        for row in gone:
            self._close(after.id, row, at)
        for start, end, said in come:
            values = self.model.covered(said, self._cover)
            self._opened[after.id, start, values[: self._keys]] = (end, values, at)

    def _close(self, entity: UUID, row: tuple[date, date, Values], at: datetime) -> None:
        start, _, said = row
        values = self.model.covered(said, self._cover)
        identity = (entity, start, values[: self._keys])
        opened = self._opened.pop(identity, None)
        if opened is None:
            self._closed.append((identity, at))
            return
        end, values, since = opened
        self._past.append((entity, *values, range_of(start, end), asyncpg.Range(since, at)))

    async def close(self, connection: Connection) -> None:
        """Move closed beliefs to the past; raises ProjectionDriftError when one is not there."""
        if not self._closed:
            return
        identities = [identity for identity, _ in self._closed]
        keys = [[keys[index] for _, _, keys in identities] for index in range(self._keys)]
        status = await connection.execute(
            close_sql(self.model),
            [entity for entity, _, _ in identities],
            [start for _, start, _ in identities],
            [at for _, at in self._closed],
            *keys,
        )
        moved = int(status.rpartition(" ")[2])
        if moved != len(self._closed):
            message = f"{self.model.name}: {len(self._closed)} beliefs to close, {moved} found"
            raise ProjectionDriftError(message)

    def began(self, schema: str) -> Iterator[Rows]:
        """Yield the beliefs that are new, and those that were closed at once, if there are any."""
        if self._opened:
            yield self._present(schema)
        if self._past:
            columns = (*self.model.columns, _VALID, _RECORDED)
            yield Rows(schema, f"{self.model.name}_past", columns, self._past)

    def _present(self, schema: str) -> Rows:
        records = [
            (entity, *values, range_of(start, end), since)
            for (entity, start, _), (end, values, since) in self._opened.items()
        ]
        return Rows(schema, self.model.name, (*self.model.columns, _VALID, _RECORDED_FROM), records)


@lru_cache(_REMEMBERED)
def range_of(start: date, end: date) -> asyncpg.Range[date]:
    """Return a period as the database has it: open ends are unbounded."""
    return asyncpg.Range(start, None if end == FOREVER else end)


@cache
def close_sql(model: ReadModel) -> str:
    """Return the closing statement of ``model``; only names from its declaration go into the text."""
    keys = model.columns[1 : model.keys + 1]
    names = [key.name for key in keys]
    columns = [column.name for column in model.columns]
    return _CLOSE.format(
        table=model.name,
        entity=columns[0],
        columns=", ".join(columns),
        row_columns=", ".join(f"t.{column}" for column in columns),
        key_arrays="".join(f", ${number}::{key.sql_type}[]" for number, key in enumerate(keys, start=4)),
        key_names="".join(f", {name}" for name in names),
        key_matches="".join(f" AND t.{name} IS NOT DISTINCT FROM c.{name}" for name in names),
    )


async def close(connection: Connection, schema: str, beliefs: Sequence[Beliefs]) -> list[Rows]:
    """Close what a batch ended, and return what it began, to be inserted after every close."""
    for belief in beliefs:
        await belief.close(connection)
    return [rows for belief in beliefs for rows in belief.began(schema)]
