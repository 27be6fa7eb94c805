"""Laws of posts, terms and appointments, whatever is commanded in whatever order."""

from __future__ import annotations

from datetime import date
from random import Random
from uuid import UUID

from hypothesis import assume, settings
from hypothesis import given as over
from hypothesis import strategies as st

from registry.appointment.state import Appointment
from registry.person.aliases import canonical
from registry.post.state import Post
from registry.term.state import Term
from registry.timeline import Segment
from tests.support.council import BOARD, DIRECTOR, LI, WANG, ZHANG, ZHAO, appoint, held
from tests.support.given import Register, given
from tests.support.histories import EXAMPLES, History, histories

_PATIENT = settings(max_examples=EXAMPLES, deadline=None)

_DAYS = st.dates(date(2013, 6, 1), date(2013, 6, 20))
_STAYS = st.tuples(_DAYS, st.none() | _DAYS)


def states(register: Register, day: date) -> dict[UUID, object]:
    """Return the state of everything that is there on a day."""
    found = {identity: entity.timeline.at(day) for identity, entity in register.entities.items()}
    nouns = {identity: entity.noun for identity, entity in register.entities.items()}
    return {
        identity: state
        for identity, state in found.items()
        if state is not None and nouns[identity].alive(state)
    }


@_PATIENT
@over(histories())
def test_whatever_is_commanded_nobody_sits_without_a_seat_a_post_a_person_and_a_term(
    history: History,
) -> None:
    register = history.reference
    days = {step.day for entity in register.entities.values() for step in entity.timeline.steps}
    for day in days:
        there = states(register, day)
        held_by: dict[UUID, list[UUID]] = {}
        for state in there.values():
            if not isinstance(state, Appointment):
                continue
            held_by.setdefault(state.post, []).append(canonical(register, state.person))
            assert state.person in there
            assert state.term is None or isinstance(there[state.term], Term)
        for post, people in held_by.items():
            what = there[post]
            assert isinstance(what, Post)
            assert what.seats is None or len(people) <= what.seats, (day, post)
            assert len(people) == len(set(people)), (day, post)


@_PATIENT
@over(
    stays=st.lists(st.tuples(st.sampled_from([LI, WANG, ZHANG, ZHAO]), _STAYS), max_size=8),
    order=st.randoms(use_true_random=False),
)
def test_appointments_recorded_in_any_order_of_dates_end_in_the_same_state(
    stays: list[tuple[UUID, tuple[date, date | None]]], order: Random
) -> None:
    """What may be recorded in the order of the dates may be recorded in any."""
    assume(stays)
    legal = given(*BOARD)
    commands = []
    for number, (who, (start, until)) in enumerate(sorted(stays, key=lambda stay: stay[1][0])):
        identity = held(who, DIRECTOR, number)
        command = appoint(who, on=start, until=until, appointment=identity)
        if legal.when(command).refusal is None:
            commands.append(command)
    other = given(*BOARD)
    order.shuffle(commands)
    other.given(*commands)
    assert told(other.register) == told(legal.register)


def told(register: Register) -> dict[UUID, list[tuple[date, date, UUID, UUID, bool]]]:
    """Return who held what when, without the positions that say so."""
    return {
        identity: [said(segment) for segment in entity.timeline.segments]
        for identity, entity in register.entities.items()
        if entity.noun.name == "appointment"
    }


def said(segment: Segment) -> tuple[date, date, UUID, UUID, bool]:
    """Return what a segment says of an appointment."""
    state = segment.state
    return segment.start, segment.end, state.person, state.post, state.ended
