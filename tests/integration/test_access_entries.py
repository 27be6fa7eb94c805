"""Entries of the access log: durable, together, never changed, and taken out when they are old."""

from __future__ import annotations

import asyncio
import re
from datetime import UTC, datetime, timedelta

import asyncpg
import pytest
from graphql import GraphQLError

from graphql_api.accesses import Access, AccessLog, by_machine, write
from graphql_api.app import SystemClock
from graphql_api.reader import Connections
from graphql_api.types.terms.access import AccessKind


async def _pool(url: str) -> asyncpg.Pool[asyncpg.Record]:
    return await asyncpg.create_pool(url, min_size=1, max_size=1)


async def test_entries_are_never_changed_and_taken_out_only_when_old(database_url: str) -> None:
    now = datetime(2026, 6, 1, tzinfo=UTC)

    class Clock:
        def now(self) -> datetime:
            return now

    pool = await _pool(database_url)
    try:
        entry = by_machine(AccessKind.LOG_EXPORT)
        for days in (400, 200, 10):
            await write(pool, entry, now - timedelta(days=days))
        for statement in (
            "UPDATE registry.access SET actor = 'nobody'",
            "DELETE FROM registry.access",
            "TRUNCATE registry.access",
        ):
            with pytest.raises(asyncpg.RestrictViolationError, match="neither changed nor taken out"):
                await pool.execute(statement)
        log = AccessLog(pool, Connections(pool), Clock(), days=300)
        assert await log.forget() == 1
        assert await log.forget() == 0
        kept = [row["recorded_at"] for row in await pool.fetch("SELECT recorded_at FROM registry.access")]
        assert kept == [now - timedelta(days=200), now - timedelta(days=10)]
        with pytest.raises(asyncpg.RestrictViolationError):
            await pool.execute("DELETE FROM registry.access WHERE recorded_at < now()")
        assert re.fullmatch(r"machine:\S+", entry.actor)
    finally:
        await pool.close()


async def test_an_operation_cannot_be_named_longer_than_an_entry_holds(database_url: str) -> None:
    pool = await _pool(database_url)
    try:
        access = Access(actor="key:x", kind=AccessKind.QUERY, operation="Q" * 5000)
        await write(pool, access, datetime(2026, 6, 1, tzinfo=UTC))
        assert await pool.fetchval("SELECT length(operation) FROM registry.access") == 100
    finally:
        await pool.close()


async def test_what_waits_at_once_is_written_together_and_told_together(database_url: str) -> None:
    pool = await _pool(database_url)
    log = AccessLog(pool, Connections(pool), SystemClock(), days=300)
    entries = [Access(actor=f"key:{n}", kind=AccessKind.QUERY) for n in range(50)]
    try:
        await asyncio.gather(*(log.record(entry) for entry in entries))
        rows = await pool.fetch("SELECT actor, xmin::text FROM registry.access ORDER BY id")
        assert [row["actor"] for row in rows] == [entry.actor for entry in entries]
        assert len({row["xmin"] for row in rows}) <= 2, "the first may go ahead of the others"
        await pool.execute(
            "ALTER TABLE registry.access ADD CONSTRAINT shut CHECK (actor = 'nobody') NOT VALID"
        )
        failed = await asyncio.gather(*(log.record(entry) for entry in entries), return_exceptions=True)
        assert {type(failure) for failure in failed} == {GraphQLError}
        await pool.execute("ALTER TABLE registry.access DROP CONSTRAINT shut")
        await log.record(entries[0])
        assert await pool.fetchval("SELECT count(*) FROM registry.access") == 51
    finally:
        await log.stop()
        await pool.close()
