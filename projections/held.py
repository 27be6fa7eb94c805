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
_BESIDE_ROWS = statement("projections", "held_beside")
_RECORDS = statement("projections", "records_of")
_DUE = statement("projections", "due")

_NOT_TOLD = frozenset({"naming", "identifier"})
"""Tables by which others are found: what they hold stands in ``person_private``, in a form one can read."""


_HELD_POSTS = "FROM appointment AS a WHERE a.person = ANY ($1::uuid[])"
_BESIDE: dict[str, str] = {
    "person": "t.id = ANY ($1::uuid[])",
    "person_alias": "t.alias = ANY ($1::uuid[]) OR t.canonical = ANY ($1::uuid[])",
    "membership": "t.member = ANY ($1::uuid[])",
    "appointment": "t.person = ANY ($1::uuid[])",
    "post": f"t.id IN (SELECT a.post {_HELD_POSTS})",
    "term": f"t.id IN (SELECT a.term {_HELD_POSTS})",
    "secondment": "t.person = ANY ($1::uuid[])",
    "liaison": "t.cadre = ANY ($1::uuid[]) OR t.scientist = ANY ($1::uuid[])",
    "liaison_visit": (
        "t.liaison IN (SELECT l.id FROM liaison AS l"
        " WHERE l.cadre = ANY ($1::uuid[]) OR l.scientist = ANY ($1::uuid[]))"
    ),
    "measure_part": "t.role = 'RESPONSIBLE' AND t.assignee = ANY ($1::uuid[])",
    "registration": "t.representative = ANY ($1::uuid[])",
}
"""What is kept of a person besides personal data, and stays after an erasure: which rows of which table.

A test holds this to the columns by which tables point at people.
"""

HELD_TABLES = frozenset({*PERSONAL, *_BESIDE}) - _NOT_TOLD
"""The tables whose rows are part of a person's copy."""


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
    """Return the rows of each table that are of ``persons`` or name them, without empty ones."""
    found: dict[str, list[Any]] = {}
    asked = {
        **{
            table: _HELD.format(table=table, person=person)
            for table, person in PERSONAL.items()
            if table not in _NOT_TOLD
        },
        **{
            table: _BESIDE_ROWS.format(table=table, condition=condition)
            for table, condition in _BESIDE.items()
        },
    }
    for table, sql in asked.items():
        rows = json.loads(await connection.fetchval(sql, persons))
        if rows:
            found[table] = rows
    return found
