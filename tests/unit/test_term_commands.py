"""What each command to a term records, why it is refused, and when there is nothing to record."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from registry.appointment.commands import EndAppointment
from registry.appointment.events import IN_TERM, AppointmentEnded
from registry.appointment.kinds import EndReason
from registry.commands import Command
from registry.correction.commands import AmendEvent, RetractEvent
from registry.dispositions import Action, Disposition
from registry.errors import Code
from registry.ids import stable_id
from registry.organization.commands import DissolveOrganization
from registry.post.events import POST_OF
from registry.references import KindRule
from registry.term import commands as c
from registry.term import events as e
from registry.term.events import TERM_OF
from tests.support.council import (
    BOARD,
    COUNCIL,
    DIRECTOR,
    EIGHTH,
    ELECTED,
    LI,
    NINTH,
    PLANNED,
    POSTS,
    PRESIDENT,
    RESOLUTION,
    RESOLVED,
    SEATED,
    SITTING,
    SOCIETIES,
    WANG,
    ZHANG,
    ZHAO,
    appoint,
    held,
    term,
)
from tests.support.dalian import SOCIETY
from tests.support.given import BY, given

APPROVED = replace(RESOLVED, effective_on=date(2018, 5, 1))
EXTENDED = c.ExtendTerm(
    term=EIGHTH, planned_end=date(2018, 12, 31), instrument=RESOLUTION, effective_on=PLANNED, **BY
)
ENDED = c.EndTerm(term=EIGHTH, effective_on=ELECTED, **BY)


def test_opening() -> None:
    history = given(*SOCIETIES)
    history.when(term(illustrative=True)).then(
        e.TermOpened(body=COUNCIL, number=8, planned_end=PLANNED, illustrative=True, effective_on=SEATED)
    )
    history.when(term()).then_refused(Code.ALREADY_EXISTS, id=EIGHTH)


def test_a_body_has_one_term_at_a_time() -> None:
    """The planned end of the eighth term does not end it."""
    history = given(*BOARD)
    history.when(term(NINTH, 9, on=ELECTED, planned_end=None)).then_refused(
        Code.TERM_OVERLAPS, value=COUNCIL, holder=EIGHTH, start=ELECTED, end="∞"
    )
    history.given(ENDED)
    history.when(term(NINTH, 9, on=date(2018, 11, 9), planned_end=None)).then_refused(
        Code.TERM_OVERLAPS, start=date(2018, 11, 9), end=ELECTED
    )
    history.when(term(NINTH, 9, on=ELECTED, planned_end=None, renews=EIGHTH)).then_recorded("term.opened")


@pytest.mark.parametrize(
    ("code", "field", "wrong"),
    [
        (Code.INVALID_INPUT, "number", term(number=0)),
        (Code.INVALID_INPUT, "number", term(number=1000)),
        (Code.INVALID_DATE, "plannedEnd", term(planned_end=SEATED)),
        (Code.INVALID_DATE, "plannedEnd", term(planned_end=date(1, 1, 1))),
    ],
)
def test_a_term_that_cannot_be_is_refused(code: Code, field: str, wrong: Command) -> None:
    given(*SOCIETIES).when(wrong).then_refused(code, field=field)


def test_the_term_before_is_one_of_the_same_body() -> None:
    history = given(*SOCIETIES, term())
    other = term(NINTH, 9, body=SOCIETY, renews=EIGHTH)
    history.when(other).then_refused(Code.INVALID_INPUT, field="renews")
    unknown = term(NINTH, 9, body=SOCIETY, renews=stable_id("无此届"))
    history.when(unknown).then_refused(Code.NOT_FOUND, noun="term")


def test_extending_needs_an_approval() -> None:
    history = given(*SITTING, APPROVED)
    unapproved = replace(EXTENDED, instrument=None)
    history.when(unapproved).then_refused(Code.INVALID_INPUT, field="instrument")
    history.when(EXTENDED).then(
        e.TermExtended(planned_end=date(2018, 12, 31), instrument=RESOLUTION, effective_on=PLANNED)
    )
    history.when(EXTENDED).then_nothing()
    record = history.register.fact(EIGHTH, e.TermExtended)
    withdrawn = AmendEvent(
        entity=EIGHTH,
        position=record.position,
        replacement=replace(record.event, instrument=None),
        effective_on=PLANNED,
        **BY,
    )
    history.when(withdrawn).then_refused(Code.INVALID_INPUT, field="instrument")


def test_an_extension_is_to_a_later_day() -> None:
    history = given(*SITTING, APPROVED)
    shorter = replace(EXTENDED, planned_end=date(2018, 5, 30))
    history.when(shorter).then_refused(Code.INVALID_DATE, field="plannedEnd", date=date(2018, 5, 30))


def test_an_extension_sets_the_end_of_a_term_planned_without_one() -> None:
    history = given(*SOCIETIES, APPROVED, term(planned_end=None))
    history.when(EXTENDED).then_recorded("term.extended")


def test_only_the_actual_end_ends_the_appointments() -> None:
    history = given(*SITTING)
    overdue = date(2018, 9, 1)
    assert not history.register.state(EIGHTH, overdue).ended
    assert not history.register.state(held(LI, PRESIDENT), overdue).ended
    over = AppointmentEnded(end_reason=EndReason.TERM_ENDED, effective_on=ELECTED)
    history.when(ENDED).then(e.TermEnded(effective_on=ELECTED), over, over, over)
    history.when(ENDED).then_nothing()
    history.when(replace(EXTENDED, effective_on=ELECTED, instrument=None)).then_refused(Code.NOT_ALIVE)
    history.when(replace(ENDED, effective_on=date(2019, 1, 1))).then_refused(Code.NOT_ALIVE)


def test_who_is_recorded_late_leaves_with_the_term_too() -> None:
    history = given(*SITTING, ENDED)
    history.when(appoint(ZHAO)).then_recorded("appointment.made", "appointment.ended")
    assert history.register.entities[held(ZHAO, DIRECTOR)].life[-1].end == ELECTED


def test_who_left_before_does_not_leave_again() -> None:
    """That Wang had left before is recorded after the term ended: the end that it caused is pointless."""
    history = given(*SITTING, ENDED)
    left = EndAppointment(appointment=held(WANG, DIRECTOR), effective_on=PLANNED, **BY)
    history.when(left).then_recorded("appointment.ended", "correction.retracted")
    assert history.register.entities[held(WANG, DIRECTOR)].life[-1].end == PLANNED


def test_who_would_begin_after_the_end_needs_a_disposition() -> None:
    later = date(2019, 1, 1)
    history = given(*SITTING, appoint(ZHAO, on=later))
    history.when(ENDED).then_refused(Code.DANGLING, count=1)
    position = history.register.entities[held(ZHAO, DIRECTOR)].records[0].position
    never = Disposition(source=held(ZHAO, DIRECTOR), position=position, action=Action.RETRACT)
    history.when(replace(ENDED, dispositions=(never,))).then_recorded(
        "term.ended", "correction.retracted", *["appointment.ended"] * 3
    )


def test_retracting_a_terms_end_lets_everybody_sit_again() -> None:
    history = given(*SITTING, ENDED)
    end = history.register.fact(EIGHTH, e.TermEnded)
    caused = history.register.fact(held(LI, PRESIDENT), AppointmentEnded)
    single = RetractEvent(entity=held(LI, PRESIDENT), position=caused.position, effective_on=ELECTED, **BY)
    history.when(single).then_refused(Code.IS_CONSEQUENCE, cause=end.position)
    undone = RetractEvent(entity=EIGHTH, position=end.position, effective_on=ELECTED, **BY)
    history.when(undone).then_recorded(*["correction.retracted"] * 4)
    for appointment in (held(LI, PRESIDENT), held(WANG, DIRECTOR), held(ZHANG, DIRECTOR)):
        assert history.register.entities[appointment].life[-1].end == date.max


def test_a_terms_end_moves_with_the_appointments() -> None:
    history = given(*SITTING, ENDED)
    end = history.register.fact(EIGHTH, e.TermEnded)
    earlier = AmendEvent(
        entity=EIGHTH,
        position=end.position,
        replacement=replace(end.event, effective_on=PLANNED),
        effective_on=ELECTED,
        **BY,
    )
    history.when(earlier).then_recorded(*["correction.amended"] * 4)
    assert history.register.entities[held(LI, PRESIDENT)].life[-1].end == PLANNED


def test_retracting_the_opening_leaves_the_appointments_dangling() -> None:
    history = given(*SITTING)
    opened = history.register.fact(EIGHTH, e.TermOpened)
    command = RetractEvent(entity=EIGHTH, position=opened.position, effective_on=SEATED, **BY)
    history.when(command).then_refused(Code.DANGLING, count=3)


def test_a_dissolved_body_lists_its_posts_and_terms_and_rules_end_them_all_in_turn() -> None:
    history = given(*SITTING)
    plain = DissolveOrganization(organization=COUNCIL, effective_on=ELECTED, **BY)
    history.when(plain).then_refused(Code.DANGLING, count=3)
    rules = (KindRule(reference=POST_OF), KindRule(reference=TERM_OF))
    history.when(replace(plain, rules=rules)).then_recorded(
        "organization.dissolved",
        "post.abolished",
        "post.abolished",
        "term.ended",
        *["appointment.ended"] * 3,
    )


def test_a_dissolved_organization_ends_the_appointments_to_its_posts_by_rule() -> None:
    """Appointments without a term hang on the post alone, and need a rule of their own."""
    history = given(*POSTS, *BOARD[len(POSTS) : -1], appoint(LI, PRESIDENT, term=None))
    plain = DissolveOrganization(organization=COUNCIL, effective_on=ELECTED, **BY)
    posts = KindRule(reference=POST_OF)
    history.when(replace(plain, rules=(posts,))).then_refused(Code.DANGLING, count=1)
    holders = KindRule(reference="APPOINTED_TO")
    history.when(replace(plain, rules=(posts, holders))).then_recorded(
        "organization.dissolved", *["post.abolished"] * 2, "appointment.ended"
    )
    assert history.register.state(held(LI, PRESIDENT), ELECTED).end_reason is EndReason.POST_ABOLISHED


def test_appointments_for_a_term_are_not_moved_to_another() -> None:
    history = given(*SITTING)
    position = history.register.entities[held(LI, PRESIDENT)].records[0].position
    moved = Disposition(source=held(LI, PRESIDENT), position=position, action=Action.MOVE, target=NINTH)
    refusal = history.when(replace(ENDED, dispositions=(moved,))).then_refused(
        Code.INVALID_INPUT, field="dispositions"
    )
    assert IN_TERM in refusal.english
