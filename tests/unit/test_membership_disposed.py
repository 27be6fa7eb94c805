"""What becomes of memberships when one of their ends is no more, or never was what it was said to be."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from registry.correction.commands import AmendEvent, RetractEvent
from registry.dispositions import Action, Disposition
from registry.errors import Code
from registry.membership.commands import ApplyForMembership, SuspendMembership
from registry.membership.events import MembershipAdmitted, MembershipApplied
from registry.membership.kinds import MemberClass, MembershipEnd
from registry.organization.commands import DissolveOrganization
from registry.organization.events import OrganizationDissolved, OrganizationEstablished
from registry.organization.kinds import Kind
from registry.person.commands import RecordDeath
from registry.references import KindRule
from registry.reorganization.commands import AdoptReorganization, ProposeReorganization
from registry.reorganization.events import Plan
from tests.support.dalian import CITY, FOUNDED, REFORM, SOCIETY
from tests.support.given import BY, Given, given
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
    ZHANG,
    admitted,
)

CORPORATE = admitted(SOCIETY, ALLIANCE, MemberClass.CORPORATE, membership=OTHER)
JOINED = (*JOINING, admitted(ZHANG, number="001"), CORPORATE)


def dissolved(
    organization: UUID = SOCIETY, *rules: KindRule, dispositions: tuple[Disposition, ...] = ()
) -> DissolveOrganization:
    """Return the command that dissolves an organization."""
    return DissolveOrganization(
        organization=organization, rules=rules, dispositions=dispositions, effective_on=LATER, **BY
    )


def disposed(history: Given, membership: UUID, action: Action, target: UUID | None = None) -> Disposition:
    """Return the disposition of the ends that an admission names."""
    record = history.register.fact(membership, MembershipAdmitted)
    return Disposition(source=membership, position=record.position, action=action, target=target)


def test_dissolving_a_society_lists_its_members_and_what_it_is_a_member_of() -> None:
    refusal = given(*JOINED).when(dissolved()).then_refused(Code.DANGLING, count=2)
    assert f"(MEMBER_OF, {MEMBERSHIP}@" in refusal.details["list"]
    assert f"(MEMBER, {OTHER}@" in refusal.details["list"]


def test_rules_transfer_the_members_and_end_its_own_membership() -> None:
    history = given(*JOINED)
    rules = (KindRule(reference="MEMBER_OF", move_to=PHYSICS), KindRule(reference="MEMBER"))
    history.when(dissolved(SOCIETY, *rules)).then_recorded(
        "organization.dissolved", "membership.transferred", "membership.ended"
    )
    assert history.register.state(MEMBERSHIP, LATER).organization == PHYSICS
    assert history.register.state(OTHER, LATER).end_reason is MembershipEnd.MEMBER_GONE


def test_rules_end_them() -> None:
    history = given(*JOINED)
    rules = (KindRule(reference="MEMBER_OF"), KindRule(reference="MEMBER"))
    history.when(dissolved(SOCIETY, *rules)).then_recorded(
        "organization.dissolved", "membership.ended", "membership.ended"
    )
    assert history.register.state(MEMBERSHIP, LATER).end_reason is MembershipEnd.ORGANIZATION_GONE


def test_a_membership_whose_both_ends_go_in_one_act_ends_once() -> None:
    history = given(*JOINED)
    rules = tuple(KindRule(reference=kind) for kind in ("MEMBER_OF", "MEMBER", "SUPERVISES"))
    plan = Plan(dissolved=(SOCIETY, ALLIANCE), rules=rules)
    history.given(
        ProposeReorganization(reorganization=REFORM, title="合并", plan=plan, effective_on=DAY, **BY)
    )
    adopt = AdoptReorganization(reorganization=REFORM, takes_effect_on=LATER, effective_on=DAY, **BY)
    seen = history.register.preview(adopt)
    assert seen.loose == ()
    assert [draft.event.topic for draft in seen.drafts if draft.stream == OTHER] == ["membership.ended"]


@pytest.mark.parametrize("action", [Action.END, Action.DISSOLVE])
def test_each_may_be_ended_singly(action: Action) -> None:
    history = given(*JOINED)
    each = (disposed(history, MEMBERSHIP, action), disposed(history, OTHER, action))
    history.when(dissolved(dispositions=each)).then_recorded(
        "organization.dissolved", "membership.ended", "membership.ended"
    )


def test_each_may_be_moved_singly_where_it_can_be() -> None:
    history = given(*JOINED)
    ended = disposed(history, OTHER, Action.END)
    moved = disposed(history, MEMBERSHIP, Action.MOVE, PHYSICS)
    history.when(dissolved(dispositions=(moved, ended))).then_recorded(
        "organization.dissolved", "membership.transferred", "membership.ended"
    )
    again = given(*JOINED)
    replaced = disposed(again, OTHER, Action.MOVE, PHYSICS)
    again.when(dissolved(dispositions=(moved, replaced))).then_refused(
        Code.INVALID_INPUT, field="dispositions"
    )


def test_a_member_transferred_to_where_it_is_one_already_is_refused() -> None:
    second = admitted(ZHANG, PHYSICS, membership=OTHER)
    history = given(*JOINING, admitted(ZHANG), second)
    rule = KindRule(reference="MEMBER_OF", move_to=PHYSICS)
    history.when(dissolved(SOCIETY, rule)).then_refused(Code.ALREADY_MEMBER, holder=OTHER)


def test_a_death_ends_the_memberships_of_the_person_only() -> None:
    history = given(*JOINED, admitted(LI, membership=REFORM))
    death = RecordDeath(person=ZHANG, rules=(KindRule(reference="MEMBER"),), effective_on=LATER, **BY)
    history.when(death).then_recorded("person.deceased", "membership.ended")
    assert history.register.state(MEMBERSHIP, LATER).end_reason is MembershipEnd.MEMBER_GONE


def test_retracting_the_dissolution_brings_the_members_back() -> None:
    history = given(*JOINED)
    rules = (KindRule(reference="MEMBER_OF"), KindRule(reference="MEMBER"))
    history.given(dissolved(SOCIETY, *rules))
    act = history.register.fact(SOCIETY, OrganizationDissolved)
    history.given(RetractEvent(entity=SOCIETY, position=act.position, effective_on=LATER, **BY))
    assert history.register.state(MEMBERSHIP, LAST).end_reason is None
    assert history.register.state(OTHER, LAST).organization == ALLIANCE


def test_a_society_established_later_needs_a_disposition_for_earlier_members() -> None:
    history = given(*JOINED)
    record = history.register.fact(SOCIETY, OrganizationEstablished)
    replacement = OrganizationEstablished(effective_on=LATER, name="化学会", kind=Kind.SOCIETY)

    def amended(*dispositions: Disposition) -> AmendEvent:
        return AmendEvent(
            entity=SOCIETY,
            position=record.position,
            replacement=replacement,
            dispositions=dispositions,
            effective_on=FOUNDED,
            **BY,
        )

    history.when(amended()).then_refused(Code.DANGLING, count=2)
    shifted = disposed(history, MEMBERSHIP, Action.SHIFT)
    elsewhere = disposed(history, OTHER, Action.REDIRECT, PHYSICS)
    history.when(amended(shifted, elsewhere))
    assert history.register.state(MEMBERSHIP, DAY) is None
    assert history.register.state(MEMBERSHIP, LATER).organization == SOCIETY
    assert history.register.state(OTHER, DAY).member == PHYSICS


def test_a_member_confused_with_another_is_corrected() -> None:
    history = given(*JOINED)
    record = history.register.fact(MEMBERSHIP, MembershipAdmitted)
    replacement = MembershipAdmitted(
        effective_on=DAY, member=LI, organization=SOCIETY, member_class=MemberClass.STUDENT
    )
    command = AmendEvent(
        entity=MEMBERSHIP, position=record.position, replacement=replacement, effective_on=DAY, **BY
    )
    history.when(command).then_recorded("correction.amended")
    amendment = history.register.head
    assert history.register.state(MEMBERSHIP, LAST).member == LI
    undone = RetractEvent(entity=MEMBERSHIP, position=amendment, effective_on=DAY, **BY)
    history.when(undone).then_recorded("correction.retracted")
    assert history.register.state(MEMBERSHIP, LAST).member == ZHANG


def test_an_application_may_be_corrected_without_the_admission() -> None:
    applied = ApplyForMembership(
        membership=MEMBERSHIP,
        member=ZHANG,
        organization=PHYSICS,
        member_class=MemberClass.STUDENT,
        effective_on=FOUNDED,
        **BY,
    )
    history = given(*JOINING, applied, admitted(ZHANG, PHYSICS))
    record = history.register.fact(MEMBERSHIP, MembershipApplied)
    retracted = RetractEvent(entity=MEMBERSHIP, position=record.position, effective_on=FOUNDED, **BY)
    history.when(retracted).then_recorded("correction.retracted")
    assert history.register.state(MEMBERSHIP, date(2012, 1, 1)) is None
    assert history.register.state(MEMBERSHIP, DAY).organization == PHYSICS


def test_retracting_the_admission_of_a_member_suspended_since_is_refused() -> None:
    suspended = SuspendMembership(membership=MEMBERSHIP, effective_on=LATER, **BY)
    history = given(*JOINED, suspended)
    record = history.register.fact(MEMBERSHIP, MembershipAdmitted)
    command = RetractEvent(entity=MEMBERSHIP, position=record.position, effective_on=DAY, **BY)
    history.when(command).then_refused(Code.LATER_EVENT_CONFLICTS, topic="membership.suspended")


def test_an_admission_that_never_was_takes_with_it_the_end_that_a_dissolution_brought() -> None:
    history = given(*JOINED, dissolved(ALLIANCE, KindRule(reference="MEMBER_OF")))
    record = history.register.fact(OTHER, MembershipAdmitted)
    command = RetractEvent(entity=OTHER, position=record.position, effective_on=DAY, **BY)
    history.when(command).then_recorded("correction.retracted", "correction.retracted")
    assert history.register.state(OTHER, DAY) is None


def test_an_organization_is_not_corrected_to_a_kind_that_has_no_members() -> None:
    history = given(*JOINED)
    record = history.register.fact(ALLIANCE, OrganizationEstablished)
    replacement = OrganizationEstablished(effective_on=FOUNDED, name="领导小组", kind=Kind.LEADING_GROUP)
    command = AmendEvent(
        entity=ALLIANCE, position=record.position, replacement=replacement, effective_on=DAY, **BY
    )
    history.when(command).then_refused(
        Code.MEMBER_KINDS, organization=ALLIANCE, organization_kind="LEADING_GROUP"
    )
    assert history.register.state(CITY, DAY).kind is Kind.ASSOCIATION
