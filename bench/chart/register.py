"""The register that charts are drawn from: 520 organizations in four levels, each with a history."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID, uuid4

from bench.append.ours import migrated, opened
from registry.answers import Accepted
from registry.correction.commands import AmendEvent
from registry.nouns import EVENTS
from registry.organization.commands import EstablishOrganization, Place, RenameOrganization
from registry.organization.events import OrganizationRenamed
from registry.organization.kinds import Hierarchy, Kind
from registry.store.codec import EventMapper
from registry.store.committer import Committer
from registry.store.master import KEY_BYTES, LocalMaster

LEVELS = ((1, Kind.ASSOCIATION), (9, Kind.ASSOCIATION), (90, Kind.SOCIETY), (420, Kind.BRANCH))
"""How many organizations there are on each level, from the top, and of which kind."""

ORGANIZATIONS = sum(count for count, _ in LEVELS)

ROUNDS = 10
"""How often each organization was renamed, and how often it turned out later that its name was another."""

FOUNDED = date(2010, 1, 1)


class Organization(NamedTuple):
    """One organization of the register and the number that its names and its code contain."""

    id: UUID
    number: int
    kind: Kind
    superior: UUID | None


class Register(NamedTuple):
    """A register that was built: the schema of its projections, its root, a day and an instant of the past.

    On ``past_day`` each organization bore the name that half of its renames had led to. At ``past_instant``
    half of the corrections of its names were recorded.
    """

    projections: str
    root: UUID
    past_day: date
    past_instant: datetime


def organizations() -> Iterator[Organization]:
    """Yield the organizations, superiors first, spread evenly over the level above."""
    above: list[Organization] = []
    number = 0
    for count, kind in LEVELS:
        level: list[Organization] = []
        for index in range(count):
            superior = above[index % len(above)].id if above else None
            level.append(Organization(uuid4(), number, kind, superior))
            number += 1
        yield from level
        above = level


async def build(url: str, rounds: int = ROUNDS) -> Register:
    """Build the register in the empty database at ``url``, through the committer as anybody would.

    ``rounds`` of renaming follow, one a year, and then as many of correcting; there are at least two.
    """
    mapper = EventMapper(EVENTS, LocalMaster([secrets.token_bytes(KEY_BYTES)]))
    projections = await migrated(url, mapper)
    everybody = list(organizations())
    async with opened(url, mapper, projections) as committer:
        await _all(committer, [_establishment(one) for one in everybody])
        renames = [
            await _all(committer, [_rename(one, year) for one in everybody]) for year in range(1, rounds + 1)
        ]
        past_instant = None
        for year, renamed in enumerate(renames, start=1):
            amendments = [_amendment(one, year, was) for one, was in zip(everybody, renamed, strict=True)]
            amended = await _all(committer, amendments)
            if year == rounds // 2:
                past_instant = max(one.recorded_at for one in amended)
    assert past_instant is not None
    return Register(projections, everybody[0].id, _day(rounds // 2).replace(month=7), past_instant)


async def _all(
    committer: Committer, commands: Sequence[EstablishOrganization | RenameOrganization | AmendEvent]
) -> list[Accepted]:
    """Record commands in their order, as many in one batch as the committer takes; a refusal ends it all."""
    return await asyncio.gather(*(committer.record(command) for command in commands))


def _establishment(one: Organization) -> EstablishOrganization:
    return EstablishOrganization(
        command_id=uuid4(),
        actor="bench",
        effective_on=FOUNDED,
        organization=one.id,
        name=f"大连市第{one.number}科学技术组织",
        kind=one.kind,
        code=f"BENCH-{one.number:03}",
        places=() if one.superior is None else (Place(Hierarchy.PART_OF, one.superior),),
    )


def _rename(one: Organization, year: int) -> RenameOrganization:
    return RenameOrganization(
        command_id=uuid4(),
        actor="bench",
        effective_on=_day(year),
        organization=one.id,
        name=f"大连市第{one.number}科学技术组织{year}",
    )


def _amendment(one: Organization, year: int, renamed: Accepted) -> AmendEvent:
    """Return the command that corrects the name which the rename of ``year`` gave."""
    assert renamed.first_position is not None
    name = f"大连市第{one.number}科学技术组织第{year}次更名"
    return AmendEvent(
        command_id=uuid4(),
        actor="bench",
        effective_on=_day(year),
        entity=one.id,
        position=renamed.first_position,
        replacement=OrganizationRenamed(effective_on=_day(year), name=name),
    )


def _day(year: int) -> date:
    """Return the day of a rename: one a year after the foundation."""
    return FOUNDED.replace(year=FOUNDED.year + year)
