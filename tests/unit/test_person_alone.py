"""Two records of one person do not have at the same time what one person has once."""

from __future__ import annotations

import pytest

from registry.appointment.commands import EndAppointment
from registry.commands import Command
from registry.correction.commands import RetractEvent
from registry.errors import Code
from registry.membership.commands import EndMembership
from registry.membership.events import MembershipEnded
from registry.membership.kinds import MembershipEnd
from registry.person.commands import MergePersons
from tests.support import council
from tests.support.council import DIRECTOR, PRESIDENT, SEATED, SITTING, WANG, held
from tests.support.given import BY, given
from tests.support.joining import (
    AFFILIATION,
    AGAIN,
    ANOTHER,
    BRANCH,
    DAY,
    GROUP,
    JOINING,
    LATER,
    LI,
    MEMBERSHIP,
    OTHER,
    PARTICIPATION,
    PARTY,
    PHYSICS,
    SECOND,
    ZHANG,
    admitted,
    affiliated,
    taking_part,
)

MERGED = MergePersons(person=LI, into=ZHANG, effective_on=DAY, **BY)

TWICE = {
    "MEMBER": (admitted(ZHANG), admitted(LI, membership=OTHER, on=LATER), MEMBERSHIP),
    "AFFILIATE": (
        affiliated(BRANCH, ZHANG),
        affiliated(SECOND, LI, affiliation=ANOTHER, on=LATER),
        AFFILIATION,
    ),
    "PARTICIPANT": (
        taking_part(GROUP, ZHANG),
        taking_part(GROUP, LI, participation=AGAIN, on=LATER),
        PARTICIPATION,
    ),
}


CODES = {
    "MEMBER": Code.ALREADY_MEMBER,
    "AFFILIATE": Code.ALREADY_AFFILIATED,
    "PARTICIPANT": Code.ALREADY_PARTICIPATES,
}


@pytest.mark.parametrize("kind", TWICE)
def test_records_that_have_the_same_twice_are_not_merged(kind: str) -> None:
    one, other, _ = TWICE[kind]
    history = given(*PARTY, one, other)
    history.when(MERGED).then_refused(CODES[kind], start=LATER)


@pytest.mark.parametrize("kind", TWICE)
def test_nor_does_a_merged_person_get_it_a_second_time(kind: str) -> None:
    one, other, first = TWICE[kind]
    history = given(*PARTY, one, MERGED)
    history.when(other).then_refused(CODES[kind], holder=first, start=LATER)


@pytest.mark.parametrize(
    "other",
    [
        admitted(LI, PHYSICS, membership=OTHER),
        taking_part(SECOND, LI, participation=AGAIN),
    ],
)
def test_what_is_about_something_else_may_be_had_beside_it(other: Command) -> None:
    given(*PARTY, admitted(ZHANG), taking_part(GROUP, ZHANG), other).when(MERGED).then_recorded(
        "person.merged", "person.absorbed"
    )


def test_memberships_one_after_another_are_kept_both() -> None:
    ended = EndMembership(membership=MEMBERSHIP, end_reason=MembershipEnd.RESIGNED, effective_on=LATER, **BY)
    history = given(*JOINING, admitted(ZHANG), ended, admitted(LI, membership=OTHER, on=LATER), MERGED)
    assert [reference.source for reference in history.register.references_to(ZHANG)] == [MEMBERSHIP]
    assert [reference.source for reference in history.register.references_to(LI)] == [OTHER]
    position = history.register.fact(MEMBERSHIP, MembershipEnded).position
    restored = RetractEvent(entity=MEMBERSHIP, position=position, effective_on=DAY, **BY)
    history.when(restored).then_refused(Code.ALREADY_MEMBER, start=LATER)


def test_one_person_does_not_sit_on_two_seats_of_a_post_by_two_records() -> None:
    merged = MergePersons(person=WANG, into=council.ZHANG, effective_on=DAY, **BY)
    history = given(*SITTING)
    history.when(merged).then_refused(Code.ALREADY_HOLDS, start=SEATED)
    ended = EndAppointment(appointment=held(WANG, DIRECTOR), effective_on=LATER, **BY)
    history.given(ended).when(merged).then_refused(Code.ALREADY_HOLDS, start=SEATED, end=LATER)


def test_one_person_may_hold_two_posts_by_two_records() -> None:
    merged = MergePersons(person=WANG, into=council.LI, effective_on=DAY, **BY)
    history = given(*SITTING, merged)
    held_by = [history.register.references_to(record) for record in (council.LI, WANG)]
    assert [[reference.source for reference in references] for references in held_by] == [
        [held(council.LI, PRESIDENT)],
        [held(WANG, DIRECTOR)],
    ]
