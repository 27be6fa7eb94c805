"""What the tables show of persons who are erased, deleted (清除投影中的个人信息).

Beliefs of the past go with those of now: that is the one time that rows of the past are not kept. Projections
that are in use no longer, or not yet, hold the same in clear, and go as a whole: who builds them begins anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from projections.catalog import PERSONAL, READ_MODELS
from registry.statements import statement
from registry.store.connection import Connection

_ERASE = statement("projections", "erase")
_IDENTIFIERS = statement("projections", "erase_identifiers")
_MEMBERS = statement("projections", "members")
_DROP = statement("projections", "drop_schema")
_CANCEL = statement("projections", "build_cancel")
_STOP = statement("projections", "build_stop")
_FORGET = statement("projections", "forget_superseded")

_ENTITY = {model.name: model.columns[0].name for model in READ_MODELS}


async def erase(connection: Connection, schema: str, persons: Sequence[UUID]) -> list[UUID]:
    """Delete every row of the personal data of ``persons``; return the streams that it was of."""
    streams = {row["id"] for row in await connection.fetch(_MEMBERS, persons)}
    for name, person in PERSONAL.items():
        for table in (name, f"{name}_past"):
            entity = _ENTITY[name]
            sql = _ERASE.format(table=table, person=person, entity=entity)
            streams.update(row[entity] for row in await connection.fetch(sql, persons))
    for table in ("identifier", "identifier_past"):
        await connection.execute(_IDENTIFIERS.format(table=table), persons, list(streams))
    # Whoever builds one of them is stopped first, and so never waits for us with a table in hand.
    await connection.execute(_CANCEL)
    await connection.execute(_STOP)
    for row in await connection.fetch(_FORGET, schema):
        await connection.execute(_DROP.format(name=row["name"]))
    return list(streams)
