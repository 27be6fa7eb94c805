"""What the city lacks: a chart of 520 organizations with long histories, and one that changed often."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple
from uuid import UUID

from bench.reports.drawing import SINCE, Stream, identity
from bench.reports.log import Log
from registry.correction.events import Amended
from registry.events import Event
from registry.organization.events import OrganizationEstablished, OrganizationRenamed, RelationOpened
from registry.organization.kinds import Hierarchy, Kind

LEVELS = ((1, Kind.ASSOCIATION), (9, Kind.ASSOCIATION), (90, Kind.SOCIETY), (420, Kind.BRANCH))
"""How many organizations there are on each level of the chart, from the top, and of which kind."""

ORGANIZATIONS = sum(count for count, _ in LEVELS)

ROUNDS = 10
"""How often each was renamed; each name was corrected, the first half of them before the city was."""

CHANGES = 50
"""How often the organization with the long history was renamed."""

ROOT = identity("chart", 0)
CHANGED = identity("changed", 0)
_FIRST_YEAR = 2016


class Organization(NamedTuple):
    """One organization of the chart, and the number that its names and its code contain."""

    id: UUID
    number: int
    kind: Kind
    superior: UUID | None


def organizations() -> Iterator[Organization]:
    """Yield the organizations, superiors first, spread evenly over the level above."""
    above: list[Organization] = []
    number = 0
    for count, kind in LEVELS:
        level: list[Organization] = []
        for index in range(count):
            superior = above[index % len(above)].id if above else None
            level.append(Organization(identity("chart", number), number, kind, superior))
            number += 1
        yield from level
        above = level


class Register:
    """Draws both, after a city whose association is ``root``."""

    def __init__(self, root: UUID) -> None:
        """Stand beside the city, so that the chart of the whole register has these, too."""
        self._root = root
        self._renamed: dict[UUID, int] = {}

    def streams(self, log: Log) -> Iterator[Stream]:
        """Yield each organization with its names; every other correction of them is recorded at once."""
        for one in organizations():
            events: list[Event] = [
                OrganizationEstablished(
                    **SINCE, name=_name(one, 0), kind=one.kind, code=f"BENCH-{one.number:03}"
                ),
                self._placed(one),
            ]
            self._renamed[one.id] = log.position + len(events) + 1
            events += [_rename(one, year, "") for year in range(ROUNDS)]
            events += [self._amended(one, year) for year in range(0, ROUNDS, 2)]
            yield Stream(one.id, events)
        names = [
            OrganizationRenamed(effective_on=date(2016 + turn // 12, 1 + turn % 12, 1), name=f"更名{turn}")
            for turn in range(CHANGES)
        ]
        established = OrganizationEstablished(**SINCE, name="常更名者", kind=Kind.SOCIETY, code="CHANGED")
        supervised = RelationOpened(**SINCE, hierarchy=Hierarchy.SUPERVISES, superior=self._root)
        yield Stream(CHANGED, [established, supervised, *names])

    def corrections(self) -> Iterator[Stream]:
        """Yield the other corrections."""
        for one in organizations():
            yield Stream(one.id, [self._amended(one, year) for year in range(1, ROUNDS, 2)])

    def _placed(self, one: Organization) -> RelationOpened:
        if one.superior is None:
            return RelationOpened(**SINCE, hierarchy=Hierarchy.GUIDES, superior=self._root)
        return RelationOpened(**SINCE, hierarchy=Hierarchy.PART_OF, superior=one.superior)

    def _amended(self, one: Organization, year: int) -> Amended:
        replacement = _rename(one, year, "（更正）")
        return Amended(
            effective_on=replacement.effective_on,
            corrects=self._renamed[one.id] + year,
            replacement=replacement,
        )


def _rename(one: Organization, year: int, suffix: str) -> OrganizationRenamed:
    name = f"{_name(one, year + 1)}{suffix}"
    return OrganizationRenamed(effective_on=date(_FIRST_YEAR + year, 1, 1), name=name)


def _name(one: Organization, turn: int) -> str:
    return f"大连市第{one.number}科学技术组织{turn or ''}"
