"""Two records of one person: what both say of the person once at a time is an overlap to dispose of."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from registry.affiliation.commands import EndAffiliation, TransferAffiliation
from registry.affiliation.kinds import AffiliationEnd, AffiliationStage
from registry.commands import Command
from registry.correction.commands import AmendEvent, RetractEvent
from registry.errors import Code
from registry.membership.commands import EndMembership
from registry.membership.events import MembershipAdmitted, MembershipEnded
from registry.membership.kinds import MemberClass, MembershipEnd
from registry.participation.commands import EndParticipation
from registry.person.commands import MergePersons
from registry.person.events import PersonMerged
from tests.support.given import BY, given
from tests.support.joining import (
    AFFILIATION,
    AGAIN,
    ANOTHER,
    BRANCH,
    DAY,
    GROUP,
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

_LATER: dict[str, Any] = {"effective_on": LATER, **BY}
MERGED = MergePersons(person=LI, into=ZHANG, effective_on=DAY, **BY)
LEFT = EndMembership(membership=OTHER, end_reason=MembershipEnd.OTHER, **_LATER)

TWICE: list[tuple[Command, Command, Command, Code, UUID]] = [
    (
        admitted(ZHANG),
        admitted(LI, membership=OTHER),
        EndMembership(membership=MEMBERSHIP, end_reason=MembershipEnd.OTHER, **_LATER),
        Code.ALREADY_MEMBER,
        OTHER,
    ),
    (
        affiliated(),
        affiliated(SECOND, LI, affiliation=ANOTHER),
        EndAffiliation(affiliation=AFFILIATION, end_reason=AffiliationEnd.OTHER, **_LATER),
        Code.ALREADY_AFFILIATED,
        ANOTHER,
    ),
    (
        taking_part(),
        taking_part(person=LI, participation=AGAIN),
        EndParticipation(participation=PARTICIPATION, **_LATER),
        Code.ALREADY_PARTICIPATES,
        AGAIN,
    ),
]
"""A relation of one record, the same of another, the end of the first, and what a merger is refused for."""


@pytest.mark.parametrize(("one", "two", "end", "code", "holder"), TWICE)
def test_a_merger_is_refused_while_both_records_say_it_of_one_day(
    one: Command, two: Command, end: Command, code: Code, holder: UUID
) -> None:
    history = given(*PARTY, one, two, end)
    history.when(MERGED).then_refused(code, holder=holder, start=DAY, end=LATER)


@pytest.mark.parametrize(("one", "two", "end", "code", "holder"), TWICE)
def test_after_a_merger_what_one_record_says_holds_for_the_other(
    one: Command, two: Command, end: Command, code: Code, holder: UUID
) -> None:
    history = given(*PARTY, one, MERGED)
    refusal = history.when(two).then_refused(code)
    assert refusal.details["holder"] != str(holder)
    given(*PARTY, two, MERGED).when(one).then_refused(code)
    assert history.when(end).records


def test_a_merger_keeps_every_membership_where_it_was() -> None:
    history = given(*PARTY, admitted(ZHANG), admitted(LI, PHYSICS, membership=OTHER), MERGED)
    assert history.register.state(OTHER, DAY).member == LI
    assert history.register.state(MEMBERSHIP, DAY).member == ZHANG


def test_an_overlap_is_disposed_of_by_retracting_or_ending_one_of_the_two() -> None:
    history = given(*PARTY, admitted(ZHANG), admitted(LI, membership=OTHER, on=LATER))
    history.when(MERGED).then_refused(Code.ALREADY_MEMBER, start=LATER)
    history.given(LEFT).when(MERGED).then_recorded("person.merged", "person.absorbed")

    again = given(*PARTY, admitted(ZHANG), admitted(LI, membership=OTHER))
    record = again.register.fact(OTHER, MembershipAdmitted)
    again.given(RetractEvent(entity=OTHER, position=record.position, effective_on=DAY, **BY))
    again.when(MERGED).then_recorded("person.merged", "person.absorbed")


def test_a_correction_does_not_bring_the_overlap_back() -> None:
    history = given(*PARTY, admitted(ZHANG, on=LATER), admitted(LI, membership=OTHER), LEFT, MERGED)
    end = history.register.fact(OTHER, MembershipEnded)
    history.when(RetractEvent(entity=OTHER, position=end.position, effective_on=DAY, **BY)).then_refused(
        Code.ALREADY_MEMBER, holder=MEMBERSHIP
    )
    replacement = MembershipAdmitted(
        effective_on=DAY, member=ZHANG, organization=PHYSICS, member_class=MemberClass.STUDENT
    )
    record = history.register.fact(MEMBERSHIP, MembershipAdmitted)
    moved = AmendEvent(
        entity=MEMBERSHIP, position=record.position, replacement=replacement, effective_on=DAY, **BY
    )
    history.when(moved).then_recorded("correction.amended")


def test_once_a_merger_is_retracted_each_may_be_a_member_again() -> None:
    history = given(*PARTY, admitted(ZHANG), MERGED)
    act = history.register.fact(LI, PersonMerged)
    history.given(RetractEvent(entity=LI, position=act.position, effective_on=DAY, **BY))
    history.when(admitted(LI, membership=OTHER)).then_recorded("membership.admitted")


def test_an_affiliation_moves_on_though_its_person_was_merged() -> None:
    stage = AffiliationStage.PROBATIONARY
    history = given(*PARTY, affiliated(BRANCH, LI, stage=stage), taking_part(GROUP), MERGED)
    moved = TransferAffiliation(affiliation=AFFILIATION, branch=SECOND, **_LATER)
    history.when(moved).then_recorded("affiliation.transferred")
