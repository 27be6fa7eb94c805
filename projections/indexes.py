"""Tables filled before their indexes are made: whole, these cost less than entry by entry (后建索引)."""

from __future__ import annotations

from typing import NamedTuple

from registry.statements import statement
from registry.store.connection import Connection

_INDEXES = statement("projections", "indexes")


class Made(NamedTuple):
    """A statement that makes an index, a key or a reference of a table; references rest on keys."""

    table: str
    is_reference: bool
    statement: str


async def drop_indexes(connection: Connection, schema: str) -> list[Made]:
    """Drop what keeps the tables of ``schema`` in order; return what makes it again, in the order to make it.

    The schema comes first on the search path, then and now. Making checks what was written meanwhile.
    """
    indexes = await connection.fetch(_INDEXES, schema)
    if indexes:
        await connection.execute(";".join(index["dropped"] for index in indexes))
    return [Made(index["of"], index["place"] == 0, index["made"]) for index in reversed(indexes)]
