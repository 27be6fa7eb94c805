"""What each command to an appointment records, why it is refused, and when there is nothing to record."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from registry.appointment import commands as c
from registry.appointment import events as e
from registry.appointment.kinds import Basis, EndReason, Mode
from registry.commands import Command
from registry.correction.commands import AmendEvent, RetractEvent
from registry.dispositions import Action, Disposition
from registry.errors import Code
from registry.ids import stable_id
from registry.organization.commands import DissolveOrganization
from registry.organization.kinds import Kind
from registry.person.commands import MergePersons, RecordDeath
from registry.person.events import PersonMerged
from registry.references import KindRule
from tests.support.council import (
    BOARD,
    DIRECTOR,
    EIGHTH,
    LI,
    PRESIDENT,
    SEATED,
    SITTING,
    WANG,
    ZHANG,
    ZHAO,
    appoint,
    held,
    person,
)
from tests.support.dalian import established
from tests.support.given import BY, Given, given

DAY, LATER = date(2016, 2, 29), date(2017, 1, 1)
UNIT, OTHER_UNIT = stable_id("单位会员"), stable_id("另一单位")
UNITS: tuple[Command, ...] = tuple(established(unit, "单位", Kind.EXTERNAL) for unit in (UNIT, OTHER_UNIT))
CHAIR = held(LI, PRESIDENT)
LEFT = c.EndAppointment(appointment=CHAIR, end_reason=EndReason.RESIGNED, effective_on=DAY, **BY)


def test_appointing() -> None:
    command = appoint(LI, PRESIDENT, professional=True, representing=UNIT, illustrative=True)
    history = given(*BOARD, *UNITS)
    history.when(command).then(
        e.AppointmentMade(
            person=LI,
            post=PRESIDENT,
            term=EIGHTH,
            mode=Mode.PART_TIME,
            basis=Basis.ELECTED,
            professional=True,
            representing=UNIT,
            illustrative=True,
            effective_on=SEATED,
        )
    )
    history.when(command).then_refused(Code.ALREADY_EXISTS, id=CHAIR)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (appoint(stable_id("无此人")), Code.NOT_FOUND),
        (appoint(PRESIDENT), Code.WRONG_NOUN),
        (appoint(LI, LI), Code.WRONG_NOUN),
        (appoint(LI, on=date(2013, 5, 30)), Code.OUTSIDE_LIFE),
        (appoint(LI, until=SEATED), Code.INVALID_DATE),
        (appoint(LI, representing=LI), Code.WRONG_NOUN),
    ],
)
def test_an_appointment_that_cannot_be_is_refused(wrong: Command, code: Code) -> None:
    given(*BOARD).when(wrong).then_refused(code)


def test_a_seat_that_is_taken_is_refused_with_the_day_and_the_numbers() -> None:
    history = given(*SITTING)
    history.when(appoint(ZHAO, PRESIDENT, on=DAY)).then_refused(
        Code.SEATS_TAKEN, post=PRESIDENT, date=DAY, seats=1, holders=2
    )


def test_a_seat_is_free_from_the_day_on_which_its_holder_leaves() -> None:
    history = given(*SITTING, LEFT)
    early = appoint(ZHAO, PRESIDENT, on=date(2016, 2, 28))
    history.when(early).then_refused(Code.SEATS_TAKEN, date=date(2016, 2, 28))
    history.when(appoint(ZHAO, PRESIDENT, on=DAY)).then_recorded("appointment.made")


def test_a_seat_is_free_until_the_day_on_which_somebody_comes() -> None:
    """A guest of the seat comes and goes before the president that is already recorded."""
    history = given(*BOARD, appoint(LI, PRESIDENT, on=DAY))
    history.when(appoint(ZHAO, PRESIDENT, until=LATER)).then_refused(Code.SEATS_TAKEN, date=DAY)
    history.when(appoint(ZHAO, PRESIDENT, until=DAY)).then_recorded("appointment.made")


def test_nobody_holds_a_post_twice_at_a_time() -> None:
    history = given(*SITTING)
    again = appoint(WANG, on=DAY, appointment=stable_id("又一次"))
    history.when(again).then_refused(
        Code.ALREADY_HOLDS, person=WANG, post=DIRECTOR, appointment=held(WANG, DIRECTOR), start=DAY, end="∞"
    )
    history.when(appoint(LI, on=DAY)).then_recorded("appointment.made")


def test_ending() -> None:
    history = given(*SITTING)
    history.when(LEFT).then(e.AppointmentEnded(end_reason=EndReason.RESIGNED, effective_on=DAY))
    history.when(LEFT).then_nothing()
    for day in (DAY, LATER):
        again = replace(LEFT, effective_on=day, end_reason=EndReason.RECALLED)
        history.when(again).then_refused(Code.NOT_ALIVE, id=CHAIR, date=day)


def test_an_appointment_ends_by_itself_at_its_end_and_is_not_ended_after() -> None:
    history = given(*BOARD, appoint(LI, PRESIDENT, until=DAY))
    state = history.register.state(CHAIR, DAY)
    assert (state.ended, state.end_reason) == (True, EndReason.EXPIRED)
    history.when(replace(LEFT, effective_on=LATER)).then_refused(Code.NOT_ALIVE)
    early = replace(LEFT, effective_on=date(2015, 1, 1))
    history.when(early).then_recorded("appointment.ended")
    assert history.register.state(CHAIR, LATER).end_reason is EndReason.RESIGNED


def test_changing_whom_one_represents() -> None:
    history = given(*BOARD, *UNITS, appoint(LI, PRESIDENT, representing=UNIT))
    command = c.ChangeRepresentation(appointment=CHAIR, representing=OTHER_UNIT, effective_on=DAY, **BY)
    history.when(command).then(e.RepresentationChanged(representing=OTHER_UNIT, effective_on=DAY))
    history.when(command).then_nothing()
    nobody = c.ChangeRepresentation(appointment=CHAIR, representing=None, effective_on=LATER, **BY)
    history.when(nobody).then(e.RepresentationChanged(effective_on=LATER))
    history.when(replace(LEFT, effective_on=LATER)).then_recorded("appointment.ended")
    history.when(replace(command, effective_on=date(2018, 1, 1))).then_refused(Code.NOT_ALIVE)


@pytest.mark.parametrize(
    ("action", "target", "after"),
    [
        (Action.END, None, None),
        (Action.MOVE, OTHER_UNIT, OTHER_UNIT),
        (Action.DISSOLVE, None, "left"),
        (Action.REDIRECT, OTHER_UNIT, OTHER_UNIT),
    ],
)
def test_a_unit_that_is_dissolved_leaves_its_representative_dangling(
    action: Action, target: object, after: object
) -> None:
    history = given(*BOARD, *UNITS, appoint(LI, PRESIDENT, representing=UNIT))
    plain = DissolveOrganization(organization=UNIT, effective_on=DAY, **BY)
    history.when(plain).then_refused(Code.DANGLING, count=1)
    position = history.register.entities[CHAIR].records[0].position
    disposition = Disposition(
        source=CHAIR,
        position=position,
        action=action,
        target=target if isinstance(target, type(UNIT)) else None,
    )
    history.when(replace(plain, dispositions=(disposition,))).then_recorded(
        "organization.dissolved",
        {
            Action.DISSOLVE: "appointment.ended",
            Action.REDIRECT: "correction.amended",
        }.get(action, "appointment.representation_changed"),
    )
    state = history.register.state(CHAIR, DAY)
    if after == "left":
        assert state.ended
    else:
        unit = None if state.representing is None else state.representing.organization
        assert (state.ended, unit) == (False, after)


@pytest.mark.parametrize(("move_to", "after"), [(None, None), (OTHER_UNIT, OTHER_UNIT)])
def test_a_rule_disposes_of_all_representatives(move_to: object, after: object) -> None:
    history = given(*BOARD, *UNITS, appoint(LI, PRESIDENT, representing=UNIT))
    rule = KindRule(reference=e.REPRESENTS, move_to=OTHER_UNIT if move_to else None)
    history.when(
        DissolveOrganization(organization=UNIT, rules=(rule,), effective_on=DAY, **BY)
    ).then_recorded("organization.dissolved", "appointment.representation_changed")
    representing = history.register.state(CHAIR, DAY).representing
    assert (None if representing is None else representing.organization) == after


def test_a_death_ends_the_appointments_by_rule() -> None:
    history = given(*SITTING)
    plain = RecordDeath(person=LI, effective_on=DAY, **BY)
    history.when(plain).then_refused(Code.DANGLING, count=1)
    history.when(replace(plain, rules=(KindRule(reference=e.APPOINTEE),))).then_recorded(
        "person.deceased", "appointment.ended"
    )
    assert history.register.state(CHAIR, DAY).end_reason is EndReason.DECEASED


def amended(history: Given, appointment: object, **change: object) -> AmendEvent:
    """Return the amendment of an appointment as it was made."""
    assert isinstance(appointment, type(CHAIR))
    record = history.register.entities[appointment].records[0]
    return AmendEvent(
        entity=appointment,
        position=record.position,
        replacement=replace(record.event, **change),
        effective_on=SEATED,
        **BY,
    )


def test_amended_dates_of_an_appointment_recheck_the_seats() -> None:
    """Li left, Zhao came: Li's end and Zhao's beginning each keep the other from moving over it."""
    history = given(*SITTING, LEFT, appoint(ZHAO, PRESIDENT, on=DAY))
    zhao = held(ZHAO, PRESIDENT)
    early = amended(history, zhao, effective_on=date(2016, 2, 1))
    history.when(early).then_refused(Code.SEATS_TAKEN, post=PRESIDENT, date=date(2016, 2, 1), holders=2)
    end = history.register.fact(CHAIR, e.AppointmentEnded)
    late = AmendEvent(
        entity=CHAIR,
        position=end.position,
        replacement=replace(end.event, effective_on=LATER),
        effective_on=DAY,
        **BY,
    )
    history.when(late).then_refused(Code.SEATS_TAKEN, date=DAY, holders=2)
    gone = RetractEvent(entity=CHAIR, position=end.position, effective_on=DAY, **BY)
    history.when(gone).then_refused(Code.SEATS_TAKEN, date=DAY)
    history.when(amended(history, zhao, effective_on=LATER)).then_recorded("correction.amended")
    history.when(late).then_recorded("correction.amended")


def test_an_amended_post_or_person_rechecks_both() -> None:
    history = given(*SITTING)
    history.when(amended(history, held(WANG, DIRECTOR), post=PRESIDENT)).then_refused(Code.SEATS_TAKEN)
    history.when(amended(history, held(WANG, DIRECTOR), person=ZHANG)).then_refused(Code.ALREADY_HOLDS)
    history.when(amended(history, held(WANG, DIRECTOR), person=ZHAO)).then_recorded("correction.amended")


def test_an_amendment_of_an_amendment_may_free_the_seat_again() -> None:
    history = given(*BOARD, appoint(LI, PRESIDENT))
    history.given(amended(history, CHAIR, until=LATER))
    history.given(appoint(ZHAO, PRESIDENT, on=LATER))
    amendment = history.register.entities[CHAIR].records[1]
    undone = RetractEvent(entity=CHAIR, position=amendment.position, effective_on=SEATED, **BY)
    history.when(undone).then_refused(Code.SEATS_TAKEN, date=LATER)
    shorter = AmendEvent(
        entity=CHAIR,
        position=amendment.position,
        replacement=replace(history.register.entities[CHAIR].records[0].event, until=DAY),
        effective_on=SEATED,
        **BY,
    )
    history.when(shorter).then_recorded("correction.amended")
    assert history.register.entities[CHAIR].life[0].end == DAY


def test_retracting_an_appointment_frees_its_seat_and_its_id() -> None:
    history = given(*SITTING)
    made = history.register.entities[CHAIR].records[0]
    history.when(RetractEvent(entity=CHAIR, position=made.position, effective_on=SEATED, **BY)).then_recorded(
        "correction.retracted"
    )
    history.when(appoint(ZHAO, PRESIDENT)).then_recorded("appointment.made")
    history.when(appoint(LI, PRESIDENT)).then_refused(Code.SEATS_TAKEN)


def test_two_events_of_one_day() -> None:
    """Who is appointed and leaves on one day never held the post, and takes no seat."""
    history = given(*BOARD, appoint(LI, PRESIDENT))
    history.when(replace(LEFT, effective_on=SEATED)).then_recorded("appointment.ended")
    history.when(appoint(ZHAO, PRESIDENT)).then_recorded("appointment.made")


def test_somebody_registered_late_is_not_appointed_before() -> None:
    someone = stable_id("后来登记")
    history = given(*BOARD, person(someone, on=DAY))
    history.when(appoint(someone, PRESIDENT)).then_refused(Code.OUTSIDE_LIFE, target=someone)


def test_a_person_under_two_records_holds_a_post_once() -> None:
    history = given(*SITTING)
    merged = MergePersons(person=ZHANG, into=WANG, effective_on=DAY, **BY)
    history.when(merged).then_refused(Code.ALREADY_HOLDS, person=WANG, post=DIRECTOR, start=SEATED)
    zhang = held(ZHANG, DIRECTOR)
    history.given(c.EndAppointment(appointment=zhang, effective_on=DAY, **BY))
    history.when(merged).then_refused(Code.ALREADY_HOLDS, end=DAY)
    # The end hangs on the beginning, and is retracted before it.
    for record in history.register.entities[zhang].records[::-1]:
        history.given(RetractEvent(entity=zhang, position=record.position, effective_on=DAY, **BY))
    history.given(merged)
    again = appoint(ZHANG, on=DAY, appointment=stable_id("又一次"))
    history.when(again).then_refused(Code.ALREADY_HOLDS, person=ZHANG, appointment=held(WANG, DIRECTOR))
    history.when(appoint(ZHANG, PRESIDENT, on=DAY, until=LATER)).then_refused(Code.SEATS_TAKEN)


def test_records_that_are_not_merged_any_more_are_of_two_people() -> None:
    history = given(*BOARD, appoint(WANG), MergePersons(person=ZHANG, into=WANG, effective_on=DAY, **BY))
    history.when(appoint(ZHANG)).then_refused(Code.ALREADY_HOLDS)
    merger = history.register.fact(ZHANG, PersonMerged)
    history.given(RetractEvent(entity=ZHANG, position=merger.position, effective_on=DAY, **BY))
    history.when(appoint(ZHANG)).then_recorded("appointment.made")
    again = RetractEvent(
        entity=ZHANG, position=history.register.entities[ZHANG].records[-1].position, effective_on=DAY, **BY
    )
    history.when(again).then_refused(Code.ALREADY_HOLDS)
