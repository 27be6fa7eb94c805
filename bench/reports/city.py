"""A city of organizations, people, memberships and appointments, over three years (城市).

Everything is drawn with a fixed seed: the same city on every machine. Streams are yielded one by one; what
was recorded late comes at the end, so that an instant before it has beliefs of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from bench.reports.drawing import FIRST_DAY, SINCE, Draw, Stream, identity
from bench.reports.ledgers import Ledgers
from bench.reports.people import People
from bench.reports.rulebook import rulebook
from bench.reports.scale import Scale
from registry.affiliation.events import AffiliationOpened
from registry.affiliation.kinds import AffiliationStage
from registry.appointment.kinds import Mode
from registry.events import Event
from registry.organization.events import (
    CharterAdopted,
    DesignationGranted,
    OrganizationRenamed,
    Profile,
    RegistrationRecorded,
    RelationOpened,
)
from registry.organization.kinds import Base, Formation, Hierarchy, Kind, LegalForm, Tier
from registry.post.events import PostEstablished
from registry.post.kinds import Title
from registry.term.events import TermEnded, TermOpened

RENEWED = date(2018, 3, 1)
"""The day on which every fifth council began its second term."""

_DISCIPLINES = ("110", "120", "140", "150", "180", "210", "310", "320", "410", "460", "510", "520", "610")


class Office(NamedTuple):
    """A post: its title, how many seats it has, how it is held, and what it is called beyond the title."""

    title: Title
    seats: int
    mode: Mode | None = None
    name: str | None = None


class City:
    """Draws the streams of a city of one size."""

    def __init__(self, scale: Scale, seed: int = 20180501) -> None:
        """Draw a city of ``scale``."""
        self.scale = scale
        self.root = identity("root", 0)
        self._draw = Draw(seed)
        self._ledgers = Ledgers(scale, self._draw, self.root)
        self._people = People(scale, self._draw, self._ledgers.offices)
        self._districts = self._ledgers.districts
        self._societies = [identity("society", number) for number in range(scale.societies)]

    def streams(self) -> Iterator[Stream]:
        """Yield every stream but what was recorded late; whoever is pointed at comes first."""
        profile = Profile(tier=Tier.MUNICIPAL)
        yield self._draw.organization(self.root, "示例市科学技术协会", Kind.ASSOCIATION, (), profile)
        yield from self._ledgers.offices_streams()
        yield from self._people.streams()
        for number in range(self.scale.societies):
            yield from self._society(number)
        yield from self._party()
        yield from self._grassroots()
        yield from self._people.memberships(self._societies)
        yield from self._congress()
        yield from self._leaders()
        yield from self._ledgers.streams(self._societies)
        yield from rulebook()

    def corrections(self) -> Iterator[Stream]:
        """Yield what was recorded late."""
        yield from self._people.late()
        for number in range(0, self.scale.grassroots, 10):
            event = OrganizationRenamed(effective_on=FIRST_DAY, name=f"第{number}基层科协（补正）")
            yield Stream(identity("grassroots", number), [event])
        for number in range(0, self.scale.societies, 30):
            by = identity("party", 0)
            covered = RelationOpened(effective_on=FIRST_DAY, hierarchy=Hierarchy.COVERS, superior=by)
            yield Stream(self._societies[number], [covered])
        yield from self._ledgers.late()

    def _society(self, number: int) -> Iterator[Stream]:
        """Yield a society, its council and supervisory board, and whoever sits there."""
        who, council = self._societies[number], identity("council", number)
        profile = Profile(discipline=_DISCIPLINES[number % len(_DISCIPLINES)])
        places = ((Hierarchy.SUPERVISES, self.root),)
        society = self._draw.organization(who, f"第{number}学会", Kind.SOCIETY, places, profile)
        yield society.and_then(self._papers(number))
        standing, board = identity("standing council", number), identity("board", number)
        bodies = [(council, "理事会"), (standing, "常务理事会"), (board, "监事会")]
        if number % 4:
            bodies.append((identity("secretariat", number), "秘书处"))
        for body, subtype in bodies:
            yield self._draw.body(body, f"第{number}学会{subtype}", subtype, who)
        terms = list(self._terms(number, council))
        for term, events, _ in terms:
            yield Stream(term, events)
        sitting = [(term, day) for term, _, day in terms]
        label, directors, since = f"society {number}", self.scale.directors, [(None, SINCE["effective_on"])]
        # A few seats are vacant.
        yield from self._office(label, council, Office(Title.DIRECTOR, directors), sitting, number % 3)
        yield from self._office(label, standing, Office(Title.STANDING_DIRECTOR, directors // 3), since)
        yield from self._office(label, board, Office(Title.CHIEF_SUPERVISOR, 1), since)
        for office in (
            Office(Title.PRESIDENT, 1),
            Office(Title.VICE_PRESIDENT, 3),
            Office(Title.SECRETARY_GENERAL, 1, Mode.FULL_TIME),
        ):
            yield from self._office(label, who, office, sitting)

    def _papers(self, number: int) -> list[Event]:
        """Return the registration of a society, its charter, if it has one, and a designation."""
        legal = LegalForm.SOCIAL_ORGANIZATION
        until = date(2020 + number % 10, 1, 1)
        events: list[Event] = [
            RegistrationRecorded(**SINCE, legal_form=legal, authority="示例市民政局", until=until)
        ]
        if number % 7:
            approved = None if number % 5 == 0 else FIRST_DAY
            events.append(CharterAdopted(**SINCE, title="章程", adopted_on=FIRST_DAY, approved_on=approved))
        if number % 10 == 0:
            events.append(DesignationGranted(effective_on=FIRST_DAY, name="示范性学会"))
        return events

    def _terms(self, number: int, council: UUID) -> Iterator[tuple[UUID, list[Event], date]]:
        """Yield the terms of a council, their events, and the day on which each began."""
        first, second = identity("first term", number), identity("second term", number)
        since: date = SINCE["effective_on"]
        opened: list[Event] = [
            TermOpened(**SINCE, body=council, number=1, planned_end=date(2018 + number % 5, 6, 1))
        ]
        if number % 5:
            yield first, opened, since
            return
        yield first, [*opened, TermEnded(effective_on=RENEWED)], since
        renewed = TermOpened(
            effective_on=RENEWED, body=council, number=2, planned_end=date(2023, 3, 1), renews=first
        )
        yield second, [renewed], RENEWED

    def _office(
        self,
        label: str,
        body: UUID,
        office: Office,
        terms: Sequence[tuple[UUID | None, date]],
        vacant: int = 0,
    ) -> Iterator[Stream]:
        """Yield a post and whoever holds it, term by term."""
        held = f"{office.title} {office.name} of {label}"
        post = identity(f"post {held}", 0)
        event = PostEstablished(
            **SINCE,
            organization=body,
            title=office.title,
            name=office.name,
            seats=office.seats,
            elected=office.mode is None,
        )
        yield Stream(post, [event])
        yield from self._people.appointments(post, office.seats - vacant, terms, held, office.mode)

    def _party(self) -> Iterator[Stream]:
        """Yield Party organizations; two of three societies are covered, some of them by a joint branch."""
        committee = identity("party committee", 0)
        yield self._draw.party(committee, "科技社团党委", "党委", ())
        for number in range(self.scale.party_organizations):
            who = identity("party", number)
            subtype = ("党支部", "联合党支部", "党总支", "党建指导员")[number % 4]
            yield self._draw.party(
                who, f"第{number}{subtype}", subtype, ((Hierarchy.PARTY_SUPERIOR, committee),)
            )
            if number % 4 == 3:
                continue
            for turn in range(1 + number % 5):
                member = identity("person", (number * 5 + turn) % self.scale.people)
                affiliated = AffiliationOpened(
                    **SINCE, person=member, branch=who, stage=AffiliationStage.FORMAL
                )
                yield Stream(identity(f"affiliation {turn} with party", number), [affiliated])
        for number, society in enumerate(self._societies):
            if number % 3:
                by = identity("party", number % self.scale.party_organizations)
                covers = RelationOpened(**SINCE, hierarchy=Hierarchy.COVERS, superior=by)
                yield Stream(society, [covers])

    def _grassroots(self) -> Iterator[Stream]:
        """Yield associations in parks, enterprises and so on, of townships, and rural ones."""
        bases, formations = tuple(Base), tuple(Formation)
        for number in range(self.scale.grassroots):
            profile = Profile(base=bases[number % 5], formation=formations[number // 5 % len(formations)])
            name, who = f"第{number}基层科协", identity("grassroots", number)
            yield self._draw.organization(who, name, Kind.ASSOCIATION, self._guided(number), profile)
        for number in range(self.scale.townships):
            name, who = f"第{number}镇科协", identity("township", number)
            profile = Profile(tier=Tier.TOWNSHIP)
            yield self._draw.organization(who, name, Kind.ASSOCIATION, self._guided(number), profile)
        for number in range(self.scale.rural_associations):
            name, who = f"第{number}农技协", identity("rural association", number)
            yield self._draw.organization(who, name, Kind.RURAL_ASSOCIATION, self._guided(number), Profile())

    def _guided(self, number: int) -> tuple[tuple[Hierarchy, UUID]]:
        return ((Hierarchy.GUIDES, self._districts[number % len(self._districts)]),)

    def _congress(self) -> Iterator[Stream]:
        """Yield the congress and the committees of the association, and who sits there."""
        delegates = self.scale.delegates
        for body, subtype, offices in (
            ("congress", "代表大会", [Office(Title.DELEGATE, delegates)]),
            ("committee", "全委会", [Office(Title.MEMBER, delegates // 3), Office(Title.VICE_CHAIR, 12)]),
            ("standing", "常委会", [Office(Title.STANDING_MEMBER, delegates // 10)]),
        ):
            who, term = identity(body, 0), identity(f"term {body}", 0)
            yield self._draw.body(who, f"示例市科协{subtype}", subtype, self.root)
            planned = date(2020, 1, 1)
            yield Stream(term, [TermOpened(**SINCE, body=who, number=1, planned_end=planned)])
            for office in offices:
                yield from self._office(body, who, office, [(term, SINCE["effective_on"])])

    def _leaders(self) -> Iterator[Stream]:
        """Yield who leads districts, and the leaders and Party committees that look after them."""
        since = [(None, SINCE["effective_on"])]
        for number, district in enumerate((self.root, *self._districts)):
            label = f"district {number}"
            for name, lacking in (("分管领导", 4), ("联系领导", 3)):
                if number % lacking:
                    office = Office(Title.LIAISON_LEADER, 1, Mode.FULL_TIME, name)
                    yield from self._office(label, district, office, since)
            if number:
                yield from self._office(label, district, Office(Title.VICE_CHAIR, 5), since)
            if number % 2:
                party = ((Hierarchy.PART_OF, district),)
                yield self._draw.party(
                    identity("party group", number), f"第{number}区科协党组", "党组", party
                )
            granted = [
                DesignationGranted(effective_on=FIRST_DAY, name=name)
                for name, lacking in (("独立建制", 5), ("制定改革方案", 7), ("符合设立党组条件", 3))
                if number % lacking
            ]
            yield Stream(district, granted)
            committee, profile = identity("committee of the Party", number), Profile(subtype="党委")
            yield self._draw.organization(committee, f"第{number}区委", Kind.EXTERNAL, (), profile)
