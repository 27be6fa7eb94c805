"""A set of projections while it is being built: what was begun, what is to be done, by whomever (重建状态).

Everything that a build has to remember stands in the database: the set's row in ``registry.projection``, and
in the set's own schema a table of tasks. A task is done in a transaction with the note that it is. So any
number of processes work on one set, and whatever dies, dies without a trace: the next one goes on.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from enum import IntEnum
from typing import NamedTuple

from projections.catalog import READ_MODELS, fingerprint
from projections.filling import Filler, Part
from projections.indexes import Made, drop_indexes
from registry.statements import statement
from registry.store.codec import EventMapper
from registry.store.connection import Connection, enter

PART_EVENTS = 5_000
"""Events in one task, about: some are done in a second, and are what a death in their middle costs."""

_PAUSE_SECONDS = 0.05

_BEGIN = statement("projections", "build_begin")
_CREATE_SCHEMA = statement("projections", "create_schema")
_DONE = statement("projections", "build_done")
_DROP = statement("projections", "drop_schema")
_FORGET = statement("projections", "forget")
_HOLD = statement("projections", "build_hold")
_HURRY = statement("projections", "build_hurry")
_LEFT = statement("projections", "build_left")
_NEXT_NAME = statement("projections", "next_name")
_PARTS = statement("projections", "build_parts")
_STEPS = statement("projections", "build_steps")
_STOP = statement("projections", "build_stop")
_TAKE = statement("projections", "build_take")
_TASKS = statement("projections", "build_tasks")
_UNFINISHED = statement("projections", "build_unfinished")


class SetDroppedError(Exception):
    """Somebody dropped the set that is being built: a person was erased, and it may hold their data."""


class Stage(IntEnum):
    """What is done one after another; the tasks of one stage are done in any order."""

    FILL = 0
    INDEX = 1
    REFERENCE = 2


class Progress(NamedTuple):
    """How far a build is: events folded, then indexes and references made (进度)."""

    filled: int
    to_fill: int
    made: int
    to_make: int


Told = Callable[[Progress], None]
"""Hears after each task how far the set is."""


async def create_schema(connection: Connection, name: str) -> None:
    """Create the tables of every read model in the schema ``name``, and leave it first on the search path."""
    await connection.execute(_CREATE_SCHEMA.format(name=name))
    for model in READ_MODELS:
        await connection.execute(model.ddl)


async def begin(connection: Connection) -> str:
    """Make an empty set and the tasks that build it, and return its name."""
    async with connection.transaction():
        name = str(await connection.fetchval(_NEXT_NAME))
        await create_schema(connection, name)
        made = await drop_indexes(connection, name)
        await connection.execute(_TASKS)
        await connection.execute(_PARTS, PART_EVENTS)
        steps = _steps(made)
        await connection.execute(_STEPS, [stage for stage, _ in steps], [said for _, said in steps])
        await connection.execute(_BEGIN, name, fingerprint())
    return name


def _steps(made: Sequence[Made]) -> list[tuple[Stage, str]]:
    """Return what makes the indexes of each table and its statistics, then what makes its references."""
    tables = [table for model in READ_MODELS for table in (model.name, f"{model.name}_past")]
    analyzed = [Made(table, is_reference=False, statement=f"ANALYZE {table}") for table in tables]
    steps: dict[tuple[Stage, str], list[str]] = {}
    for one in (*made, *analyzed):
        stage = Stage.REFERENCE if one.is_reference else Stage.INDEX
        steps.setdefault((stage, one.table), []).append(one.statement)
    return [(stage, ";".join(statements)) for (stage, _), statements in steps.items()]


async def taken_up(connection: Connection) -> str | None:
    """Return the set that this program left unfinished, if any; whatever else was begun is dropped.

    The caller holds the lock of builders.
    """
    found: str | None = None
    for row in await connection.fetch(_UNFINISHED):
        if found is None and row["whole"] and row["fingerprint"] == fingerprint():
            found = row["name"]
        else:
            await drop(connection, row["name"])
    return found


async def drop(connection: Connection, name: str) -> None:
    """Drop the set ``name`` when nobody works on it, and forget it."""
    async with connection.transaction():
        # First: so whoever works on a set never waits for us with a table in hand.
        await connection.execute(_STOP)
        await connection.execute(_FORGET, name)
        await connection.execute(_DROP.format(name=name))


async def hold(connection: Connection, name: str) -> int:
    """Keep the set ``name`` from being dropped until the transaction ends; return its position.

    Raises SetDroppedError when it was dropped before.
    """
    position: int | None = await connection.fetchval(_HOLD, name)
    if position is None:
        raise SetDroppedError(name)
    return position


async def work(connection: Connection, mapper: EventMapper, name: str, told: Told | None = None) -> None:
    """Do tasks of the set ``name`` until all are done, by this process or another one; tell after each.

    Raises SetDroppedError when the set is dropped meanwhile.
    """
    await enter(connection, name)
    filler = await Filler.of(connection, mapper, name)
    while True:
        did = await _one(connection, filler, name)
        progress, left = await _state(connection, name)
        if told is not None:
            told(progress)
        if left == 0:
            return
        if not did:
            # Others do the last tasks of a stage: the next one begins when they have.
            await asyncio.sleep(_PAUSE_SECONDS)


async def _state(connection: Connection, name: str) -> tuple[Progress, int]:
    """Say how far the set is, and how many tasks are not done."""
    async with connection.transaction():
        await hold(connection, name)
        row = await connection.fetchrow(_LEFT)
    assert row is not None
    return Progress(row["filled"], row["to_fill"], row["made"], row["to_make"]), row["left_over"]


async def _one(connection: Connection, filler: Filler, name: str) -> bool:
    """Do one task that nobody else does; return False when there is none."""
    async with connection.transaction():
        position = await hold(connection, name)
        await connection.execute(_HURRY)
        task = await connection.fetchrow(_TAKE)
        if task is None:
            return False
        if task["stage"] == Stage.FILL:
            await filler.part(Part(task["first"], task["until"]), position)
        else:
            await connection.execute(task["made"])
        await connection.execute(_DONE, task["place"])
    return True
