"""Tables filled before their indexes are made: whole, these cost less than entry by entry (后建索引)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from registry.statements import statement
from registry.store.connection import Connection

_INDEXES = statement("projections", "indexes")


@asynccontextmanager
async def indexed_afterwards(connection: Connection, schema: str) -> AsyncIterator[None]:
    """Let the tables of ``schema`` be filled without indexes and references, then make these and check them.

    Whoever does so is in a transaction and the only one who knows the schema.
    """
    indexes = await connection.fetch(_INDEXES, schema)
    for index in indexes:
        await connection.execute(index["dropped"])
    yield
    for index in reversed(indexes):
        await connection.execute(index["made"])
