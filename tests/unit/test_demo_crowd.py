"""The invented people of the Dalian register, counted one by one over what the log folds to."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple
from uuid import UUID

import pytest

from graphql_api.demo.crowd import congress, districts, societies
from graphql_api.demo.crowd.draw import Draw
from graphql_api.demo.crowd.people import key_of
from graphql_api.demo.keys import identity, organization_id, person_id
from graphql_api.demo.loader import commands, load
from registry.appointment.kinds import Mode
from registry.appointment.state import APPOINTMENT, Appointment
from registry.correction.events import Amended
from registry.person.commands import RegisterPerson
from registry.person.kinds import Sector
from registry.person.state import PERSON, Person
from registry.post.state import Post
from registry.secondment.state import SECONDMENT
from registry.term.state import Term
from registry.timeline import Entity, Timeline, fold
from tests.support.demo_register import MemoryRegister
from tests.support.invariants import assert_consistent

BEFORE, ELECTED, AFTER = date(2018, 5, 1), congress.ELECTION.day, date(2020, 12, 31)
FRONT_LINE = {Sector.ENTERPRISE, Sector.UNIVERSITY, Sector.INSTITUTE, Sector.RURAL}
YOUNG_UNTIL = 45


@pytest.fixture(scope="module")
def register() -> MemoryRegister:
    filled = MemoryRegister()
    asyncio.run(load(filled.record, filled.digest))
    return filled


class Share(NamedTuple):
    """So many of so many, and of so many nobody knows."""

    counted: int
    population: int
    unknown: int = 0


def holders(register: MemoryRegister, post: str, day: date) -> dict[UUID, Appointment]:
    """Return who holds a post on ``day``, looking at every appointment."""
    return {
        state.person: state
        for entity in register.entities.values()
        if entity.noun is APPOINTMENT
        for state in [entity.timeline.at(day)]
        if isinstance(state, Appointment) and not state.ended and state.post == identity("post", post)
    }


def front_line(person: Person) -> bool | None:
    """Say whether somebody works on the front line and leads nobody; None when that is not known."""
    for employment in person.employments:
        if employment.primary:
            return employment.sector in FRONT_LINE and not employment.leading
    return None


def share(register: MemoryRegister, post: str, day: date) -> Share:
    """Count who of the holders of a post is on the front line."""
    found = Counter(front_line(register.state(person, day)) for person in holders(register, post, day))
    return Share(found[True], found.total(), found[None])


def people(register: MemoryRegister) -> Iterator[Entity]:
    """Yield everybody."""
    return (entity for entity in register.entities.values() if entity.noun is PERSON)


def test_delegates_were_half_from_the_front_line_and_are_seven_tenths(register: MemoryRegister) -> None:
    assert share(register, congress.DELEGATE, BEFORE) == Share(121, 220)
    assert share(register, congress.DELEGATE, ELECTED) == Share(156, 220)
    assert share(register, congress.DELEGATE, AFTER) == Share(154, 220), "exactly 70%"


def test_before_a_late_correction_they_were_not(register: MemoryRegister) -> None:
    last = register.records[-1]
    assert isinstance(last.event, Amended)
    assert last.originator_id == person_id(key_of(congress.MISTAKEN))
    known = [record for record in register.records if record.originator_id == last.originator_id][:-1]
    timeline = fold(PERSON, known)
    assert isinstance(timeline, Timeline)
    wrong = timeline.at(AFTER)
    assert isinstance(wrong, Person)
    right = register.state(last.originator_id, AFTER)
    assert (front_line(wrong), front_line(right)) == (False, True)
    assert last.originator_id in holders(register, congress.DELEGATE, AFTER)


def test_the_committees_before_and_after(register: MemoryRegister) -> None:
    assert share(register, congress.MEMBER, BEFORE) == Share(44, 100)
    assert share(register, congress.MEMBER, AFTER) == Share(71, 100)
    assert share(register, congress.STANDING_MEMBER, BEFORE) == Share(12, 31)
    assert share(register, congress.STANDING_MEMBER, AFTER) == Share(23, 33), "which is not 70%"


def test_six_of_eight_vice_chairs_serve_part_time_after(register: MemoryRegister) -> None:
    for day, part_time, all_ in ((BEFORE, 4, 7), (AFTER, 6, 8)):
        modes = Counter(each.mode for each in holders(register, congress.VICE_CHAIR, day).values())
        assert (modes[Mode.PART_TIME], modes.total()) == (part_time, all_)


def test_a_third_of_the_delegates_are_young_after(register: MemoryRegister) -> None:
    for day, young in ((BEFORE, 45), (AFTER, 84)):
        born = []
        for person in holders(register, congress.DELEGATE, day):
            particulars = register.state(person, day).particulars
            assert particulars.birth_date is not None
            born.append(particulars.birth_date)
        # Nobody is born within a year of the limit, so that years are enough.
        assert not [each for each in born if abs(day.year - each.year - YOUNG_UNTIL) < 1]
        assert sum(day.year - each.year <= YOUNG_UNTIL for each in born) == young


def test_the_old_congress_sits_overdue_through_the_summer(register: MemoryRegister) -> None:
    term = register.state(identity("term", f"{congress.CONGRESS}/1"), date(2018, 8, 1))
    assert isinstance(term, Term)
    assert not term.ended
    assert term.planned_end == date(2018, 5, 31)
    assert len(holders(register, congress.DELEGATE, date(2018, 8, 1))) == 220


@pytest.mark.parametrize("board", societies.BOARDS, ids=lambda board: board.name)
def test_councils_are_as_their_plan_says(register: MemoryRegister, board: societies.Board) -> None:
    council = share(register, f"{board.body('理事会')}/理事", AFTER)
    assert council == Share(board.front, board.council, board.unknown)
    standing = share(register, f"{board.body('常务理事会')}/常务理事", AFTER)
    assert standing == Share(board.standing_front, board.standing)


def test_councils_pass_fail_and_leave_it_open(register: MemoryRegister) -> None:
    verdicts: Counter[str] = Counter()
    for board in societies.BOARDS:
        counted, population, unknown = share(register, f"{board.body('理事会')}/理事", AFTER)
        least, most = 4 * counted >= 3 * population, 4 * (counted + unknown) >= 3 * population
        verdicts["MET" if least else "UNDETERMINED" if most else "UNMET"] += 1
    assert verdicts == {"MET": 7, "UNMET": 2, "UNDETERMINED": 1}
    assert share(register, "造船工程学会理事会（示例）/理事", AFTER) == Share(0, 0)


def test_one_district_is_over_strength(register: MemoryRegister) -> None:
    over = []
    for district in districts.DISTRICTS:
        state = register.organization(district, AFTER)
        assert state is not None
        staffing = state.staffing
        assert staffing is not None
        established = sum(quota.count for quota in staffing.establishment or ())
        if (staffing.headcount or 0) > established:
            over.append(district)
    assert over == ["甘井子区科协"]


def test_secondments_go_up_down_and_across_and_end_by_themselves(register: MemoryRegister) -> None:
    states = [entity.timeline for entity in register.entities.values() if entity.noun is SECONDMENT]
    under_way = {
        day: sum(SECONDMENT.alive(state) for state in (each.at(day) for each in states) if state is not None)
        for day in (BEFORE, date(2019, 6, 1), AFTER)
    }
    assert under_way == {BEFORE: 0, date(2019, 6, 1): 5, AFTER: 3}
    ways = Counter(each.segments[0].state.direction for each in states)
    assert ways == {"UP": 4, "DOWN": 3, "LATERAL": 3}


def test_every_person_post_and_appointment_is_illustrative(register: MemoryRegister) -> None:
    counted: Counter[str] = Counter()
    for entity in register.entities.values():
        state = entity.timeline.segments[-1].state
        if isinstance(state, Person | Post | Term | Appointment):
            assert state.illustrative, entity.id
            counted[entity.noun.name] += 1
    assert counted == {"person": 714, "post": 150, "term": 34, "appointment": 1197}


def test_nobody_is_called_as_the_invented_people_are(register: MemoryRegister) -> None:
    names: Counter[str] = Counter()
    for entity in people(register):
        state = entity.timeline.segments[-1].state
        assert isinstance(state, Person)
        particulars = state.particulars
        assert particulars is not None
        assert re.fullmatch(r"[\u4e00-\u9fff]示[〇一二三四五六七八九]{3,4}", particulars.name)
        assert (particulars.identity_number, particulars.phone, particulars.email) == (None, None, None)
        names[particulars.name] += 1
    assert [name for name, times in names.items() if times > 1] == [key_of(361)], "the duplicate"


def test_everything_fits_together(register: MemoryRegister) -> None:
    assert_consistent(register.entities)


def test_lots_fall_the_same_everywhere() -> None:
    draw = Draw(1)
    assert [draw.below(1000) for _ in range(5)] == [134, 847, 763, 255, 495]
    first = next(command for command in commands() if isinstance(command, RegisterPerson))
    assert (first.person, first.name) == (person_id(key_of(501)), key_of(501))
    assert organization_id("大连市科协") != first.person
