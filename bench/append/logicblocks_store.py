"""Peer: the asynchronous event store of logicblocks, with its PostgreSQL adapter."""

from __future__ import annotations

import logging
from uuid import uuid4

import structlog
from logicblocks.event.store import EventStore
from logicblocks.event.store.adapters import PostgresEventStorageAdapter
from logicblocks.event.types import NewEvent
from psycopg_pool import AsyncConnectionPool

from bench.load import Load, Result, press

DISTRIBUTIONS = ("logicblocks-event-store", "psycopg")

PAYLOAD = {"name": "x" * 100, "short_name": "x" * 30, "kind": "SOCIETY", "code": "x" * 18, "note": "x" * 40}
"""An event's content, about 250 bytes as JSON."""

CONNECTIONS = 4
"""The size of the pool that the adapter makes for itself. Its default guarantee, one order for the
whole log, takes an advisory lock for each commit, so that more connections only queue inside the
server: 2, 4, 8, 16 and 64 with 16 and with 64 in flight differed here by no more than noise."""


async def run(url: str, load: Load) -> Result:
    """Publish one event to a new stream a command; serialization guarantee LOG, its default."""
    # By default every publication is logged to the terminal; nobody would run it so.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    size = min(load.in_flight, CONNECTIONS)
    async with AsyncConnectionPool(
        url, min_size=size, max_size=size, timeout=60, open=False, kwargs={"prepare_threshold": 1}
    ) as pool:
        await pool.wait()
        store = EventStore(PostgresEventStorageAdapter(connection_source=pool))

        async def command() -> None:
            stream = store.stream(category="organization", stream=uuid4().hex)
            await stream.publish(events=[NewEvent(name="organization-established", payload=PAYLOAD)])

        return await press(command, load)
