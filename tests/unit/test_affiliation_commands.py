"""What each command to a Party affiliation or a participation records, and why it is refused."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest

from registry.affiliation import commands as c
from registry.affiliation import events as e
from registry.affiliation.kinds import AffiliationEnd, AffiliationStage
from registry.commands import Command
from registry.correction.commands import AmendEvent
from registry.errors import Code
from registry.organization.commands import ReclassifyOrganization
from registry.organization.events import OrganizationEstablished, ProfileChange
from registry.organization.kinds import Kind
from registry.participation import commands as p
from registry.participation import events as pe
from registry.participation.kinds import ParticipationRole
from registry.person.commands import RecordDeath
from registry.references import KindRule
from tests.support.dalian import SOCIETY
from tests.support.given import BY, Given, given
from tests.support.joining import (
    AFFILIATION,
    AGAIN,
    ANOTHER,
    BRANCH,
    DAY,
    ELSEWHERE,
    GROUP,
    LAST,
    LATER,
    LI,
    PARTICIPATION,
    PARTY,
    PARTY_GROUP,
    SECOND,
    ZHANG,
    affiliated,
    taking_part,
)

PROBATIONARY = affiliated(stage=AffiliationStage.PROBATIONARY)
CONFIRMED = c.ConfirmAffiliation(affiliation=AFFILIATION, effective_on=LATER, **BY)
EXPELLED = c.EndAffiliation(
    affiliation=AFFILIATION, end_reason=AffiliationEnd.EXPELLED, effective_on=LATER, **BY
)
VALID_UNTIL = date(2016, 7, 31)
MEMBER = (*PARTY, affiliated())


def transferred(
    branch: UUID = SECOND, letter: str | None = "连组转第12号", until: date | None = VALID_UNTIL
) -> c.TransferAffiliation:
    """Return the command that transfers the affiliation by a letter."""
    return c.TransferAffiliation(
        affiliation=AFFILIATION,
        branch=branch,
        letter=letter,
        letter_valid_until=until,
        effective_on=LATER,
        **BY,
    )


def received(day: date, on: date = LAST) -> c.ReceiveTransfer:
    """Return the command that records the receipt."""
    return c.ReceiveTransfer(affiliation=AFFILIATION, received_on=day, effective_on=on, **BY)


def test_opening_and_confirming() -> None:
    history = given(*PARTY)
    history.when(PROBATIONARY).then(
        e.AffiliationOpened(
            effective_on=DAY, person=ZHANG, branch=BRANCH, stage=AffiliationStage.PROBATIONARY
        )
    )
    history.when(PROBATIONARY).then_refused(Code.ALREADY_EXISTS, id=AFFILIATION)
    history.when(CONFIRMED).then(e.AffiliationConfirmed(effective_on=LATER))
    history.when(CONFIRMED).then_nothing()
    stages = [history.register.state(AFFILIATION, day).stage for day in (DAY, LATER)]
    assert stages == [AffiliationStage.PROBATIONARY, AffiliationStage.FORMAL]


@pytest.mark.parametrize("stage", AffiliationStage)
def test_a_second_affiliation_of_one_person_is_refused_whatever_its_stage(stage: AffiliationStage) -> None:
    second = affiliated(SECOND, affiliation=ANOTHER, stage=stage, on=LATER)
    refusal = given(*MEMBER).when(second).then_refused(Code.ALREADY_AFFILIATED, holder=AFFILIATION)
    assert str(ZHANG) not in str(refusal.details)
    given(*MEMBER, EXPELLED).when(second).then_recorded("affiliation.opened")
    given(*MEMBER).when(affiliated(SECOND, LI, affiliation=ANOTHER)).then_recorded("affiliation.opened")


def test_a_second_affiliation_before_the_first_is_refused_as_it_does_not_end() -> None:
    early = affiliated(SECOND, affiliation=ANOTHER, on=DAY - timedelta(400))
    given(*MEMBER).when(early).then_refused(Code.ALREADY_AFFILIATED, start=DAY)


@pytest.mark.parametrize("branch", [GROUP, PARTY_GROUP])
def test_a_working_group_and_a_party_group_hold_no_affiliation(branch: UUID) -> None:
    given(*PARTY).when(affiliated(branch)).then_refused(
        Code.HOLDS_NO_AFFILIATION, organization=branch, start=DAY, end="∞"
    )
    given(*MEMBER).when(transferred(branch)).then_refused(Code.HOLDS_NO_AFFILIATION, start=LATER)


def test_a_society_is_no_branch() -> None:
    given(*PARTY).when(affiliated(SOCIETY)).then_refused(Code.NO_PARTY_ORGANIZATION, kind="SOCIETY")
    given(*PARTY).when(taking_part(SOCIETY)).then_refused(Code.NO_PARTY_ORGANIZATION, kind="SOCIETY")


def test_taking_part_in_a_working_group_without_an_affiliation_there() -> None:
    history = given(*MEMBER)
    history.when(taking_part()).then(
        pe.ParticipationBegun(
            effective_on=DAY, person=ZHANG, organization=GROUP, role=ParticipationRole.MEMBER
        )
    )
    history.when(taking_part(PARTY_GROUP, participation=AGAIN)).then_recorded("participation.begun")


def test_one_takes_part_in_many_but_in_each_of_them_once() -> None:
    history = given(*MEMBER, taking_part())
    history.when(taking_part()).then_refused(Code.ALREADY_EXISTS, id=PARTICIPATION)
    refusal = history.when(taking_part(participation=AGAIN, on=LATER)).then_refused(
        Code.ALREADY_PARTICIPATES, holder=PARTICIPATION
    )
    assert str(ZHANG) not in str(refusal.details)
    history.when(taking_part(person=LI, participation=AGAIN)).then_recorded("participation.begun")


def test_ending_a_participation() -> None:
    ended = p.EndParticipation(participation=PARTICIPATION, effective_on=LATER, **BY)
    history = given(*PARTY, taking_part())
    history.when(ended).then(pe.ParticipationEnded(effective_on=LATER))
    history.when(ended).then_nothing()
    history.when(taking_part(participation=AGAIN, on=LATER)).then_recorded("participation.begun")
    before = p.EndParticipation(participation=PARTICIPATION, effective_on=DAY - timedelta(1), **BY)
    history.when(before).then_refused(Code.NOT_ALIVE, id=PARTICIPATION)


def test_a_transfer_is_one_act_and_may_end_outside_of_the_system() -> None:
    history = given(*MEMBER)
    history.when(transferred(ELSEWHERE)).then(
        e.AffiliationTransferred(
            effective_on=LATER,
            branch=ELSEWHERE,
            letter="连组转第12号",
            letter_valid_until=VALID_UNTIL,
        )
    )
    history.when(transferred(ELSEWHERE)).then_nothing()
    assert [r.end for r in history.register.references_to(BRANCH)] == [LATER]
    assert history.register.state(AFFILIATION, LATER).branch == ELSEWHERE
    history.when(received(date(2016, 5, 9))).then(
        e.TransferReceived(effective_on=LAST, received_on=date(2016, 5, 9))
    )
    history.when(received(date(2016, 5, 9))).then_nothing()
    assert history.register.state(AFFILIATION, LAST).transfer.received_on == date(2016, 5, 9)


def test_a_letter_is_presented_on_its_last_day_at_the_latest() -> None:
    given(*MEMBER, transferred()).when(received(VALID_UNTIL)).then_recorded("affiliation.transfer_received")
    given(*MEMBER, transferred()).when(received(VALID_UNTIL + timedelta(1))).then_refused(
        Code.LETTER_EXPIRED, valid_until=VALID_UNTIL
    )


def test_a_letter_without_a_last_day_is_valid_whenever_it_is_presented() -> None:
    history = given(*MEMBER, transferred(until=None))
    history.when(received(LAST)).then_recorded("affiliation.transfer_received")


@pytest.mark.parametrize("day", [LATER - timedelta(1), LAST + timedelta(1)])
def test_a_receipt_is_dated_between_the_transfer_and_the_day_it_is_back(day: date) -> None:
    given(*MEMBER, transferred(until=None)).when(received(day)).then_refused(
        Code.NO_SUCH_TRANSFER, received_on=day
    )


def test_what_was_not_transferred_is_not_received() -> None:
    given(*MEMBER).when(received(LATER)).then_refused(Code.NO_SUCH_TRANSFER, received_on=LATER)


def test_a_new_letter_for_the_same_branch_takes_the_place_of_the_one_that_expired() -> None:
    history = given(*MEMBER, transferred())
    renewed = c.TransferAffiliation(
        affiliation=AFFILIATION,
        branch=SECOND,
        letter="连组转第99号",
        letter_valid_until=date(2017, 12, 31),
        effective_on=date(2016, 9, 1),
        **BY,
    )
    history.when(renewed).then_recorded("affiliation.transferred")
    history.when(received(date(2016, 9, 2))).then_recorded("affiliation.transfer_received")
    there = [r for r in history.register.references_to(SECOND) if r.source == AFFILIATION]
    assert [(r.start, r.end) for r in there] == [(LATER, date.max)]


@pytest.mark.parametrize(
    ("letter", "until", "code", "field"),
    [
        (None, VALID_UNTIL, Code.INVALID_INPUT, "letter"),
        ("信" * 65, None, Code.INVALID_INPUT, "letter"),
        ("12号", LATER - timedelta(1), Code.INVALID_DATE, "letterValidUntil"),
        ("12号", date(1800, 1, 1), Code.INVALID_DATE, "letterValidUntil"),
    ],
)
def test_a_letter_that_cannot_be_is_refused(
    letter: str | None, until: date | None, code: Code, field: str
) -> None:
    given(*MEMBER).when(transferred(letter=letter, until=until)).then_refused(code, field=field)


def test_a_receipt_of_a_day_that_cannot_be_is_refused() -> None:
    given(*MEMBER, transferred()).when(received(date(1800, 1, 1))).then_refused(
        Code.INVALID_DATE, field="receivedOn"
    )


def test_ending_an_affiliation() -> None:
    history = given(*MEMBER)
    history.when(EXPELLED).then(e.AffiliationEnded(effective_on=LATER, end_reason=AffiliationEnd.EXPELLED))
    history.when(EXPELLED).then_nothing()


@pytest.mark.parametrize("command", [CONFIRMED, transferred(), received(LAST)])
def test_nothing_happens_to_an_affiliation_that_ended(command: Command) -> None:
    given(*MEMBER, EXPELLED).when(command).then_refused(Code.NOT_ALIVE, id=AFFILIATION)


def _reclassified(subtype: str) -> ReclassifyOrganization:
    return ReclassifyOrganization(
        organization=BRANCH, change=ProfileChange(subtype=subtype), effective_on=LATER, **BY
    )


def test_a_branch_with_affiliations_does_not_become_a_working_group() -> None:
    history = given(*MEMBER)
    history.when(_reclassified("党建工作小组")).then_refused(
        Code.HOLDS_NO_AFFILIATION, organization=BRANCH, start=LATER
    )
    history.when(_reclassified("联合党支部")).then_recorded("organization.reclassified")
    given(*MEMBER, EXPELLED).when(_reclassified("党建工作小组")).then_recorded("organization.reclassified")


def test_a_branch_is_not_corrected_to_have_been_a_society() -> None:
    history = given(*MEMBER)
    record = history.register.fact(BRANCH, OrganizationEstablished)
    assert isinstance(record.event, OrganizationEstablished)
    replacement = OrganizationEstablished(
        effective_on=record.event.effective_on, name="化学会", kind=Kind.SOCIETY
    )
    command = AmendEvent(
        entity=BRANCH, position=record.position, replacement=replacement, effective_on=DAY, **BY
    )
    history.when(command).then_refused(Code.NO_PARTY_ORGANIZATION, organization=BRANCH)


def _death(*kinds: str) -> RecordDeath:
    rules = tuple(KindRule(reference=kind) for kind in kinds)
    return RecordDeath(person=ZHANG, rules=rules, effective_on=LATER, **BY)


def test_a_death_lists_affiliation_and_participations_and_ends_them_by_rules() -> None:
    history: Given = given(*MEMBER, taking_part())
    history.when(_death()).then_refused(Code.DANGLING, count=2)
    history.when(_death("AFFILIATE", "PARTICIPANT")).then_recorded(
        "person.deceased", "affiliation.ended", "participation.ended"
    )
    assert history.register.state(AFFILIATION, LATER).end_reason is AffiliationEnd.DECEASED
