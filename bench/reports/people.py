"""The people of a city: where they work, what they belong to, which posts they hold (人员)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from uuid import UUID

from bench.reports.drawing import DAYS, FIRST_DAY, SINCE, Draw, Stream, identity
from bench.reports.scale import Scale
from registry.appointment.events import AppointmentEnded, AppointmentMade
from registry.appointment.kinds import Basis, Mode
from registry.events import Event
from registry.membership.events import MembershipAdmitted, MembershipEnded, MembershipReclassified
from registry.membership.kinds import MemberClass
from registry.person.events import DisciplineSet, PersonEmployed, PersonRegistered, TitleAwarded
from registry.person.kinds import Gender, Sector, TitleLevel

_SECTORS = {
    Sector.ENTERPRISE: 30,
    Sector.UNIVERSITY: 22,
    Sector.INSTITUTE: 12,
    Sector.RURAL: 6,
    Sector.GOVERNMENT: 14,
    Sector.HOSPITAL: 8,
    Sector.SCHOOL: 5,
    Sector.OTHER: 3,
}
_STAFF = 20
"""People whom an office of the association employs."""

_FOUND_LATE = 50
"""Of so many memberships one was found to have ended."""


class People:
    """Draws people and what they do."""

    def __init__(self, scale: Scale, draw: Draw, offices: Sequence[UUID]) -> None:
        """Draw the people of a city of ``scale``; the first of them work in ``offices``."""
        self._scale = scale
        self._draw = draw
        self._chance = draw.chance
        self._offices = offices

    def streams(self) -> Iterator[Stream]:
        """Yield every person."""
        for number in range(self._scale.people):
            born = date(1950, 1, 1) + timedelta(days=self._chance.randrange(365 * 50))
            gender = self._chance.choice((Gender.MALE, Gender.FEMALE))
            events: list[Event] = [
                PersonRegistered(
                    **SINCE, name=f"人{number}", gender=gender, birth_date=born, illustrative=True
                )
            ]
            # One in fifty is not known to work anywhere: such people count as unknown.
            if self._chance.random() > 0.02:
                events.append(self._employment(number, 0, SINCE["effective_on"]))
            if self._chance.random() < 0.15:
                events.append(self._employment(number, 1, self._draw.days(1)[0]))
            if self._chance.random() < 0.3:
                level = self._chance.choice(tuple(TitleLevel))
                events.append(TitleAwarded(**SINCE, name="工程师", level=level))
                events.append(DisciplineSet(**SINCE, disciplines=("520",)))
            yield Stream(identity("person", number), events)

    def late(self) -> Iterator[Stream]:
        """Yield what was recorded late: one person in ten had gone to the government, members had left."""
        for number in range(0, self._scale.people, 10):
            employed = PersonEmployed(
                effective_on=FIRST_DAY + timedelta(days=number % DAYS),
                employment=identity("late employment of person", number),
                employer_name="机关",
                sector=Sector.GOVERNMENT,
                leading=True,
                primary=True,
            )
            yield Stream(identity("person", number), [employed])
        for number in range(0, self._scale.memberships, _FOUND_LATE):
            yield Stream(identity("membership", number), [MembershipEnded(effective_on=FIRST_DAY)])

    def _employment(self, number: int, turn: int, day: date) -> PersonEmployed:
        office = number // _STAFF
        employer = self._offices[office] if turn == 0 and office < len(self._offices) else None
        sector = self._chance.choices(tuple(_SECTORS), tuple(_SECTORS.values()))[0]
        return PersonEmployed(
            effective_on=day,
            employment=identity(f"employment {turn} of person", number),
            employer=employer,
            employer_name=None if employer else f"单位{self._chance.randrange(5_000)}",
            sector=Sector.ASSOCIATION if employer else sector,
            leading=self._chance.random() < 0.1,
            primary=True,
        )

    def memberships(self, societies: Sequence[UUID]) -> Iterator[Stream]:
        """Yield memberships, each person in about as many societies; one in ten ended."""
        people = self._scale.people
        for number in range(self._scale.memberships):
            turn, person = divmod(number, people)
            society = societies[(number * 7 + turn * 13) % len(societies)]
            events: list[Event] = [
                MembershipAdmitted(
                    **SINCE,
                    member=identity("person", person),
                    organization=society,
                    member_class=MemberClass.INDIVIDUAL,
                )
            ]
            drawn = self._chance.random() if number % _FOUND_LATE else 1
            if drawn < 0.1:
                events.append(MembershipEnded(effective_on=self._draw.days(1)[0]))
            elif drawn < 0.15:
                day = self._draw.days(1)[0]
                events.append(
                    MembershipReclassified(effective_on=day, member_class=MemberClass.SENIOR_EXPERT)
                )
            yield Stream(identity("membership", number), events)

    def appointments(
        self,
        post: UUID,
        seats: int,
        terms: Sequence[tuple[UUID | None, date]],
        label: str,
        mode: Mode | None,
    ) -> Iterator[Stream]:
        """Yield who holds ``seats`` of a post, term by term; in the last one, one in ten left early."""
        people = self._chance.sample(range(self._scale.people), 3 * seats)
        for seat in range(seats):
            holder, other, third = people[3 * seat : 3 * seat + 3]
            for turn, (term, day) in enumerate(terms):
                who = identity(f"appointment {turn} as {label}", seat)
                # Three of ten are not elected again.
                holder = other if turn and self._chance.random() < 0.3 else holder
                made = self._appointment(holder, post, term, day, mode)
                if turn + 1 < len(terms):
                    yield Stream(who, [made, AppointmentEnded(effective_on=terms[turn + 1][1])])
                elif self._chance.random() > 0.1:
                    yield Stream(who, [made])
                else:
                    left = max(day, FIRST_DAY) + timedelta(days=1 + self._chance.randrange(700))
                    yield Stream(who, [made, AppointmentEnded(effective_on=left)])
                    next_one = self._appointment(third, post, term, left, mode)
                    yield Stream(identity(f"appointment next as {label}", seat), [next_one])

    def _appointment(
        self, number: int, post: UUID, term: UUID | None, day: date, mode: Mode | None
    ) -> AppointmentMade:
        drawn = Mode.PART_TIME if self._chance.random() < 0.8 else Mode.FULL_TIME
        return AppointmentMade(
            effective_on=day,
            person=identity("person", number),
            post=post,
            term=term,
            mode=mode or drawn,
            basis=Basis.ELECTED if mode is None else Basis.APPOINTED,
            professional=mode is Mode.FULL_TIME and number % 2 == 0,
        )
