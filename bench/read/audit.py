"""Logs of one shape and of several lengths, to page through by actor (日志)."""

from __future__ import annotations

from functools import partial

import asyncpg

from bench.append.ours import migrated
from bench.kept import KEY, Facts, Kept
from registry.nouns import EVENTS
from registry.store.codec import EventMapper
from registry.store.master import LocalMaster

ACTOR = "user:7"
"""One of a hundred, each of whom recorded every hundredth event."""

_WRITTEN = """
INSERT INTO registry.event
    (position, stream_id, version, topic, effective_on, recorded_at, actor, command_id, body, leaf_hash)
SELECT n, md5('stream' || n / 4)::uuid, 1 + n % 4, 'organization.renamed', date '2020-01-01' + n % 1000,
    timestamptz '2021-01-01 00:00:00Z' + n * interval '1 millisecond', 'user:' || n % 100,
    md5('command' || n)::uuid, convert_to('{"name":"第' || n || '组织"}', 'UTF8'), sha256(n::text::bytea)
FROM generate_series(1, $1::integer) AS n
"""
_HEAD = """
UPDATE registry.head AS h
SET position = e.position, recorded_at = e.recorded_at,
    peaks = decode(repeat(encode(e.leaf_hash, 'hex'), bit_count(e.position::bit(64))::integer), 'hex')
FROM registry.event AS e
WHERE e.position = $1
"""


async def write(url: str, events: int) -> str:
    """Write a log of ``events`` into the empty database at ``url`` and return the schema of its projections.

    Nothing reads those: they are as good as built. The hashes of the leaves are no proofs of anything.
    """
    mapper = EventMapper(EVENTS, LocalMaster([KEY]))
    projections = await migrated(url, mapper)
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(_WRITTEN, events, timeout=600)
        await connection.execute(_HEAD, events)
        await connection.execute("VACUUM ANALYZE", timeout=600)
        await connection.execute("CHECKPOINT")
    finally:
        await connection.close()
    return projections


def kept_log(events: int) -> Kept:
    """Return such a log as it is kept."""
    return Kept(f"log_{events}", partial(_written, events=events))


async def _written(url: str, events: int) -> Facts:
    return {"projections": await write(url, events)}
