"""What each command to a membership records, why it is refused, and when there is nothing to record."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from registry.commands import Command
from registry.errors import Code
from registry.ids import stable_id
from registry.membership import commands as c
from registry.membership import events as e
from registry.membership.kinds import MemberClass, MembershipEnd, MembershipStatus
from tests.support.dalian import CITY, DEPARTMENTS, OFFICE, SOCIETY
from tests.support.given import BY, given
from tests.support.joining import (
    ALLIANCE,
    DAY,
    JOINING,
    LAST,
    LATER,
    LI,
    MEMBERSHIP,
    OTHER,
    PHYSICS,
    PLANT,
    ZHANG,
    admitted,
)

APPLIED = c.ApplyForMembership(
    membership=MEMBERSHIP,
    member=ZHANG,
    organization=SOCIETY,
    member_class=MemberClass.STUDENT,
    effective_on=DAY,
    **BY,
)
THIRD = stable_id("会籍丙")
MEMBER = (*JOINING, admitted(ZHANG, number="001"))
SUSPENDED = c.SuspendMembership(membership=MEMBERSHIP, effective_on=LATER, **BY)
RESUMED = c.ResumeMembership(membership=MEMBERSHIP, effective_on=LAST, **BY)
RESIGNED = c.EndMembership(membership=MEMBERSHIP, end_reason=MembershipEnd.RESIGNED, effective_on=LATER, **BY)


def transferred(number: str | None = None) -> c.TransferMembership:
    """Return the command that carries the membership on elsewhere."""
    return c.TransferMembership(
        membership=MEMBERSHIP, organization=PHYSICS, number=number, effective_on=LATER, **BY
    )


def test_applying_and_being_admitted() -> None:
    history = given(*JOINING)
    history.when(APPLIED).then(
        e.MembershipApplied(
            effective_on=DAY, member=ZHANG, organization=SOCIETY, member_class=MemberClass.STUDENT
        )
    )
    history.when(APPLIED).then_refused(Code.ALREADY_EXISTS, id=MEMBERSHIP)
    assert history.register.state(MEMBERSHIP, DAY).status is MembershipStatus.APPLIED
    history.when(admitted(ZHANG, number="001", on=LATER)).then(
        e.MembershipAdmitted(
            effective_on=LATER,
            member=ZHANG,
            organization=SOCIETY,
            member_class=MemberClass.INDIVIDUAL,
            number="001",
        )
    )
    assert history.register.state(MEMBERSHIP, DAY).member_class is MemberClass.STUDENT
    assert history.register.state(MEMBERSHIP, LATER).status is MembershipStatus.ADMITTED


def test_only_the_applicant_is_admitted_and_only_where_it_applied() -> None:
    history = given(*JOINING, APPLIED)
    history.when(admitted(LI, on=LATER)).then_refused(Code.INVALID_INPUT, field="member")
    history.when(admitted(ZHANG, PHYSICS, on=LATER)).then_refused(Code.INVALID_INPUT, field="organization")
    history.when(admitted(ZHANG, on=DAY - timedelta(1))).then_refused(Code.NOT_ALIVE, id=MEMBERSHIP)


def test_admitting_without_an_application_and_once() -> None:
    history = given(*MEMBER)
    history.when(admitted(ZHANG, number="001")).then_nothing()
    history.when(admitted(ZHANG, number="002")).then_refused(Code.ALREADY_EXISTS, id=MEMBERSHIP)
    history.when(admitted(ZHANG, membership=SOCIETY)).then_refused(Code.ALREADY_EXISTS, id=SOCIETY)


def test_one_is_a_member_of_an_organization_once_at_a_time() -> None:
    history = given(*MEMBER)
    again = admitted(ZHANG, membership=OTHER, on=LAST)
    history.when(again).then_refused(Code.ALREADY_MEMBER, holder=MEMBERSHIP, start=LAST)
    history.when(admitted(ZHANG, PHYSICS, membership=OTHER)).then_recorded("membership.admitted")
    given(*MEMBER, RESIGNED).when(again).then_recorded("membership.admitted")


def test_an_application_counts_as_well() -> None:
    given(*JOINING, APPLIED).when(admitted(ZHANG, membership=OTHER)).then_refused(Code.ALREADY_MEMBER)


def test_a_number_is_of_one_member_at_a_time_and_in_one_organization() -> None:
    history = given(*MEMBER)
    history.when(admitted(LI, membership=OTHER, number="001")).then_refused(
        Code.MEMBER_NUMBER_TAKEN, holder=MEMBERSHIP
    )
    history.when(admitted(LI, PHYSICS, membership=OTHER, number="001")).then_recorded("membership.admitted")
    given(*MEMBER, RESIGNED).when(admitted(LI, membership=OTHER, number="001", on=LATER)).then_recorded(
        "membership.admitted"
    )


@pytest.mark.parametrize("number", ["", "N" * 65, " 1", "1\n2"])
def test_a_number_that_nobody_can_read_is_refused(number: str) -> None:
    given(*JOINING).when(admitted(ZHANG, number=number)).then_refused(Code.INVALID_INPUT, field="number")
    changed = c.ReclassifyMembership(
        membership=MEMBERSHIP, member_class=MemberClass.STUDENT, number=number, effective_on=LATER, **BY
    )
    given(*MEMBER).when(changed).then_refused(Code.INVALID_INPUT, field="number")
    given(*MEMBER).when(transferred(number=number)).then_refused(Code.INVALID_INPUT, field="number")


def test_suspending_and_resuming() -> None:
    history = given(*MEMBER)
    history.when(SUSPENDED).then(e.MembershipSuspended(effective_on=LATER))
    history.when(SUSPENDED).then_nothing()
    history.when(RESUMED).then(e.MembershipResumed(effective_on=LAST))
    history.when(RESUMED).then_nothing()
    statuses = [history.register.state(MEMBERSHIP, day).status for day in (DAY, LATER, LAST)]
    assert statuses == ["ADMITTED", "SUSPENDED", "ADMITTED"]


def test_an_application_does_not_rest() -> None:
    history = given(*JOINING, APPLIED)
    history.when(SUSPENDED).then_refused(Code.NOT_ALLOWED_IN_STATUS, status="APPLIED", date=LATER)
    history.when(RESUMED).then_refused(Code.NOT_ALLOWED_IN_STATUS, status="APPLIED", date=LAST)


def test_reclassifying_keeps_the_number_unless_it_is_given() -> None:
    def reclassified(**given: object) -> c.ReclassifyMembership:
        said: dict[str, Any] = {
            "member_class": MemberClass.SENIOR_EXPERT,
            "effective_on": LATER,
            **BY,
            **given,
        }
        return c.ReclassifyMembership(membership=MEMBERSHIP, **said)

    history = given(*MEMBER)
    history.when(reclassified()).then(
        e.MembershipReclassified(effective_on=LATER, member_class=MemberClass.SENIOR_EXPERT)
    )
    history.when(reclassified()).then_nothing()
    history.when(reclassified(number="001")).then_nothing()
    assert history.register.state(MEMBERSHIP, LATER).number == "001"
    history.when(reclassified(number=None, effective_on=LAST)).then_recorded("membership.reclassified")
    assert history.register.state(MEMBERSHIP, LAST).number is None


def test_transferring_is_one_act_and_leaves_the_number_behind() -> None:
    history = given(*MEMBER)
    history.when(transferred()).then(e.MembershipTransferred(effective_on=LATER, organization=PHYSICS))
    history.when(transferred()).then_nothing()
    state = history.register.state(MEMBERSHIP, LATER)
    assert (state.organization, state.number, state.member) == (PHYSICS, None, ZHANG)
    assert [r.end for r in history.register.references_to(SOCIETY) if r.source == MEMBERSHIP] == [LATER]


def test_a_transfer_to_where_one_is_a_member_already_is_refused() -> None:
    history = given(*MEMBER, admitted(ZHANG, PHYSICS, membership=OTHER))
    history.when(transferred()).then_refused(Code.ALREADY_MEMBER, holder=OTHER)


def test_ending() -> None:
    history = given(*MEMBER)
    history.when(RESIGNED).then(e.MembershipEnded(effective_on=LATER, end_reason=MembershipEnd.RESIGNED))
    history.when(RESIGNED).then_nothing()
    assert history.register.state(MEMBERSHIP, LATER).end_reason is MembershipEnd.RESIGNED
    assert history.register.state(MEMBERSHIP, LATER - timedelta(1)).end_reason is None


@pytest.mark.parametrize(
    "command",
    [
        SUSPENDED,
        RESUMED,
        transferred(),
        c.ReclassifyMembership(
            membership=MEMBERSHIP, member_class=MemberClass.STUDENT, effective_on=LATER, **BY
        ),
        c.EndMembership(membership=MEMBERSHIP, end_reason=MembershipEnd.EXPELLED, effective_on=LATER, **BY),
        admitted(ZHANG, number="001", on=LATER),
    ],
)
def test_nothing_happens_to_a_membership_that_ended(command: Command) -> None:
    given(*MEMBER, RESIGNED).when(command).then_refused(Code.NOT_ALIVE, id=MEMBERSHIP)


def test_a_membership_lies_within_the_lives_of_both_ends() -> None:
    early = date(2009, 12, 31)
    given(*JOINING).when(admitted(ZHANG, on=early)).then_refused(Code.OUTSIDE_LIFE, start=early)
    corporate = admitted(PLANT, member_class=MemberClass.CORPORATE, on=early)
    given(*JOINING).when(corporate).then_refused(Code.OUTSIDE_LIFE, start=early)


def test_an_unknown_member_is_not_found_and_a_membership_is_no_member() -> None:
    given(*JOINING).when(admitted(OTHER)).then_refused(Code.NOT_FOUND, id=OTHER)
    given(*MEMBER).when(admitted(MEMBERSHIP, membership=OTHER)).then_refused(
        Code.WRONG_NOUN, id=MEMBERSHIP, actual="membership"
    )
    given(*JOINING).when(SUSPENDED).then_refused(Code.NOT_FOUND, noun="membership", id=MEMBERSHIP)


@pytest.mark.parametrize(
    ("member", "organization", "member_class"),
    [
        (PLANT, SOCIETY, MemberClass.CORPORATE),
        (SOCIETY, CITY, MemberClass.CORPORATE),
        (SOCIETY, ALLIANCE, MemberClass.CORPORATE),
        (ZHANG, CITY, MemberClass.HONORARY),
    ],
)
def test_who_may_join_whom(member: UUID, organization: UUID, member_class: MemberClass) -> None:
    given(*JOINING).when(admitted(member, organization, member_class)).then_recorded("membership.admitted")


@pytest.mark.parametrize(
    ("member", "organization", "member_class"),
    [
        (ZHANG, SOCIETY, MemberClass.CORPORATE),
        (PLANT, SOCIETY, MemberClass.INDIVIDUAL),
        (ZHANG, ALLIANCE, MemberClass.INDIVIDUAL),
        (ZHANG, OFFICE, MemberClass.INDIVIDUAL),
        (OFFICE, SOCIETY, MemberClass.CORPORATE),
    ],
)
def test_who_may_not_join_whom(member: UUID, organization: UUID, member_class: MemberClass) -> None:
    history = given(*JOINING, *DEPARTMENTS[1:])
    history.when(admitted(member, organization, member_class)).then_refused(Code.MEMBER_KINDS)


def test_reclassifying_a_person_as_corporate_is_refused() -> None:
    command = c.ReclassifyMembership(
        membership=MEMBERSHIP, member_class=MemberClass.CORPORATE, effective_on=LATER, **BY
    )
    given(*MEMBER).when(command).then_refused(
        Code.MEMBER_KINDS, member_kind="PERSON", organization_kind="SOCIETY"
    )


def test_an_organization_is_no_member_of_itself_or_of_its_own_members() -> None:
    corporate = MemberClass.CORPORATE
    given(*JOINING).when(admitted(SOCIETY, SOCIETY, corporate)).then_refused(Code.CYCLE)
    chain = (
        admitted(SOCIETY, ALLIANCE, corporate),
        admitted(ALLIANCE, CITY, corporate, membership=OTHER),
    )
    back = admitted(CITY, SOCIETY, corporate, membership=THIRD)
    given(*JOINING, *chain).when(back).then_refused(Code.CYCLE, child=CITY, hierarchy="MEMBER_OF")


def test_members_of_each_other_at_different_times_are_no_circle() -> None:
    corporate = MemberClass.CORPORATE
    left = c.EndMembership(membership=MEMBERSHIP, end_reason=MembershipEnd.RESIGNED, effective_on=LATER, **BY)
    history = given(*JOINING, admitted(SOCIETY, ALLIANCE, corporate), left)
    history.when(admitted(ALLIANCE, SOCIETY, corporate, membership=OTHER, on=LATER)).then_recorded(
        "membership.admitted"
    )
