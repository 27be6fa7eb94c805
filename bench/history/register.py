"""A register that has a past: societies with a hundred events each (有历史的登记册)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from bench.append.ours import FOUNDED, PARENTS, migrated
from bench.reports.drawing import Stream
from bench.reports.log import BEGUN, Log, copy
from projections.rebuild import rebuild
from registry.organization.events import OrganizationEstablished, OrganizationRenamed, RelationOpened
from registry.organization.kinds import Hierarchy, Kind
from registry.store.codec import EventMapper
from registry.store.connection import connect
from registry.store.growth import advance

EVENTS = 100
"""Events of a society with a history: it was established and placed, and then renamed and moved in turns."""

MEMBERS = 10
"""Branches of a group, all of them moved when it is dissolved."""

_FORTNIGHT = timedelta(days=14)
LAST_DAY = FOUNDED + EVENTS * _FORTNIGHT
"""After all that happened to anybody."""


class Size(NamedTuple):
    """How many societies there are with a history, as many without one, and how many groups."""

    societies: int
    groups: int


class Group(NamedTuple):
    """An organization and what is part of it."""

    id: UUID
    members: Sequence[UUID]


class Register(NamedTuple):
    """A register in a database: the schema of its projections and who there is."""

    url: str
    mapper: EventMapper
    projections: str
    parents: Sequence[UUID]
    old: Sequence[UUID]
    """Societies with a history."""
    fresh: Sequence[UUID]
    """Societies that were established and placed, and nothing since."""
    groups: Sequence[Group]


async def build(url: str, mapper: EventMapper, size: Size) -> Register:
    """Write the register into the empty database at ``url`` and build its projections.

    Each event is a command of its own, and all that happened on one day was recorded before what came later.
    """
    await migrated(url, mapper)
    root, parents = identity("parent", 0), [identity("parent", number + 1) for number in range(PARENTS)]
    old = [identity("old", number) for number in range(size.societies)]
    fresh = [identity("fresh", number) for number in range(size.societies)]
    groups = [_group(number) for number in range(size.groups)]
    connection = await connect(url)
    try:
        log = Log(mapper)
        streams = _streams(root, parents, old, fresh, groups)
        await copy(connection, log, log.rows(streams, BEGUN))
        await advance(connection, log.tree, log.recorded_at)
        projections = await rebuild(connection, mapper)
        await connection.execute("VACUUM ANALYZE")
        await connection.execute("CHECKPOINT")
    finally:
        await connection.close()
    return Register(url, mapper, projections, parents, old, fresh, groups)


def _streams(
    root: UUID,
    parents: Sequence[UUID],
    old: Sequence[UUID],
    fresh: Sequence[UUID],
    groups: Sequence[Group],
) -> Iterator[Stream]:
    yield Stream(root, [_established("大连市科学技术协会", Kind.ASSOCIATION, "ROOT")])
    for number, parent in enumerate(parents, start=1):
        yield _placed(parent, root, f"第{number}区科学技术协会", Kind.ASSOCIATION, f"PARENT-{number}")
    for number, society in enumerate((*old, *fresh)):
        superior = parents[number % PARENTS]
        yield _placed(society, superior, f"大连市第{number}届科学技术学会", Kind.SOCIETY, f"OLD-{number}")
    for number, group in enumerate(groups):
        superior = parents[number % PARENTS]
        yield _placed(group.id, superior, f"大连市第{number}联合学会", Kind.SOCIETY, f"GROUP-{number}")
        for place, member in enumerate(group.members):
            name = f"第{number}联合学会第{place}分会"
            yield _placed(member, group.id, name, Kind.BRANCH, f"MEMBER-{number}-{place}")
    for turn in range(1, EVENTS - 1):
        for number, society in enumerate(old):
            yield Stream(society, [_change(number, turn, FOUNDED + turn * _FORTNIGHT, parents)])


def _change(
    number: int, turn: int, day: date, parents: Sequence[UUID]
) -> OrganizationRenamed | RelationOpened:
    """Return what happened to a society in that turn: it was renamed, or it moved."""
    if turn % 2:
        return OrganizationRenamed(effective_on=day, name=f"大连市第{number}届科学技术学会第{turn}次更名")
    superior = parents[(number + turn) % PARENTS]
    return RelationOpened(effective_on=day, hierarchy=Hierarchy.PART_OF, superior=superior)


def _placed(who: UUID, superior: UUID, name: str, kind: Kind, code: str) -> Stream:
    place = RelationOpened(effective_on=FOUNDED, hierarchy=Hierarchy.PART_OF, superior=superior)
    return Stream(who, [_established(name, kind, code), place])


def _established(name: str, kind: Kind, code: str) -> OrganizationEstablished:
    return OrganizationEstablished(effective_on=FOUNDED, name=name, kind=kind, code=code)


def _group(number: int) -> Group:
    members = [identity("member", number, place) for place in range(MEMBERS)]
    return Group(identity("group", number), members)


def identity(kind: str, *numbers: int) -> UUID:
    """Return the id of somebody, which the scripts of pgbench make of the same words."""
    words = " ".join((kind, *map(str, numbers)))
    return UUID(hashlib.md5(words.encode(), usedforsecurity=False).hexdigest())
