"""A city of organizations, people, memberships and appointments, over three years (城市).

Everything is drawn with a fixed seed: the same city on every machine. Streams are yielded one by one; what
corrects them comes at the end, so that an instant before the corrections has beliefs of its own.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID, uuid5

from bench.reports.scale import Scale
from registry.appointment.events import AppointmentEnded, AppointmentMade
from registry.appointment.kinds import Basis, Mode
from registry.events import Event
from registry.membership.events import MembershipAdmitted, MembershipEnded, MembershipReclassified
from registry.membership.kinds import MemberClass
from registry.organization.events import (
    OrganizationEstablished,
    OrganizationRenamed,
    Profile,
    RelationOpened,
)
from registry.organization.kinds import Base, Formation, Hierarchy, Kind, Tier
from registry.person.events import PersonEmployed, PersonRegistered, TitleAwarded
from registry.person.kinds import Gender, Sector, TitleLevel
from registry.post.events import PostEstablished
from registry.post.kinds import Title
from registry.term.events import TermOpened

FOUNDED = date(2015, 1, 1)
FIRST_DAY = date(2018, 1, 1)
SINCE: dict[str, Any] = {"effective_on": FOUNDED}
DAYS = 3 * 365
"""Changes fall on the days after the first one."""

NAMESPACE = UUID("4b7c1c2e-9a43-5d0c-8c55-7be1d9a1c0de")

_SECTORS = (
    (Sector.ENTERPRISE, 30),
    (Sector.UNIVERSITY, 22),
    (Sector.INSTITUTE, 12),
    (Sector.RURAL, 6),
    (Sector.GOVERNMENT, 14),
    (Sector.HOSPITAL, 8),
    (Sector.SCHOOL, 5),
    (Sector.OTHER, 3),
)
_DISCIPLINES = [
    "110",
    "120",
    "140",
    "150",
    "170",
    "180",
    "210",
    "310",
    "320",
    "410",
    "460",
    "510",
    "520",
    "560",
    "610",
    "790",
]


class Stream(NamedTuple):
    """Events of one entity, in the order in which they were recorded; more may follow in another."""

    id: UUID
    events: Sequence[Event]


class Society(NamedTuple):
    """A society and the posts of its councils."""

    id: UUID
    posts: Sequence[tuple[UUID, Title, int]]
    term: UUID


def identity(kind: str, number: int) -> UUID:
    """Return the id of the ``number``-th entity of a kind."""
    return uuid5(NAMESPACE, f"{kind} {number}")


class City:
    """Draws the streams of a city of one size."""

    def __init__(self, scale: Scale, seed: int = 20180501) -> None:
        """Draw a city of ``scale``."""
        self.scale = scale
        self._chance = random.Random(seed)
        self._made = 0
        self.root = identity("root", 0)

    def streams(self) -> Iterator[Stream]:
        """Yield every stream but what corrects them; whoever is pointed at comes first."""
        yield self._organization(
            self.root, "示例市科学技术协会", Kind.ASSOCIATION, (), Profile(tier=Tier.MUNICIPAL)
        )
        districts = [identity("district", n) for n in range(self.scale.districts)]
        for number, district in enumerate(districts):
            places = ((Hierarchy.GUIDES, self.root),)
            profile = Profile(tier=Tier.DISTRICT)
            yield self._organization(district, f"第{number}区科学技术协会", Kind.ASSOCIATION, places, profile)
        yield from self._people()
        societies: list[Society] = []
        for number in range(self.scale.societies):
            society, streams = self._society(number)
            societies.append(society)
            yield from streams
        yield from self._party(societies)
        yield from self._grassroots(districts)
        yield from self._memberships(societies)
        yield from self._congress()

    def corrections(self) -> Iterator[Stream]:
        """Yield what was recorded late: one person in ten had gone to the government long before."""
        for number in range(0, self.scale.people, 10):
            late = PersonEmployed(
                effective_on=FIRST_DAY + timedelta(days=number % DAYS),
                employment=identity("late employment of person", number),
                employer_name="机关",
                sector=Sector.GOVERNMENT,
                leading=True,
                primary=True,
            )
            yield Stream(identity("person", number), [late])

    def _organization(
        self,
        who: UUID,
        name: str,
        kind: Kind,
        places: Sequence[tuple[Hierarchy, UUID]],
        profile: Profile,
    ) -> Stream:
        """Return an organization that was renamed a few times in three years."""
        self._made += 1
        events: list[Event] = [
            OrganizationEstablished(
                **SINCE,
                name=name,
                kind=kind,
                code=f"C{self._made}",
                profile=profile,
            )
        ]
        events.extend(
            RelationOpened(**SINCE, hierarchy=hierarchy, superior=superior) for hierarchy, superior in places
        )
        for turn, day in enumerate(sorted(self._days(3)), start=1):
            events.append(OrganizationRenamed(effective_on=day, name=f"{name}（{turn}）"))
        return Stream(who, events)

    def _body(self, who: UUID, of: str, subtype: str, superior: UUID) -> Stream:
        places = ((Hierarchy.PART_OF, superior),)
        return self._organization(who, f"{of}{subtype}", Kind.BODY, places, Profile(subtype=subtype))

    def _party_organization(
        self, who: UUID, of: str, subtype: str, places: Sequence[tuple[Hierarchy, UUID]]
    ) -> Stream:
        profile = Profile(subtype=subtype)
        return self._organization(who, f"{of}{subtype}", Kind.PARTY_ORGANIZATION, places, profile)

    def _days(self, count: int) -> list[date]:
        return [FIRST_DAY + timedelta(days=n) for n in self._chance.sample(range(DAYS), count)]

    def _people(self) -> Iterator[Stream]:
        for number in range(self.scale.people):
            born = date(1950, 1, 1) + timedelta(days=self._chance.randrange(365 * 50))
            events: list[Event] = [
                PersonRegistered(
                    **SINCE,
                    name=f"人{number}",
                    gender=self._chance.choice((Gender.MALE, Gender.FEMALE)),
                    birth_date=born,
                    illustrative=True,
                )
            ]
            # One in fifty is not known to work anywhere: such people count as unknown.
            if self._chance.random() > 0.02:
                events.append(self._employment(number, 0, FOUNDED))
            if self._chance.random() < 0.15:
                events.append(self._employment(number, 1, self._days(1)[0]))
            if self._chance.random() < 0.3:
                level = self._chance.choice(tuple(TitleLevel))
                events.append(TitleAwarded(**SINCE, name="工程师", level=level))
            yield Stream(identity("person", number), events)

    def _employment(self, number: int, turn: int, day: date) -> PersonEmployed:
        sectors, weights = zip(*_SECTORS, strict=True)
        return PersonEmployed(
            effective_on=day,
            employment=identity(f"employment {turn} of person", number),
            employer_name=f"单位{self._chance.randrange(5_000)}",
            sector=self._chance.choices(sectors, weights)[0],
            leading=self._chance.random() < 0.1,
            primary=True,
        )

    def _society(self, number: int) -> tuple[Society, list[Stream]]:
        """Return a society, its council and supervisory board, and whoever sits there."""
        who, council = identity("society", number), identity("council", number)
        profile = Profile(discipline=_DISCIPLINES[number % len(_DISCIPLINES)])
        places = ((Hierarchy.SUPERVISES, self.root),)
        streams = [self._organization(who, f"第{number}学会", Kind.SOCIETY, places, profile)]
        bodies = [(council, "理事会"), (identity("board", number), "监事会")]
        if number % 4:
            bodies.append((identity("secretariat", number), "秘书处"))
        for body, subtype in bodies:
            part = ((Hierarchy.PART_OF, who),)
            streams.append(
                self._organization(
                    body, f"第{number}学会{subtype}", Kind.BODY, part, Profile(subtype=subtype)
                )
            )
        term = identity("term", number)
        planned = date(2019 + number % 4, 6, 1)
        streams.append(Stream(term, [TermOpened(**SINCE, body=council, number=1, planned_end=planned)]))
        posts: list[tuple[UUID, Title, int]] = []
        for title, seats in (
            (Title.DIRECTOR, self.scale.directors),
            (Title.STANDING_DIRECTOR, self.scale.directors // 3),
        ):
            post = identity(f"post {title} of society", number)
            event = PostEstablished(**SINCE, organization=council, title=title, seats=seats, elected=True)
            streams.append(Stream(post, [event]))
            posts.append((post, title, seats))
            streams.extend(self._appointments(post, seats - number % 3, term, f"{title} of society {number}"))
        return Society(who, posts, term), streams

    def _appointments(self, post: UUID, seats: int, term: UUID | None, label: str) -> Iterator[Stream]:
        """Yield as many appointments as there are seats; one in ten ended, and another one followed."""
        people = self._chance.sample(range(self.scale.people), 2 * max(seats, 0))
        for seat in range(max(seats, 0)):
            made = self._appointment(people[2 * seat], post, term, FOUNDED)
            if self._chance.random() > 0.1:
                yield Stream(identity(f"appointment {label}", seat), [made])
                continue
            day = self._days(1)[0]
            yield Stream(identity(f"appointment {label}", seat), [made, AppointmentEnded(effective_on=day)])
            next_one = self._appointment(people[2 * seat + 1], post, term, day)
            yield Stream(identity(f"appointment {label} next", seat), [next_one])

    def _appointment(self, number: int, post: UUID, term: UUID | None, day: date) -> AppointmentMade:
        mode = Mode.PART_TIME if self._chance.random() < 0.8 else Mode.FULL_TIME
        return AppointmentMade(
            effective_on=day,
            person=identity("person", number),
            post=post,
            term=term,
            mode=mode,
            basis=Basis.ELECTED,
        )

    def _party(self, societies: Sequence[Society]) -> Iterator[Stream]:
        """Yield Party organizations; two of three societies are covered, some of them by a joint branch."""
        committee = identity("party committee", 0)
        yield self._organization(
            committee, "科技社团党委", Kind.PARTY_ORGANIZATION, (), Profile(subtype="党委")
        )
        for number in range(self.scale.party_organizations):
            who = identity("party", number)
            subtype = ("党支部", "联合党支部", "党总支", "党建指导员")[number % 4]
            places = ((Hierarchy.PARTY_SUPERIOR, committee),)
            yield self._organization(
                who, f"第{number}{subtype}", Kind.PARTY_ORGANIZATION, places, Profile(subtype=subtype)
            )
        for number, society in enumerate(societies):
            if number % 3:
                by = identity("party", number % self.scale.party_organizations)
                yield Stream(
                    society.id,
                    [RelationOpened(**SINCE, hierarchy=Hierarchy.COVERS, superior=by)],
                )

    def _grassroots(self, districts: Sequence[UUID]) -> Iterator[Stream]:
        bases, formations = tuple(Base), tuple(Formation)
        for number in range(self.scale.grassroots):
            profile = Profile(base=bases[number % len(bases)], formation=formations[number % len(formations)])
            places = ((Hierarchy.GUIDES, districts[number % len(districts)]),)
            yield self._organization(
                identity("grassroots", number), f"第{number}基层科协", Kind.ASSOCIATION, places, profile
            )

    def _memberships(self, societies: Sequence[Society]) -> Iterator[Stream]:
        """Yield memberships, each person in about as many societies; one in ten ended."""
        for number in range(self.scale.memberships):
            member = identity("person", number % self.scale.people)
            turn = number // self.scale.people
            society = societies[(number * 7 + turn * 13) % len(societies)].id
            events: list[Event] = [
                MembershipAdmitted(
                    **SINCE,
                    member=member,
                    organization=society,
                    member_class=MemberClass.INDIVIDUAL,
                )
            ]
            drawn = self._chance.random()
            if drawn < 0.1:
                events.append(MembershipEnded(effective_on=self._days(1)[0]))
            elif drawn < 0.15:
                event = MembershipReclassified(
                    effective_on=self._days(1)[0], member_class=MemberClass.SENIOR_EXPERT
                )
                events.append(event)
            yield Stream(identity("membership", number), events)

    def _congress(self) -> Iterator[Stream]:
        """Yield the congress and the committees of the association, and who sits there."""
        for body, subtype, title, seats in (
            ("congress", "代表大会", Title.DELEGATE, self.scale.delegates),
            ("committee", "全委会", Title.MEMBER, self.scale.delegates // 3),
            ("standing", "常委会", Title.STANDING_MEMBER, self.scale.delegates // 10),
        ):
            who, term, post = identity(body, 0), identity(f"term {body}", 0), identity(f"post {body}", 0)
            yield self._organization(
                who,
                f"示例市科协{subtype}",
                Kind.BODY,
                ((Hierarchy.PART_OF, self.root),),
                Profile(subtype=subtype),
            )
            yield Stream(term, [TermOpened(**SINCE, body=who, number=1, planned_end=date(2020, 1, 1))])
            event = PostEstablished(**SINCE, organization=who, title=title, seats=seats, elected=True)
            yield Stream(post, [event])
            yield from self._appointments(post, seats, term, body)


def _post(who: UUID, body: UUID, title: Title, seats: int) -> Stream:
    event = PostEstablished(**SINCE, organization=body, title=title, seats=seats, elected=True)
    return Stream(who, [event])
