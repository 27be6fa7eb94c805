"""Rows of the bitemporal tables as believed, one query for many keys, for the peer in Strawberry (行)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple, TypeAlias
from uuid import UUID

import asyncpg
from strawberry.dataloader import DataLoader

from projections.catalog import READ_MODELS

_COLUMNS = {
    model.name: ", ".join((*(column.name for column in model.columns), "valid")) for model in READ_MODELS
}

Row: TypeAlias = asyncpg.Record


class Times(NamedTuple):
    """The day and the belief of an answer."""

    as_of: date
    known_at: datetime | None


class Rows:
    """Reads rows as believed, and keeps the loaders of one request."""

    def __init__(self, pool: asyncpg.Pool[Row]) -> None:
        """Read over ``pool``."""
        self._pool = pool
        self._loaders: dict[tuple[object, ...], DataLoader[UUID, Any]] = {}

    async def fetch(self, table: str, times: Times, condition: str, value: object) -> list[Row]:
        """Return the rows of ``table`` on the day that satisfy ``condition``, in which $1 is ``value``."""
        source, parameters = table, [value, times.as_of]
        if times.known_at is not None:
            columns = _COLUMNS[table]
            source = (
                f"(SELECT {columns} FROM {table} WHERE recorded_from <= $3::timestamptz"  # noqa: S608 - names of ours
                f" UNION ALL SELECT {columns} FROM {table}_past WHERE recorded @> $3::timestamptz)"
            )
            parameters.append(times.known_at)
        sql = f"SELECT * FROM {source} AS t WHERE valid @> $2::date AND {condition}"  # noqa: S608 - names of ours
        return await self._pool.fetch(sql, *parameters)

    def one(self, table: str, times: Times, key: str = "id") -> DataLoader[UUID, Row | None]:
        """Return the loader of the row of ``table`` that has a key."""

        async def load(keys: list[UUID]) -> list[Row | None]:
            rows = await self.fetch(table, times, f"{key} = ANY($1)", keys)
            by_key = {row[key]: row for row in rows}
            return [by_key.get(wanted) for wanted in keys]

        return self._loader((table, times, key, "one"), load)

    def many(
        self, table: str, times: Times, key: str, order: Callable[[Row], Any], more: str = "true"
    ) -> DataLoader[UUID, list[Row]]:
        """Return the loader of the rows of ``table`` that point at something by ``key``."""

        async def load(keys: list[UUID]) -> list[list[Row]]:
            found: defaultdict[UUID, list[Row]] = defaultdict(list)
            for row in await self.fetch(table, times, f"{key} = ANY($1) AND {more}", keys):
                found[row[key]].append(row)
            return [sorted(found[wanted], key=order) for wanted in keys]

        return self._loader((table, times, key, more), load)

    def _loader(
        self, name: tuple[object, ...], load: Callable[[list[UUID]], Awaitable[Sequence[Any]]]
    ) -> DataLoader[UUID, Any]:
        if name not in self._loaders:
            self._loaders[name] = DataLoader(load_fn=load)
        return self._loaders[name]
