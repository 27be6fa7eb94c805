"""The registry itself: `establishOrganization` through a committer, opened as a server opens its own."""

from __future__ import annotations

import asyncio
import gc
import itertools
import secrets
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

import structlog

from bench.load import Load, Result, press
from projections.inline import InlineProjections
from projections.rebuild import prepare
from registry.nouns import EVENTS
from registry.organization.commands import EstablishOrganization, Place
from registry.organization.kinds import Hierarchy, Kind
from registry.router import decide
from registry.store.codec import EventMapper
from registry.store.committer import DEFAULT_LIMITS, Committer, Limits
from registry.store.connection import connect
from registry.store.master import KEY_BYTES, LocalMaster
from registry.store.migrations import load_migrations, migrate

DISTRIBUTIONS = ("kexie-registry", "asyncpg", "eventsourcing", "msgspec", "uvloop")

PARENTS = 50
"""Organizations that new ones are placed under, themselves under one root."""

FOUNDED = date(2018, 5, 1)

_WRITTEN = (Path(__file__).parent / "written.sql").read_text(encoding="utf-8")


async def run(url: str, load: Load) -> Result:
    """Establish one society a command; a refusal ends the run, and so does a log that is not whole."""
    # Standard output is for the result.
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    mapper = EventMapper(EVENTS, LocalMaster([secrets.token_bytes(KEY_BYTES)]))
    projections = await migrated(url, mapper)
    recorded = 0
    async with opened(url, mapper, projections) as committer:
        # As a server sets it, and for its reason: the register in memory is large and free of cycles.
        gc.freeze()
        gc.set_threshold(100_000, 50, 100)
        superiors = itertools.cycle(await establish_parents(committer))
        numbers = itertools.count(1)

        async def command() -> None:
            nonlocal recorded
            await committer.record(establishment(next(numbers), next(superiors)))
            recorded += 1

        result = await press(command, load)
    await check_written(url, projections, 1 + PARENTS + recorded)
    return result


async def migrated(url: str, mapper: EventMapper) -> str:
    """Migrate, build empty projections, and return the name of their schema."""
    connection = await connect(url)
    try:
        await migrate(connection, load_migrations())
        return await prepare(connection, mapper)
    finally:
        await connection.close()


@asynccontextmanager
async def opened(
    url: str, mapper: EventMapper, projections: str, limits: Limits = DEFAULT_LIMITS
) -> AsyncIterator[Committer]:
    """Give a committer that takes commands; nothing else of a server runs beside it."""
    committer = Committer(
        lambda: connect(url, projections, writer=True),
        mapper,
        InlineProjections(projections, mapper.master),
        decide,
        limits,
    )
    await committer.start()
    try:
        yield committer
    finally:
        await committer.stop()


async def establish_parents(committer: Committer) -> list[UUID]:
    """Establish the root and the parents, and return the parents."""
    root = EstablishOrganization(
        command_id=uuid4(),
        actor="bench",
        effective_on=FOUNDED,
        organization=uuid4(),
        name="大连市科学技术协会",
        kind=Kind.ASSOCIATION,
        code="ROOT",
    )
    await committer.record(root)
    commands = [
        EstablishOrganization(
            command_id=uuid4(),
            actor="bench",
            effective_on=FOUNDED,
            organization=uuid4(),
            name=f"第{number}区科学技术协会",
            kind=Kind.ASSOCIATION,
            code=f"PARENT-{number}",
            places=(Place(Hierarchy.PART_OF, root.organization),),
        )
        for number in range(1, PARENTS + 1)
    ]
    await asyncio.gather(*(committer.record(command) for command in commands))
    return [command.organization for command in commands]


def establishment(number: int, superior: UUID) -> EstablishOrganization:
    """Return the measured command: a society with fresh ids and a code of its own, under ``superior``."""
    return EstablishOrganization(
        command_id=uuid4(),
        actor="bench",
        effective_on=FOUNDED,
        organization=uuid4(),
        name=f"大连市第{number}科学技术研究会",
        short_name=f"第{number}研究会",
        kind=Kind.SOCIETY,
        code=f"SOCIETY-{number}",
        places=(Place(Hierarchy.PART_OF, superior),),
    )


async def check_written(url: str, projections: str, organizations: int) -> None:
    """Raise AssertionError unless each command but the root's left two events and a row in each read model.

    The positions must be 1, 2, 3 and so on, and the head must stand at the last one.
    """
    connection = await connect(url, projections)
    try:
        written = await connection.fetchrow(_WRITTEN)
    finally:
        await connection.close()
    assert written is not None
    events = 2 * organizations - 1
    expected = {
        "commands": organizations,
        "events": events,
        "first_position": 1,
        "last_position": events,
        "head_position": events,
        "organizations": organizations,
        "lives": organizations,
        "relations": organizations - 1,
        "identifiers": organizations,
    }
    assert dict(written) == expected, f"the database holds {dict(written)}, not {expected}"
