"""What the tables show of one person now, for the copy that is the person's due (个人信息现状)."""

from __future__ import annotations

import json
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from projections.catalog import PERSONAL
from registry.statements import statement
from registry.store.connection import Connection

_HELD = statement("projections", "held")
_RECORDS = statement("projections", "records_of")
_DUE = statement("projections", "due")

_NOT_TOLD = frozenset({"naming", "identifier"})
"""Tables by which others are found: what they hold stands in ``person_private``, in a form one can read."""


class Due(NamedTuple):
    """A person whose data nothing calls for any more: why, and since when."""

    person: UUID
    reason: str
    since: date


async def due(connection: Connection, day: date, years: int) -> list[Due]:
    """Return who has had no tie to anything, or no life, for ``years`` years by ``day``."""
    return [Due(**row) for row in await connection.fetch(_DUE, day, years)]


async def records_of(connection: Connection, person: UUID) -> list[UUID]:
    """Return every record of the person, as believed now."""
    return [row["id"] for row in await connection.fetch(_RECORDS, person)]


async def shown_of(connection: Connection, persons: list[UUID]) -> dict[str, list[Any]]:
    """Return the rows of each table with personal data that are of ``persons``, without empty ones."""
    found: dict[str, list[Any]] = {}
    for table, person in PERSONAL.items():
        if table not in _NOT_TOLD:
            text = await connection.fetchval(_HELD.format(table=table, person=person), persons)
            rows = json.loads(text)
            if rows:
                found[table] = rows
    return found
