"""Erasing a person: in every record, never while they hold a post, and nothing can be said afterwards."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from registry.appointment.commands import EndAppointment
from registry.appointment.kinds import EndReason
from registry.correction.commands import RetractEvent
from registry.errors import Code
from registry.person import commands as c
from registry.person import events as e
from registry.person.state import Person
from registry.time import civil_date
from tests.support.council import BOARD, DIRECTOR, appoint, held
from tests.support.given import BY, given
from tests.support.people import KNOWN, LI, NUMBER, WANG, merged, registered

LATER = date(2016, 5, 1)


def erased(person: object = LI, on: date = LATER) -> c.ErasePerson:
    return c.ErasePerson(person=person, effective_on=on, reason="本人申请", **BY)  # type: ignore[arg-type]  # an id of a person


def test_it_holds_at_all_times() -> None:
    given(registered(identity_number=NUMBER)).when(erased()).then(
        e.PersonErased(effective_on=e.ALWAYS, reason="本人申请")
    )


def test_it_erases_every_record_of_the_person() -> None:
    outcome = given(registered(), registered(WANG, "李思"), merged()).when(erased())
    assert [record.originator_id for record in outcome.records] == [LI, WANG]
    assert {type(record.event) for record in outcome.records} == {e.PersonErased}


def test_it_is_sent_to_the_record_that_stands_for_the_person() -> None:
    given(registered(), registered(WANG, "李思"), merged()).when(erased(WANG)).then_refused(Code.MERGED)


def test_it_is_quiet_when_it_was_done() -> None:
    given(registered(), erased()).when(erased()).then_nothing()


def test_nothing_can_be_said_afterwards() -> None:
    said = given(registered(), registered(WANG, "李思"), erased())
    said.when(c.RenamePerson(person=LI, name="某", effective_on=LATER, **BY)).then_refused(Code.PERSON_ERASED)
    said.when(merged()).then_refused(Code.PERSON_ERASED)
    said.when(RetractEvent(entity=LI, position=3, effective_on=LATER, **BY)).then_refused(Code.PERSON_ERASED)


def test_of_an_erased_person_only_the_life_is_known() -> None:
    segments = given(registered(identity_number=NUMBER), erased()).register.entities[LI].timeline.segments
    (state,) = [s.state for s in segments if s.state.particulars is not None]
    assert isinstance(state, Person)
    assert state.erased
    assert state.particulars is not None
    assert (state.particulars.name, state.particulars.identity_number) == (e.BLANK, None)
    assert [s.start for s in segments if s.state.particulars is not None] == [KNOWN]


HELD, LEFT = date(2016, 1, 1), date(2021, 1, 1)
LEAVES = EndAppointment(
    appointment=held(LI, DIRECTOR), end_reason=EndReason.RESIGNED, effective_on=LEFT, **BY
)


def test_it_is_refused_while_a_post_is_held_on_the_day_that_it_is_dated() -> None:
    holder = given(*BOARD, appoint(LI, on=HELD))
    holder.when(erased(on=LATER)).then_refused(Code.HOLDS_POST, date=LATER)
    holder.when(erased(on=date(2030, 1, 1))).then_refused(Code.HOLDS_POST)


def test_it_is_refused_while_a_post_is_held_on_the_day_of_recording_however_it_is_dated() -> None:
    holder = given(*BOARD, appoint(LI, on=HELD), LEAVES)
    today = date(2020, 1, 1)
    assert civil_date(holder.register.place.recorded_at) == today
    holder.when(erased(on=LEFT)).then_refused(Code.HOLDS_POST, date=today)
    holder.when(erased(on=date(2030, 1, 1))).then_refused(Code.HOLDS_POST, date=today)


def test_who_left_before_both_days_is_erased() -> None:
    gone = replace(LEAVES, effective_on=date(2019, 12, 31))
    outcome = given(*BOARD, appoint(LI, on=HELD), gone).when(erased(on=date(2019, 12, 31)))
    assert outcome.records[0].event.topic == "person.erased"
