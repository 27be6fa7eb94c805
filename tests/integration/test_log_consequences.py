"""What an act caused comes in the order of the log, whatever plan the database makes."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import uuid4

from registry.statements import statement
from registry.store.connection import connect

STREAMS = 300

COLUMNS = (
    "position",
    "stream_id",
    "version",
    "topic",
    "effective_on",
    "recorded_at",
    "actor",
    "command_id",
    "cause",
    "body",
    "leaf_hash",
)


async def test_the_streams_that_an_act_touched_come_in_the_order_in_which_it_touched_them(
    database_url: str,
) -> None:
    # The digest of a preview is over drafts in their order: one that varies refuses an adoption for nothing.
    streams = [uuid4() for _ in range(STREAMS)]
    command, recorded_at, day = uuid4(), datetime(2026, 1, 1, tzinfo=UTC), date(2026, 1, 1)

    def row(position: int, version: int, cause: int | None) -> tuple[object, ...]:
        stream = streams[(position - 1) % STREAMS]
        return (
            position,
            stream,
            version,
            "function.emphasized",
            day,
            recorded_at,
            "a",
            command,
            cause,
            b"{}",
            bytes(32),
        )

    first = [row(position, 1, 1 if position > 1 else None) for position in range(1, STREAMS + 1)]
    again = [row(position, 2, 1) for position in range(2 * STREAMS, STREAMS, -1)]
    connection = await connect(database_url)
    try:
        await connection.copy_records_to_table(
            "event", schema_name="registry", columns=COLUMNS, records=[*first, *again]
        )
        rows = await connection.fetch(statement("registry.store", "streams_caused_by"), [1])
    finally:
        await connection.close()
    # The act's own stream is touched by a consequence only in the second round.
    assert [row["stream_id"] for row in rows] == [*streams[1:], streams[0]]
