"""Draws commands to four people, who work in the organizations of the small world and may be one another."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from registry.commands import Command
from registry.ids import stable_id
from registry.person import commands as p
from registry.person.events import EMPLOYED_BY, ParticularsChange
from registry.person.kinds import Gender, Sector, TitleLevel
from registry.references import KindRule
from tests.support.small_world import DAYS, OFFICE, PUBLICITY

if TYPE_CHECKING:
    from tests.support.clerk import Clerk

PEOPLE = [stable_id(f"person of a history {n}") for n in range(4)]
_EMPLOYMENTS = [stable_id(f"employment of a history {n}") for n in range(3)]
_NUMBERS = ["210202199003071228", "210202199003071218", None]
_BIRTH = date(1990, 3, 7)


def beginning(clerk: Clerk) -> Iterator[Command]:
    """Yield the registration of three people, one of whom works in a department that reforms dissolve."""
    for person in PEOPLE[:3]:
        yield p.RegisterPerson(person=person, name="张三", **clerk.by(DAYS[0]))
    yield p.EmployPerson(
        person=PEOPLE[0],
        employment=_EMPLOYMENTS[0],
        employer=clerk.one([OFFICE, PUBLICITY]),
        sector=Sector.ASSOCIATION,
        primary=True,
        until=clerk.until(),
        **clerk.by(DAYS[0]),
    )


def _registered(clerk: Clerk) -> Command:
    """Register somebody who is not, if there is anybody left."""
    absent = [person for person in PEOPLE if person not in clerk.register.entities]
    if not absent and clerk.mostly():
        return _changed(clerk)
    return p.RegisterPerson(
        person=clerk.one(absent or PEOPLE),
        name=clerk.one(["张三", "李四"]),
        birth_date=clerk.one([None, _BIRTH]),
        identity_number=clerk.one(_NUMBERS),
        **clerk.by(),
    )


def _employed(clerk: Clerk) -> Command:
    employer = None if clerk.one_in(4) else clerk.who()
    return p.EmployPerson(
        person=known(clerk),
        employment=clerk.one(_EMPLOYMENTS),
        employer=employer,
        employer_name="某研究所" if employer is None or clerk.one_in(4) else None,
        sector=clerk.one([Sector.INSTITUTE, Sector.ASSOCIATION]),
        leading=clerk.one([None, False, True]),
        primary=clerk.one_in(2),
        until=clerk.until(),
        **clerk.by(),
    )


def _changed(clerk: Clerk) -> Command:
    makers: Sequence[Callable[..., Command]] = (
        lambda **by: p.RenamePerson(name=clerk.one(["张三", "李四", "王五"]), **by),
        lambda **by: p.ChangeParticulars(change=_change(clerk), **by),
        lambda **by: p.EndEmployment(employment=clerk.one(_EMPLOYMENTS), **by),
        lambda **by: p.AwardTitle(
            name=clerk.one(["研究员", "工程师"]), level=clerk.one(list(TitleLevel)), **by
        ),
        lambda **by: p.WithdrawTitle(name=clerk.one(["研究员", "工程师"]), **by),
        lambda **by: p.SetDisciplines(disciplines=clerk.one([(), ("520",), ("110", "520")]), **by),
        lambda **by: p.GrantAward(name=clerk.one(["优秀", "青年"]), **by),
        lambda **by: p.GrantAward(name="优秀", grantor="市科协", **by),
        lambda **by: p.WithdrawAward(name=clerk.one(["优秀", "青年"]), **by),
    )
    return clerk.one(makers)(person=known(clerk), **clerk.by())


def _change(clerk: Clerk) -> ParticularsChange:
    said: dict[str, Any] = clerk.one(
        [
            {"identity_number": clerk.one(_NUMBERS)},
            {"gender": clerk.one([None, *Gender])},
            {"birth_date": clerk.one([None, _BIRTH])},
            {"phone": clerk.one([None, "1", "2"])},
        ]
    )
    return ParticularsChange(**said)


def _died(clerk: Clerk) -> Command:
    rules = (KindRule(reference=EMPLOYED_BY),) if clerk.one_in(2) else ()
    return p.RecordDeath(person=known(clerk), rules=rules, **clerk.by())


def _merged(clerk: Clerk) -> Command:
    return p.MergePersons(person=known(clerk), into=known(clerk), **clerk.by())


def known(clerk: Clerk) -> UUID:
    """Return somebody, mostly registered: for the clerks of what people have."""
    registered = [person for person in PEOPLE if person in clerk.register.entities]
    return clerk.one(PEOPLE if clerk.one_in(10) else registered or PEOPLE)


MAKERS: Sequence[Callable[[Clerk], Command]] = (
    _registered,
    _employed,
    _employed,
    _employed,
    _changed,
    _changed,
    _changed,
    _died,
    _merged,
    _merged,
)
