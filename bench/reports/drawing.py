"""What drawing a city shares: chance, days, identities, organizations (抽样)."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID, uuid5

from registry.events import Event
from registry.organization.events import OrganizationEstablished, OrganizationRenamed, Profile, RelationOpened
from registry.organization.kinds import Hierarchy, Kind

FIRST_DAY = date(2018, 1, 1)
SINCE: dict[str, Any] = {"effective_on": date(2015, 1, 1)}
"""From when holds what was so before the three years."""

DAYS = 3 * 365
"""Changes fall on the days after the first one."""

RENAMES = 10
"""How often each organization was renamed: as many and one more rows of history."""

_NAMESPACE = UUID("4b7c1c2e-9a43-5d0c-8c55-7be1d9a1c0de")


class Stream(NamedTuple):
    """Events of one entity, in the order in which they were recorded; more may follow in another."""

    id: UUID
    events: Sequence[Event]

    def and_then(self, events: Sequence[Event]) -> Stream:
        """Return the stream with more events."""
        return self._replace(events=[*self.events, *events])


def identity(kind: str, number: int) -> UUID:
    """Return the id of the ``number``-th entity of a kind."""
    return uuid5(_NAMESPACE, f"{kind} {number}")


class Draw:
    """Draws with a fixed seed."""

    def __init__(self, seed: int) -> None:
        """Draw as ``seed`` says."""
        self.chance = random.Random(seed)
        self._organizations = 0

    def days(self, count: int) -> list[date]:
        """Return ``count`` different days of the three years, in order."""
        return sorted(FIRST_DAY + timedelta(days=n) for n in self.chance.sample(range(DAYS), count))

    def organization(
        self,
        who: UUID,
        name: str,
        kind: Kind,
        places: Sequence[tuple[Hierarchy, UUID]],
        profile: Profile,
    ) -> Stream:
        """Return an organization that was renamed again and again in three years."""
        self._organizations += 1
        established = OrganizationEstablished(
            **SINCE, name=name, kind=kind, code=f"C{self._organizations}", profile=profile
        )
        relations = [
            RelationOpened(**SINCE, hierarchy=hierarchy, superior=superior) for hierarchy, superior in places
        ]
        renamed = [
            OrganizationRenamed(effective_on=day, name=f"{name}（{turn}）")
            for turn, day in enumerate(self.days(RENAMES), start=1)
        ]
        return Stream(who, [established, *relations, *renamed])

    def body(self, who: UUID, name: str, subtype: str, superior: UUID) -> Stream:
        """Return a body that is part of ``superior``."""
        places = ((Hierarchy.PART_OF, superior),)
        return self.organization(who, name, Kind.BODY, places, Profile(subtype=subtype))

    def party(self, who: UUID, name: str, subtype: str, places: Sequence[tuple[Hierarchy, UUID]]) -> Stream:
        """Return a Party organization."""
        return self.organization(who, name, Kind.PARTY_ORGANIZATION, places, Profile(subtype=subtype))
