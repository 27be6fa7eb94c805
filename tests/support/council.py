"""A small association with its council, as commands: what tests of terms and appointments begin with."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from registry.appointment.commands import Appoint, NewAppointment
from registry.appointment.kinds import Basis, Mode
from registry.commands import Command
from registry.ids import stable_id
from registry.instrument.commands import RecordInstrument
from registry.organization.kinds import Hierarchy, Kind
from registry.person.commands import RegisterPerson
from registry.post.commands import EstablishPost
from registry.post.kinds import Title
from registry.term.commands import OpenTerm
from tests.support.dalian import ASSOCIATION, CITY, SOCIETY, established
from tests.support.given import BY

SEATED = date(2013, 5, 31)
PLANNED = date(2018, 5, 31)
ELECTED = date(2018, 11, 10)

COUNCIL = stable_id("化学会理事会")
PRESIDENT, DIRECTOR = stable_id("理事长"), stable_id("理事")
EIGHTH, NINTH = stable_id("第八届"), stable_id("第九届")
LI, WANG, ZHANG, ZHAO = (stable_id(name) for name in ("李", "王", "张", "赵"))
RESOLUTION = stable_id("换届决议")


def person(identity: UUID, on: date = date(2010, 1, 1)) -> RegisterPerson:
    """Return the command that registers somebody."""
    return RegisterPerson(person=identity, name="某人", effective_on=on, **BY)


def post(identity: UUID, title: Title, seats: int | None = 1, **given: Any) -> EstablishPost:  # noqa: ANN401 - any field that the command has
    """Return the command that establishes a post of the council."""
    fields = {"organization": COUNCIL, "effective_on": SEATED, "elected": True, **BY, **given}
    return EstablishPost(post=identity, title=title, seats=seats, **fields)


def term(identity: UUID = EIGHTH, number: int = 8, on: date = SEATED, **given: Any) -> OpenTerm:  # noqa: ANN401 - any field that the command has
    """Return the command that opens a term of the council."""
    fields = {"body": COUNCIL, "planned_end": PLANNED, **BY, **given}
    return OpenTerm(term=identity, number=number, effective_on=on, **fields)


def held(who: UUID, where: UUID, number: str | int = "") -> UUID:
    """Return the id of the appointment of somebody to a post; ``number`` tells it from others."""
    return stable_id(f"{who} {where} {number}")


def appoint(who: UUID, where: UUID = DIRECTOR, on: date = SEATED, **given: Any) -> Appoint:  # noqa: ANN401 - any field that the command has
    """Return the command that appoints somebody to a post for the eighth term."""
    fields: dict[str, Any] = {
        "appointment": held(who, where),
        "term": EIGHTH,
        "mode": Mode.PART_TIME,
        "basis": Basis.ELECTED,
        **BY,
        **given,
    }
    return Appoint(person=who, post=where, effective_on=on, **fields)


def line(who: UUID, where: UUID = DIRECTOR, number: str | int = "", **given: Any) -> NewAppointment:  # noqa: ANN401 - any field that it has
    """Return a line of a roster."""
    return NewAppointment(
        id=held(who, where, number),
        person=who,
        post=where,
        **{"mode": Mode.PART_TIME, "basis": Basis.ELECTED, **given},
    )


SOCIETIES: tuple[Command, ...] = (
    ASSOCIATION,
    established(SOCIETY, "化学会", Kind.SOCIETY, (Hierarchy.SUPERVISES, CITY)),
    established(COUNCIL, "化学会理事会", Kind.BODY, (Hierarchy.PART_OF, SOCIETY)),
)
PEOPLE: tuple[Command, ...] = tuple(person(who) for who in (LI, WANG, ZHANG, ZHAO))
POSTS: tuple[Command, ...] = (
    *SOCIETIES,
    post(PRESIDENT, Title.PRESIDENT),
    post(DIRECTOR, Title.DIRECTOR, seats=3),
)
BOARD: tuple[Command, ...] = (*POSTS, *PEOPLE, term())
"""A council with two posts and its eighth term, which nobody holds."""

SITTING: tuple[Command, ...] = (*BOARD, appoint(LI, PRESIDENT), appoint(WANG), appoint(ZHANG))
"""The same with a president and two of three directors."""

RESOLVED = RecordInstrument(document=RESOLUTION, title="换届决议", effective_on=ELECTED, **BY)
