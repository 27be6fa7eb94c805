"""Offices of a city and what they keep accounts of, such as staffing, figures and measures (台账)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import product
from typing import Any
from uuid import UUID

from bench.reports.drawing import FIRST_DAY, SINCE, Draw, Stream, identity
from bench.reports.scale import Scale
from registry.events import Event
from registry.figure.events import FigureReported
from registry.function.events import FunctionAssigned, FunctionDefined, FunctionReleased, FunctionTransferred
from registry.instrument.events import InstrumentIssued
from registry.mandate.events import MandateGranted, MandateReviewed, MandateRevoked
from registry.mandate.kinds import MandateCategory
from registry.measure import events as m
from registry.measure.kinds import Recurrence, Role
from registry.organization.events import (
    OrganizationDissolved,
    OrganizationEstablished,
    Profile,
    Quota,
    RelationOpened,
    StaffingSet,
)
from registry.organization.kinds import Establishment, Hierarchy, Kind, Tier
from registry.programme.events import ProgrammeEnrolled, ProgrammeLaunched
from registry.reorganization.events import Plan, ReorganizationAdopted, ReorganizationProposed, Succession
from registry.secondment.events import SecondmentBegun, SecondmentEnded, SecondmentExtended
from registry.secondment.kinds import Direction, SecondmentBasis

REFORMED = date(2018, 6, 1)
"""The day on which two departments became two others."""

_DEPARTMENTS = ("办公室", "学会学术部", "科学技术普及部", "组织宣传部", "国际联络部")
_NEW_DEPARTMENTS = ("组织人才部", "调研宣传部")
_KEPT = 3
_SECTIONS = 10
"""Sections of each institution of the city."""

_INDICATORS = (
    "INSTITUTIONS",
    "STAFF",
    "SOCIETIES",
    "ENTERPRISE_ASSOCIATIONS",
    "PARK_ASSOCIATIONS",
    "UNIVERSITY_ASSOCIATIONS",
    "INSTITUTE_ASSOCIATIONS",
    "RURAL_ASSOCIATIONS",
    "TOWNSHIP_ASSOCIATIONS",
    "RURAL_TECHNICAL_ASSOCIATIONS",
)
_YEARS = (2018, 2019, 2020, 2025)


class Ledgers:
    """Draws offices and accounts."""

    def __init__(self, scale: Scale, draw: Draw, root: UUID) -> None:
        """Draw those of a city of ``scale`` whose association is ``root``."""
        self._scale = scale
        self._draw = draw
        self._chance = draw.chance
        self._root = root
        self._plan = identity("instrument", 0)
        self.districts = [identity("district", number) for number in range(scale.districts)]
        self._departments = [identity("department", number) for number in range(len(_DEPARTMENTS))]
        self._institutions = [identity("institution", number) for number in range(scale.institutions)]
        self._local = [identity("district institution", number) for number in range(5 * scale.districts)]
        self.offices = [*self.districts, *self._departments[:_KEPT], *self._institutions, *self._local]
        """What employs people."""

    def offices_streams(self) -> Iterator[Stream]:
        """Yield the plan, districts, departments and institutions."""
        issued = InstrumentIssued(
            **SINCE, title="改革方案", number="示例〔2018〕1号", issuer="示例市委办公室"
        )
        yield Stream(self._plan, [issued])
        for number, district in enumerate(self.districts):
            places, profile = ((Hierarchy.GUIDES, self._root),), Profile(tier=Tier.DISTRICT)
            name = f"第{number}区科学技术协会"
            yield self._draw.organization(district, name, Kind.ASSOCIATION, places, profile).and_then(
                self._staffing(number)
            )
        yield from self._departments_streams()
        for number, institution in enumerate(self._institutions):
            yield self._office(institution, f"第{number}事业单位", Kind.INSTITUTION, self._root, number)
            for section in range(_SECTIONS):
                who = identity(f"section {section} of institution", number)
                name = f"第{number}事业单位第{section}科"
                yield self._office(who, name, Kind.DEPARTMENT, institution, number)
        for number, institution in enumerate(self._local):
            district = self.districts[number % len(self.districts)]
            yield self._office(institution, f"第{number}区属单位", Kind.INSTITUTION, district, number)

    def _office(self, who: UUID, name: str, kind: Kind, superior: UUID, number: int) -> Stream:
        places = ((Hierarchy.PART_OF, superior),)
        office = self._draw.organization(who, name, kind, places, Profile())
        return office.and_then(self._staffing(number))

    def _staffing(self, number: int) -> list[Event]:
        quotas = (
            Quota(kind=Establishment.CIVIL_SERVICE_REFERENCE, count=number % 7),
            Quota(kind=Establishment.PUBLIC_INSTITUTION, count=number % 31),
        )
        event = StaffingSet(
            **SINCE, establishment=quotas, leadership_posts=3, leaders=number % 5, headcount=number % 40
        )
        return [event] if number % 6 else []

    def _departments_streams(self) -> Iterator[Stream]:
        """Yield the departments; the last two were dissolved, and two others took over."""
        for number, name in enumerate(_DEPARTMENTS):
            who = self._departments[number]
            if number < _KEPT:
                yield self._office(who, name, Kind.DEPARTMENT, self._root, number + 1)
                continue
            dissolved = OrganizationDissolved(effective_on=REFORMED, instrument=self._plan)
            established = OrganizationEstablished(**SINCE, name=name, kind=Kind.DEPARTMENT, code=f"D{number}")
            belongs = RelationOpened(**SINCE, hierarchy=Hierarchy.PART_OF, superior=self._root)
            yield Stream(who, [established, belongs, dissolved])
        for number, name in enumerate(_NEW_DEPARTMENTS):
            since: dict[str, Any] = {"effective_on": REFORMED, "instrument": self._plan}
            who = identity("new department", number)
            new = OrganizationEstablished(**since, name=name, kind=Kind.DEPARTMENT, code=f"N{number}")
            yield Stream(
                who, [new, RelationOpened(**since, hierarchy=Hierarchy.PART_OF, superior=self._root)]
            )
        old, new_ones = self._departments[_KEPT:], [identity("new department", n) for n in range(2)]
        plan = Plan(
            successions=tuple(Succession(predecessor=p, successor=s) for p, s in product(old, new_ones))
        )
        proposed = ReorganizationProposed(effective_on=FIRST_DAY, title="机构改革", plan=plan)
        adopted = ReorganizationAdopted(effective_on=date(2018, 5, 1), takes_effect_on=REFORMED)
        yield Stream(identity("reorganization", 0), [proposed, adopted])

    def streams(self, societies: Sequence[UUID]) -> Iterator[Stream]:
        """Yield every account."""
        yield from self._functions()
        yield from self._figures()
        yield from self._secondments()
        for number in range(self._scale.mandates):
            yield Stream(identity("mandate", number), self._mandate(number, societies))
        for number in range(8):
            launched = ProgrammeLaunched(**SINCE, name=f"第{number}计划", owner=self._root)
            joined = [
                ProgrammeEnrolled(effective_on=FIRST_DAY, organization=society)
                for society in societies[number :: 3 + number]
            ]
            yield Stream(identity("programme", number), [launched, *joined])
        for number in range(self._scale.measures):
            yield Stream(identity("measure", number), self._measure(number))

    def late(self) -> Iterator[Stream]:
        """Yield what was recorded late: reviews of mandates, the progress of measures, numbers of people."""
        for number in range(0, self._scale.mandates, 20):
            review = MandateReviewed(effective_on=FIRST_DAY, finding="补报", passed=False)
            yield Stream(identity("mandate", number), [review])
        for number in range(0, self._scale.measures, 4):
            progress = m.ProgressReported(effective_on=FIRST_DAY, percent=5, note="补报")
            yield Stream(identity("measure", number), [progress])
        for office in self._institutions:
            yield Stream(office, [StaffingSet(effective_on=FIRST_DAY, headcount=50)])

    def _functions(self) -> Iterator[Stream]:
        """Yield functions; those of the dissolved departments went to others, or to nobody."""
        for number in range(self._scale.functions):
            holder = self._departments[number % len(_DEPARTMENTS)]
            events: list[Event] = [
                FunctionDefined(**SINCE, name=f"第{number}职能", description="示例"),
                FunctionAssigned(**SINCE, holder=holder),
            ]
            since: dict[str, Any] = {"effective_on": REFORMED, "instrument": self._plan, "clause": "二(一)"}
            if number % len(_DEPARTMENTS) >= _KEPT:
                target = identity("new department", number % 2)
                if number % 3:
                    events.append(FunctionTransferred(**since, source=holder, target=target))
                else:
                    events.append(FunctionReleased(**since, source=holder))
            yield Stream(identity("function", number), events)

    def _figures(self) -> Iterator[Stream]:
        reporters = (self._root, *self.districts)
        asked = [(reporter, indicator) for reporter in reporters for indicator in _INDICATORS]
        committees = (identity("committee of the Party", number) for number in range(len(reporters)))
        asked += [(committee, "PARTY_COMMITTEE_STUDIES") for committee in committees]
        for (place, (reporter, indicator)), year in product(enumerate(asked), _YEARS):
            if (place + year) % 5 == 0:
                continue
            reported = FigureReported(
                effective_on=date(year, 12, 31),
                organization=reporter,
                indicator=indicator,
                period_start=date(year, 1, 1),
                period_end=date(year, 12, 31),
                value=self._chance.randrange(100) if place % 9 else 0,
                unit="个",
                source="年鉴",
            )
            yield Stream(identity(f"figure of {year}", place), [reported])

    def _secondments(self) -> Iterator[Stream]:
        hosts = (*self.districts, *self._institutions)
        for number in range(self._scale.secondments):
            day = self._draw.days(1)[0]
            until = day + timedelta(days=365)
            events: list[Event] = [
                SecondmentBegun(
                    effective_on=day,
                    until=until,
                    instrument=self._plan if number % 2 else None,
                    person=identity("person", number),
                    home=self._departments[number % _KEPT],
                    host=hosts[number % len(hosts)],
                    direction=Direction.DOWN,
                    basis=SecondmentBasis.SECONDMENT,
                    duty="副主任",
                )
            ]
            if number % 3 == 0:
                longer = day + timedelta(days=5_000)
                events.append(SecondmentExtended(effective_on=day + timedelta(days=300), until=longer))
            if number % 5 == 0:
                events.append(SecondmentEnded(effective_on=day + timedelta(days=320)))
            yield Stream(identity("secondment", number), events)

    def _mandate(self, number: int, societies: Sequence[UUID]) -> list[Event]:
        categories = tuple(MandateCategory)
        day = self._draw.days(1)[0]
        events: list[Event] = [
            MandateGranted(
                effective_on=day,
                until=day + timedelta(days=400 * (1 + number % 10)),
                instrument=self._plan,
                name=f"第{number}事项",
                category=categories[number % len(categories)],
                holder=societies[number % len(societies)],
                grantor=self.districts[0] if number % 2 else None,
            )
        ]
        # Nothing is reviewed before it was granted, so what is recorded late stays at the first day.
        if number % 20 == 0:
            events[0] = MandateGranted(
                **SINCE,
                name=f"第{number}事项",
                category=MandateCategory.OTHER,
                holder=societies[number % len(societies)],
            )
        for turn in range(number % 4):
            reviewed = day + timedelta(days=30 * (turn + 1))
            events.append(
                MandateReviewed(effective_on=reviewed, finding=f"第{turn}次评估", passed=turn % 2 == 0)
            )
        if number % 9 == 0:
            events.append(MandateRevoked(effective_on=day + timedelta(days=200)))
        return events

    def _measure(self, number: int) -> list[Event]:
        days = self._draw.days(6)
        finding = identity("finding", number)
        lead, support = self._departments[number % _KEPT], self._departments[(number + 1) % _KEPT]
        recurrence = tuple(Recurrence)[number % len(Recurrence)]
        events: list[Event] = [
            m.MeasureSet(
                **SINCE,
                instrument=self._plan,
                code=f"M-{number:03}",
                title=f"第{number}项措施",
                plan_clause="二(一)",
                deadline=None if number % 6 == 0 else date(2020, 12, 31),
                recurrence=recurrence,
            ),
            m.MeasureAssigned(**SINCE, role=Role.SUPPORTED_BY, assignee=support),
        ]
        if number % 5:
            events.append(m.MeasureAssigned(**SINCE, role=Role.LED_BY, assignee=lead))
        if number % 4:
            person = identity("person", number)
            events.append(m.MeasureAssigned(**SINCE, role=Role.RESPONSIBLE, assignee=person))
        events += [
            m.MilestoneSet(**SINCE, name="起步", due=days[0]),
            m.MilestoneSet(**SINCE, name="过半", due=days[2]),
            m.MilestoneReached(effective_on=days[1], name="起步"),
            m.ProgressReported(effective_on=days[1], percent=20, note="起步"),
            m.DeadlineMoved(effective_on=days[2], deadline=date(2021, 6, 30), reason="顺延"),
            m.ProgressReported(effective_on=days[3], percent=60, note="过半"),
            m.InspectionRecorded(effective_on=days[4], finding=finding, text="进度偏慢", due=days[5]),
            m.EvidenceCited(effective_on=days[4], position=1 + number, note="佐证"),
        ]
        if number % 2:
            events.append(m.FindingClosed(effective_on=days[5], finding=finding))
        if number % 3:
            events.append(m.MeasureFulfilled(effective_on=days[5]))
        return events
