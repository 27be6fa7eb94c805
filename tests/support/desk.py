"""A register on a real database within the test: recorded to by a committer, asked as the API asks."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import date
from typing import Any
from uuid import UUID

import orjson
from graphql import parse, validate

from graphql_api.access import Role, Viewer
from graphql_api.planner.operation import Question, plan_operation
from graphql_api.schema import build_schema
from graphql_api.watching import finished
from projections.catalog import READ_MODELS
from projections.inline import InlineProjections
from projections.rebuild import prepare
from registry.answers import Accepted
from registry.commands import Command
from registry.errors import Refusal
from registry.events import Recorded
from registry.router import decide
from registry.store.committer import Committer
from registry.store.connection import Connection, connect
from registry.store.sealing import opened
from registry.store.unsealing import SealedEvent, opened_bodies
from tests.support.sealing import MAPPER, MASTER

SCHEMA = build_schema()
_CORE = SCHEMA._schema  # noqa: SLF001 - Strawberry keeps graphql-core's schema there
_CLERK = Viewer.of(Role.ADMINISTRATOR, "tester")
_LOG = """
    SELECT position, stream_id, version, topic, recorded_at, actor, command_id, cause, corrects, submitter,
        body
    FROM registry.event ORDER BY position
"""
_EMPTY_LOG = """
    DELETE FROM registry.event;
    DELETE FROM registry.command;
    DELETE FROM registry.person_key;
    DELETE FROM registry.tile;
    UPDATE registry.head SET position = 0, recorded_at = '1970-01-01 00:00:00+00', peaks = ''
"""

Rows = dict[str, list[tuple[Any, ...]]]
"""The rows of every table, sorted, by the table's name."""


class Desk:
    """A committer, and a connection to look at what it did."""

    def __init__(self, connection: Connection, committer: Committer, projections: str) -> None:
        self.connection = connection
        self.committer = committer
        self.projections = projections

    async def record(self, command: Command) -> Accepted | Refusal:
        """Record one command and return what came of it; anything but a refusal is raised."""
        try:
            return await self.committer.record(command)
        except Refusal as refusal:
            return refusal

    async def record_together(self, commands: Sequence[Command]) -> list[Accepted | Refusal]:
        """Record commands that all wait at once, hence in one batch."""
        return await asyncio.gather(*(self.record(command) for command in commands))

    async def log(self) -> list[Recorded]:
        """Return the whole log."""
        return await read_log(self.connection)

    async def tables(self, projections: str | None = None) -> Rows:
        """Return every row of the read models of a schema, by default the one in use."""
        return await rows_of(self.connection, projections or self.projections)

    async def ask(self, query: str, today: date, **variables: object) -> Any:  # noqa: ANN401 - the answer's shape is the query's
        """Return the answer to a planned query as the API gives it on the civil day ``today``."""
        document = parse(query)
        assert validate(_CORE, document) == []
        plan = plan_operation(_CORE, Question(document, None, variables, _CLERK, today))
        assert plan is not None
        assert not plan.problems, plan.problems
        statement = plan.statement
        assert statement is not None
        text = await self.connection.fetchval(statement.sql, *statement.parameters)
        if statement.reading is not None:
            text, _ = await finished(text, statement.reading, self._opened)
        return orjson.loads(text)

    async def _opened(self, events: Sequence[SealedEvent]) -> tuple[list[str], set[UUID]]:
        found = await opened_bodies(self.connection, MASTER, events)
        return [each.body.decode() for each in found], {who for each in found for who in each.persons}


async def read_log(connection: Connection) -> list[Recorded]:
    """Return the whole log, in order."""
    return await opened(connection, MAPPER, await connection.fetch(_LOG))


async def rows_of(connection: Connection, projections: str) -> Rows:
    """Return every row of every read model, what is believed and what was."""
    names = [name for model in READ_MODELS for name in (model.name, f"{model.name}_past")]
    found: Rows = {}
    for name in names:
        rows = await connection.fetch(f'SELECT * FROM "{projections}".{name}')  # noqa: S608 - names of our own
        # Sorted as text: columns may be null, and ranges have no order of their own in Python.
        found[name] = sorted((tuple(row.items()) for row in rows), key=str)
    return found


async def prepare_projections(url: str) -> str:
    """Make the projections of a database, to be used or copied, and return their name."""
    connection = await connect(url)
    try:
        return await prepare(connection, MAPPER)
    finally:
        await connection.close()


@asynccontextmanager
async def open_desk(url: str) -> AsyncIterator[Desk]:
    """Give a desk on the database at ``url``, whose projections are made if they are not there."""
    projections = await prepare_projections(url)
    connection = await connect(url, projections)
    inline = InlineProjections(projections, MASTER)
    committer = Committer(lambda: connect(url, projections, writer=True), MAPPER, inline, decide)
    try:
        await committer.start()
        yield Desk(connection, committer, projections)
    finally:
        await committer.stop()
        await connection.close()


@asynccontextmanager
async def emptied_desk(url: str) -> AsyncIterator[Desk]:
    """Give a desk on the database at ``url`` as if nothing had ever been recorded.

    Deleting the rows of the example before takes a few milliseconds, where a truncation takes 20 and a new
    database 110.
    """
    projections = await prepare_projections(url)
    connection = await connect(url, projections)
    try:
        tables = [f"DELETE FROM {model.name}; DELETE FROM {model.name}_past" for model in READ_MODELS]  # noqa: S608 - names of our own
        await connection.execute(";".join([*tables, _EMPTY_LOG]))
        await _drop_others(connection, projections)
    finally:
        await connection.close()
    async with open_desk(url) as desk:
        yield desk


async def _drop_others(connection: Connection, projections: str) -> None:
    """Drop the projections that were in use before those of the name ``projections``."""
    rows = await connection.fetch("SELECT name FROM registry.projection WHERE name <> $1", projections)
    for row in rows:
        await connection.execute(f'DROP SCHEMA "{row["name"]}" CASCADE')
    await connection.execute("DELETE FROM registry.projection WHERE name <> $1", projections)
