"""Tables that are filled before their indexes are made have the same ones in the end, and are as strict."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import asyncpg
import pytest

from projections.indexes import drop_indexes
from projections.rebuild import create_schema, rebuild
from registry.store.connection import Connection
from tests.support.desk import emptied_desk
from tests.support.sealing import MAPPER

_KEPT = """
    SELECT format('%s %s %s', k.conname, pg_get_constraintdef(k.oid), k.convalidated) AS kept
    FROM pg_constraint AS k
    WHERE k.connamespace = $1::text::regnamespace
    UNION ALL
    SELECT format('%s %s', pg_get_indexdef(i.indexrelid), i.indisvalid)
    FROM pg_index AS i
    JOIN pg_class AS c ON c.oid = i.indexrelid
    WHERE c.relnamespace = $1::text::regnamespace
"""
_LIFE = "INSERT INTO life (id, valid, recorded_from) VALUES ($1, daterange($2, NULL), now())"
_IDENTIFIER = """
    INSERT INTO identifier (entity, scheme, value, valid, recorded_from)
    VALUES ($1, 'CODE', 'DL-1', daterange($2, NULL), now())
"""
_SOMEBODY = UUID(int=7)


async def _kept(connection: Connection, schema: str) -> list[str]:
    rows = await connection.fetch(_KEPT, schema)
    return sorted(row["kept"].replace(f"{schema}.", "") for row in rows)


async def _filled(connection: Connection, *statements: tuple[str, date]) -> None:
    async with connection.transaction():
        await create_schema(connection, "filled")
        made = await drop_indexes(connection, "filled")
        for sql, day in statements:
            await connection.execute(sql, _SOMEBODY, day)
        for one in made:
            await connection.execute(one.statement)


async def test_a_rebuilt_schema_has_every_index_key_and_reference(database_url: str) -> None:
    async with emptied_desk(database_url) as desk:
        rebuilt = await rebuild(desk.connection, MAPPER)
        async with desk.connection.transaction():
            await create_schema(desk.connection, "made_at_once")
            declared = await _kept(desk.connection, "made_at_once")
        assert any("WITHOUT OVERLAPS" in kept for kept in declared)
        assert any("FOREIGN KEY" in kept for kept in declared)
        assert await _kept(desk.connection, rebuilt) == declared


async def test_rows_that_collide_are_found_when_the_keys_are_made(database_url: str) -> None:
    async with emptied_desk(database_url) as desk:
        with pytest.raises(asyncpg.ExclusionViolationError, match="life_pkey"):
            await _filled(desk.connection, (_LIFE, date(2019, 1, 1)), (_LIFE, date(2020, 1, 1)))


async def test_rows_that_point_at_nobody_are_found_when_the_references_are_made(database_url: str) -> None:
    async with emptied_desk(database_url) as desk:
        with pytest.raises(asyncpg.ForeignKeyViolationError, match="identifier_within_life"):
            await _filled(desk.connection, (_LIFE, date(2020, 1, 1)), (_IDENTIFIER, date(2019, 1, 1)))
